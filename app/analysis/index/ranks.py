"""Sectors in order of their mean index, and what other weights do to that order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.index.aggregate import ROUNDED, combine, ratio
from app.analysis.index.weighting import with_weighting
from app.domain.judgement import Weighting
from app.domain.robustness import RankMove
from app.domain.rubric import Rubric

LEAST_FIRMS = 5  # a mean of fewer firms is that of a few of them: such a sector is not ranked, as its cells are not shown

Ranks = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sectors:
    """The sectors of some firms: `keys` in order (no unknown sector), `place` of each firm among them (−1: unknown), and
    `firms` in each."""

    keys: tuple[str, ...]
    place: npt.NDArray[np.int64]
    firms: npt.NDArray[np.int64]

    @property
    def ranked(self) -> npt.NDArray[np.bool_]:
        """Which sectors have firms enough to be ranked."""
        return self.firms >= LEAST_FIRMS


def sectors_of(column: pd.Series) -> Sectors:
    """Return the sectors of a column of sector codes ("" or missing: unknown)."""
    places, keys = pd.factorize(column.astype("object"), sort=False)
    names = [str(key) for key in keys]
    order = sorted((name, old) for old, name in enumerate(names) if name)
    new = np.full(len(names) + 1, -1, dtype=np.int64)
    new[[old for _, old in order]] = np.arange(len(order))
    place = new[places]
    return Sectors(tuple(name for name, _ in order), place, np.bincount(place[place >= 0], minlength=len(order)))


def sector_means(index: Floats, sectors: Sectors) -> Floats:
    """Return the mean index of each sector, NaN where none of its firms has one."""
    known = (sectors.place >= 0) & ~np.isnan(index)
    place = sectors.place[known]
    sums = np.bincount(place, weights=index[known], minlength=len(sectors.keys))
    counts = np.bincount(place, minlength=len(sectors.keys))
    return np.round(ratio(sums.astype(np.float64), counts.astype(np.float64)), ROUNDED)


def ranks(means: Floats) -> Ranks:
    """Return ranks along the last axis, 1 the highest; equal means share the better rank, NaN stands last."""
    filled = np.where(np.isnan(means), -np.inf, means)
    better: Ranks = (filled[..., None, :] > filled[..., :, None]).sum(axis=-1) + 1
    return better


def mean_shift(by_draw: Ranks, base: Ranks) -> Floats:
    """Return how far ranks (d, s) lie from those of `base` (s,), on average over sectors; shape (d,)."""
    shift: Floats = np.abs(by_draw - base).mean(axis=1)
    return shift


def rank_moves(firms: pd.DataFrame, rubric: Rubric, weighting: Weighting) -> tuple[RankMove, ...]:
    """Return what `weighting` does to the rank of each sector, by its rank before, from the pillar columns of `firms` alone.

    Before is the `index` that the firms have, after the index of the same firms with the new weights. Sectors of fewer than
    LEAST_FIRMS firms with an index have rank 0 in both and stand last; firms of unknown sector count nowhere. Empty for a
    ladder rubric. UserError when the weights do not fit the rubric.
    """
    if rubric.ladder_item or not rubric.pillars:
        return ()
    weights = np.array([pillar.weight for pillar in with_weighting(rubric, weighting).pillars])
    before = firms["index"].to_numpy(dtype=np.float64)
    scored = ~np.isnan(before)
    scores = np.array([firms[f"p_{pillar.code}"].to_numpy(dtype=np.float64)[scored] for pillar in rubric.pillars])
    sectors = sectors_of(firms["sector"][scored])
    means = [sector_means(index, sectors) for index in (before[scored], combine(scores, weights, weighting.aggregation))]
    places = [np.zeros(len(sectors.keys), dtype=np.int64) for _ in means]
    for place, mean in zip(places, means, strict=True):
        place[sectors.ranked] = ranks(mean[sectors.ranked])
    moves = [
        RankMove(key, int(places[0][at]), int(places[1][at]), float(means[0][at]), float(means[1][at]))
        for at, key in enumerate(sectors.keys)
    ]
    return tuple(sorted(moves, key=lambda move: (move.before == 0, move.before, move.key)))
