"""What a trajectory draws: values, path, fan, the firms' own plans, targets of every layer, breaks, series from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from app.analysis.progress import deadline
from app.domain.figure import Flag, Series, Target
from app.domain.goals import Goal, GoalKind, GoalProgress, Layer, Observation
from app.domain.progress import SeriesBreak
from app.domain.reference import ReferenceSeries
from app.domain.release import Cell, ReleasedTable
from app.present import wording
from app.present.figures.goal_table import all_shown
from app.present.figures.goal_values import is_counted, is_reported
from app.present.marks import goal_id
from app.present.view import View

HORIZON = 2035  # the last year of the national opinions
DOMESTIC, COUNTRY = "domestic", "country"
Point = tuple[float, float, float | None, float | None]


def series_of(view: View, progress: GoalProgress, table: ReleasedTable) -> tuple[Series, ...]:
    """Return fan, plans, path and observed values in painting order; hidden observations have no point.

    What stands before the last break is a series of its own (`earlier`), for nothing joins it to what follows.
    """
    texts = view.texts
    rows = zip(progress.observations, table.rows, strict=True)
    seen = [(each.time, _point(each, row.cells[0])) for each, row in rows if row.cells[0].value is not None]
    since = last_break(progress)
    earlier = tuple(point for time, point in seen if time < since)
    observed = tuple(point for time, point in seen if time >= since)
    free = all_shown(table)
    # Nothing is required of, or projected from, volunteers or hidden values.
    known = free and bool(seen) and (progress.observations[-1].low is not None or is_reported(progress))
    fan = tuple((time, middle, low, high) for time, low, middle, high in progress.fan) if known else ()
    upper = tuple((time, (low + high) / 2, low, high) for time, low, high in progress.upper) if known else ()
    path = tuple((time, value, None, None) for time, value in progress.path) if known else ()
    lines = [
        Series("fan", texts("figure.goal.fan"), fan),
        Series("upper", texts("figure.goal.upper"), upper, sentence=texts("figure.goal.upper_sentence")),
        Series("path", texts("figure.goal.path"), path),
        Series("earlier", texts("figure.goal.earlier"), earlier),
        Series("observed", texts("figure.goal.reported" if is_reported(progress) else "figure.goal.observed"), observed),
    ]
    return tuple(line for line in lines if line.points)


def last_break(progress: GoalProgress) -> float:
    """Return the decimal year from which the series can be compared, minus infinity where it never broke."""
    return max((each.time for each in progress.breaks), default=float("-inf"))


def targets_of(view: View, progress: GoalProgress) -> tuple[Target, ...]:
    """Return the targets of every layer about the same thing, one mark where several want the same by the same year."""
    marks: dict[tuple[int, float], list[Goal]] = {}
    about = [each.goal for each in view.study.progress if same_thing(each.goal, progress.goal)]
    layers = {goal.layer for goal in about}
    for goal in about:
        if goal.value is not None:
            marks.setdefault((goal.year, goal.value), []).append(goal)
    return tuple(
        Target(
            time=deadline(year),
            value=value,
            label=_target_label(view, goals, with_layer=len(layers) > 1),
            evidence=goal_id(progress.goal.id if progress.goal in goals else goals[0].id),
            own=progress.goal in goals,
        )
        for (year, value), goals in sorted(marks.items())
    )


def flags_of(view: View, progress: GoalProgress) -> tuple[Flag, ...]:
    """Return the breaks of the series, then the goals about the same thing whose text gives no number."""
    moments: dict[float, list[SeriesBreak]] = {}
    for each in progress.breaks:
        moments.setdefault(each.time, []).append(each)
    breaks = [_break_flag(view, progress.observations, together) for together in moments.values()]
    silent = [each.goal for each in view.study.progress if each.goal.value is None and _qualitative(each.goal, progress.goal)]
    words = [
        Flag(
            "words",
            deadline(goal.year),
            view.texts("figure.goal.words", year=goal.year),
            view.texts("figure.goal.words_sentence", year=goal.year, goal=view.texts.of(goal.words)),
            goal_id(goal.id),
        )
        for goal in silent
    ]
    return (*breaks, *words)


def break_reason(view: View, each: SeriesBreak) -> str:
    """Return why a series breaks: in the words of who declared it, or by its text key."""
    if each.why:
        return each.why
    return view.texts(each.reason) if each.reason in view.texts.entries else view.texts("figure.goal.break_unnamed")


def references_of(view: View, goal: Goal) -> tuple[ReferenceSeries, ...]:
    """Return the published series that may stand beside a goal: shares only, of all firms or of the goal's sections."""
    if is_counted(goal) or goal.kind is GoalKind.MILESTONE:
        return ()
    return tuple(
        series
        for series in view.resources.references
        if series.group == DOMESTIC or not series.sections or set(series.sections) & set(goal.sections)
    )


