"""Counts and amounts: figures that people report, exact and of no survey; never a share of firms."""

from __future__ import annotations

import math
from collections.abc import Iterable

from app.analysis.progress.years import decimal_year
from app.domain.goals import Goal, GoalKind, Observation
from app.domain.targets import Reported


def reported(goal: Goal, figures: Iterable[Reported], as_of: str) -> tuple[Observation, ...]:
    """Return the figures reported for a goal up to `as_of` (ISO), oldest first; of a day the last entry holds.

    The value in the goal's unit (a fraction where it is a rate that no survey measures), with an interval of no width and no
    sampling error; `wave` "" and `n` 0, since no firm answered.
    """
    last = {each.date: each.value for each in figures if each.goal == goal.id and each.date <= as_of}
    return tuple(
        Observation("", decimal_year(date), value, value, value, 0, None, 0.0)
        for date, value in sorted(last.items())
        if value is not None
    )


def are_possible(goal: Goal, observations: Iterable[Observation]) -> bool:
    """Return whether every figure can be true: finite, not below 0, and a rate not above 1."""
    top = 1.0 if goal.kind is GoalKind.RATE else math.inf
    return all(0 <= each.value <= top and math.isfinite(each.value) for each in observations)
