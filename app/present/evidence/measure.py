"""Evidence of measures and goals: who meets the condition, who is counted, who is not and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.conditions import items_of
from app.analysis.progress import membership, observe
from app.domain.assessment import TOTAL
from app.domain.errors import UserError
from app.domain.goals import Measure
from app.domain.responses import Responses
from app.present import wording
from app.present.answers import answer_words
from app.present.evidence.behind import Behind, few_note, firm_lines, firms_line
from app.present.evidence.values import Evidence
from app.present.marks import EvidenceId
from app.present.view import View


@dataclass(frozen=True, slots=True)
class _Counted:
    """A measure in one wave over sectors: its firms, and how many meet it, are counted, are in scope."""

    behind: Behind
    numerator: int
    denominator: int
    scope: int


def measure_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open a measure's value in a wave over a sector (TOTAL: all firms)."""
    name, wave, sector = id_.parts
    measure = next((known for known in view.resources.goal_book.measures if known.id == name), None)
    if measure is None or all(known.id != wave for known in view.study.waves):
        raise UserError("evidence.unknown", mark=str(id_))
    opened = _measured(view, measure, wave, () if sector == TOTAL else (sector,))
    proxy = (view.texts("wording.caution.proxy"),) if measure.proxy else ()
    return replace(opened, mark=str(id_), notes=(*opened.notes, *proxy))


def goal_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open a goal: its newest observation with the document, the light's reason and the proxy beside it."""
    progress = next((known for known in view.study.progress if known.goal.id == id_.parts[0]), None)
    if progress is None:
        raise UserError("evidence.unknown", mark=str(id_))
    texts, goal, latest = view.texts, progress.goal, progress.latest
    reason = texts(progress.reason, **dict(progress.reason_values))
    said = (
        wording.target_text(texts, goal),
        reason,
        texts("figure.goal.document", document=goal.document),
        texts.of(goal.proxy),
        texts("figure.goal.verify") if goal.verify else "",
    )
    notes = tuple(note for note in said if note)
    if progress.measure is None or latest is None:
        return Evidence(str(id_), texts.of(goal.words), texts("wording.no_value"), reason, "", (), (), 0, "", notes)
    opened = _measured(view, progress.measure, latest.wave, goal.sections)
    return replace(opened, mark=str(id_), title=texts.of(goal.words), notes=(*opened.notes, *notes))


def _measured(view: View, measure: Measure, wave: str, sections: tuple[str, ...]) -> Evidence:
    responses, texts = view.study.responses, view.texts
    if responses is None:
        raise UserError("evidence.unknown", mark=measure.id)
    found = observe(measure, responses, view.study.instrument, (view.study.wave(wave),), sections)
    counted = _count(view, responses, measure, (wave, sections))
    weight = texts(f"wording.weighting.{measure.weight}")
    formula = texts("evidence.measure_formula", numerator=counted.numerator, denominator=counted.denominator)
    who = view.sector_label(sections[0]) if len(sections) == 1 else view.sector_label(TOTAL)
    value = wording.share_text(texts, found[-1].value, found[-1].low, found[-1].high) if found else texts("wording.no_value")
    return Evidence(
        mark="",
        title=texts("evidence.measure_title", sector=who, measure=texts.of(measure.words)),
        value=value,
        formula=formula if measure.weight == "firms" else formula + texts("evidence.weighted", weight=weight),
        measure=texts.of(measure.words),
        counts=(
            (texts("evidence.count.numerator"), counted.numerator),
            (texts("evidence.count.denominator"), counted.denominator),
            (texts("evidence.count.unknown"), counted.scope - counted.denominator),
        ),
        firms=firm_lines(view, counted.behind),
        total=counted.scope,
        firms_line=firms_line(view, counted.scope),
        notes=few_note(view, counted.denominator),
    )


def _count(view: View, responses: Responses, measure: Measure, where: tuple[str, tuple[str, ...]]) -> _Counted:
    wave, sections = where
    members = membership(measure, responses, view.study.instrument, sections)
    of_wave = (responses.firms["wave"].astype("str") == wave).to_numpy()
    counted, holds = members.counted & of_wave, members.holds == 1.0
    scope = np.flatnonzero(members.scope & of_wave)
    rank = np.where(counted[scope], np.where(holds[scope], 0, 1), 2)
    order = np.argsort(rank, kind="stable")
    names = [view.texts(f"evidence.part.{part}") for part in ("numerator", "denominator", "unknown")]
    behind = Behind(scope[order], [names[part] for part in rank[order]], lambda position: _answers(view, measure, position))
    return _Counted(behind, int((counted & holds).sum()), int(counted.sum()), len(scope))


def _answers(view: View, measure: Measure, position: int) -> str:
    """Return what one firm answered to the items a measure asks about."""
    responses, instrument = view.study.responses, view.study.instrument
    conditions = [condition for condition in (measure.numerator, measure.denominator) if condition is not None]
    codes = dict.fromkeys(code for condition in conditions for code in items_of(condition))
    said = []
    for code in codes if responses is not None else ():
        if responses is None or code not in responses.values:
            continue
        item = instrument.item(code)
        words = answer_words(view, item, responses.values[code].iat[position])
        said.append(view.texts("evidence.answer", item=view.texts.of(item.words), answer=words))
    return view.texts("wording.clause_separator").join(said)