def shown_first(series: ReferenceSeries, goal: Goal) -> bool:
    """Return whether a series is switched on from the start: not single countries, nor all firms beside a sector's goal."""
    if series.group == COUNTRY:
        return False
    return series.group == DOMESTIC or bool(series.sections) == bool(goal.sections)


def reference_series(view: View, found: Sequence[ReferenceSeries]) -> tuple[Series, ...]:
    """Return published series as thin context lines, each with its definition for a hover."""
    texts = view.texts
    return tuple(
        Series(
            "reference",
            texts.of(each.words),
            tuple((time, value, None, None) for time, value in each.points),
            id=each.id,
            breaks=each.breaks,
            sentence=texts("figure.goal.reference_sentence", name=texts.of(each.words), definition=texts.of(each.definition)),
            bound=each.bound,
        )
        for each in found
    )


def same_thing(one: Goal, other: Goal) -> bool:
    """Return whether two goals are about the same number of the same firms."""
    subject = (one.indicator or one.measure, one.sections, one.kind, one.unit)
    return one is other or (
        bool(subject[0]) and subject == (other.indicator or other.measure, other.sections, other.kind, other.unit)
    )


def _qualitative(goal: Goal, other: Goal) -> bool:
    """Return whether a goal in words belongs to another's trajectory: its indicator says so, or it ends the national series."""
    if goal.indicator and goal.indicator == other.indicator:
        return True
    return goal.layer is Layer.STATE and goal.year == HORIZON and other.kind is GoalKind.RATE and not other.sections


def _point(seen: Observation, cell: Cell) -> Point:
    """Return a value with its interval as released; a reported figure is exact."""
    return (seen.time, seen.value, cell.low, cell.high) if seen.wave else (seen.time, seen.value, seen.value, seen.value)


def _target_label(view: View, goals: Sequence[Goal], with_layer: bool) -> str:
    """Return a target in words; with its layers where others want something else about the same."""
    texts = view.texts
    by_text: dict[str, list[str]] = {}
    for goal in goals:
        names = by_text.setdefault(wording.target_text(texts, goal), [])
        name = texts(f"term.layer.{goal.layer.value}")
        if name not in names:
            names.append(name)
    parts = [
        texts("figure.goal.of_layer", layer=wording.joined(texts, names), target=target) if with_layer else target
        for target, names in by_text.items()
    ]
    return texts("wording.clause_separator").join(parts)


def _break_flag(view: View, observations: Sequence[Observation], together: Sequence[SeriesBreak]) -> Flag:
    """Return the breaks of one moment, drawn half-way between the last value before it and the first after it."""
    at, texts = together[0].time, view.texts
    before = max((seen.time for seen in observations if seen.time < at), default=None)
    reason = texts("wording.clause_separator").join(dict.fromkeys(break_reason(view, each) for each in together))
    wave = texts("wording.wave", id=together[0].wave)
    label = texts("figure.goal.break", wave=wave, why=reason)
    sentence = texts("figure.goal.break_sentence", wave=wave, why=reason.rstrip("。."))
    return Flag("break", at if before is None else (before + at) / 2, label, sentence)
