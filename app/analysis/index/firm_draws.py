"""What the draws say of each firm: how often it stood at which level, and between which ranks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.index.draws import firm_ranks
from app.analysis.index.levels import Codes, as_levels, cut, level_codes
from app.analysis.index.matrix import ScoreMatrix
from app.analysis.index.sample import Drawn
from app.domain.robustness import ROBUST_COLUMNS
from app.domain.rubric import Rubric

LOW, HIGH = 0.05, 0.95
STABLE = 0.9  # a level is stable when nine draws of ten give it
_LAST_BIT = 1e-9  # an index of 39.9999999999 reaches 40


@dataclass(frozen=True, slots=True)
class FirmDraws:
    """Filled draw by draw for the firms drawn upon: `ranks` (d, n), NaN without an index, and `levels` (l, n), how many draws
    gave each level. Only rows below d count: the others serve the Sobol indices alone."""

    ranks: npt.NDArray[np.float32]
    levels: npt.NDArray[np.int32]
    ceiling: Codes
    weights: Floats
    rubric: Rubric

    @classmethod
    def of(cls, draws: int, matrix: ScoreMatrix, drawn: Drawn, rubric: Rubric) -> FirmDraws:
        """Return the empty record of so many draws."""
        n, ceiling = len(drawn.rows), matrix.ceiling
        if ceiling is None:
            raise ValueError("the matrix was not made from answers")
        ranks = np.full((draws, n), np.nan, dtype=np.float32)
        levels = np.zeros((len(level_codes(rubric)), n), dtype=np.int32)
        return cls(ranks, levels, ceiling[drawn.rows], drawn.weights, rubric)

    def add(self, rows: npt.NDArray[np.intp], index: Floats) -> None:
        """Take in the index (rows, n) of some draws, in place."""
        own = rows < len(self.ranks)
        if not own.any():
            return
        index = index[own]
        self.ranks[rows[own]] = firm_ranks(index, self.weights)
        places = np.minimum(cut(index + _LAST_BIT, self.rubric), self.ceiling)
        for level, counts in enumerate(self.levels):
            np.add(counts, (places == level).sum(axis=0), out=counts)


def firm_columns(kept: FirmDraws, firms: pd.DataFrame, drawn: Drawn) -> tuple[pd.DataFrame, float | None]:
    """Return ROBUST_COLUMNS for every row of `firms` (missing where it was not drawn upon), and the share of firms whose level
    is stable (None: none was drawn upon)."""
    n, rows = len(firms), drawn.rows
    low, high = (_spread(n, rows, end) for end in _rank_ends(kept.ranks))
    total = kept.levels.sum(axis=0)
    below = np.cumsum(kept.levels, axis=0)
    ends = [np.where(total > 0, (below < np.ceil(share * total)).sum(axis=0), -1) for share in (LOW, HIGH)]
    own = pd.Categorical(firms["level"], categories=list(level_codes(kept.rubric))).codes[rows]
    times = np.where(own >= 0, np.take_along_axis(kept.levels, np.maximum(own, 0)[None, :].astype(np.intp), axis=0)[0], 0)
    share = np.divide(times, total, out=np.zeros(len(rows)), where=total > 0)
    places = [np.full(n, -1, dtype=np.int8) for _ in ends]
    for place, end in zip(places, ends, strict=True):
        place[rows] = end
    levels = [as_levels(place, kept.rubric) for place in places]
    table = dict(zip(ROBUST_COLUMNS, (low, high, *levels, _spread(n, rows, share)), strict=True))
    stable = float(np.average(share >= STABLE, weights=kept.weights)) if len(rows) else None
    return pd.DataFrame(table, index=firms.index), stable


def no_columns(firms: pd.DataFrame, rubric: Rubric) -> pd.DataFrame:
    """Return ROBUST_COLUMNS with nothing in them."""
    nothing, nowhere = np.full(len(firms), np.nan), np.full(len(firms), -1, dtype=np.int8)
    columns = (nothing, nothing, as_levels(nowhere, rubric), as_levels(nowhere, rubric), nothing)
    return pd.DataFrame(dict(zip(ROBUST_COLUMNS, columns, strict=True)), index=firms.index)


def _rank_ends(ranks: npt.NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Return the 5 % and 95 % quantiles (a rank that was drawn) of each column, leaving NaN out."""
    low, high = (int(np.ceil(share * len(ranks))) - 1 for share in (LOW, HIGH))
    parted = np.partition(ranks, (low, high), axis=0)
    ends = parted[low].astype(np.float64), parted[high].astype(np.float64)
    partly = np.flatnonzero(np.isnan(ranks).any(axis=0) & ~np.isnan(ranks).all(axis=0))
    if len(partly):
        found = np.nanquantile(ranks[:, partly], (LOW, HIGH), axis=0, method="inverted_cdf")
        ends[0][partly], ends[1][partly] = found
    return ends


def _spread(n: int, rows: npt.NDArray[np.intp], values: Floats) -> Floats:
    column = np.full(n, np.nan)
    column[rows] = values
    return column
