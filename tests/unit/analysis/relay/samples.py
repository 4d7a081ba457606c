"""Tables of firms made by chance, as counties have them, and an attacker who knows everything that was told."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from app.analysis.relay.hide import relations
from app.analysis.relay.tally import Tallied
from app.domain.relay import ALL

LEVELS = ("L0", "L1", "L2", "L3")
COLUMNS = (*LEVELS, "L2+", ALL)
SUMS = (("L2+", ("L2", "L3")), (ALL, ("L0", "L1", "L2+")))


def counted(numbers, sectors=None, id_="levels"):
    """A table of firms by sector and level: `numbers` (sectors, levels)."""
    numbers = np.asarray(numbers, dtype=float)
    sectors = sectors or [chr(ord("A") + row) for row in range(len(numbers))]
    rows = np.vstack([numbers, numbers.sum(axis=0)])
    reach = rows[:, 2:].sum(axis=1)
    n = np.column_stack([rows, reach, rows.sum(axis=1)])
    return Tallied(id_, "firms", (*sectors, ALL), COLUMNS, SUMS, n, n.copy(), n.copy())


def some_counties(seed, count=3, sectors=5):
    """Skewed tables: many small cells beside a few large ones."""
    rng = np.random.default_rng(seed)
    return [counted(rng.poisson(np.outer(rng.gamma(0.8, 12, sectors), [0.4, 0.3, 0.2, 0.1]))) for _ in range(count)]


def told_interval(tables, county, cell, more=()):
    """The least and largest value of a hidden cell, by all that the tables of all counties tell.

    `more` are (coefficients by (county, cell), value): sums that somebody told besides.
    """
    width = len(tables[0].columns)
    sizes = [len(table.rows) * width for table in tables]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    matrix, right = [], []
    for place, table in enumerate(tables):
        for relation in relations(table.columns, len(table.rows), table.sums):
            row = np.zeros(starts[-1])
            for at, coefficient in zip(relation.cells, relation.coefficients, strict=True):
                row[starts[place] + at] += coefficient
            matrix.append(row)
            right.append(0.0)
    for coefficients, value in more:
        row = np.zeros(starts[-1])
        for (place, at), coefficient in coefficients.items():
            row[starts[place] + at] += coefficient
        matrix.append(row)
        right.append(value)
    cells = [each for table in tables for row in table.rows for each in row.cells]
    limits = [(each.n, each.n) if each.told else (0, None) for each in cells]
    found = []
    for sign in (1.0, -1.0):
        aim = np.zeros(starts[-1])
        aim[starts[county] + cell] = sign
        answer = linprog(aim, A_eq=np.array(matrix), b_eq=np.array(right), bounds=limits, method="highs")
        found.append(np.inf if answer.status == 3 else sign * answer.fun)
    return found[0], found[1]
