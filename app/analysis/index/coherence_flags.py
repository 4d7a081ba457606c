"""What is worth a look before items are added up."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.index.aggregate import ratio
from app.analysis.index.correlation import Pairs, correlated
from app.analysis.index.matrix import ScoreMatrix
from app.domain.robustness import CoherenceFlag, PillarCoherence


@dataclass(frozen=True, slots=True)
class Limits:
    """When something is worth a look. At the two correlations the JRC's audits of composite indicators speak of redundant and of
    unrelated indicators; 0.6 is the most lenient limit the Handbook (2008, step 4) names for Cronbach's alpha.

    Below `least_firms` pairs of answers a correlation is off by about 0.2 or more in one case of three (Fisher's z: 1/√(n − 3)).
    """

    redundant: float = 0.92
    unrelated: float = 0.3
    alpha: float = 0.6
    least_firms: int = 30
    contrary: float = 0.1

    def pulls_apart(self, correlation: float, rows: int) -> bool:
        """Return whether a correlation over so many rows is negative beyond chance (two standard errors) and worth a word."""
        return correlation < -max(self.contrary, 2.0 / math.sqrt(max(rows, 1)))


@dataclass(frozen=True, slots=True)
class Held:
    """A matrix of points, what its pairs of items have in common, and the rubric's pillars in order."""

    matrix: ScoreMatrix
    pairs: Pairs
    pillars: tuple[str, ...]

    def columns(self, pillar: str) -> list[int]:
        """Return the columns of a pillar's items."""
        return [column for column, own in enumerate(self.matrix.pillars) if own == pillar]

    @property
    def answered(self) -> list[int]:
        """How many firms answered each item."""
        return [int(n) for n in np.diag(self.pairs.rows)]


def few(held: Held, pillars: Sequence[PillarCoherence], limits: Limits) -> Iterator[CoherenceFlag]:
    """Yield the pillars that too few firms answered to tell anything, and the items of other pillars that too few answered."""
    for pillar in pillars:
        if pillar.firms < limits.least_firms:
            yield CoherenceFlag("few", pillar.pillar, "", float(pillar.firms))
            continue
        for column in held.columns(pillar.pillar):
            if held.answered[column] < limits.least_firms:
                yield CoherenceFlag("few", held.matrix.items[column], "", float(held.answered[column]))


def constant(held: Held, limits: Limits) -> Iterator[CoherenceFlag]:
    """Yield the items that earn every firm the same points, with those points."""
    for column, n in enumerate(held.answered):
        if n >= limits.least_firms:
            points = held.matrix.points[:, column]
            low, high = float(np.nanmin(points)), float(np.nanmax(points))
            if low == high:
                yield CoherenceFlag("constant", held.matrix.items[column], "", low)


def redundant(held: Held, limits: Limits) -> Iterator[CoherenceFlag]:
    """Yield pairs of items that are nearly always answered alike, with their correlation."""
    correlation = held.pairs.correlation
    for one, other in np.argwhere(np.triu(np.nan_to_num(correlation), 1) > limits.redundant):
        items = held.matrix.items
        yield CoherenceFlag("redundant", items[one], items[other], float(correlation[one, other]))


def against_rest(held: Held, limits: Limits) -> Iterator[CoherenceFlag]:
    """Yield items that have little or the contrary to do with the rest of their pillar, with that correlation."""
    for pillar in held.pillars:
        own = held.columns(pillar)
        for column, value in zip(own, _rest_correlations(held, own, limits), strict=True):
            if value < limits.unrelated:
                kind = "contrary" if limits.pulls_apart(value, held.answered[column]) else "unrelated"
                yield CoherenceFlag(kind, held.matrix.items[column], pillar, float(value))


def between_pillars(codes: Sequence[str], pairs: Pairs, limits: Limits) -> Iterator[CoherenceFlag]:
    """Yield pairs of pillars that say the same or pull apart, with their correlation."""
    for one, other in np.argwhere(np.triu(~np.isnan(pairs.correlation), 1)):
        value, rows = float(pairs.correlation[one, other]), int(pairs.rows[one, other])
        if value > limits.redundant or limits.pulls_apart(value, rows):
            yield CoherenceFlag("redundant" if value > 0 else "contrary", codes[one], codes[other], value)


def _rest_correlations(held: Held, own: Sequence[int], limits: Limits) -> list[float]:
    """Return the correlation of each item with the score the other items of its pillar give, NaN where too few firms tell."""
    if len(own) < 2:
        return [np.nan] * len(own)
    points, weights = held.matrix.points[:, own], held.matrix.weights[own]
    given = ~np.isnan(points)
    earned = np.where(given, points, 0.0) * weights
    total, weight, answered = earned.sum(axis=1), (given * weights).sum(axis=1), given.sum(axis=1)
    found = []
    for place in range(len(own)):
        left = np.where(given[:, place], weights[place], 0.0)
        others = answered > given[:, place]
        rest = np.where(others, ratio(total - earned[:, place], weight - left), np.nan)
        found.append(correlated(points[:, place], rest, limits.least_firms))
    return found
