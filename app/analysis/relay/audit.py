"""Holding a package against itself: whether a hidden number can be worked out from the others.

The receiver does not know what is hidden, so it looks for any numbers of firms that could stand there, and bounds them as an
attacker would (`disclosure.bounds`). A number told by some places alone hides what the others would add to it.

What may be told of a hidden number is what the senders' rules say (`counts`, `hide`). Of a table that counts firms: how many
firms a row has, no closer than five; what these have, no closer than by one, unless no firm of any row has it. Of people, money
and scores: no cell of fewer than five firms closer than five.
"""

from __future__ import annotations

import numpy as np

from app.analysis.answers import Bools, Floats
from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.problem import Problem, Relation
from app.analysis.relay.adding import relations
from app.analysis.relay.counts import PART
from app.domain.relay import ALL, Leak, RelayTable

LEAST = 5  # firms: a group of fewer must not be told any closer than this
_SLACK = 1e-6


def leaks(table: RelayTable, least: int = LEAST) -> tuple[Leak, ...]:
    """Return the numbers that are told more closely than the rule allows: firms of a group, 1 … `least` − 1 for all anybody
    knows, closer than `least` or outright, and what firms of a hidden group have closer than by one.

    ValueError when the table's numbers do not add up.
    """
    told, hidden, part = _seen(table)
    linked = relations(table.columns, len(table.rows), table.sums)
    none = np.zeros(told.size)
    least_of = np.where(hidden & ~part & (table.unit == "firms") & _is_of_one(table), 1.0, 0.0)  # who is hidden is somebody
    values = told.ravel() + _possible(told.ravel(), hidden.ravel(), least_of.ravel(), linked)
    no = none.astype(bool)
    floor = (told + least_of).ravel()
    problem = Problem(values, floor, np.full(told.size, np.inf), none + 1.0, no, none, none, none, no, linked)
    seen = bounds(problem, hidden.ravel())
    low, high = ((each - told.ravel()).reshape(told.shape) for each in (seen.low, seen.high))
    few = hidden & (high - low < least - _SLACK) & (high > _SLACK) & (low < least - _SLACK)
    few |= (told > 0) & (told < least)  # and who tells them outright
    close = np.where(part, hidden & (high - low < PART - _SLACK) & ~_settled(table, told, high), few)
    return tuple(
        Leak(table.id, table.rows[row].key, table.columns[column], float(low[row, column]), float(high[row, column]))
        for row, column in np.argwhere(close).tolist()
    )


def _seen(table: RelayTable) -> tuple[Floats, Bools, Bools]:
    """Return for each cell (rows, columns) the firms that are told, whether some are hidden, and whether it counts a part of its
    row only."""
    told = np.array([[float(cell.n or 0) for cell in row.cells] for row in table.rows])
    hidden = np.array([[not cell.is_whole for cell in row.cells] for row in table.rows], dtype=bool)
    part = np.zeros(told.shape, dtype=bool)
    if table.unit == "firms" and ALL in table.columns:
        part[:, [column != ALL for column in table.columns]] = True
    return told, hidden, part


def _is_of_one(table: RelayTable) -> bool:
    """Whether the table is of one place, and so a hidden number one number and not a sum of some."""
    return all(cell.of == 1 for row in table.rows for cell in row.cells)


def _settled(table: RelayTable, told: Floats, high: Floats) -> Bools:
    """Return the cells (rows, columns) that are none for all firms, as everybody may know.

    In a sum of several places it may be so of all firms of the places that hide a number, which does not show in it any more.
    """
    if not _is_of_one(table):
        nothing: Bools = high <= _SLACK
        return nothing
    nobody = np.array([cell.is_whole and not cell.n for cell in table.rows[-1].cells], dtype=bool)
    return np.broadcast_to(nobody, told.shape)


def _possible(told: Floats, hidden: Bools, least: Floats, linked: tuple[Relation, ...]) -> Floats:
    """Return numbers of at least `least` that could be hidden (n,), 0 where nothing is; ValueError where there are none."""
    import scipy.sparse as sparse
    from scipy.optimize import linprog

    size = len(told)
    matrix = sparse.lil_matrix((len(linked), size))
    for row, relation in enumerate(linked):
        for cell, coefficient in zip(relation.cells, relation.coefficients, strict=True):
            matrix[row, cell] += coefficient
    whole = matrix.tocsr()
    over = np.where(hidden, np.inf, 0.0)
    found = linprog(np.zeros(size), A_eq=whole, b_eq=-(whole @ told), bounds=np.column_stack([least, over]), method="highs")
    if found.x is None:
        raise ValueError("the numbers of a table do not add up")
    # the solver is exact to some 1e-7; relations are held to 1e-6, so whole numbers of firms pass
    possible: Floats = np.where(hidden, found.x, 0.0)
    return possible
