"""状态灯: what may be said about a goal, from its observations; "cannot tell" is an answer with a reason.

Met only when the near bound of the interval reaches the target. Otherwise the probability of reaching it by the deadline gives
the light: on track from 0.8, off track below 0.2. A light must stand: it is grey where the newest wave, moved within its 80 %
interval while all else is kept, would turn it to another colour and carry the probability by more than a quarter. The second
condition spares a light that is merely near 0.8 or 0.2. The fewer firms answered, the wider that interval and the oftener the
light is grey (`tests.benchmarks.bench_goals` prints how often). A whole census has no such interval and moves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

from app.analysis.progress.aim import Aim
from app.domain.goals import Goal, GoalKind, GoalProgress, Light, Observation
from app.domain.numbers import chance as written

LEAST_FIRMS = 30  # below, the normal approximation behind a probability does not hold
LEAST_SPAN = 0.25  # years between first and last wave; closer waves show no pace
ON_TRACK = 0.8
OFF_TRACK = 0.2
UNSURE = 0.25  # by how much the probability may move with the newest wave when the light turns
_LARGE = 1000  # of a unit: no decimals from here on
SWAY = NormalDist().inv_cdf(0.9)  # standard errors to either side: an 80 % interval


@dataclass(frozen=True, slots=True)
class Verdict:
    """A light with its reason and the probability it stands for, None where the light is grey."""

    light: Light
    reason: str
    values: tuple[tuple[str, str], ...]
    probability: float | None


def cannot_tell(progress: GoalProgress, why: str, **values: str) -> GoalProgress:
    """Return `progress` with the light CANNOT_TELL and the reason `light.reason.<why>`."""
    return replace(progress, light=Light.CANNOT_TELL, reason=f"light.reason.{why}", reason_values=tuple(sorted(values.items())))


def usable(observations: Sequence[Observation]) -> list[Observation]:
    """Return the waves that may carry a verdict or a trend: an interval, and enough firms or all; or reported, hence exact."""
    return [
        each
        for each in observations
        if each.wave == "" or (each.standard_error is not None and (each.n >= LEAST_FIRMS or each.n == each.frame))
    ]


def series_of(observations: Sequence[Observation]) -> list[Observation]:
    """Return of the waves that carry a trend one a day (the last), oldest first; [] where they are too few or too close."""
    apart = list({each.time: each for each in observations}.values())
    return apart if len(apart) > 1 and apart[-1].time - apart[0].time >= LEAST_SPAN else []


def unfit(known: GoalProgress, latest: Observation, first: Observation, aim: Aim) -> GoalProgress | None:
    """Return the grey answer where nothing may be concluded from the newest wave, whatever the trend; else None."""
    if aim.due < first.time:
        return cannot_tell(known, "before_first")
    if latest.standard_error is None or latest.low is None:
        return cannot_tell(known, "volunteers")
    if not usable([latest]):
        return cannot_tell(known, "too_few", n=str(latest.n), least=str(LEAST_FIRMS))
    return None


def met(known: GoalProgress) -> GoalProgress:
    """Return the light of a goal whose target the whole interval reaches."""
    return replace(known, light=Light.ON_TRACK, reason="light.reason.met")


def overdue(known: GoalProgress, aim: Aim, latest: Observation) -> GoalProgress:
    """Return the light after the deadline: the newest wave decides."""
    ahead = latest.value - aim.target if aim.upwards else aim.target - latest.value
    error = latest.standard_error or 0.0
    chance = NormalDist(0.0, error).cdf(ahead) if error > 0 else float(aim.reached_at(latest.value))
    light = Light.OFF_TRACK if chance < OFF_TRACK else Light.AT_RISK
    missed = light is Light.OFF_TRACK
    return replace(known, probability=chance, light=light, reason="light.reason.missed" if missed else "light.reason.unproven")


def without_trend(known: GoalProgress, observations: Sequence[Observation]) -> GoalProgress:
    """Return the grey answer of a goal with no trend: only distance and required pace are given."""
    if len(observations) > 1:
        return cannot_tell(known, "no_trend")
    return cannot_tell(known, "after_break" if known.breaks else "one_wave")


def by_chance(goal: Goal, paces: tuple[float | None, float | None], chance: float, swayed: tuple[float, float]) -> Verdict:
    """Return the light of a probability; `paces` required and observed, `swayed` what the probability would be at either end of
    the newest wave's 80 % interval."""
    low, high = min(swayed), max(swayed)
    if high - low > UNSURE and _colour(low) is not _colour(high):
        values = (("high", percent(high)), ("low", percent(low)))
        return Verdict(Light.CANNOT_TELL, "light.reason.unsure", values, None)
    light = _colour(chance)
    needed, seen = (_number(pace or 0.0, goal) for pace in paces)
    told = (("observed", seen), ("probability", percent(chance)), ("required", needed))
    if goal.kind is GoalKind.RATE:
        return Verdict(light, f"light.reason.{light}", told, chance)
    return Verdict(light, f"light.reason.{light}_count", (*told, ("unit", goal.unit)), chance)


def _colour(chance: float) -> Light:
    return Light.ON_TRACK if chance >= ON_TRACK else Light.OFF_TRACK if chance < OFF_TRACK else Light.AT_RISK


def percent(chance: float) -> str:
    """Return a probability of reaching a goal in whole percent, never one of another light: "<20%" where it is off track."""
    return written(chance, (OFF_TRACK, ON_TRACK))


def _number(pace: float, goal: Goal) -> str:
    return f"{pace:.1f}" if goal.kind is GoalKind.RATE or abs(pace) < _LARGE else f"{pace:,.0f}"
