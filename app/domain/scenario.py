"""What a scenario gives: the effect of each lever and of all together, with every assumption in words."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.targets import Lever, Scenario


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

    `moved` of them are taken to do so: never more than are available (`capped`).
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
    to reach the target from `after`'s middle (0: none), None where the frame is unknown.
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
