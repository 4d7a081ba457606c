"""What was not exact about the numbers of a table: one row a number, beside its value and its original text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.columns import categorical, frame, text_array
from app.analysis.intake.distinct import Cleaned, Distinct
from app.domain.responses import QUALIFIER_COLUMNS, QUALIFIERS

Ints = npt.NDArray[np.int32]


def qualifier_frame(cleaned: Mapping[str, tuple[Cleaned, Distinct]]) -> pd.DataFrame:
    """Return the qualifiers (QUALIFIER_COLUMNS) of one sheet's columns, by position, then in the order of the items."""
    parts = [part for number, (column, distinct) in enumerate(cleaned.values()) for part in _parts(number, column, distinct)]
    if not parts:
        none = np.zeros(0, dtype=np.int32)
        return _frame(none, none, none, np.zeros((0, 2)), [], ())
    positions, numbers, kinds, ends = (np.concatenate([part[place] for part in parts]) for place in range(4))
    rests = [rest for part in parts for rest in part[4]]
    order = np.lexsort((numbers, positions))
    rests = [rests[place] for place in order.tolist()]
    return _frame(positions[order], numbers[order], kinds[order], ends[order], rests, tuple(cleaned))


def _parts(number: int, column: Cleaned, distinct: Distinct) -> Iterator[tuple[Any, ...]]:
    """Yield position, item number, qualifier code, ends and rests of the rows that hold each qualified value."""
    for one in column.qualified:
        rows = np.flatnonzero(distinct.inverse == one.index).astype(np.int32)
        ends = np.broadcast_to([one.low, one.high], (len(rows), 2))
        kind = np.full(len(rows), QUALIFIERS.index(one.qualifier), dtype=np.int32)
        yield rows, np.full(len(rows), number, dtype=np.int32), kind, ends, [one.rest] * len(rows)


def _frame(
    positions: Ints, items: Ints, kinds: Ints, ends: npt.NDArray[np.float64], rests: list[str], codes: Sequence[str]
) -> pd.DataFrame:
    columns = {
        "position": positions,
        "item": categorical(items, tuple(codes)),
        "qualifier": categorical(kinds, QUALIFIERS),
        "low": ends[:, 0],
        "high": ends[:, 1],
        "rest": text_array(np.array(rests, dtype=object)),
    }
    return frame(columns, len(positions))[list(QUALIFIER_COLUMNS)]
