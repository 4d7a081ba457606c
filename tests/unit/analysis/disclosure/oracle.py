"""An attacker written for the tests alone: the whole table as one programme in its own numbers, cell by cell."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_array


class Attacker:
    """One who knows the shown cells of a problem, and those `knows` besides."""

    def __init__(self, problem, hidden, knows=()):
        known = problem.known(hidden)
        self.low, self.high = known.low.copy(), known.high.copy()
        self.low[list(knows)] = self.high[list(knows)] = problem.values[list(knows)]
        matrix = lil_array((len(problem.relations), len(self.low)))
        for row, relation in enumerate(problem.relations):
            for cell, number in zip(relation.cells, relation.coefficients, strict=True):
                matrix[row, cell] += number
        self.matrix = matrix.tocsr()

    def end(self, cell, sign):
        """Return the largest (1) or least (−1) value of a cell over all tables that look the same."""
        if self.low[cell] == self.high[cell]:
            return self.low[cell]
        aim = np.zeros(len(self.low))
        aim[cell] = -sign
        sums = np.zeros(self.matrix.shape[0])
        found = linprog(aim, A_eq=self.matrix, b_eq=sums, bounds=np.column_stack([self.low, self.high]), method="highs-ds")
        return sign * np.inf if found.status == 3 else -sign * found.fun


def extremes(problem, hidden, cell):
    """Return the least and the largest value of a cell over all tables that look the same."""
    attacker = Attacker(problem, hidden)
    return attacker.end(cell, -1), attacker.end(cell, 1)


def too_close(problem, hidden, firms=None):
    """Return the unsafe cells that are bounded tighter than is asked, by anybody, or from above by a firm that knows its own cells.

    `firms` (n,): for each cell the one firm behind it, −1 where there are more.
    """
    cells, anybody = np.flatnonzero(problem.unsafe).tolist(), Attacker(problem, hidden)
    found = {cell for cell in cells if is_close(problem, cell, (anybody.end(cell, -1), anybody.end(cell, 1)))}
    for firm in set() if firms is None else set(firms[hidden].tolist()) - {-1}:
        one = Attacker(problem, hidden, np.flatnonzero(firms == firm).tolist())
        others = [cell for cell in cells if firms[cell] != firm and problem.above[cell] > 0]
        found |= {cell for cell in others if is_close(problem, cell, (-np.inf, one.end(cell, 1)))}
    return sorted(found)


def is_close(problem, cell, interval, slack=1e-4):
    """Whether an interval is tighter than is asked of a cell."""
    (low, high), value = interval, problem.values[cell]
    below, above, width = problem.below[cell], problem.above[cell], problem.width[cell]
    near = slack * max(below, above, width, 1e-9)
    return bool(low > value - below + near or high < value + above - near or high - low < width - near)


def is_safe(problem, hidden):
    """Whether no unsafe cell is bounded tighter than is asked; quickly told where one is."""
    anybody = Attacker(problem, hidden)
    return not any(is_close(problem, c, (anybody.end(c, -1), anybody.end(c, 1))) for c in np.flatnonzero(problem.unsafe).tolist())
