"""What adds up in a table of a package, rows in every column and columns in every row, and what each number of it is worth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.answers import Floats
from app.analysis.disclosure.problem import Relation
from app.analysis.relay.tally import Tallied

TOTAL_COST = 50.0
"""A total, or a column that others add up to, is worth as many cells."""


def relations(columns: Sequence[str], rows: int, sums: Sequence[tuple[str, Sequence[str]]]) -> tuple[Relation, ...]:
    """Return what adds up in a table, its cells numbered row by row, the row of all last: rows in every column, and `sums`."""
    width, at = len(columns), {column: place for place, column in enumerate(columns)}
    found = [
        Relation((*(row * width + place for row in range(rows - 1)), (rows - 1) * width + place), (*([1.0] * (rows - 1)), -1.0))
        for place in range(width)
    ]
    for row in range(rows):
        for whole, parts in sums:
            cells = (*(row * width + at[part] for part in parts), row * width + at[whole])
            found.append(Relation(cells, (*([1.0] * len(parts)), -1.0)))
    return tuple(found)


def cost_of(table: Tallied) -> Floats:
    """Return what hiding each cell (rows, columns) loses: more firms more, totals and columns that others add up to most."""
    cost: Floats = np.sqrt(table.n) + 1.0
    cost[-1] *= TOTAL_COST
    for whole, _ in table.sums:
        cost[:, table.columns.index(whole)] *= TOTAL_COST
    return cost
