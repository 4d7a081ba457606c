"""Evidence of measures: who meets the condition, who is counted, who is not and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.conditions import items_of
from app.analysis.progress import membership, observe
from app.analysis.progress.narrow import progress_under
from app.domain.assessment import TOTAL
from app.domain.errors import UserError
from app.domain.goals import Measure, Observation
from app.domain.responses import Responses
from app.present import wording
from app.present.answers import answer_words
from app.present.evidence.behind import Behind, few_note, firm_lines, firms_line
from app.present.evidence.values import Evidence
from app.present.goal_standing import book_of
from app.present.marks import EvidenceId
from app.present.view import View


@dataclass(frozen=True, slots=True)
class Where:
    """The firms a measure is looked at over: a wave, sections (none: all) and filters as (column, value)."""

    wave: str
    sections: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Counted:
    """A measure in one wave: its firms, and how many meet it, are counted, are in scope."""

    behind: Behind
    numerator: int
    denominator: int
    scope: int


def measure_evidence(view: View, id_: EvidenceId) -> Evidence:
    """Open a measure's value in a wave over a sector (TOTAL: all firms)."""
    name, wave, sector = id_.parts
    measure = next((known for known in book_of(view).measures if known.id == name), None)
    if measure is None or all(known.id != wave for known in view.study.waves):
        raise UserError("evidence.unknown", mark=str(id_))
    sections = () if sector == TOTAL else (sector,)
    responses = view.study.responses
    if responses is None:
        raise UserError("evidence.unknown", mark=measure.id)
    found = (
        _under(view, id_)
        if id_.filters
        else observe(measure, responses, view.study.instrument, (view.study.wave(wave),), sections)
    )
    opened = measured(view, measure, Where(wave, sections, id_.filters), found[-1] if found else None)
    proxy = (view.texts("wording.caution.proxy"),) if measure.proxy else ()
    return replace(opened, mark=str(id_), notes=(*opened.notes, *proxy))


def _under(view: View, id_: EvidenceId) -> tuple[Observation, ...]:
    """Return what was seen of a measure in a wave among the firms that the mark's filters leave."""
    name, wave, _ = id_.parts
    narrowed = progress_under(view.study, view.resources.goal_book, {field: (value,) for field, value in id_.filters})
    of_measure = next(
        (one for one in narrowed if one.measure is not None and one.measure.id == name and not one.goal.sections), None
    )
    return tuple(seen for seen in of_measure.observations if seen.wave == wave) if of_measure is not None else ()


def measured(view: View, measure: Measure, where: Where, seen: Observation | None) -> Evidence:
    """Open the value `seen` of a measure (None: there is none): numerator over denominator, and the firms of both."""
    responses, texts = view.study.responses, view.texts
    if responses is None:
        raise UserError("evidence.unknown", mark=measure.id)
    counted = _count(view, responses, measure, where)
    weight = texts(f"wording.weighting.{measure.weight}")
    formula = texts("evidence.measure_formula", numerator=counted.numerator, denominator=counted.denominator)
    sectors = where.sections or tuple(value for field, value in where.filters if field == "sector")
    who = view.sector_label(sectors[0]) if len(sectors) == 1 else view.sector_label(TOTAL)
    value = wording.share_text(texts, seen.value, seen.low, seen.high) if seen is not None else texts("wording.no_value")
    return Evidence(
        mark="",
        title=texts("evidence.measure_title", sector=who, measure=texts.of(measure.words)),
        value=value,
        formula=formula if measure.weight == "firms" else formula + texts("evidence.weighted", weight=weight),
        measure=texts("wall.evidence.measure", measure=texts.of(measure.words), id=measure.id, version=version_of(view, measure)),
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


def version_of(view: View, measure: Measure) -> str:
    """Return the version of a measure, that of the goal book where it has none of its own."""
    return measure.version or view.resources.goal_book.version


def _count(view: View, responses: Responses, measure: Measure, where: Where) -> _Counted:
    members = membership(measure, responses, view.study.instrument, where.sections)
    inside = (responses.firms["wave"].astype("str") == where.wave).to_numpy()
    for field, value in where.filters:
        inside = inside & (responses.firms[field].astype("str") == value).to_numpy()
    counted, holds = members.counted & inside, members.holds == 1.0
    scope = np.flatnonzero(members.scope & inside)
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
