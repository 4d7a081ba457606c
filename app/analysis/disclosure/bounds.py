"""The attacker: how closely a hidden cell can be told from what is shown and from the sums everybody knows.

The attacker's two linear programmes of Fischetti and Salazar-González, Models and Algorithms for Optimizing Cell Suppression
in Tabular Data with Linear Constraints, JASA 95 (2000): the least and the largest value of each hidden cell over all tables
that look the same. This is the audit, and so it takes nothing from `protect` but the problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.analysis.disclosure.problem import Bools, Bounds, Floats, Problem

Places = npt.NDArray[np.int64]
_ROUNDS = 20
_VARIABLES = 4000  # of one call: calls cost more than small programmes
_EXACT = 1e-9


def bounds(problem: Problem, hidden: Bools) -> Bounds:
    """Return the tightest interval of every cell that anybody can work out when the cells `hidden` (n,) are not shown.

    Shown cells keep what they tell. Raises ValueError where values do not meet the relations.
    """
    _refuse_untrue(problem)
    known = problem.known(hidden)
    low, high = known.low.copy(), known.high.copy()
    for places, matrix in _parts(problem, known):
        wanted = hidden[places]
        if wanted.any():
            part = _Part(matrix, low[places] - problem.values[places], high[places] - problem.values[places])
            down, up = part.extremes(wanted)
            low[places] = np.where(wanted, problem.values[places] + down, low[places])
            high[places] = np.where(wanted, problem.values[places] + up, high[places])
    return Bounds(low, high)


def _refuse_untrue(problem: Problem) -> None:
    for relation in problem.relations:
        terms = problem.values[list(relation.cells)] * relation.coefficients
        if abs(terms.sum()) > 1e-6 * max(np.abs(terms).sum(), 1e-6):
            raise ValueError(f"values do not meet the relation of cells {relation.cells}")


def _parts(problem: Problem, known: Bounds) -> Iterator[tuple[Places, Any]]:
    """Yield the cells that are not known exactly in groups that no relation links, each with its relations as a sparse matrix."""
    import scipy.sparse as sparse
    from scipy.sparse.csgraph import connected_components

    loose = np.flatnonzero(known.high > known.low)
    if not len(loose):
        return
    sizes = [len(relation.cells) for relation in problem.relations]
    row = np.repeat(np.arange(len(sizes)), sizes)
    column = np.array([cell for relation in problem.relations for cell in relation.cells], dtype=np.int64)
    entry = np.array([number for relation in problem.relations for number in relation.coefficients], dtype=np.float64)
    whole = sparse.csr_matrix((entry, (row, column)), shape=(len(sizes), len(problem.values)))[:, loose]
    count, of = connected_components(abs(whole.T) @ abs(whole), directed=False)
    for group in range(count):
        own = np.flatnonzero(of == group)
        matrix = whole[:, own]
        yield loose[own], matrix[np.diff(matrix.indptr) > 0]


@dataclass(slots=True, eq=False)
class _Part:
    """Linked cells as deviations from their values: `matrix` @ d = 0, `low` ≤ d ≤ `high`, and so d = 0 is always one."""

    matrix: Any
    low: Floats
    high: Floats

    def extremes(self, wanted: Bools) -> tuple[Floats, Floats]:
        """Return the least and the largest deviation of each cell `wanted` (n,)."""
        if not self.matrix.shape[0]:
            return self.low, self.high
        low, high = self._narrowed()
        least, most = np.zeros(len(low)), np.zeros(len(low))
        self._unbounded(wanted, low, high, (least, most))
        tolerance = _EXACT * max(_largest(self.low), _largest(self.high), 1e-300)
        ends = [(cell, sign) for cell in np.flatnonzero(wanted).tolist() for sign in (1, -1)]
        for some in _batches(ends, len(low)):
            open_ends = [(c, s) for c, s in some if (most[c] < high[c] - tolerance if s > 0 else least[c] > low[c] + tolerance)]
            if open_ends:
                found = self._solved(open_ends, self.low, self.high)
                least, most = np.minimum(least, found.min(axis=0)), np.maximum(most, found.max(axis=0))
        return np.where(least <= low + tolerance, low, least), np.where(most >= high - tolerance, high, most)

    def _narrowed(self) -> tuple[Floats, Floats]:
        """Return bounds as far as single relations tighten them: never tighter than the attacker's, often the same."""
        low, high = self.low.copy(), self.high.copy()
        for _ in range(_ROUNDS):
            before = low.copy(), high.copy()
            _tighten(self.matrix, low, high)
            if np.array_equal(low, before[0]) and np.array_equal(high, before[1]):
                break
        return np.minimum(low, 0.0), np.maximum(high, 0.0)

    def _unbounded(self, wanted: Bools, low: Floats, high: Floats, ends: tuple[Floats, Floats]) -> None:
        """Set to ∞ the ends of `wanted` cells that a ray of the polyhedron leaves open."""
        ray_low, ray_high = np.where(np.isinf(self.low), -1.0, 0.0), np.where(np.isinf(self.high), 1.0, 0.0)
        asked = [(c, 1) for c in np.flatnonzero(wanted & np.isinf(high)).tolist()] + [
            (c, -1) for c in np.flatnonzero(wanted & np.isinf(low)).tolist()
        ]
        for some in _batches(asked, len(low)):
            still = [(c, s) for c, s in some if not np.isinf(ends[1][c] if s > 0 else ends[0][c])]
            if still:
                found = self._solved(still, ray_low, ray_high)
                ends[0][(found < -1e-6).any(axis=0)] = -np.inf
                ends[1][(found > 1e-6).any(axis=0)] = np.inf

    def _solved(self, ends: Sequence[tuple[int, int]], low: Floats, high: Floats) -> Floats:
        """Return a solution for each (cell, sign) that takes the cell as far as it goes; shape (ends, n). One call for all."""
        import scipy.sparse as sparse
        from scipy.optimize import linprog

        size, times = len(low), len(ends)
        scale = max(_largest(low), _largest(high)) / 1e4 or 1.0
        aim = np.zeros((times, size))
        for place, (cell, sign) in enumerate(ends):
            aim[place, cell] = -sign
        found = linprog(
            aim.ravel(),
            A_eq=sparse.kron(sparse.eye_array(times), self.matrix, format="csr"),
            b_eq=np.zeros(self.matrix.shape[0] * times),
            bounds=np.tile(np.column_stack([low, high]) / scale, (times, 1)),
            method="highs",
        )
        if found.x is None:
            # numbers too far apart for the solver: one by one, and an end that is still not found is taken to be told
            singly = [self._solved([end], low, high) for end in ends] if times > 1 else [np.zeros((1, size))]
            return np.concatenate(singly)
        solved: Floats = found.x.reshape(times, size) * scale
        return solved


