"""The index of all firms under many sets of choices at once, and what each set does to sectors and to firms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.answers import Floats
from app.analysis.index.aggregate import from_scale, to_scale
from app.analysis.index.choices import AGGREGATIONS, Choices, Imputation, Normalisation
from app.analysis.index.ranks import Sectors
from app.analysis.index.variants import Field, Variant, variant

CELLS = 800_000  # firms × draws worked on at a time: some tens of milliseconds, 6 MiB an array
_NOTHING = 1e-9  # a weight left over from subtraction


@dataclass(frozen=True, slots=True)
class Scaled:
    """A variant on the scale on which an aggregation is a plain mean: values with 0 for NaN, and 1.0 where there is a value."""

    scores: Floats
    there: Floats
    without: Floats
    without_there: Floats


def batches(field: Field, choices: Choices) -> Iterator[tuple[npt.NDArray[np.intp], Floats]]:
    """Yield rows of `choices`, and the index (rows, n) they give every firm, NaN where nothing is left to score.

    Every row comes once, those of one kind together; before each kind stands an empty batch, as making it ready takes a while.
    """
    most = max(1, CELLS // max(1, len(field.points)))
    kinds = choices.kinds
    variants: dict[tuple[int, int], Variant] = {}
    for kind in np.unique(kinds):
        rows = np.flatnonzero(kinds == kind)
        scaled = _scaled(field, choices.taken(rows[:1]), variants)
        yield rows[:0], np.empty((0, len(field.points)))
        for start in range(0, len(rows), most):
            part = rows[start : start + most]
            yield part, index_of(field, choices.taken(part), scaled)


def index_of(field: Field, choices: Choices, scaled: Scaled) -> Floats:
    """Return the index (d, n) of every firm under choices of one kind, NaN where nothing is left to score."""
    sums, weights = choices.weights @ scaled.scores, choices.weights @ scaled.there
    for row in np.flatnonzero(choices.dropped >= 0):
        item = choices.dropped[row]
        pillar = field.pillar[item]
        weight = choices.weights[row, pillar]
        sums[row] += weight * (scaled.without[item] - scaled.scores[pillar])
        weights[row] += weight * (scaled.without_there[item] - scaled.there[pillar])
    mean = np.divide(sums, weights, out=sums, where=weights > _NOTHING)
    index = from_scale(mean, AGGREGATIONS[choices.aggregation[0]])
    index[weights <= _NOTHING] = np.nan
    return index


def _scaled(field: Field, kind: Choices, variants: dict[tuple[int, int], Variant]) -> Scaled:
    key = int(kind.normalisation[0]), int(kind.imputation[0])
    if key not in variants:
        variants[key] = variant(field, Normalisation(key[0]), Imputation(key[1]))
    parts = []
    for scores in (variants[key].scores, variants[key].without):
        there = ~np.isnan(scores)
        values = np.where(there, to_scale(np.where(there, scores, 0.0), AGGREGATIONS[kind.aggregation[0]]), 0.0)
        parts += [values, there.astype(np.float64)]
    return Scaled(*parts)


def means_of(index: Floats, sectors: Sectors) -> Floats:
    """Return the mean index (d, s) of each sector under each draw, NaN where none of its firms has one."""
    member = (sectors.place[:, None] == np.arange(len(sectors.keys))).astype(np.float64)
    there = ~np.isnan(index)
    sums, counts = np.where(there, index, 0.0) @ member, there.astype(np.float64) @ member
    means: Floats = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    return means


def firm_ranks(index: Floats, weights: Floats) -> npt.NDArray[np.float32]:
    """Return the rank of each firm (d, n) under each draw, 1 the highest, equals sharing the better; NaN without an index.

    A firm of weight 3 stands for three: ranks are then those among all firms, as far as the drawn ones tell.
    """
    order = np.argsort(-index, axis=1)  # NaN last
    values = np.take_along_axis(index, order, axis=1)
    weight = weights[order]
    above = np.cumsum(weight, axis=1) - weight
    first = np.ones(values.shape, dtype=bool)
    first[:, 1:] = values[:, 1:] != values[:, :-1]
    start = np.maximum.accumulate(np.where(first, np.arange(values.shape[1]), 0), axis=1)
    ranks = np.empty(values.shape, dtype=np.float32)
    np.put_along_axis(ranks, order, np.rint(1.0 + np.take_along_axis(above, start, axis=1)).astype(np.float32), axis=1)
    ranks[np.isnan(index)] = np.nan
    return ranks
