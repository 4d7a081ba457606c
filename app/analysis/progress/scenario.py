"""Where a scenario leads: its levers together on top of what was last observed, beside the trend of the waves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.progress.levers import lever_effect, nobody_taken
from app.analysis.progress.standing import CannotTell, Standing, standing
from app.analysis.progress.years import decimal_year
from app.domain.goals import GoalBook, GoalProgress
from app.domain.scenario import Assumption, LeverEffect, Outcome, Span
from app.domain.study import Study
from app.domain.targets import Scenario


def outcome(study: Study, book: GoalBook, scenario: Scenario) -> Outcome:
    """Return where `scenario` leads from the newest wave on; `reason` says why where it cannot be told.

    Levers act in their order: one takes only firms that no earlier one took. Everybody else stays as observed. The ends of all
    ranges are added, which never understates what is unsure; no share passes 0 or 1.
    """
    return outcomes(study, book, scenario.goal, (scenario,))[0]


def outcomes(study: Study, book: GoalBook, goal: str, scenarios: Sequence[Scenario]) -> tuple[Outcome, ...]:
    """Return where each of `scenarios` leads, all held against `goal`."""
    try:
        ground = standing(study, book, goal)
    except CannotTell as error:
        return tuple(_untold(each, error) for each in scenarios)
    return tuple(outcome_from(study, ground, each) for each in scenarios)


def outcome_from(study: Study, ground: Standing, scenario: Scenario) -> Outcome:
    """Return where `scenario` leads from where firms stand (`standing` of its goal)."""
    try:
        if not scenario.levers:
            raise CannotTell("no_levers")
        return _told(study, ground, scenario)
    except CannotTell as error:
        return _untold(scenario, error)


def _untold(scenario: Scenario, error: CannotTell) -> Outcome:
    return Outcome(scenario, "", None, None, None, None, (), (), reason=error.key, reason_values=error.values)


def trend_at(progress: Sequence[GoalProgress], goal: str, time: float) -> Span | None:
    """Return where the trend of a goal's waves would be at `time` (80 % band), None where there is none or time is past it."""
    fan = next((each.fan for each in progress if each.goal.id == goal), ())
    if not fan or not fan[0][0] <= time <= fan[-1][0] + 1e-9:
        return None
    times, low, middle, high = (np.array(column) for column in zip(*fan, strict=True))
    found = [float(np.interp(time, times, values)) for values in (low, middle, high)]
    return Span(found[0], found[1], found[2])


def scenarios_in_force(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """Return the scenarios that hold, in the order in which they were first named: the last of a name, those deleted left out."""
    last = {each.name: each for each in scenarios}
    return tuple(each for each in last.values() if each.levers)


def _told(study: Study, ground: Standing, scenario: Scenario) -> Outcome:
    taken, effects = nobody_taken(ground), list[LeverEffect]()
    for lever in scenario.levers:
        effect, taken = lever_effect(ground, lever, taken)
        effects.append(effect)
    seen, last = ground.seen, max(scenario.levers, key=lambda lever: lever.by).by
    time = decimal_year(last)
    now = Span(seen.value if seen.low is None else seen.low, seen.value, seen.value if seen.high is None else seen.high)
    gain = [sum(getattr(effect.effect, end) for effect in effects) for end in ("low", "middle", "high")]
    after = Span(*(min(1.0, base + more) for base, more in zip((now.low, now.middle, now.high), gain, strict=True)))
    return Outcome(
        scenario=scenario,
        wave=ground.counted.wave.id,
        now=now,
        after=after,
        time=time,
        target=ground.aim.target,
        levers=tuple(effects),
        assumptions=_assumptions(ground, last, len(effects)),
        missing=_missing(ground, after.middle) if ground.base == "frame" else None,
        trend=trend_at(study.progress, scenario.goal, time),
        base=ground.base,
    )


def _missing(ground: Standing, reached: float) -> float:
    """Return how many more firms would close the gap that is left, each counting as those do that do not meet the measure."""
    gap = ground.aim.target - reached
    return max(0.0, gap) * ground.total / mean_size(ground, ground.y == 0.0)


def mean_size(ground: Standing, rows: np.ndarray) -> float:
    """Return what one firm of `rows` counts for on average, 1 where nobody is left."""
    stands = float(ground.stands[rows].sum())
    return float(ground.mass[rows].sum()) / stands if stands > 0 else 1.0


def _assumptions(ground: Standing, last: str, levers: int) -> tuple[Assumption, ...]:
    seen = ground.seen
    found = [
        Assumption("scenario.assume.baseline", (("wave", seen.wave),)),
        Assumption("scenario.assume.stay", (("date", last),)),
        Assumption(f"scenario.assume.{ground.base}", (("n", str(seen.frame if ground.base == "frame" else seen.n)),)),
        Assumption("scenario.assume.ends"),
    ]
    if levers > 1:
        found.append(Assumption("scenario.assume.once"))
    return tuple(found)
