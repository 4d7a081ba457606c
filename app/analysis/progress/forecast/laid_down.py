"""What is laid down about paces before a series is seen: measured on published series, in resources/forecast/pace.toml."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prior:
    """How fast such shares move and how much that changes, and how far a wave strays, all in logits.

    A pace has a `lasting` part (a year; root mean square, so that a pace of which nothing is known is nil give or take this
    much) and a `passing` one, whose standard deviation this is. `noise` is a wave's beyond its sampling error.
    """

    lasting: float
    passing: float
    noise: float

    @property
    def pace(self) -> float:
        """Return the root mean square of a pace, a year."""
        return math.hypot(self.lasting, self.passing)


@dataclass(frozen=True, slots=True)
class Measured:
    """One published series in which they were measured (None: it cannot tell); `origin` groups those of one survey."""

    id: str
    origin: str
    lasting: float | None
    passing: float | None
    noise: float | None
    source: str


def prior_of(measured: Sequence[Measured], without: str = "") -> Prior:
    """Return the root mean square over the series, those of the origin `without` left out; 0 where none can tell."""
    kept = [each for each in measured if each.origin != without]
    return Prior(*(_typical([getattr(each, name) for each in kept]) for name in ("lasting", "passing", "noise")))


def _typical(values: Sequence[float | None]) -> float:
    known = [value**2 for value in values if value is not None]
    return math.sqrt(sum(known) / len(known)) if known else 0.0


PRIOR = Prior(lasting=0.33, passing=0.37, noise=0.09)  # as resources/forecast/pace.toml gives them: a test holds them together
DAMPING = 1.0  # a year: what passes of a pace is mostly gone after one
LEVELLING = 0.25  # a year, of the damped trend: φ of 0.78 for yearly data, within what Gardner and McKenzie found
BASS_P, BASS_Q = 0.03, 0.38  # as resources/forecast/bass.toml gives them
