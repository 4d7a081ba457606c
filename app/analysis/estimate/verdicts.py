"""Plain verdicts: each sector held against all others, with what many comparisons at once ask for.

Several at once: Holm, S. (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
Statistics 6. Difference of shares: the pooled score test, which Wilson's interval inverts (Agresti, A. (2013), Categorical
Data Analysis, 3rd ed., §3.2.1), on effective numbers of firms. Surely alike: the interval within what would matter, as by
Schuirmann, D. J. (1987), "A comparison of the two one-sided tests procedure", J. Pharmacokinetics and Biopharmaceutics 15.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from app.analysis.estimate.intervals import difference
from app.analysis.estimate.wilson import wilson_share
from app.domain.assessment import TOTAL
from app.domain.estimate import Comparison, Estimate, SectorEstimate, Verdict
from app.domain.rubric import READY

MATTERS = 0.10  # the smallest difference of shares that matters, where nobody declared another
LEAST = 5  # firms without which nothing is said of a sector that was not asked whole
_SIGNIFICANT = 0.05


def compare(estimates: Sequence[SectorEstimate], level: str = READY, matters: float = MATTERS) -> tuple[Comparison, ...]:
    """Return each sector's share at `level` or above against that of all other sectors together, in the order given.

    The others are weighted by the firms they stand for, and are other firms: the variances add. (They do so because sectors
    are strata, or groups within one: Cochran, W. G. (1977), Sampling Techniques, 3rd ed., §5.10.) SAME where the interval
    lies within ±`matters`, whatever the p value; DIFFERS where p, after Holm's correction, is below 0.05.
    """
    named = [one for one in estimates if one.sector not in ("", TOTAL)]
    pairs = [(one.at_least.get(level), _others(one, estimates, level)) for one in named]
    differences = [_difference(own, rest) for own, rest in pairs]
    tests = [_p(own, rest) for own, rest in pairs]
    adjusted = iter(holm([p for p in tests if p is not None]))
    found = []
    for one, (own, _), gap, p in zip(named, pairs, differences, tests, strict=True):
        corrected = None if p is None else next(adjusted)
        enough = own is not None and (own.n >= LEAST or own.low == own.high)
        said = verdict(gap, corrected, matters) if enough else Verdict.CANNOT_TELL
        found.append(Comparison(one.sector, TOTAL, gap, p, corrected, said))
    return tuple(found)


def verdict(gap: Estimate, p: float | None, matters: float = MATTERS) -> Verdict:
    """Return what a difference says: SAME within ±`matters` for sure, DIFFERS at p below 0.05 (None: interval without 0)."""
    if gap.value is None or gap.low is None or gap.high is None:
        return Verdict.CANNOT_TELL
    if -matters < gap.low and gap.high < matters:
        return Verdict.SAME
    apart = gap.low > 0 or gap.high < 0
    return Verdict.DIFFERS if (apart if p is None else p < _SIGNIFICANT) else Verdict.CANNOT_TELL


def holm(tests: Sequence[float]) -> tuple[float, ...]:
    """Return p values corrected for being several, in the order given."""
    p = np.array(tests, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    found = np.empty(len(p))
    found[order] = np.minimum(steps, 1.0)
    return tuple(found.tolist())


def worth(estimate: Estimate) -> float | None:
    """Return how many independent firms a share is worth: infinite where its interval has no width, None where unknown."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return None
    if estimate.low == estimate.high:
        return math.inf
    if estimate.n_effective is not None:
        return estimate.n_effective
    inner = 0 < estimate.value < 1 and bool(estimate.se)
    return estimate.value * (1 - estimate.value) / (estimate.se or 1.0) ** 2 if inner else None


def _difference(own: Estimate | None, rest: Estimate | None) -> Estimate:
    if own is None or rest is None:
        return Estimate(None, reason="estimate.reason.nothing_to_compare")
    return difference(own, rest)


def _others(one: SectorEstimate, estimates: Sequence[SectorEstimate], level: str) -> Estimate | None:
    """The share of all other sectors together; without interval where one of them has none."""
    rest = [other.at_least[level] for other in estimates if other.sector not in (one.sector, TOTAL) and level in other.at_least]
    rest = [estimate for estimate in rest if estimate.value is not None]
    if not rest:
        return None
    weights = np.array([max(estimate.frame or 0, estimate.n, 1) for estimate in rest], dtype=np.float64)
    weights = weights / weights.sum()
    value = float(min(max(weights @ np.array([estimate.value for estimate in rest]), 0.0), 1.0))
    n, frame = sum(estimate.n for estimate in rest), sum(estimate.frame or estimate.n for estimate in rest)
    reason = next((estimate.reason for estimate in rest if estimate.low is None), "")
    if any(estimate.low is None or estimate.se is None for estimate in rest):
        return Estimate(value, n=n, frame=frame, reason=reason or "estimate.reason.no_interval")
    variance = float(weights**2 @ np.array([estimate.se or 0.0 for estimate in rest]) ** 2)
    if variance == 0:
        return Estimate(value, 0.0, value, value, n, None, frame)
    effective = value * (1 - value) / variance if 0 < value < 1 else _together(weights, rest)
    low, high = wilson_share(value, effective)
    return Estimate(value, math.sqrt(variance), low, high, n, effective, frame)


def _together(weights: np.ndarray, rest: Sequence[Estimate]) -> float:
    """The worth of several sectors together, where their share is 0 or 1."""
    each = np.array([worth(estimate) or estimate.n for estimate in rest], dtype=np.float64)
    inverse = float((weights**2 / each).sum())
    return 1 / inverse if inverse > 0 else math.inf


def _p(own: Estimate | None, rest: Estimate | None) -> float | None:
    """The two-sided p value of equal shares, None where either has no interval."""
    if own is None or rest is None or own.value is None or rest.value is None:
        return None
    a, b = worth(own), worth(rest)
    if a is None or b is None:
        return None
    gap = own.value - rest.value
    pooled = own.value if math.isinf(a) else rest.value if math.isinf(b) else (a * own.value + b * rest.value) / (a + b)
    variance = pooled * (1 - pooled) * (1 / a + 1 / b)
    if variance <= 0:
        return float(abs(gap) <= 1e-12)
    return math.erfc(abs(gap) / math.sqrt(2 * variance))
