"""Holding a package against itself: whether a hidden number can be worked out from the others.

The receiver does not know what is hidden, so it looks for any numbers of firms that could stand there, and bounds them as an
attacker would (`disclosure.bounds`). A number told by some places alone hides what the others would add to it.
"""

from __future__ import annotations

import numpy as np

from app.analysis.answers import Bools, Floats
from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.problem import Problem, Relation
from app.analysis.relay.hide import relations
from app.domain.relay import Leak, RelayTable

LEAST = 5  # firms: a number below it must not be told any closer than this
_SLACK = 1e-6


def leaks(table: RelayTable, least: int = LEAST) -> tuple[Leak, ...]:
    """Return the hidden numbers of firms, 1 … `least` − 1 for all anybody knows, that are bounded more closely than `least`.

    ValueError when the table's numbers do not add up.
    """
    told = np.array([[float(cell.n or 0) for cell in row.cells] for row in table.rows]).ravel()
    hidden = np.array([[not cell.is_whole for cell in row.cells] for row in table.rows], dtype=bool).ravel()
    linked = relations(table.columns, len(table.rows), table.sums)
    values = told + _possible(told, hidden, linked)
    if not hidden.any():
        return ()
    none = np.zeros(len(told))
    no = none.astype(bool)
    problem = Problem(values, told, np.full(len(told), np.inf), none + 1.0, no, none, none, none, no, linked)
    seen = bounds(problem, hidden)
    low, high = seen.low - told, seen.high - told
    close = hidden & (high - low < least - _SLACK) & (high > _SLACK) & (low < least - _SLACK)
    width = len(table.columns)
    return tuple(
        Leak(table.id, table.rows[place // width].key, table.columns[place % width], float(low[place]), float(high[place]))
        for place in np.flatnonzero(close).tolist()
    )


def _possible(told: Floats, hidden: Bools, linked: tuple[Relation, ...]) -> Floats:
    """Return numbers that could be hidden (n,), 0 where nothing is; ValueError where there are none."""
    import scipy.sparse as sparse
    from scipy.optimize import linprog

    size = len(told)
    matrix = sparse.lil_matrix((len(linked), size))
    for row, relation in enumerate(linked):
        for cell, coefficient in zip(relation.cells, relation.coefficients, strict=True):
            matrix[row, cell] += coefficient
    whole = matrix.tocsr()
    over = np.where(hidden, np.inf, 0.0)
    found = linprog(
        np.zeros(size), A_eq=whole, b_eq=-(whole @ told), bounds=np.column_stack([np.zeros(size), over]), method="highs"
    )
    if found.x is None:
        raise ValueError("the numbers of a table do not add up")
    # the solver is exact to some 1e-7; relations are held to 1e-6, so whole numbers of firms pass
    possible: Floats = np.where(hidden, found.x, 0.0)
    return possible
