"""The one table all models learn from: item points, the rubric's level, and plain facts of each firm, as numbers.

One validator stands before all models: infinities become blanks, columns that say the same of every firm learnt from are left
out, and an answer that too few of them gave counts as unseen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.index.matrix import ScoreMatrix
from app.analysis.learn.features import Features

Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

RUBRIC_LEVEL = "rubric"  # the name of the column that holds the level by the rubric
MOST_ANSWERS = 30  # of one question; rarer ones count as unseen (boosting takes 32 codes a column)
LEAST_ANSWER = 3  # firms that gave it, for an answer to be learnt from


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table are, in order: `items` with their `pillars` and `weights`, the rubric's level, closed `facts`
    (name and the answers learnt from; "" is a blank), `amounts` and `flags`. It is what a saved model is held against."""

    items: tuple[str, ...]
    pillars: tuple[str, ...]
    weights: tuple[float, ...]
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    amounts: tuple[str, ...]
    flags: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The name of every column, in order."""
        return (*self.items, RUBRIC_LEVEL, *(name for name, _ in self.facts), *self.amounts, *self.flags)

    @property
    def rubric(self) -> int:
        """The place of the rubric's level; items stand before it, facts of the firm after it."""
        return len(self.items)

    @property
    def facts_at(self) -> slice:
        """Where the codes of closed facts stand."""
        return slice(self.rubric + 1, self.rubric + 1 + len(self.facts))

    @property
    def numbers_at(self) -> slice:
        """Where amounts and flags stand."""
        return slice(self.facts_at.stop, self.facts_at.stop + len(self.amounts) + len(self.flags))

    @property
    def predictors(self) -> tuple[str, ...]:
        """The questions and facts learnt from, each once."""
        numbers = (name.partition("|")[0] for name in (*self.amounts, *self.flags))
        return tuple(dict.fromkeys((*self.items, *(name for name, _ in self.facts), *numbers)))


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of n firms: points of scored items, the place of the rubric's level (−1 none), and plain facts."""

    matrix: ScoreMatrix
    rubric_levels: Ints
    features: Features


def learnt_columns(answers: Answers, rows: Ints) -> Columns:
    """Return the columns worth learning from, judged by the firms at `rows` alone and without their levels."""
    points = _finite(answers.matrix.points[rows])
    items = np.flatnonzero(_varies(points))
    frame = answers.features.frame
    facts = ((name, _common(frame[name].iloc[rows])) for name in answers.features.closed)
    numbers = (*answers.features.numeric, *answers.features.flags)
    vary = {name for name in numbers if _varies(_finite(frame[name].to_numpy(dtype=np.float32)[rows, None]))[0]}
    return Columns(
        items=tuple(answers.matrix.items[item] for item in items),
        pillars=tuple(answers.matrix.pillars[item] for item in items),
        weights=tuple(float(answers.matrix.weights[item]) for item in items),
        facts=tuple((name, common) for name, common in facts if len(common) > 1),
        amounts=tuple(name for name in answers.features.numeric if name in vary),
        flags=tuple(name for name in answers.features.flags if name in vary),
    )


def make_table(answers: Answers, columns: Columns, rows: Ints | None = None) -> Singles:
    """Return the table of the firms at `rows` (default all), float32 (n, d), NaN for blank, not applicable and unseen answers.

    Raises KeyError when the answers lack a column.
    """
    taken = np.arange(len(answers.matrix)) if rows is None else rows
    table = np.full((len(taken), len(columns.names)), np.nan, dtype=np.float32)
    place = {item: column for column, item in enumerate(answers.matrix.items)}
    for column, item in enumerate(columns.items):
        table[:, column] = answers.matrix.points[taken, place[item]]
    levels = answers.rubric_levels[taken]
    table[:, columns.rubric] = np.where(levels < 0, np.nan, levels)
    frame = answers.features.frame
    for column, (name, known) in enumerate(columns.facts, columns.facts_at.start):
        table[:, column] = _codes_of(frame[name], known)[taken]
    for column, name in enumerate((*columns.amounts, *columns.flags), columns.numbers_at.start):
        table[:, column] = frame[name].to_numpy(dtype=np.float32)[taken]
    return _finite(table)


def unseen_shares(answers: Answers, columns: Columns) -> dict[str, float]:
    """Return for each closed fact the share of firms that answered it as too few of the firms learnt from did."""
    frame = answers.features.frame
    shares = {name: float(np.isnan(_codes_of(frame[name], (*known, ""))).mean()) for name, known in columns.facts if len(frame)}
    return {name: share for name, share in shares.items() if share > 0}


def _codes_of(column: pd.Series, known: tuple[str, ...]) -> Singles:
    """Return the place of each answer among the known ones, NaN for an unseen one; float32 (n,)."""
    place = {answer: float(code) for code, answer in enumerate(known)}
    codes = np.array([*(place.get(str(answer), np.nan) for answer in column.cat.categories), np.nan], dtype=np.float32)
    spread: Singles = codes[column.cat.codes.to_numpy()]
    return spread


def _common(column: pd.Series) -> tuple[str, ...]:
    """Return the answers that enough firms gave, the most frequent MOST_ANSWERS of them, in order of their text."""
    counts = np.bincount(column.cat.codes.to_numpy(), minlength=len(column.cat.categories))
    seen = sorted((-int(count), str(answer)) for answer, count in zip(column.cat.categories, counts, strict=True))
    return tuple(sorted(answer for count, answer in seen[:MOST_ANSWERS] if -count >= LEAST_ANSWER))


def _finite(numbers: Singles) -> Singles:
    return np.where(np.isfinite(numbers), numbers, np.float32(np.nan))


def _varies(numbers: Singles) -> npt.NDArray[np.bool_]:
    """Return which columns do not say the same of every row, a blank being something of its own; shape (columns,)."""
    if not len(numbers):
        return np.zeros(numbers.shape[1], dtype=np.bool_)
    blank = np.isnan(numbers)
    filled = np.where(blank, np.float32(0), numbers)
    differs: npt.NDArray[np.bool_] = (filled != filled[:1]).any(axis=0) | (blank != blank[:1]).any(axis=0)
    return differs & ~blank.all(axis=0)
