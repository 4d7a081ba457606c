"""Hold every goal of the book against what the firms answered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from app.analysis.progress.lights import aim_of, cannot_tell, judge
from app.analysis.progress.measures import answerable
from app.analysis.progress.observe import observe
from app.analysis.progress.years import decimal_year
from app.domain.goals import Goal, GoalBook, GoalKind, GoalProgress, Light, Measure, Observation
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.study import Wave


def track(
    goal_book: GoalBook, responses: Responses, instrument: Instrument, waves: Sequence[Wave], as_of: str
) -> tuple[GoalProgress, ...]:
    """Return the progress of every goal, in the book's order, from the waves dated on or before `as_of` (ISO).

    Paces run from the newest wave to 31 December of the goal's year, so `as_of` decides which waves are known and
    nothing else.
    """
    known = tuple(wave for wave in waves if decimal_year(wave.date) <= decimal_year(as_of))

    @cache  # many goals share one measure
    def seen(measure_id: str, sections: tuple[str, ...]) -> tuple[Observation, ...]:
        return observe(goal_book.measure(measure_id), responses, instrument, known, sections)

    def one(goal: Goal) -> GoalProgress:
        measure = _measure(goal, goal_book)
        blank = GoalProgress(goal, measure, (), None, None, None, None, Light.CANNOT_TELL, "")
        aim, why = aim_of(goal), _unmeasurable(goal, measure, instrument)
        if why is not None or aim is None or measure is None:
            return cannot_tell(blank, why or "no_number")
        observations = seen(measure.id, goal.sections)
        return judge(blank, aim, observations) if observations else cannot_tell(blank, "no_data")

    return tuple(one(goal) for goal in goal_book.goals)


def _measure(goal: Goal, book: GoalBook) -> Measure | None:
    return next((measure for measure in book.measures if measure.id == goal.measure), None)


def _unmeasurable(goal: Goal, measure: Measure | None, instrument: Instrument) -> str | None:
    """Return why no share of firms can be held against this goal, None when one can."""
    if goal.kind is GoalKind.MILESTONE:
        return "milestone"
    if goal.value is None:
        return "no_number"
    if goal.kind is not GoalKind.RATE:
        return "not_a_share"
    if measure is None:
        return "no_measure"
    return None if answerable(measure, instrument) else "not_asked"
