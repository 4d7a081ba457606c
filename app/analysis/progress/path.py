"""The required way from the newest wave to the target, and where the firms' own plans would lead."""

from __future__ import annotations

import math

from app.analysis.progress.aim import Aim
from app.domain.goals import Conversion, Goal, GoalKind, Measure, Observation

_STEPS_A_YEAR = 4
S_CURVE = "s_curve"

Points = tuple[tuple[float, float], ...]


def quarters(start: float, end: float) -> list[float]:
    """Return the times from `start` to `end`, both included, a quarter of a year apart; empty where `end` is not later."""
    if not end > start:
        return []
    count = math.ceil(round((end - start) * _STEPS_A_YEAR, 9))
    return [start + step / _STEPS_A_YEAR for step in range(count)] + [end]


def required_path(goal: Goal, aim: Aim, latest: Observation) -> Points:
    """Return (time, value) by quarter from the newest wave to the target, empty after the deadline.

    A straight line, or for shares with `goal.path` s_curve a logistic curve through both ends: slow, fast, slow. Where an end is
    0 or 100 %, which such a curve never touches, the line is straight.
    """
    times = quarters(latest.time, aim.due)
    if not times:
        return ()
    span = aim.due - latest.time
    if goal.path == S_CURVE and goal.kind is GoalKind.RATE and 0 < latest.value < 1 and 0 < aim.target < 1:
        start, end = logit(latest.value), logit(aim.target)
        slope = (end - start) / span
        values = [_share(start + slope * (time - latest.time)) for time in times]
    else:
        slope = (aim.target - latest.value) / span
        values = [latest.value + slope * (time - latest.time) for time in times]
    values[0], values[-1] = latest.value, aim.target
    return tuple(zip(times, values, strict=True))


def upper_scenario(
    measure: Measure, latest: Observation, conversion: Conversion | None, until: float
) -> tuple[tuple[float, float, float], ...]:
    """Return (time, low, high) of what the firms' plans would add: the share and, within `planned_months`, that part of the
    planning firms which `conversion` takes to keep to it; level after that, never above 1. Empty without plans or time.

    An upper scenario and no forecast: nobody who did not plan joins, nobody leaves, and plans cost nothing to tick.
    """
    if latest.planned is None or conversion is None or not until > latest.time:
        return ()
    ends = [min(1.0, latest.value + latest.planned * part) for part in (conversion.low, conversion.high)]
    done = latest.time + measure.planned_months / 12
    reached = min(1.0, (until - latest.time) / (done - latest.time)) if done > latest.time else 1.0
    low, high = (latest.value + reached * (end - latest.value) for end in ends)
    way = ((latest.time, latest.value, latest.value), (min(done, until), low, high))
    return (*way, (until, low, high)) if until > done else way


def logit(share: float) -> float:
    """Return ln(share / (1 − share)) of a share between 0 and 1, both excluded."""
    return math.log(share / (1 - share))


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))
