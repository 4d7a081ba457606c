"""What a goal asks, as numbers that a series can be held against."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.progress.years import deadline
from app.domain.goals import Goal, Observation

_STRICT = (">", "<")


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal's number, direction, strictness and deadline in decimal years."""

    target: float
    upwards: bool
    strict: bool
    due: float

    def reached_by(self, observation: Observation) -> bool:
        """Return whether the whole interval reaches the target (design §6.2); never without an interval."""
        bound = observation.low if self.upwards else observation.high
        return bound is not None and self.reached_at(bound)

    def reached_at(self, value: float) -> bool:
        """Return whether this very value reaches the target."""
        ahead = value - self.target if self.upwards else self.target - value
        return ahead > 0 if self.strict else ahead >= 0


def aim_of(goal: Goal) -> Aim | None:
    """Return the goal's aim, None when its text gives no number. ≈ and = are read as "at least"."""
    if goal.value is None:
        return None
    return Aim(goal.value, not goal.falls, goal.operator in _STRICT, deadline(goal.year))
