"""How far an attacker's interval reaches at a given pattern, up to what is asked: the inner programmes of the optimisation.

All numbers are deviations from the true values: relations hold at 0, so that 0 is always possible and an interval that reaches
−1 … 2 speaks of values from one under to two over the true one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.analysis.disclosure.problem import Bools, Floats, Problem

Places = npt.NDArray[np.int64]
PUBLIC = -1
"""The viewer who knows what everybody knows."""
_VARIABLES = 4000


@dataclass(frozen=True, slots=True)
class End:
    """One end of the interval of `cell` in the eyes of `viewer` (a cell it knows, or PUBLIC): `sign` 1 above, −1 below."""

    cell: int
    sign: int
    asked: float
    viewer: int = PUBLIC


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Cells that relations link, `places` in the problem: `matrix` (relations, m) sparse; deviations possible when `hidden` and
    when `shown`, each (low, high); `must` hidden by the primary rules, `never` released before; what is asked `below`, `above`,
    `width`.
    """

    places: Places
    matrix: Any
    hidden: tuple[Floats, Floats]
    shown: tuple[Floats, Floats]
    cost: Floats
    must: Bools
    never: Bools
    below: Floats
    above: Floats
    width: Floats
    alone: Bools

    def limits(self, pattern: Bools, viewer: int = PUBLIC) -> tuple[Floats, Floats]:
        """Return how far each cell may deviate (low, high), where the cells `pattern` (m,) are hidden."""
        low, high = (np.where(pattern, at, seen) for at, seen in zip(self.hidden, self.shown, strict=True))
        if viewer != PUBLIC:
            low[viewer] = high[viewer] = 0.0
        return low, high


def parts_of(problem: Problem) -> Iterator[Part]:
    """Yield the cells of a problem in groups that no relation links, those without an unsafe cell left out."""
    import scipy.sparse as sparse
    from scipy.sparse.csgraph import connected_components

    size, none = len(problem.values), np.zeros(len(problem.values), dtype=bool)
    hidden, shown = (problem.known(pattern) for pattern in (~none, none))
    loose = ~problem.fixed | (shown.high > shown.low)
    entries = [
        (r, c, x)
        for r, each in enumerate(problem.relations)
        for c, x in zip(each.cells, each.coefficients, strict=True)
        if loose[c]
    ]
    row, column, entry = (np.array(each) for each in zip(*entries, strict=True)) if entries else (np.zeros(0, dtype=int),) * 3
    whole = sparse.csr_matrix((entry.astype(float), (row, column)), shape=(len(problem.relations), size))
    _groups, of = connected_components(abs(whole.T) @ abs(whole), directed=False)
    alone = none if problem.alone is None else problem.alone
    for group in np.unique(of[problem.unsafe & loose]):
        own = np.flatnonzero((of == group) & loose)
        matrix, value = whole[:, own], problem.values[own]
        yield Part(
            own,
            matrix[np.diff(matrix.indptr) > 0],
            (hidden.low[own] - value, hidden.high[own] - value),
            (shown.low[own] - value, shown.high[own] - value),
            problem.cost[own],
            problem.unsafe[own] & ~problem.fixed[own],
            problem.fixed[own],
            np.where(problem.unsafe[own], problem.below[own], 0.0),
            np.where(problem.unsafe[own], problem.above[own], 0.0),
            np.where(problem.unsafe[own], problem.width[own], 0.0),
            alone[own],
        )


def reached(part: Part, pattern: Bools, ends: Sequence[End]) -> Floats:
    """Return for each end a deviation (m,) of all cells that takes its cell as far as asked, or as far as it goes; (ends, m)."""
    found = np.zeros((len(ends), len(part.places)))
    step = max(1, _VARIABLES // len(part.places))
    for start in range(0, len(ends), step):
        found[start : start + step] = _solved(part, pattern, ends[start : start + step])
    return found


def _solved(part: Part, pattern: Bools, ends: Sequence[End]) -> Floats:
    """Solve for some ends at once, the cells that cannot deviate left out."""
    import scipy.sparse as sparse
    from scipy.optimize import linprog

    low, high = (np.array(each) for each in zip(*(part.limits(pattern, end.viewer) for end in ends), strict=True))
    aim = np.zeros(low.shape)
    for place, end in enumerate(ends):
        aim[place, end.cell] = -end.sign
        if end.sign > 0:
            high[place, end.cell] = min(high[place, end.cell], end.asked)
        else:
            low[place, end.cell] = max(low[place, end.cell], -end.asked)
    free = (high > low).any(axis=0)
    matrix = part.matrix[:, free]
    matrix = matrix[np.diff(matrix.indptr) > 0]
    scale = max((end.asked for end in ends), default=0.0) or 1.0
    answer = linprog(
        aim[:, free].ravel(),
        A_eq=sparse.block_diag([matrix] * len(ends), format="csr"),
        b_eq=np.zeros(matrix.shape[0] * len(ends)),
        bounds=np.column_stack([low[:, free].ravel(), high[:, free].ravel()]) / scale,
        method="highs",
    )
    if answer.x is None:
        raise ArithmeticError(f"the attacker's programme was not solved: {answer.message}")
    solved = np.zeros(low.shape)
    solved[:, free] = answer.x.reshape(len(ends), -1) * scale
    return solved
