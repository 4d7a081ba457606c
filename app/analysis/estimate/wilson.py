"""Intervals for a share, with what a finite frame and unequal weights do to them.

Score interval: Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", JASA 22.
Finite population: Cochran, W. G. (1977), Sampling Techniques, 3rd ed., §3.2: the variance of a share from a simple
random sample without replacement is smaller by (N − n) / (N − 1), as if n_eff = n · (N − 1) / (N − n) had been drawn.
Unequal weights: Kish, L. (1965), Survey Sampling, §11.7: n_eff = (Σw)² / Σw².
"""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson(count: float, n: float, frame: float | None = None, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson interval (low, high) of `count` out of `n`, fractions 0–1.

    `frame` is the number of firms the n were drawn from: n = frame leaves no sampling error (zero width), and never does
    the interval pass what the unseen firms could still do: count / N … (count + N − n) / N. A frame smaller than n
    cannot be true and is ignored. n = 0 says nothing: (0, 1).
    """
    if n <= 0:
        return 0.0, 1.0
    low, high = wilson_share(count / n, effective_size(n, frame), confidence)
    if usable_frame(n, frame) is None or frame is None:
        return low, high
    return max(low, count / frame), min(high, (count + frame - n) / frame)


def wilson_share(share: float, n_effective: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Wilson interval (low, high) of a share 0–1 observed on an effective number of firms (may be infinite)."""
    if math.isinf(n_effective):
        return share, share
    if n_effective <= 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    scale = 1 + z * z / n_effective
    centre = (share + z * z / (2 * n_effective)) / scale
    half = z * math.sqrt(share * (1 - share) / n_effective + z * z / (4 * n_effective**2)) / scale
    low = 0.0 if share <= 0 else max(0.0, centre - half)  # exactly 0 and 1 where rounding would leave 1e-17
    high = 1.0 if share >= 1 else min(1.0, centre + half)
    return min(low, share), max(high, share)


def effective_size(n: float, frame: float | None) -> float:
    """Return how many independent draws n out of `frame` without replacement are worth; infinite for all of them."""
    if usable_frame(n, frame) is None or frame is None:
        return n
    return math.inf if frame == n else n * (frame - 1) / (frame - n)


def usable_frame(n: float, frame: float | None) -> float | None:
    """Return the frame when it can be true, that is when it holds at least the n firms that answered; else None."""
    return None if frame is None or frame < n or frame <= 0 else frame


def kish_size(weight_sum: float, square_sum: float) -> float:
    """Return Kish's effective number of firms (Σw)² / Σw², 0 when there is no weight."""
    return weight_sum**2 / square_sum if square_sum > 0 else 0.0
