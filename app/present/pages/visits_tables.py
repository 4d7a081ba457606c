"""The tables and cards of the visits page. They name firms and people: for use inside the bureau, no writer takes them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from app.domain.judgement import Label, Override, Visit, VisitList
from app.domain.numbers import number
from app.domain.words import Texts
from app.present import wording
from app.present.judged import FirmJudged, Judged, firm_text, label_states
from app.present.pages.values import Column, PageTable
from app.present.pages.visits_values import Disagreement, Side, VisitListView
from app.present.view import View

_DOUBTS = ((0.66, "great"), (0.33, "some"), (0.0, "little"))
_MANY = 1.5  # firms that one must stand for to be told of
_VISIT = ("order", "township", "name", "sector", "size", "chance", "why", "result")
_VISIT_KINDS = {"order": "number", "chance": "number", "why": "prose", "result": "level"}
_LABEL = ("name", "level", "who", "when", "state", "why", "evidence", "place")
_LABEL_KINDS = {"level": "level", "state": "severity", "why": "prose", "place": "place"}
_STATE_SEVERITY = {"waiting": "warning", "unknown": "error", "not_used": "warning"}
_OPTIONAL = ("size", "evidence", "place")  # on a narrow page a firm's panel tells them
_OVERRIDE = ("name", "level", "computed", "who", "when", "why", "evidence")
_OVERRIDE_KINDS = {"level": "level", "computed": "level", "why": "prose"}


def visit_list(view: View, newest: VisitList, found: Judged) -> VisitListView:
    """Return a list in its own order, which is that of the road: by township, sector and firm."""
    texts = view.texts
    positions = {key: position for position, key in found.keys.items()}
    results = {position: _result(texts, firm) for position, firm in found.firms.items() if firm.labels}
    places = [positions.get(visit.firm, -1) for visit in newest.visits]
    rows = [
        _visit(view, number_, visit, results.get(place, ""))
        for number_, (visit, place) in enumerate(zip(newest.visits, places, strict=True), start=1)
    ]
    ids = tuple(str(place) if place >= 0 else "" for place in places)
    table = PageTable(_columns(texts, "visit", _VISIT, _VISIT_KINDS), _turned(rows, len(_VISIT)), ids)
    counts = {"n": number(len(newest.visits), "count"), "townships": len({visit.township for visit in newest.visits})}
    note = texts("page.visits.list_note")
    if newest.excluded:
        note = f"{note}{texts('page.visits.list_excluded', n=number(newest.excluded, 'count'))}"
    return VisitListView(newest.id, texts("page.visits.list_title", **counts), note, table)


def label_table(view: View, found: Judged) -> PageTable:
    """Return every label of the study with what became of it, newest first."""
    texts = view.texts
    told = list(zip(view.study.judgements.labels, label_states(view, found), strict=True))[::-1]
    rows = [
        (
            label.name or label.code,
            view.level_label(label.level),
            label.who,
            label.when,
            texts(f"page.visits.state_{state}", level=found.firms[at].level if at in found.firms else "", wave=label.wave),
            label.why,
            label.evidence,
            label.place or texts("page.visits.typed"),
        )
        for label, (at, state) in told
    ]
    ids = tuple(str(at) if at >= 0 else "" for _, (at, _) in told)
    severities = tuple(_STATE_SEVERITY.get(state, "") for _, (_, state) in told)
    return PageTable(_columns(texts, "label", _LABEL, _LABEL_KINDS), _turned(rows, len(_LABEL)), ids, severities)


def override_table(view: View, found: Judged) -> PageTable:
    """Return the levels that people noted beside the computed ones of this wave."""
    noted = [(position, override) for position, override in found.matched.overrides]
    levels = _levels(view)
    rows = [_override(view, override, levels.get(position, "")) for position, override in noted]
    ids = tuple(str(position) for position, _ in noted)
    return PageTable(_columns(view.texts, "override", _OVERRIDE, _OVERRIDE_KINDS), _turned(rows, len(_OVERRIDE)), ids)


def disagreement(view: View, position: int, found: Judged) -> Disagreement:
    """Return a firm whose assessors disagree, with both sides of it."""
    texts = view.texts
    responses = view.study.responses
    firm = responses.firms.iloc[position] if responses is not None else pd.Series(dtype=object)
    known = [view.filter_value(field, str(firm[field])) for field in ("sector", "size", "township")]
    return Disagreement(
        position=str(position),
        wave=found.matched.wave,
        firm=firm_text(view, position),
        name=str(firm["name"]),
        known=texts("gui.separator").join(known),
        computed=_computed(view, position),
        sides=tuple(_side(view, label) for label in found.firms[position].standing),
    )


def doubt_words(texts: Texts, uncertainty: float) -> str:
    """Return how unsure a level is, in words: the number behind it is too rough to be shown as a share."""
    return texts(f"page.visits.doubt_{next(name for least, name in _DOUBTS if uncertainty >= least or least == 0.0)}")


def drawn_with(texts: Texts, probability: float) -> str:
    """Return the chance with which a firm was drawn: one of 1 is certain, any other is never told as 0 or 100 %."""
    return texts("page.visits.certain") if probability >= 1.0 else wording.chance_text(probability)


def _visit(view: View, place: int, visit: Visit, result: str) -> tuple[object, ...]:
    texts = view.texts
    why = doubt_words(texts, visit.uncertainty)
    if visit.weight >= _MANY:
        stands = texts("page.visits.stands_for", n=f"{visit.weight:.1f}".removesuffix(".0"))
        why = texts("wording.clause_separator").join((why, stands))
    where, sector = view.filter_value("township", visit.township), view.sector_label(visit.sector)
    return (
        place,
        where,
        visit.name,
        sector,
        view.filter_value("size", visit.size),
        drawn_with(texts, visit.probability),
        why,
        result,
    )


def _result(texts: Texts, firm: FirmJudged) -> str:
    """Return what was found at a firm: its level, or that assessors disagree."""
    return firm.level or texts("page.visits.result_waiting")


def _override(view: View, override: Override, computed: str) -> tuple[object, ...]:
    return (
        override.name or override.code,
        view.level_label(override.level),
        wording.level_name(view.texts, computed),
        override.who,
        override.when,
        override.why,
        override.evidence,
    )


def _side(view: View, label: Label) -> Side:
    day = wording.date_text(view.texts, label.when)
    return Side(label.who, view.level_label(label.level), day, label.why, label.evidence, label.place)


def _computed(view: View, position: int) -> str:
    """Say what the rubric, and the model where it spoke, give a firm."""
    texts = view.texts
    if view.firms.empty or not (row := view.firms[view.firms["position"] == position]).size:
        return ""
    parts = [texts("page.visits.by_rubric", level=wording.level_name(texts, str(row["level"].iloc[0])))]
    predicted = row["predicted"].iloc[0] if "predicted" in row else None
    if isinstance(predicted, str) and predicted:
        parts.append(texts("page.visits.by_model", level=predicted))
    return texts("wording.clause_separator").join(parts)


def _levels(view: View) -> dict[int, str]:
    if view.firms.empty:
        return {}
    return dict(zip(view.firms["position"].tolist(), view.firms["level"].tolist(), strict=True))


def _columns(texts: Texts, group: str, names: tuple[str, ...], kinds: dict[str, str]) -> tuple[Column, ...]:
    heads = {name: texts(f"page.visits.{group}_{name}") for name in names}
    return tuple(Column(name, head, kinds.get(name, "text"), optional=name in _OPTIONAL) for name, head in heads.items())


def _turned(rows: Sequence[tuple[object, ...]], width: int) -> tuple[tuple[object, ...], ...]:
    return tuple(zip(*rows, strict=True)) if rows else ((),) * width
