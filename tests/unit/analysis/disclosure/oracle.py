"""An attacker written for the tests alone: the whole table as one programme in its own numbers, dense, cell by cell."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog


def extremes(problem, hidden, cell, knows=None):
    """Return the least and the largest value of a cell over all tables that look the same; `knows`: a cell the attacker knows too."""
    known = problem.known(hidden)
    low, high = known.low.copy(), known.high.copy()
    if knows is not None:
        low[knows] = high[knows] = problem.values[knows]
    matrix = np.zeros((len(problem.relations), len(low)))
    for row, relation in enumerate(problem.relations):
        matrix[row, list(relation.cells)] += relation.coefficients
    needed = [None if np.isinf(end) else end for end in (*low, *high)]
    limits = list(zip(needed[: len(low)], needed[len(low) :], strict=True))
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(low))
        aim[cell] = sign
        found = linprog(aim, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=limits, method="highs-ds")
        ends.append(-sign * np.inf if found.status == 3 else sign * found.fun)
    return ends[0], ends[1]


def too_close(problem, hidden, slack=1e-4):
    """Return the unsafe cells that are bounded tighter than is asked of them."""
    found = []
    for cell in np.flatnonzero(problem.unsafe):
        low, high = extremes(problem, hidden, int(cell))
        value, near = problem.values[cell], slack * max(problem.below[cell], problem.above[cell], problem.width[cell], 1e-9)
        if (
            low > value - problem.below[cell] + near
            or high < value + problem.above[cell] - near
            or high - low < problem.width[cell] - near
        ):
            found.append(int(cell))
    return found
