"""What a learnt model says of any number of firms, in blocks that a laptop's memory does not notice."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.learn.fitted import Fitted
from app.analysis.learn.metrics import Floats, Ints
from app.analysis.learn.sets import Sets
from app.analysis.learn.table import Answers, Columns, Singles, make_table
from app.analysis.learn.threads import one_thread, workers
from app.domain.task import Progress

BLOCK = 100_000
_PART = 8_192  # firms at a time on one thread: their table fits into its cache
_GRAINS = 1001  # points are told apart to a thousandth where their median is taken


@dataclass(frozen=True, slots=True)
class Norms:
    """What is usual, to explain a firm against: the median points of each item by sector, (sectors + 1, items), NaN where nobody
    answered; the last row is all firms."""

    sectors: tuple[str, ...]
    points: Singles

    def of(self, sector: str) -> Singles:
        """Return the medians of a sector, of all firms where the sector is unknown."""
        row: Singles = self.points[self.sectors.index(sector) if sector in self.sectors else -1]
        return row


@dataclass(frozen=True, slots=True)
class LevelModel:
    """A learnt model with all that is needed to use it on a firm: level codes, the sets of levels, and what is usual."""

    fitted: Fitted
    levels: tuple[str, ...]
    sets: Sets
    norms: Norms

    @property
    def columns(self) -> Columns:
        """What it was learnt from."""
        return self.fitted.columns


@dataclass(frozen=True, slots=True)
class Predicted:
    """For n firms: `chances` of each level (n, levels), NaN where nothing is known of the firm; `called` level places and the
    ends of the sets `low`, `high`, −1 there."""

    chances: Floats
    called: Ints
    low: Ints
    high: Ints


def predict_levels(model: LevelModel, answers: Answers, keys: npt.NDArray[np.object_]) -> Generator[Progress, None, Predicted]:
    """Return what `model` says of the firms of `answers`, named by `keys` (n,); one Progress a block of firms."""
    n, k = len(answers.matrix), len(model.levels)
    chances, called = np.full((n, k), np.nan), np.full(n, -1, dtype=np.int64)
    low, high = called.copy(), called.copy()
    for start in range(0, n, BLOCK):
        yield Progress("progress.learn.predict", start, n)
        rows = np.arange(start, min(start + BLOCK, n))
        rows = rows[_known(answers, rows)]
        chances[rows], called[rows] = answer(model.fitted, make_table(answers, model.columns, rows))
        low[rows], high[rows] = model.sets(chances[rows], keys[rows])
    return Predicted(chances, called, low, high)


def answer(fitted: Fitted, table: Singles) -> tuple[Floats, Ints]:
    """Return chances of all levels and the level places called, from a few threads where there are many firms."""
    if not len(table):
        return np.zeros((0, len(fitted.floor))), np.zeros(0, dtype=np.int64)
    if len(table) <= _PART:
        with one_thread():
            return fitted.answer(table)
    with workers() as pool:
        parts = list(pool.map(fitted.answer, np.array_split(table, -(-len(table) // _PART))))
    return np.vstack([chances for chances, _ in parts]), np.concatenate([called for _, called in parts])


def _known(answers: Answers, rows: Ints) -> npt.NDArray[np.bool_]:
    """Return the firms of which at least one answer or fact is known."""
    blank = np.isnan(answers.matrix.points[rows])
    return answers.features.known[rows] | np.asarray(~blank.all(axis=1))


def norms_of(answers: Answers, columns: Columns, sectors: npt.NDArray[np.object_]) -> Norms:
    """Return the median points of each item by sector and over all firms, to a thousandth; the order of firms does not matter."""
    names = sectors.astype(str)
    present = np.unique(names[names != ""])
    group = np.where(names == "", len(present), np.searchsorted(present, names))
    place = {item: at for at, item in enumerate(answers.matrix.items)}
    medians = [_medians(answers.matrix.points[:, place[item]], group, len(present)) for item in columns.items]
    points = np.array(medians, dtype=np.float32).reshape(len(columns.items), len(present) + 1).T
    return Norms(tuple(present.tolist()), np.ascontiguousarray(points))


def _medians(points: Singles, group: Ints, groups: int) -> Singles:
    """Return the lower median of one item in each group, and in all firms last; NaN where nobody answered; (groups + 1,)."""
    known = np.isfinite(points)
    cell = group[known] * _GRAINS + np.round(points[known] * (_GRAINS - 1)).astype(np.int64)
    counts = np.bincount(cell, minlength=(groups + 1) * _GRAINS).reshape(groups + 1, _GRAINS)
    counts[-1] = counts.sum(axis=0)
    upto, total = np.cumsum(counts, axis=1), counts.sum(axis=1, keepdims=True)
    middle = (2 * upto < total).sum(axis=1) / (_GRAINS - 1)
    medians: Singles = np.where(total[:, 0] > 0, middle, np.nan).astype(np.float32)
    return medians
