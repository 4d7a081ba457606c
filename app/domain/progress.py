"""What is said about a goal beyond its light: paces, published status, models, breaks of a series, conflicts between goals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """How the observed pace stands to the required one (its ratio): at least 0.95, 0.60 to 0.95, 0 to 0.60, below 0."""

    ON_COURSE = "on_course"
    SLIGHTLY_BEHIND = "slightly_behind"
    FAR_BEHIND = "far_behind"
    BACKWARDS = "backwards"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast it would have to go, and how fast it goes. None where it cannot be said.

    `required` and `observed` in percentage points (or the goal's unit) a year, the `_logit` ones in logits a year (shares
    only). `ratio` observed over required with its `band`. `firms` further firms that must come to meet the measure by the
    deadline, `per_quarter` of them: of all firms the goal is about where `base` is "frame", of those that answered where it
    is "counted".
    """

    required: float | None = None
    observed: float | None = None
    required_logit: float | None = None
    observed_logit: float | None = None
    ratio: float | None = None
    band: Band | None = None
    firms: float | None = None
    per_quarter: float | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """The components of open-sdg's published progress status, as it names them.

    Growth rates are compound annual fractions; `value` is their ratio where there is a `target` (method 2), else the observed
    one in the wanted direction (method 1); `score` −5 … 5, `status` a text key `status.*`. Years are calendar years.
    """

    base_year: float
    base_value: float
    current_year: float
    current_value: float
    target: float | None
    target_year: float
    observed_growth: float | None
    required_growth: float | None
    value: float | None
    score: float | None
    status: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What one model gives at the deadline: its middle, 80 % band and the probability of reaching the target.

    The probability is None where the light is grey because it cannot be told.
    `model` linear | logit | logistic | bass | local_trend | all (what the light rests on); `parameters` as fitted.
    """

    model: str
    middle: float
    low: float
    high: float
    probability: float | None
    parameters: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A series that does not go on: from `wave` (at `time`) on, values cannot be held against earlier ones.

    `reason` is a text key (`break.*`), or "" where people declared it and `why` are their words.
    """

    wave: str
    time: float
    reason: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two goals that do not go together: `kind` weaker | looser | later | scope | falling (text key `conflict.<kind>`).

    `upper` and `lower` are goal ids: the one a higher layer set (or the earlier year), and the one that does not fit it.
    """

    kind: str
    upper: str
    lower: str
