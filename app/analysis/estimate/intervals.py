"""Intervals for shares and means of a design, and for the difference of two.

Shares: Wilson's interval on the effective number of firms, after Korn, E. L. & Graubard, B. I. (1998), "Confidence intervals
for proportions with small expected number of positive counts", Survey Methodology 24: p(1 − p) / variance, lowered by
(t[n − 1] / t[degrees of freedom])². What the strata gain is believed from 30 degrees of freedom and five firms with and five
without the property on; below that, where a variance may vanish by chance, never more than weights and frame alone would give.
Differences: Zou, G. Y. & Donner, A. (2008), "Construction of confidence limits about effect measures", Statistics in Medicine
27, eq. (6) and (8), which is Newcombe's (1998) method 10 for two independent or two paired shares.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from app.analysis.answers import Floats
from app.analysis.estimate.wilson import wilson_share
from app.domain.estimate import Estimate

Z = NormalDist().inv_cdf(0.975)
_LITTLE = 1e-9  # firms: what no number of draws is below, so that rounding divides nothing by nothing
_SETTLED = 5  # firms with and without the property, and degrees of freedom, for the gain of the strata to be believed
_FREE = 30


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands behind a number: `n` firms, worth `worth` by weights and frame, `freedom` degrees, `frame` of n or more."""

    n: int
    worth: float
    freedom: float
    frame: float | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every firm that the number is about answered."""
        return self.n > 0 and math.isinf(self.worth)


def student(freedom: Floats | float) -> Floats:
    """Return the 97.5 % points of t (any shape); below one degree of freedom as at one."""
    from scipy.special import stdtrit  # loads when first needed

    found: Floats = stdtrit(np.maximum(np.asarray(freedom, dtype=np.float64), 1.0), 0.975)
    return found


def share_estimate(value: float, variance: float, drawn: Drawn, hits: int) -> Estimate:
    """Return a share with its interval; `hits` firms of the `n` have the property.

    Of a complete group the interval has no width and no effective number. At 0 and 1, where the formula shows no variance,
    the standard error is that of the interval. The interval never passes what the firms not seen could still change.
    """
    value = min(max(value, 0.0), 1.0)
    if drawn.is_complete:
        return Estimate(value, 0.0, value, value, drawn.n, None, drawn.frame)
    worth = min(max(_effective(value, variance, drawn, min(hits, drawn.n - hits)), _LITTLE), 1 / _LITTLE)
    low, high = wilson_share(value, worth)
    frame = drawn.frame
    if frame is not None:
        low = min(max(low, hits / frame), value)
        high = max(min(high, (hits + frame - drawn.n) / frame), value)
    error = math.sqrt(variance) if variance > 0 else (high - low) / (2 * Z)
    return Estimate(value, error, low, high, drawn.n, worth, drawn.frame)


def _effective(value: float, variance: float, drawn: Drawn, fewer: int) -> float:
    """Return the effective number of firms behind a share; `fewer` of them are on the rarer side."""
    worth: float = drawn.worth
    if variance > 0 and 0 < value < 1:
        own = value * (1 - value) / variance
        worth = own if fewer >= _SETTLED and drawn.freedom >= _FREE else min(own, worth)
    if drawn.freedom < 1 or drawn.n < 2:
        return worth
    plain, strata = student(float(drawn.n - 1)), student(drawn.freedom)
    return worth * float(plain / strata) ** 2


def mean_estimate(value: float, variance: float, drawn: Drawn, ends: tuple[float, float]) -> Estimate:
    """Return a mean with its t interval, held within the `ends` of its scale; no interval from one firm of several."""
    if drawn.is_complete:
        return Estimate(value, 0.0, value, value, drawn.n, None, drawn.frame)
    if drawn.freedom < 1:
        return Estimate(value, n=drawn.n, n_effective=drawn.worth, frame=drawn.frame, reason="estimate.reason.one_firm")
    half = float(student(drawn.freedom)) * math.sqrt(variance)
    low, high = max(value - half, min(ends[0], value)), min(value + half, max(ends[1], value))
    return Estimate(value, math.sqrt(variance), low, high, drawn.n, drawn.worth, drawn.frame)


def difference(one: Estimate, other: Estimate, correlation: float = 0.0) -> Estimate:
    """Return `one` less `other` with its interval; `correlation` of the two estimates, 0 for different firms.

    Without either value, or without either interval, so is the difference, for the same reason.
    """
    n, reason = one.n + other.n, one.reason or other.reason
    if one.value is None or other.value is None:
        return Estimate(None, n=n, reason=reason or "estimate.reason.no_answers")
    value = one.value - other.value
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return Estimate(value, n=n, reason=reason or "estimate.reason.no_interval")
    down = _combined(one.value - one.low, other.high - other.value, correlation)
    up = _combined(one.high - one.value, other.value - other.low, correlation)
    error = None if one.se is None or other.se is None else _combined(one.se, other.se, correlation)
    return Estimate(value, error, value - down, value + up, n)


def _combined(one: float, other: float, correlation: float) -> float:
    return math.sqrt(max(one**2 - 2 * correlation * one * other + other**2, 0.0))
