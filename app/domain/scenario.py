"""What a scenario gives: the effect of each lever and of all together, with every assumption in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.targets import Lever, Scenario

FIELDS = ("sector", "size", "township", "level")
"""By what a lever's group of firms may be chosen."""


@dataclass(frozen=True, slots=True)
class Span:
    """A number with the range its assumptions and its sampling leave it (low ≤ middle ≤ high)."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Assumption:
    """One assumption as a text key (`scenario.assume.*`) with the values of its places."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LeverEffect:
    """What one lever adds to the share, as fractions. `available` firms of its group do not meet the measure (or level) yet.

    `moved` of them are taken to do so: never more than are available and no earlier lever took (`capped`). Firms are those of
    the frame where it is known, else those that answered.
    """

    lever: Lever
    available: int
    moved: Span
    effect: Span
    capped: bool
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a scenario leads. Shares are fractions; `now` as last observed, `after` at `time` (decimal year) with all levers.

    `reason` is a text key (`scenario.cannot.*`) where it cannot be said (then no numbers). `missing` firms would still be needed
    to reach the target from `after`'s middle (0: none), None where the frame is unknown. `trend` is where the trend of the waves
    alone would be at `time`, None where there is none. `base` is "frame" where firms are those of the frame, else "counted".
    """

    scenario: Scenario
    wave: str
    now: Span | None
    after: Span | None
    time: float | None
    target: float | None
    levers: tuple[LeverEffect, ...]
    assumptions: tuple[Assumption, ...]
    missing: float | None = None
    reason: str = ""
    reason_values: tuple[tuple[str, str], ...] = ()
    trend: Span | None = None
    base: str = ""


@dataclass(frozen=True, slots=True)
class GroupNeed:
    """What a goal would take of one group (`field` sector | size | township | level, `value`) alone.

    `answered` firms stand behind it, `waiting` of them do not meet the measure yet. It has `firms`, of which `available` do not;
    `needed` of them would close the gap by themselves: more than are available where not `enough`.
    """

    field: str
    value: str
    answered: int
    waiting: int
    firms: float
    available: float
    needed: float

    @property
    def enough(self) -> bool:
        """Whether the group alone could close the gap."""
        return self.needed <= self.available


@dataclass(frozen=True, slots=True)
class NearStep:
    """One step of the least set: of the `available` firms this near (`nearness` planned, a level, or "" for an unknown one) and
    of this `size`, `taken` are needed; `answered` firms stand behind it."""

    nearness: str
    size: str
    answered: int
    available: float
    taken: float


@dataclass(frozen=True, slots=True)
class Need:
    """How many more firms it would take to reach a goal by its deadline, or why it cannot be said (`reason`, a text key).

    `firms` from the middle of what was observed, with the range its interval leaves; `per_quarter` of them in each of the
    `quarters` left. `steps` order those who do not meet the measure yet by nearness until it is reached. `base` as in Outcome.
    """

    goal: str
    wave: str = ""
    now: Span | None = None
    target: float | None = None
    firms: Span | None = None
    quarters: float = 0.0
    per_quarter: float | None = None
    groups: tuple[GroupNeed, ...] = ()
    steps: tuple[NearStep, ...] = ()
    base: str = ""
    reason: str = ""
    reason_values: tuple[tuple[str, str], ...] = ()
