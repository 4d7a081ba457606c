"""Evidence of shares of levels and of pillar scores, from the assessment."""

from __future__ import annotations

import numpy as np
import pandas as pd

from app.domain.assessment import Basis, SectorProfile
from app.domain.errors import UserError
from app.present import wording
from app.present.evidence.behind import Behind, few_note, firm_lines, firms_line, of_sector
from app.present.evidence.values import Evidence
from app.present.marks import INDEX, EvidenceId
from app.present.tables import level_codes
from app.present.view import View

_OBSERVED = (str(Basis.RUBRIC), str(Basis.LADDER))


def share_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open the share of a sector's firms at a level (`L2`) or at it or above (`L2+`)."""
    _, sector, level = id_.parts
    profile = _profile(view, id_, sector)
    codes, base = list(level_codes(view)), level.rstrip("+")
    if base not in codes:
        raise UserError("evidence.unknown", mark=str(id_))
    wanted = codes[codes.index(base) :] if level.endswith("+") else [base]
    share = profile.at_least[base] if level.endswith("+") else profile.shares[base]
    texts = view.texts
    words = view.at_least_label(base) if level.endswith("+") else view.level_label(base)
    behind = _by_part(view, of_sector(view, sector), wanted)
    return Evidence(
        mark=str(id_),
        title=texts("evidence.share_title", sector=view.sector_label(sector), level=words),
        value=wording.share_words(texts, share) if share.n else texts("wording.no_value"),
        formula=texts("evidence.share_formula", level=words, numerator=share.count, denominator=share.n),
        measure=texts("figure.levels.measure"),
        counts=(
            (texts("evidence.count.numerator"), share.count),
            (texts("evidence.count.denominator"), share.n),
            (texts("evidence.count.model"), profile.n_model),
            (texts("evidence.count.unknown"), profile.n - profile.n_level - profile.n_model),
        ),
        firms=firm_lines(view, behind),
        total=len(behind.positions),
        firms_line=firms_line(view, len(behind.positions)),
        notes=few_note(view, share.n),
    )


def pillar_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open the mean score of a sector on a pillar, or its mean index; firms from the lowest score up, unscored ones last."""
    _, sector, pillar = id_.parts
    profile, texts = _profile(view, id_, sector), view.texts
    if pillar not in (*profile.pillars, INDEX):
        raise UserError("evidence.unknown", mark=str(id_))
    firms = of_sector(view, sector)[["position", INDEX if pillar == INDEX else f"p_{pillar}"]]
    firms = firms.set_axis(["position", "score"], axis=1)
    value = profile.pillars[pillar] if pillar != INDEX else float(firms["score"].mean()) if firms["score"].notna().any() else None
    name = texts("figure.scatter.column_ready") if pillar == INDEX else view.pillar_label(pillar)
    firms = firms.sort_values("score", kind="stable", na_position="last")
    n = int(firms["score"].notna().sum())
    scores = dict(zip(firms["position"].tolist(), firms["score"].tolist(), strict=True))

    def answer(position: int) -> str:
        score = scores[position]
        return "" if np.isnan(score) else texts("evidence.score", pillar=name, value=wording.score_text(texts, score))

    parts = [texts(f"evidence.part.{'numerator' if known else 'unknown'}") for known in firms["score"].notna()]
    behind = Behind(firms["position"].to_numpy(), parts, answer)
    return Evidence(
        mark=str(id_),
        title=texts("evidence.pillar_title", sector=view.sector_label(sector), pillar=name),
        value=wording.score_text(texts, value) if value is not None else texts("wording.no_value"),
        formula=texts("evidence.pillar_formula", denominator=n),
        measure=texts("figure.scatter.index" if pillar == INDEX else "figure.heat.measure"),
        counts=((texts("evidence.count.denominator"), n), (texts("evidence.count.unknown"), len(firms) - n)),
        firms=firm_lines(view, behind),
        total=len(firms),
        firms_line=firms_line(view, len(firms)),
        notes=few_note(view, n),
    )


def _profile(view: View, id_: EvidenceId, sector: str) -> SectorProfile:
    profile = view.profile(sector) if view.assessment is not None else None
    if profile is None:
        raise UserError("evidence.unknown", mark=str(id_))
    return profile


def _by_part(view: View, firms: pd.DataFrame, wanted: list[str]) -> Behind:
    """List the firms of the numerator first, then the rest of the denominator, then those not counted; best index first."""
    observed = firms["basis"].isin(_OBSERVED)
    rank = np.where(observed & firms["level"].isin(wanted), 0, np.where(observed, 1, 2))
    order = np.lexsort((-firms["index"].fillna(-1.0).to_numpy(), rank))
    ordered = firms.iloc[order].set_index("position")
    names = [view.texts(f"evidence.part.{part}") for part in ("numerator", "denominator", "unknown")]
    gates = {gate.id: view.texts.of(gate.words) for gate in view.study.rubric.gates}

    def answer(position: int) -> str:
        index, gate = ordered.at[position, "index"], str(ordered.at[position, "gate"])
        said = view.texts("evidence.no_index") if np.isnan(index) else view.texts("evidence.index", value=f"{index:.0f}")
        reason = view.texts("evidence.gate", reason=gates[gate]) if gate in gates else ""
        return view.texts("wording.clause_separator").join(part for part in (said, reason) if part)

    return Behind(ordered.index.to_numpy(), [names[part] for part in rank[order]], answer)
