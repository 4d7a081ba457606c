"""Evidence of what was estimated of a sector: its share, its class, the ranks it may have; the assessed firms stand first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from app.domain.assessment import TOTAL
from app.domain.errors import UserError
from app.domain.estimate import Estimate, RankInterval, SectorEstimate, Verdict
from app.domain.numbers import interval, number, percent
from app.present import wording
from app.present.estimates import (
    class_sentence,
    class_words,
    method_words,
    predicted_by,
    rank_text,
    reason_words,
    rests_on_visits,
)
from app.present.evidence.behind import Behind, few_note, firm_lines, firms_line, of_sector
from app.present.evidence.values import Evidence
from app.present.marks import EvidenceId
from app.present.tables import level_codes
from app.present.view import View


def estimate_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open the estimated share of a sector's firms at a level (`L2`) or at it or above (`L2+`)."""
    estimate = _estimate(view, id_)
    level, above = id_.parts[2].rstrip("+"), id_.parts[2].endswith("+")
    if level not in level_codes(view):
        raise UserError("evidence.unknown", mark=str(id_))
    held = estimate.at_least if above else estimate.shares
    found = held.get(level, Estimate(None, reason=estimate.reason))
    texts = view.texts
    value = texts("wording.no_value")
    if found.value is not None:
        value = wording.share_text(texts, found.value, found.low, found.high)
    words = view.at_least_label(level) if above else view.level_label(level)
    opened = _opened(view, id_, estimate)
    return replace(
        opened,
        title=texts("evidence.share_title", sector=view.sector_label(estimate.sector), level=words),
        value=value,
        formula=method_words(texts, estimate, predicted_by(view)),
        notes=(*_said(view, found), *_compared(view, estimate), *opened.notes),
    )


def class_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open the class of a sector: the rule, and how likely every level is."""
    estimate = _estimate(view, id_)
    texts, found = view.texts, estimate.sector_class
    chances = found.chances if found is not None else ()
    said = tuple(f"{view.level_label(level)}  {wording.chance_text(chance)}" for level, chance in chances)
    opened = _opened(view, id_, estimate)
    share = percent(found.share if found is not None else 0.5)
    return replace(
        opened,
        title=texts("assess.evidence.class_title", sector=view.sector_label(estimate.sector)),
        value=class_words(view, found),
        formula=texts("assess.evidence.class_formula", share=share),
        notes=(class_sentence(view, estimate), *(("\n".join(said),) if said else ()), *opened.notes),
    )


def rank_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open the ranks a sector may have: by its share, and by its index under other choices."""
    _, sector = id_.parts
    texts, known = view.texts, view.estimates.get(sector)
    found = view.assessment.robustness if view.assessment is not None else None
    robust = next((rank for rank in found.sectors if rank.key == sector and rank.ranked), None) if found is not None else None
    own = known.rank if known is not None else None
    shown = own if own is not None and own.ranked else robust
    if shown is None:
        raise UserError("evidence.unknown", mark=str(id_))
    notes = []
    if own is not None and own.ranked:
        notes.append(_ranks(view, own, "sampled"))
    if robust is not None:
        notes.append(_ranks(view, robust, "robust"))
    opened = _opened(view, id_, known) if known is not None else _bare(view, id_, sector)
    return replace(
        opened,
        title=texts("assess.evidence.rank_title", sector=view.sector_label(sector)),
        value=rank_text(shown),
        formula=texts("assess.evidence.rank_formula"),
        notes=(*notes, *opened.notes),
    )


def _ranks(view: View, rank: RankInterval, kind: str) -> str:
    key = f"rank_{kind}" if rank.low != rank.high else f"rank_{kind}_one"
    return view.texts(f"assess.evidence.{key}", ranks=rank_text(rank), rank=rank.rank)


def _estimate(view: View, id_: EvidenceId) -> SectorEstimate:
    known = view.estimates.get(id_.parts[1])
    if known is None:
        raise UserError("evidence.unknown", mark=str(id_))
    return known


