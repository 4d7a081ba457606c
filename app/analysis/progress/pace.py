"""How fast it would have to go, and how fast it goes: in points, in logits and in firms.

Bands of the ratio of observed to required pace: 0.95, 0.60 and 0, those of the published progress status (`progress.status`),
here of paces in points a year.
"""

from __future__ import annotations

import math

from app.analysis.progress.aim import Aim
from app.analysis.progress.path import logit
from app.domain.goals import Goal, GoalKind, Measure, Observation
from app.domain.progress import Band, Pace

_BANDS = ((0.95, Band.ON_COURSE), (0.60, Band.SLIGHTLY_BEHIND), (0.0, Band.FAR_BEHIND))
_ROUNDING = 1e-9  # firms


def required_pace(goal: Goal, aim: Aim, latest: Observation) -> float | None:
    """Return what must be gained a year from the newest wave on: points for shares, the goal's unit else.

    0 where the value is there already, None after the deadline.
    """
    if aim.due <= latest.time:
        return None
    pace = points(goal) * (aim.target - latest.value) / (aim.due - latest.time)
    return max(0.0, pace) if aim.upwards else min(0.0, pace)


def points(goal: Goal) -> float:
    """Return what a pace of the series is multiplied by to be printed: 100 for shares."""
    return 100.0 if goal.kind is GoalKind.RATE else 1.0


def required(goal: Goal, measure: Measure | None, aim: Aim, latest: Observation) -> Pace:
    """Return the required half of a pace; firms only where the measure counts each firm once and more of them are wanted.

    Firms are of the frame where it is known, else of those that answered (`base`).
    """
    needed = required_pace(goal, aim, latest)
    if needed is None:
        return Pace()
    slope, firms, quarterly, base = _slope(goal, aim, latest, needed), None, None, ""
    if measure is not None and measure.weight == "firms" and aim.upwards and goal.kind is GoalKind.RATE and latest.n:
        base = "counted" if latest.frame is None else "frame"
        firms = _firms(aim, latest.value, latest.n if latest.frame is None else latest.frame)
        quarterly = firms / max(1.0, 4 * (aim.due - latest.time))
    return Pace(needed, None, slope, None, None, None, firms, quarterly, base)


def _slope(goal: Goal, aim: Aim, latest: Observation, needed: float) -> float | None:
    """Logits a year, which shares of 0 and 1 do not have."""
    if goal.kind is not GoalKind.RATE or not (0 < latest.value < 1 and 0 < aim.target < 1):
        return None
    return (logit(aim.target) - logit(latest.value)) / (aim.due - latest.time) if needed else 0.0


def with_observed(pace: Pace, observed: float, observed_logit: float | None) -> Pace:
    """Return the pace with what was observed, and the ratio where one was required: not when already there or too late."""
    ratio = observed / pace.required if pace.required else None
    if ratio is not None and not math.isfinite(ratio):
        ratio = None
    band = None if ratio is None else band_of(ratio)
    return Pace(
        pace.required, observed, pace.required_logit, observed_logit, ratio, band, pace.firms, pace.per_quarter, pace.base
    )


def band_of(ratio: float) -> Band:
    """Return the band of a ratio of observed to required pace."""
    return next((band for least, band in _BANDS if ratio >= least), Band.BACKWARDS)


def _firms(aim: Aim, value: float, whole: int) -> float:
    """Return how many more firms of `whole` must come to meet the measure; one more where the target must be passed."""
    exact = (aim.target - value) * whole
    more = max(0, math.ceil(exact - _ROUNDING))
    return float(more + 1 if aim.strict and more - exact < _ROUNDING and exact >= 0 else more)
