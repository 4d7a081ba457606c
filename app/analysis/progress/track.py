"""Hold every goal of the book against what the firms answered, and against what people reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.analysis.progress.breaks import series_breaks
from app.analysis.progress.counts import are_possible, reported
from app.analysis.progress.cube import tally
from app.analysis.progress.evaluate import Case, evaluate
from app.analysis.progress.measures import answerable
from app.analysis.progress.observe import Cube, cube_of
from app.analysis.progress.years import decimal_year
from app.domain.goals import Goal, GoalBook, GoalKind, GoalProgress, Measure, Observation
from app.domain.instrument import Instrument
from app.domain.progress import SeriesBreak
from app.domain.responses import Responses
from app.domain.study import Wave
from app.domain.targets import Targets

Seen = tuple[tuple[Observation, ...], tuple[SeriesBreak, ...]]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known on a day: the sums of the waves up to then, the instrument they were asked with, and what people entered."""

    cube: Cube
    instrument: Instrument
    targets: Targets
    as_of: str


def track(
    goal_book: GoalBook,
    responses: Responses,
    instrument: Instrument,
    waves: Sequence[Wave],
    as_of: str,
    targets: Targets = Targets(),  # noqa: B008 - a frozen value
) -> tuple[GoalProgress, ...]:
    """Return the progress of every goal, in the book's order, from the waves dated on or before `as_of` (ISO).

    The book is the one in force (`book.effective`). Paces run from the newest wave to 31 December of the goal's year, so `as_of`
    decides which waves and reported figures are known and nothing else.
    """
    table = tally(goal_book.measures, responses, instrument, waves)
    return track_known(goal_book, Known(cube_of(table, known_waves(waves, as_of)), instrument, targets, as_of))


def known_waves(waves: Sequence[Wave], as_of: str) -> list[Wave]:
    """Return the waves dated on or before a day (ISO)."""
    return [wave for wave in waves if decimal_year(wave.date) <= decimal_year(as_of)]


def track_known(goal_book: GoalBook, known: Known) -> tuple[GoalProgress, ...]:
    """Return the progress of every goal, in the book's order, from what is known."""
    measures = {measure.id: measure for measure in goal_book.measures}

    @cache  # many goals share one measure
    def seen(measure_id: str, sections: tuple[str, ...]) -> Seen:
        observations = known.cube.observe(measures[measure_id], sections)
        breaks = series_breaks(known.cube.waves, known.targets.breaks, measure_id, observations)
        return observations, breaks

    def case(goal: Goal) -> Case:
        measure = measures.get(goal.measure)
        why = _unmeasurable(goal, measure, known.instrument)
        if why in ("", "no_number") and measure is not None and answerable(measure, known.instrument):
            return Case(goal, measure, *seen(measure.id, goal.sections), why)
        figures = () if goal.kind is GoalKind.MILESTONE else reported(goal, known.targets.reported, known.as_of)
        if not are_possible(goal, figures):
            return Case(goal, measure, (), (), "impossible_figure")
        return Case(goal, measure, figures, (), "" if figures and goal.value is not None else why)

    return evaluate([case(goal) for goal in goal_book.goals], goal_book.conversion, known.as_of)


def _unmeasurable(goal: Goal, measure: Measure | None, instrument: Instrument) -> str:
    """Return why no share of firms can be held against this goal, "" when one can."""
    if goal.kind is GoalKind.MILESTONE:
        return "milestone"
    if goal.value is None:
        return "no_number"
    if goal.kind is not GoalKind.RATE:
        return "not_a_share"
    if measure is None:
        return "no_measure"
    return "" if answerable(measure, instrument) else "not_asked"