def _opened(view: View, id_: EvidenceId, estimate: SectorEstimate) -> Evidence:
    """Return what every number of an estimate shares: counts of firms by what they are to it, the firms themselves."""
    texts = view.texts
    frame = next((found.frame for found in estimate.at_least.values() if found.frame is not None), None)
    counts = [(texts("assess.evidence.firms"), estimate.n_firms), (texts("assess.evidence.labelled"), estimate.n_labelled)]
    counts += [(texts("assess.evidence.frame"), round(frame))] if frame is not None else []
    bare = _bare(view, id_, estimate.sector)
    return replace(bare, counts=tuple(counts), notes=few_note(view, estimate.n_firms))


def _bare(view: View, id_: EvidenceId, sector: str) -> Evidence:
    behind = _by_label(view, of_sector(view, sector))
    total = len(behind.positions)
    visits = "_visits" if rests_on_visits(view.estimates.get(sector)) else ""
    measure = view.texts(f"figure.profile.measure{visits}")
    return Evidence(str(id_), "", "", "", measure, (), firm_lines(view, behind), total, firms_line(view, total))


def _by_label(view: View, firms: pd.DataFrame) -> Behind:
    """List assessed firms first, then those with a level, then the rest; the best index first in each."""
    texts = view.texts
    labels = firms["label"].astype("object").where(firms["label"].notna(), "") if "label" in firms else pd.Series("", firms.index)
    labelled = (labels.astype("str") != "").to_numpy(dtype=bool)
    levelled = (firms["level"] != "").to_numpy(dtype=bool)
    rank = np.where(labelled, 0, np.where(levelled, 1, 2))
    order = np.lexsort((-firms["index"].fillna(-1.0).to_numpy(dtype=np.float64), rank))
    positions = firms["position"].to_numpy(dtype=np.int64)
    given = dict(zip(positions.tolist(), labels.astype("str").tolist(), strict=True))
    index = dict(zip(positions.tolist(), firms["index"].tolist(), strict=True))

    def answer(position: int) -> str:
        said = texts("evidence.no_index") if index[position] != index[position] else ""
        said = said or texts("evidence.index", value=f"{index[position]:.0f}")
        label = given[position]
        assessed = texts("assess.evidence.by_assessor", level=view.level_label(label)) if label else ""
        return texts("wording.clause_separator").join(part for part in (assessed, said) if part)

    names = [texts(f"assess.evidence.part_{part}") for part in ("labelled", "levelled", "none")]
    return Behind(positions[order], [names[part] for part in rank[order]], answer)


def _said(view: View, found: Estimate) -> tuple[str, ...]:
    """Say why there is no value, and what the firms are worth."""
    texts = view.texts
    if found.value is None:
        return (reason_words(texts, found.reason),)
    if found.n_effective is None:
        return ()
    said = {"n": number(found.n, "count"), "effective": number(found.n_effective, "count")}
    return (texts("assess.evidence.effective", **said),)


def _compared(view: View, estimate: SectorEstimate) -> tuple[str, ...]:
    """Say how the sector stands to all others, and its share drawn toward all firms where that was worked out."""
    texts, notes = view.texts, []
    held = view.assessment.comparisons if view.assessment is not None else ()
    for found in held:
        if found.sector == estimate.sector and found.against == TOTAL:
            notes.append(texts(f"assess.verdict_sentence.{verdict_key(found.verdict, found.difference.value)}"))
    shrunk = estimate.shrunk
    if shrunk is not None and shrunk.value is not None:
        bounds = interval(shrunk.low, shrunk.high, "fraction")
        share = texts("wording.share_interval", share=percent(shrunk.value), interval=bounds) if bounds else percent(shrunk.value)
        notes.append(texts("assess.evidence.shrunk", share=share))
    return tuple(notes)


def verdict_key(verdict: Verdict, difference: float | None) -> str:
    """Return which way a verdict goes: above | below | same | cannot_tell."""
    if verdict is not Verdict.DIFFERS:
        return verdict.value
    return "above" if (difference or 0.0) > 0 else "below"
