"""Tables of firms made by chance, as counties have them, and attackers who know everything that was told."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from app.analysis.relay.adding import relations
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
    cells = [
        (each, name == ALL) for table in tables for row in table.rows for each, name in zip(row.cells, table.columns, strict=True)
    ]
    limits = [(each.n, each.n) if each.told else (int(of_all), None) for each, of_all in cells]  # who is hidden is somebody
    found = []
    for sign in (1.0, -1.0):
        aim = np.zeros(starts[-1])
        aim[starts[county] + cell] = sign
        answer = linprog(aim, A_eq=np.array(matrix), b_eq=np.array(right), bounds=limits, method="highs")
        found.append(np.inf if answer.status == 3 else sign * answer.fun)
    return found[0], found[1]


def yes_no(yes, no, sectors, id_="measure m@1"):
    """A table of a measure: `yes` and `no` (sectors,) firms."""
    body = np.column_stack([yes, no, np.add(yes, no)]).astype(float)
    n = np.vstack([body, body.sum(axis=0)])
    return Tallied(id_, "firms", (*sectors, ALL), ("yes", "no", ALL), ((ALL, ("yes", "no")),), n, n.copy(), n.copy())


def told_of(table):
    """The numbers of firms that a released table tells, by row and column; nothing where it does not leave."""
    rows = table.rows if table is not None else ()
    return {(r, c): float(cell.n) for r, row in enumerate(rows) for c, cell in enumerate(row.cells) if cell.told}


def too_close(table, told, near=None):
    """The hidden numbers of a table of firms that somebody can tell too closely who knows `told`, by row and column.

    A linear programme of its own: who stands in a table is somebody, and all else follows from sums. Of fewer than five firms
    nobody may be told closer than five; of what they have, none closer than by one, but where no firm of all has it. `near` are
    the least and most that a number can be which is told less than exactly.
    """
    rows, width = len(table.rows), len(table.columns)
    at = {column: place for place, column in enumerate(table.columns)}
    lines = [{**{(r, c): 1.0 for r in range(rows - 1)}, (rows - 1, c): -1.0} for c in range(width)]
    lines += [{**{(r, at[p]): 1.0 for p in parts}, (r, at[whole]): -1.0} for r in range(rows) for whole, parts in table.sums]
    matrix = np.zeros((len(lines), rows * width))
    for line, terms in zip(matrix, lines, strict=True):
        for (r, c), times in terms.items():
            line[r * width + c] = times
    least = {(r, at[ALL]): 1.0 for r in range(rows) if table.n[r, at[ALL]]}
    cells = [(r, c) for r in range(rows) for c in range(width)]
    wide = {cell: (max(least.get(cell, 0.0), low), high) for cell, (low, high) in (near or {}).items()}
    limits = [(told[cell],) * 2 if cell in told else wide.get(cell, (least.get(cell, 0.0), None)) for cell in cells]
    found = []
    for place, (r, c) in enumerate(cells):
        if (r, c) in told or (table.n[-1, c] == 0 if c != at[ALL] else not 0 < table.n[r, c] < 5):
            continue
        low, high = _ends(matrix, limits, place)
        assert low - 1e-6 <= table.n[r, c] <= high + 1e-6
        if high - low < (5 if c == at[ALL] else 1) - 1e-6:
            found.append((table.rows[r], table.columns[c], low, high))
    return found


def _ends(matrix, limits, place):
    aim = np.zeros(matrix.shape[1])
    aim[place] = 1.0
    ends = [linprog(sign * aim, A_eq=matrix, b_eq=np.zeros(len(matrix)), bounds=limits, method="highs") for sign in (1.0, -1.0)]
    return tuple(sign * end.fun if end.status == 0 else -sign * np.inf for sign, end in zip((1.0, -1.0), ends, strict=True))
