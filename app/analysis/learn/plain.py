"""The few inputs of the plain model: a mean a pillar, how much of it is blank, and the facts of the firm one by one.

Few on purpose: with a hundred assessed firms sixty questions would be more coefficients than firms. A pillar's mean is over
the items answered, with the rubric's weights, and may only raise the level; what is blank may do either.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.learn.table import Columns, Singles

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plain:
    """`pillars` in order; `fill` is what stands for a pillar without answers and for a blank amount: the median of the firms
    learnt from, in the order of pillars, then amounts and flags."""

    columns: Columns
    pillars: tuple[str, ...]
    fill: Floats

    def __call__(self, table: Singles) -> Floats:
        """Return the inputs, finite float64 (n, inputs): pillar means, shares without points, numbers, one flag an answer."""
        means, blank = _by_pillar(table, self.columns, self.pillars)
        numbers = np.asarray(table[:, self.columns.numbers_at], dtype=np.float64)
        p = len(self.pillars)
        means = np.where(np.isnan(means), self.fill[:p], means)
        numbers = np.where(np.isnan(numbers), self.fill[p:], numbers)
        codes = table[:, self.columns.facts_at]
        flags = [codes[:, [place]] == np.arange(len(known)) for place, (_, known) in enumerate(self.columns.facts)]
        return np.hstack([means, blank, numbers, *flags]).astype(np.float64, copy=False)

    @property
    def monotone(self) -> npt.NDArray[np.bool_]:
        """Which inputs may only raise the level: the pillar means."""
        inputs = len(self.pillars) + len(self.fill) + sum(len(known) for _, known in self.columns.facts)
        return np.arange(inputs) < len(self.pillars)


def plain_inputs(table: Singles, columns: Columns) -> Plain:
    """Return the inputs as the firms of `table` set their medians."""
    pillars = tuple(dict.fromkeys(columns.pillars))
    means, _ = _by_pillar(table, columns, pillars)
    numbers = np.asarray(table[:, columns.numbers_at], dtype=np.float64)
    return Plain(columns, pillars, np.array([_median(column) for column in np.hstack([means, numbers]).T], dtype=np.float64))


def _by_pillar(table: Singles, columns: Columns, pillars: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Return the weighted mean of points (NaN: none) and the share of items without points, by pillar; (n, pillars) each."""
    points = np.asarray(table[:, : columns.rubric], dtype=np.float64)
    member = np.array([[pillar == own for pillar in pillars] for own in columns.pillars], dtype=np.float64)
    member = member.reshape(len(columns.items), len(pillars))
    weight = member * np.array(columns.weights, dtype=np.float64)[:, None]
    given = ~np.isnan(points)
    total, base = np.where(given, points, 0.0) @ weight, given.astype(np.float64) @ weight
    means = np.divide(total, base, out=np.full(total.shape, np.nan), where=base > 1e-12)
    share = given.astype(np.float64) @ member / np.maximum(member.sum(axis=0), 1.0)
    return means, 1.0 - share


def _median(column: Floats) -> float:
    known = column[~np.isnan(column)]
    return float(np.median(known)) if len(known) else 0.0
