"""状态灯: what may be said about a goal, from its observations; "cannot tell" is an answer with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.analysis.progress.trend import Trend, chance_at_least, fit_trend
from app.analysis.progress.years import deadline
from app.domain.goals import Goal, GoalProgress, Light, Observation

LEAST_FIRMS = 30  # below, the normal approximation behind a probability does not hold
LEAST_SPAN = 0.25  # years between first and last wave; closer waves show no pace
ON_TRACK = 0.8
OFF_TRACK = 0.2
_DOWNWARDS = ("<", "<=", "≤")
_STRICT = (">", "<")


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal that a share can be held against: its number, direction, strictness and deadline in decimal years."""

    target: float
    upwards: bool
    strict: bool
    due: float

    def reached_by(self, observation: Observation) -> bool:
        """Return whether the whole interval reaches the target (design §6.2); never without an interval."""
        bound = observation.low if self.upwards else observation.high
        if bound is None:
            return False
        ahead = bound - self.target if self.upwards else self.target - bound
        return ahead > 0 if self.strict else ahead >= 0

    def required_pace(self, observation: Observation) -> float | None:
        """Return percentage points a year from this wave to the deadline, 0 when already there, None when it is over."""
        if self.due <= observation.time:
            return None
        pace = 100 * (self.target - observation.value) / (self.due - observation.time)
        return max(0.0, pace) if self.upwards else min(0.0, pace)


def aim_of(goal: Goal) -> Aim | None:
    """Return the goal's aim, None when its text gives no number. ≈ and = are read as "at least"."""
    if goal.value is None:
        return None
    return Aim(goal.value, goal.operator not in _DOWNWARDS, goal.operator in _STRICT, deadline(goal.year))


def judge(blank: GoalProgress, aim: Aim, observations: Sequence[Observation]) -> GoalProgress:
    """Return `blank` with everything the observations (oldest first, at least one) allow to be said.

    Met only when the interval's near bound reaches the target. With a trend, the probability of reaching the target by
    its deadline gives the light: on track from 0.8, off track below 0.2. After the deadline the newest wave decides.
    """
    latest = observations[-1]
    known = replace(
        blank,
        observations=tuple(observations),
        gap=aim.target - latest.value,
        required_pace=aim.required_pace(latest),
        path=((latest.time, latest.value), (aim.due, aim.target)) if aim.due > latest.time else (),
    )
    if latest.standard_error is None or latest.low is None:
        return cannot_tell(known, "volunteers")
    if latest.n < LEAST_FIRMS and latest.n != latest.frame:
        return cannot_tell(known, "too_few", n=str(latest.n), least=str(LEAST_FIRMS))
    trend = _trend(observations)
    if trend is not None:
        known = replace(known, observed_pace=100 * trend.pace, fan=trend.fan(aim.due) if aim.due > latest.time else ())
    if aim.reached_by(latest):
        return replace(known, light=Light.ON_TRACK, reason="light.reason.met", probability=_chance(aim, latest, trend))
    if aim.due <= latest.time:
        return _overdue(known, aim, latest)
    if trend is None:
        return cannot_tell(known, "one_wave" if len(observations) == 1 else "no_trend")
    return _by_trend(known, trend.probability(aim.due, aim.target, aim.upwards))


def cannot_tell(progress: GoalProgress, why: str, **values: str) -> GoalProgress:
    """Return `progress` with the light CANNOT_TELL and the reason `light.reason.<why>`."""
    return replace(progress, light=Light.CANNOT_TELL, reason=f"light.reason.{why}", reason_values=tuple(sorted(values.items())))


def _trend(observations: Sequence[Observation]) -> Trend | None:
    """Return the trend through the waves that can carry one: an interval, enough firms, and time between them."""
    usable = [
        seen for seen in observations if seen.standard_error is not None and (seen.n >= LEAST_FIRMS or seen.n == seen.frame)
    ]
    if len(usable) < 2 or usable[-1].time - usable[0].time < LEAST_SPAN:
        return None
    return fit_trend(usable)


def _chance(aim: Aim, latest: Observation, trend: Trend | None) -> float | None:
    """Return the probability for a goal that is met today: that it still is at the deadline; None without trend."""
    return None if trend is None or aim.due <= latest.time else trend.probability(aim.due, aim.target, aim.upwards)


def _overdue(known: GoalProgress, aim: Aim, latest: Observation) -> GoalProgress:
    chance = chance_at_least(latest.value, latest.standard_error or 0.0, aim.target)
    chance = chance if aim.upwards else 1 - chance
    light = Light.OFF_TRACK if chance < OFF_TRACK else Light.AT_RISK
    missed = light is Light.OFF_TRACK
    return replace(known, probability=chance, light=light, reason="light.reason.missed" if missed else "light.reason.unproven")


def _by_trend(known: GoalProgress, chance: float) -> GoalProgress:
    light = Light.ON_TRACK if chance >= ON_TRACK else Light.OFF_TRACK if chance < OFF_TRACK else Light.AT_RISK
    values = {
        "required": f"{known.required_pace or 0.0:.1f}",
        "observed": f"{known.observed_pace or 0.0:.1f}",
        "probability": _percent(chance),
    }
    return replace(
        known,
        probability=chance,
        light=light,
        reason=f"light.reason.{light}",
        reason_values=tuple(sorted(values.items())),
    )


def _percent(chance: float) -> str:
    """Return a probability in whole percent, never "0%" or "100%" for what is not certain."""
    return "<1%" if chance < 0.01 else ">99%" if chance > 0.99 else f"{chance:.0%}"
