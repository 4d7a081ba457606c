"""Goals (目标) with their documents, measures (口径) over answers, and how far we are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.condition import Condition
from app.domain.words import Words


class GoalKind(StrEnum):
    """What a goal counts."""

    RATE = "rate"
    COUNT = "count"
    AMOUNT = "amount"
    MILESTONE = "milestone"


class Light(StrEnum):
    """状态灯: from a probability, or CANNOT_TELL with a reason."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal as its document words it. `value` is a fraction for rates, None when the text gives no number.

    `layer` national | sector | local; `sections` GB/T 4754 letters in scope (empty: all); `measure` a Measure id or "".
    """

    id: str
    layer: str
    kind: GoalKind
    year: int
    operator: str
    value: float | None
    unit: str
    words: Words
    document: str
    issued: str
    scope: Words
    sections: tuple[str, ...]
    measure: str
    proxy: Words
    source: str
    verify: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A declared numerator and denominator; `words` are printed on every figure that uses it.

    Denominator: counted firms for which `denominator` holds (None: all) and the numerator is not unknown.
    `weight` firms | employees | revenue. `proxy`: it stands in for a rate no official source defines.
    """

    id: str
    words: Words
    numerator: Condition
    denominator: Condition | None
    weight: str
    proxy: bool
    source: str


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """One of the six actions, 17 sub-items or eight supports of the national opinions."""

    id: str
    group: str
    words: Words
    source: str
    verify: bool


@dataclass(frozen=True, slots=True)
class GoalBook:
    """目标库."""

    version: str
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    checklist: tuple[ChecklistEntry, ...]

    def measure(self, id_: str) -> Measure:
        """Return the measure with this id; KeyError when there is none."""
        return next_with_id(self.measures, id_)

    def goal(self, id_: str) -> Goal:
        """Return the goal with this id; KeyError when there is none."""
        for goal in self.goals:
            if goal.id == id_:
                return goal
        raise KeyError(id_)


def next_with_id(measures: tuple[Measure, ...], id_: str) -> Measure:
    """Return the measure with this id; KeyError when there is none."""
    for measure in measures:
        if measure.id == id_:
            return measure
    raise KeyError(id_)


@dataclass(frozen=True, slots=True)
class Observation:
    """A measure's value in one wave: fraction with 95 % interval (None: none may be given), firms counted, decimal year."""

    wave: str
    time: float
    value: float
    low: float | None
    high: float | None
    n: int
    frame: int | None
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How far one goal is. Shares are fractions, paces percentage points a year; None where it cannot be said.

    `reason` is a text key (`light.*`) with `reason_values` for its places; `observations` oldest first.
    `path` are (time, value) points of the straight required path; `fan` (time, low, middle, high) to the target year,
    empty while there is no trend.
    """

    goal: Goal
    measure: Measure | None
    observations: tuple[Observation, ...]
    gap: float | None
    required_pace: float | None
    observed_pace: float | None
    probability: float | None
    light: Light
    reason: str
    reason_values: tuple[tuple[str, str], ...] = ()
    path: tuple[tuple[float, float], ...] = ()
    fan: tuple[tuple[float, float, float, float], ...] = ()

    @property
    def latest(self) -> Observation | None:
        """The newest observation, or None."""
        return self.observations[-1] if self.observations else None
