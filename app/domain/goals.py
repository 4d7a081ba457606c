"""Goals (目标) with their documents, measures (口径) over answers, and how far we are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.condition import Condition
from app.domain.progress import Forecast, Pace, SeriesBreak, Status
from app.domain.words import Words

NO_WORDS = Words("", "")


class Layer(StrEnum):
    """Whose goal it is, from the top down: 国家, 部委, 省, 市, 县."""

    STATE = "state"
    MINISTRY = "ministry"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"

    @classmethod
    def _missing_(cls, value: object) -> Layer | None:
        """Read the names that studies of format 3 hold."""
        return {"national": cls.STATE, "sector": cls.MINISTRY, "local": cls.COUNTY}.get(str(value))


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

    `sections` GB/T 4754 letters in scope (empty: all); `measure` a Measure id or "". `paragraph` where in the document it
    stands; `definition` the official statistical definition, empty where none was published; `indicator` what it is about, the
    same for goals of several years and layers (""; then its measure); `path` the shape of the way to it: linear | s_curve.
    """

    id: str
    layer: Layer
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
    paragraph: str = ""
    definition: Words = NO_WORDS
    indicator: str = ""
    path: str = "linear"

    @property
    def falls(self) -> bool:
        """Whether less is better: the text sets an upper limit."""
        return self.operator in ("<", "<=", "≤")

    def short_by(self, value: float) -> float:
        """Return how far a value is from the target, negative beyond it; 0 where the text gives no number."""
        if self.value is None:
            return 0.0
        return value - self.value if self.falls else self.value - value


def is_possible(goal: Goal) -> bool:
    """Return whether the goal's number can be true of what it counts: a share of 0 to 1, a count or amount of 0 or more."""
    if goal.value is None:
        return True
    return 0 <= goal.value <= 1 if goal.kind is GoalKind.RATE else 0 <= goal.value < float("inf")


@dataclass(frozen=True, slots=True)
class Measure:
    """A declared numerator and denominator; `words` are printed on every figure that uses it, with `version`.

    Denominator: counted firms for which `denominator` holds (None: all) and the numerator is not unknown.
    `weight` firms | employees | revenue. `proxy`: it stands in for a rate no official source defines. `planned`: which firms
    that do not meet it yet say that they will within `planned_months` (None: the instrument does not ask). `short` is what it is
    called inside a sentence, empty where `words` must do.
    """

    id: str
    words: Words
    numerator: Condition
    denominator: Condition | None
    weight: str
    proxy: bool
    source: str
    version: str = ""
    planned: Condition | None = None
    planned_months: int = 6
    short: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """One of the six actions, 17 sub-items or eight supports of the national opinions."""

    id: str
    group: str
    words: Words
    source: str
    verify: bool


@dataclass(frozen=True, slots=True)
class Conversion:
    """What part of the firms that plan something is taken to do it: a range of fractions, for the upper scenario."""

    low: float
    high: float
    source: str
    verify: bool


@dataclass(frozen=True, slots=True)
class GoalBook:
    """目标库. Without `conversion` there is no upper scenario."""

    version: str
    goals: tuple[Goal, ...]
    measures: tuple[Measure, ...]
    checklist: tuple[ChecklistEntry, ...]
    conversion: Conversion | None = None

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
    """A measure's value in one wave: fraction with 95 % interval (None: none may be given), firms counted, decimal year.

    Of a goal that counts things `value` is in the goal's unit, reported by people, and `wave` is "". `planned` is the fraction of
    the same firms that do not meet the measure yet and say they soon will (None: not asked).
    """

    wave: str
    time: float
    value: float
    low: float | None
    high: float | None
    n: int
    frame: int | None
    standard_error: float | None
    planned: float | None = None


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How far one goal is. Shares are fractions, paces percentage points a year; None where it cannot be said.

    Of a goal that counts things all of these are in its unit. `reason` is a text key (`light.*`) with `reason_values` for its
    places; `observations` oldest first, those before a break among them. `path` are (time, value) points of the required path;
    `fan` (time, low, middle, high) of an 80 % band to the target year, empty while there is no trend; `upper` (time, low, high)
    where the firms' own plans would lead. `breaks` split the series: only what follows the last one carries a trend.
    `forecasts` say what each model gives at the deadline. `as_of` the day (ISO) up to which waves were known. `of_part`: seen of
    some of the firms alone, while the target was set for all.
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
    pace: Pace | None = None
    status: Status | None = None
    forecasts: tuple[Forecast, ...] = ()
    upper: tuple[tuple[float, float, float], ...] = ()
    breaks: tuple[SeriesBreak, ...] = ()
    as_of: str = ""
    of_part: bool = False

    @property
    def latest(self) -> Observation | None:
        """The newest observation, or None."""
        return self.observations[-1] if self.observations else None
