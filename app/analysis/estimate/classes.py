"""The class of a sector: the highest level that enough of its firms reach, with the probability of every level.

How sure it is that a level is reached is read off the interval of its share, so that one rule serves every kind of
estimate: the distance from the share to the bound that faces the demanded share is 1.96 standard errors, on the log-odds
scale where that is finite (Wilson's interval lies evenly about the share there: Newcombe, R. G. (1998), "Two-sided
confidence intervals for the single proportion", Statistics in Medicine 17, §2), else on the plain one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from statistics import NormalDist

from app.domain.estimate import Estimate, SectorClass

_Z = NormalDist().inv_cdf(0.975)
_HAIR = 1e-12  # half of the firms are half of them, whatever the last bit says


def sector_class(at_least: Mapping[str, Estimate], levels: Sequence[str], share: float = 0.5) -> SectorClass | None:
    """Return the highest of `levels` (lowest first) that at least `share` of the firms reach, None where no share is known.

    `at_least[level]` is the share of firms at the level or above; the lowest level is reached by all. A share that rises
    from a level to the next, as corrected shares may, is lowered to that before. `chances` sum to 1; without an interval at
    any level (volunteers) no probability is given.
    """
    above = [at_least[level] for level in levels[1:]]
    values = [estimate.value for estimate in above if estimate.value is not None]
    if not levels or len(values) < len(above):
        return None
    reached = sum(value >= share - _HAIR for value in accumulate(values, min))
    chances = [_reaches(estimate, share) for estimate in above]
    known = [chance for chance in chances if chance is not None]
    if len(known) < len(above) or not above:
        return SectorClass(levels[reached], None, (), share)
    steps = [1.0, *accumulate(known, min), 0.0]
    each = tuple((level, high - low) for level, (high, low) in zip(levels, pairwise(steps), strict=True))
    return SectorClass(levels[reached], each[reached][1], each, share)


def _reaches(estimate: Estimate, share: float) -> float | None:
    """The probability that the true share is at least `share`, None without an interval."""
    value, low, high = estimate.value, estimate.low, estimate.high
    if value is None or low is None or high is None:
        return None
    facing = low if share <= value else high
    inner = all(0 < each < 1 for each in (value, facing, share))
    distance, width = (
        (_odds(value) - _odds(share), abs(_odds(value) - _odds(facing))) if inner else (value - share, abs(value - facing))
    )
    if width <= _HAIR:
        return float(distance >= -_HAIR) if high - low <= _HAIR else 0.5
    return NormalDist().cdf(_Z * distance / width)


def _odds(share: float) -> float:
    return math.log(share / (1 - share))
