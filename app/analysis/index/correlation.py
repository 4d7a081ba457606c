"""Covariances and correlations of columns with gaps: each pair over the rows that hold both."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.answers import Floats
from app.analysis.index.aggregate import ratio

ROUNDED = 9  # decimals: sums over rows in another order differ in the last bits
_CONSTANT = 1e-12  # a variance below this is that of a constant
_CHUNK = 65_536  # rows at a time


@dataclass(frozen=True, slots=True)
class Pairs:
    """Of each pair of columns, shape (m, m): rows that hold both, and their covariance and correlation over those rows; NaN below
    the least rows, the correlation also where one of the two is constant there."""

    rows: npt.NDArray[np.int64]
    covariance: Floats
    correlation: Floats


def pairs_of(columns: npt.NDArray[np.floating], least: int) -> Pairs:
    """Return what each pair of `columns` (n, m; NaN: missing) has in common where at least `least` rows hold both."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # sums in one order, whatever the machine
        rows, sums, squares, products = _moments(columns)
    n = np.maximum(rows, 1.0)
    own, other = sums / n, sums.T / n
    covariance = products / n - own * other
    variance = np.maximum(squares / n - own * own, 0.0)
    told = (rows >= least) & (variance > _CONSTANT) & (variance.T > _CONSTANT)
    correlation = np.where(told, covariance / np.sqrt(np.where(told, variance * variance.T, 1.0)), np.nan)
    unbiased = covariance * n / np.maximum(n - 1.0, 1.0)
    return Pairs(
        np.rint(rows).astype(np.int64),
        np.where(rows >= least, np.round(unbiased, ROUNDED), np.nan),
        np.round(np.clip(correlation, -1.0, 1.0), ROUNDED),
    )


def correlated(one: npt.NDArray[np.floating], other: npt.NDArray[np.floating], least: int) -> float:
    """Return the correlation of two columns (n,) over the rows that hold both; NaN below `least` rows or for a constant."""
    both = ~(np.isnan(one) | np.isnan(other))
    if both.sum() < max(least, 1):
        return float("nan")
    left, right = one[both].astype(np.float64), other[both].astype(np.float64)
    left, right = left - left.mean(), right - right.mean()
    spread = float((left * left).sum()) * float((right * right).sum())
    if spread <= (_CONSTANT * len(left)) ** 2:
        return float("nan")
    found: float = float((left * right).sum()) / math.sqrt(spread)
    return round(min(1.0, max(-1.0, found)), ROUNDED)


def first_component(correlation: Floats) -> float | None:
    """Return the share of variance on the first principal component of a correlation matrix; None with gaps or one column.

    Pairwise correlations need not form a proper matrix; eigenvalues below 0 count as 0.
    """
    if len(correlation) < 2 or np.isnan(correlation).any():
        return None
    values = np.maximum(np.linalg.eigvalsh(correlation), 0.0)
    return round(float(values[-1] / values.sum()), ROUNDED)


def _moments(columns: npt.NDArray[np.floating]) -> tuple[Floats, Floats, Floats, Floats]:
    """Return for each pair (i, j) the rows that hold both, and over them the sums of i, of i² and of i·j, i and j taken from
    their column's mean so that little is lost in differences."""
    width = columns.shape[1]
    count, total = np.zeros(width), np.zeros(width)
    for there, values in _chunks(columns, np.zeros(width)):
        count, total = count + there.sum(axis=0), total + values.sum(axis=0)
    found = np.zeros((4, width, width))
    for there, values in _chunks(columns, np.nan_to_num(ratio(total, count))):
        for place, (left, right) in enumerate(((there, there), (values, there), (values * values, there), (values, values))):
            found[place] += left.T @ right
    return found[0], found[1], found[2], found[3]


def _chunks(columns: npt.NDArray[np.floating], away: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Yield 1.0 where a chunk holds a value, and its values less `away`, 0 where it holds none."""
    for start in range(0, len(columns), _CHUNK):
        part = columns[start : start + _CHUNK].astype(np.float64)
        there = ~np.isnan(part)
        yield there.astype(np.float64), np.where(there, part - away, 0.0)
