"""The cheapest cells to hide for one unsafe cell: a deviation of all cells as far as asked, at the least weighted sum.

The linear-programming heuristic for cell suppression (Hundepool et al., Handbook on Statistical Disclosure Control, §4.4): a unit
of deviation of a cell not hidden yet costs its cost over what may be asked of it, of a hidden one nothing.
"""

from __future__ import annotations

import numpy as np

from app.analysis.disclosure.problem import Bools, Floats
from app.analysis.disclosure.reach import Part

_ZERO = 1e-7


def cheapest(part: Part, pattern: Bools, cell: int) -> Bools | None:
    """Return the cells (m,) to hide besides `pattern` that give `cell` the interval asked; None where nothing does.

    Two tables that look the same are sought at once, one above and one below, for the width is between them.
    """
    import scipy.sparse as sparse
    from scipy.optimize import linprog

    size = len(part.places)
    asked = max(part.above[cell], part.below[cell], part.width[cell])
    low, high = (each / asked for each in part.limits(pattern))
    fast = part.never | pattern
    open_low, open_high = (
        np.where(fast, 0.0, at / asked - np.where(fast, 0.0, now)) for at, now in zip(part.hidden, (low, high), strict=True)
    )
    price = part.cost / max(part.cost.max(), 1e-300) + 1e-6
    one_bounds = np.column_stack([np.concatenate([low, np.zeros(2 * size)]), np.concatenate([high, open_high, -open_low])])
    # each table: what is free, what a newly hidden cell adds above, and below
    one_cost = np.concatenate([np.zeros(size), price / _cap(open_high), price / _cap(-open_low)])
    one_matrix = sparse.hstack([part.matrix, part.matrix, -part.matrix])
    pick = sparse.csr_matrix(
        (np.array([-1.0, -1.0, 1.0]), ([0, 0, 0], [cell, size + cell, 2 * size + cell])), shape=(1, 3 * size)
    )
    none = sparse.csr_matrix((1, 3 * size))
    answer = linprog(
        np.tile(one_cost, 2),
        A_eq=sparse.block_diag([one_matrix] * 2, format="csr"),
        b_eq=np.zeros(2 * part.matrix.shape[0]),
        A_ub=sparse.vstack(
            [sparse.hstack([pick, none]), sparse.hstack([none, -pick]), sparse.hstack([pick, -pick])], format="csr"
        ),
        b_ub=-np.array([part.above[cell], part.below[cell], part.width[cell]]) / asked,
        bounds=np.tile(one_bounds, (2, 1)),
        method="highs",
    )
    if answer.x is None:
        return None
    used = answer.x.reshape(2, 3, size)[:, 1:].max(axis=(0, 1))
    chosen: Bools = used > _ZERO
    return chosen


def _cap(room: Floats) -> Floats:
    """Return how much of a cell's room counts, by which its cost is shared out: at most what is asked (1)."""
    return np.where((room > 0) & (room < 1), np.maximum(room, 1e-3), 1.0)
