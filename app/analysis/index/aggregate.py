"""From parts to a whole: weighted means whose weights are shared again among the parts that are there.

Arithmetic and geometric means after OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 6; sharing the weight
of parts that do not apply as GB/T 43439-2023 does when it tailors domains out.
"""

from __future__ import annotations

import numpy as np

from app.analysis.answers import Bools, Floats
from app.domain.judgement import Aggregation

# A geometric mean takes positive scores only (Handbook 2008, step 6): one pillar at 0 would make a firm's index 0 whatever the
# others say. Pillars therefore count at least one point of a hundred in it, as an index scaled 1–100 would have them.
LEAST_SCORE = 1.0
ROUNDED = 9  # decimals: keeps 40.0 from becoming 39.999… when the weights are summed in another order


def ratio(sums: Floats, weights: Floats) -> Floats:
    """Return sums / weights, NaN where both are 0 (nothing was added up); any shape."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shared: Floats = np.divide(sums, weights)
    return shared


def combine(scores: Floats, weights: Floats, aggregation: Aggregation) -> Floats:
    """Return the weighted mean over the first axis of `scores` (k, n), leaving NaN out; NaN where nothing is left; shape (n,)."""
    sums, total = np.zeros(scores.shape[1:]), np.zeros(scores.shape[1:])
    for score, weight in zip(scores, weights, strict=True):
        values = to_scale(score, aggregation) * weight
        there = ~np.isnan(values)
        np.add(sums, values, out=sums, where=there)
        np.add(total, weight, out=total, where=there)
    return np.round(from_scale(ratio(sums, total), aggregation), ROUNDED)


def to_scale(scores: Floats, aggregation: Aggregation) -> Floats:
    """Return scores on the scale on which the aggregation is a plain mean: their logarithms for the geometric one."""
    return np.log(np.maximum(scores, LEAST_SCORE)) if aggregation is Aggregation.GEOMETRIC else scores


def from_scale(means: Floats, aggregation: Aggregation) -> Floats:
    """Return means of `to_scale` as scores again."""
    return np.exp(means) if aggregation is Aggregation.GEOMETRIC else means


def least_mean(sums: Floats, weights: Floats, values: Floats, value_weights: Floats, there: Bools) -> Floats:
    """Return the least weighted mean when each part of `values` (k, n) that is `there` may count or not; shape (n,).

    `sums` and `weights` (n,) are of the parts that count in any case; NaN where nothing can count. `value_weights` is (k, 1) or
    (k, n). Each step keeps the parts below the mean so far, which never raises it and ends at the least one (Dinkelbach, W.,
    1967, "On nonlinear fractional programming", Management Science 13).
    """
    mean = ratio(sums, weights)
    mean[np.isnan(mean)] = np.inf
    for _ in range(len(values) + 1):
        taken = there & (values < mean)
        weight = weights + np.where(taken, value_weights, 0.0).sum(axis=0)
        before, mean = mean, np.fmin(mean, ratio(sums + np.where(taken, value_weights * values, 0.0).sum(axis=0), weight))
        if np.array_equal(before, mean):
            break
    return np.where(np.isinf(mean), np.nan, mean)


def most_mean(sums: Floats, weights: Floats, values: Floats, value_weights: Floats, there: Bools) -> Floats:
    """Return the greatest such mean; see `least_mean`."""
    return -least_mean(-sums, weights, -values, value_weights, there)
