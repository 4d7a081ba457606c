"""Medians of groups of firms with their intervals.

Woodruff, R. S. (1952), "Confidence intervals for medians and other position measures", JASA 47: the interval of the share of
firms at or below the median, read back on the scale of the values.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from app.analysis.answers import Floats
from app.analysis.estimate.design import SurveyDesign
from app.analysis.estimate.domains import Domains, ratios
from app.analysis.estimate.intervals import student

_HAIR = 1e-12  # two firms of four are half of them, whatever the last bit says


@dataclass(frozen=True, slots=True, eq=False)
class Medians:
    """By group (D,), NaN where it is empty: the median, its interval, and its standard error from the interval's width."""

    value: Floats
    low: Floats
    high: Floats
    error: Floats


def medians(y: Floats, design: SurveyDesign, groups: Domains, ends: tuple[float, float]) -> Medians:
    """Return the median of y (n,) by group; `ends` are what the bounds fall back on beyond the outermost answers.

    As everyday medians have it, the middle of two where half of the weight lies below. Where the answers show no spread at
    the median, the share below it is taken to vary as that of a fair coin over the firms' worth.
    """
    order = np.lexsort((y, groups.of))
    edges = np.searchsorted(groups.of[order], np.arange(groups.count + 1))
    spans = [order[low:high] for low, high in pairwise(edges)]
    weights = design.counted(design.weights)
    curves = [_Curve(y[span], weights[span]) for span in spans]
    value = np.array([curve.at(0.5) for curve in curves])
    below = ratios((y <= value[groups.of]).astype(np.float64), design, groups)
    error = np.sqrt(np.where(below.variance > 0, below.variance, 0.25 / np.maximum(groups.worth(), 1.0)))
    critical = student(groups.freedom)
    low = np.array([curve.bound(p, ends) for curve, p in zip(curves, below.value - critical * error, strict=True)])
    high = np.array([curve.bound(p, ends) for curve, p in zip(curves, below.value + critical * error, strict=True)])
    certain = np.isinf(groups.worth())
    low, high = np.where(certain, value, np.minimum(low, value)), np.where(certain, value, np.maximum(high, value))
    return Medians(value, low, high, (high - low) / (2 * critical))


class _Curve:
    """The weighted distribution of one group's sorted values."""

    def __init__(self, values: Floats, weights: Floats) -> None:
        self._values = values
        self._reached = np.cumsum(weights)
        if len(weights):
            self._reached = self._reached / self._reached[-1]

    def at(self, p: float) -> float:
        """The value below which p of the weight lies, the middle of two at a step; NaN of nothing."""
        last = len(self._values) - 1
        if last < 0:
            return float("nan")
        place = min(int(np.searchsorted(self._reached, p - _HAIR)), last)
        at_step = place < last and abs(self._reached[place] - p) <= _HAIR
        return float((self._values[place] + self._values[place + 1]) / 2 if at_step else self._values[place])

    def bound(self, p: float, ends: tuple[float, float]) -> float:
        """As `at`, an end of the scale where p lies beyond 0 or 1."""
        if p < 0 or p > 1 or len(self._values) == 0:
            return ends[int(p > 1)]
        return self.at(p)
