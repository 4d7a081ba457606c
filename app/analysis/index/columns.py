"""Columns of answers that are read slice by slice: what an answer means is worked out once per distinct answer.

A slice of rows is small enough to stay in the processor's cache while all questions pass over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Floats, finite, is_numeric

SLICE = 8192  # rows: 64 KiB a column of float64

Reader = Callable[["Slice"], Floats]
Meaning = Callable[[pd.Series], Floats]


@dataclass(frozen=True, slots=True)
class Slice:
    """Rows `start` to `stop` of the responses to score, and what was already read of them, by the reader that read it."""

    start: int
    stop: int
    known: dict[Reader, Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.stop - self.start

    def read(self, reader: Reader) -> Floats:
        """Return what `reader` reads in these rows, read once."""
        if reader not in self.known:
            self.known[reader] = reader(self)
        return self.known[reader]


def slices(n: int) -> Iterator[Slice]:
    """Yield the slices of n rows, in order."""
    for start in range(0, n, SLICE):
        yield Slice(start, min(start + SLICE, n))


def reader_of(column: pd.Series | None, meaning: Meaning) -> Reader:
    """Return what reads `meaning` off a slice of `column`: NaN throughout where no form asked it.

    `meaning` takes a column and returns a number for each row. A column of answers is given to it once, each distinct
    answer and a blank in a row of its own; a column of numbers slice by slice.
    """
    if column is None:
        return lambda rows: np.full(len(rows), np.nan)
    if is_numeric(column):
        numbers = finite(column)
        return lambda rows: meaning(pd.Series(numbers[rows.start : rows.stop]))
    codes, answers = _coded(column)
    table = meaning(_with_blank(answers))
    return lambda rows: table.take(codes[rows.start : rows.stop])  # code −1 (blank) reads the end of the table


def _coded(column: pd.Series) -> tuple[npt.NDArray[np.signedinteger], pd.Index]:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories
    codes, answers = pd.factorize(column)
    return codes, pd.Index(answers)


def _with_blank(answers: pd.Index) -> pd.Series:
    return pd.Series(pd.Categorical.from_codes([*range(len(answers)), -1], categories=answers))