def _batches(ends: Sequence[tuple[int, int]], size: int) -> Iterator[Sequence[tuple[int, int]]]:
    """Yield as many at a time as one call may take, for cells linked with `size` others."""
    step = max(1, _VARIABLES // size)
    return (ends[start : start + step] for start in range(0, len(ends), step))


def _largest(numbers: Floats) -> float:
    finite = np.abs(numbers[np.isfinite(numbers)])
    return float(finite.max()) if len(finite) else 0.0


def _tighten(matrix: Any, low: Floats, high: Floats) -> None:
    """Tighten bounds in place by each relation alone: what the others leave over."""
    for row in range(matrix.shape[0]):
        start, end = matrix.indptr[row], matrix.indptr[row + 1]
        cells, numbers = matrix.indices[start:end], matrix.data[start:end]
        least = np.where(numbers > 0, low[cells], high[cells]) * numbers
        most = np.where(numbers > 0, high[cells], low[cells]) * numbers
        over, under = -_others(least), -_others(most)
        up, down = np.where(numbers > 0, over, under) / numbers, np.where(numbers > 0, under, over) / numbers
        high[cells], low[cells] = np.minimum(high[cells], up), np.maximum(low[cells], down)


def _others(terms: Floats) -> Floats:
    """Return for each term the sum of the others, some of which may be infinite, all of one sign."""
    infinite = np.isinf(terms)
    sign = np.sign(terms[infinite].sum()) if infinite.any() else 0.0
    finite = terms[~infinite].sum()
    endless = infinite.sum() - infinite
    rest: Floats = np.where(endless > 0, sign * np.inf, finite - np.where(infinite, 0.0, terms))
    return rest
