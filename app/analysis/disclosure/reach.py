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

from app.analysis.disclosure.linear import firms_alone, groups, matrix_of
from app.analysis.disclosure.problem import Bools, Floats, Problem
from app.analysis.disclosure.work import Work

Places = npt.NDArray[np.int64]
PUBLIC = -1
"""The viewer who knows what everybody knows."""
_VARIABLES = 4000  # of one call: calls cost more than small programmes
_SLACK = 1e-6
_FAR = 1e6
"""No cell need deviate further than this many times what is asked."""


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """What is asked for an unsafe `cell`, in everybody's eyes or in those of the firm `viewer`, which knows what is its alone."""

    cell: int
    viewer: int = PUBLIC


@dataclass(frozen=True, slots=True)
class End:
    """One end of the interval of a demand: `sign` 1 above, −1 below, as far as `asked`."""

    demand: Demand
    sign: int
    asked: float


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Cells that relations link, `places` in the problem: `matrix` (relations, m) sparse; deviations possible when `hidden` and
    when `shown`, each (low, high); `must` hidden by the primary rules, `never` released before; what is asked `below`, `above`,
    `width`; `firm` the number of the one firm behind it, or −1. `linked` (relations, m) sparse: 1 where a relation has a cell,
    those relations only whose cells are all shown exactly. `twice` sparse: the relations of two tables side by side (2·relations,
    6·m), each cell once freely, once for what it adds above and once for what it takes away.
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
    firm: Places
    linked: Any
    twice: Any

    @property
    def demands(self) -> list[Demand]:
        """Return what is asked of the unsafe cells in everybody's eyes, the largest first."""
        asked = np.maximum.reduce([self.below, self.above, self.width])
        cells = np.flatnonzero(self.must & (asked > 0))
        return [Demand(cell) for cell in cells[np.argsort(-asked[cells], kind="stable")].tolist()]

    def seen(self, demand: Demand) -> Bools:
        """Return the cells (m,) that the viewer of a demand knows beside what everybody does."""
        seen: Bools = (self.firm == demand.viewer) & (demand.viewer != PUBLIC)
        return seen

    def limits(self, pattern: Bools, demand: Demand) -> tuple[Floats, Floats]:
        """Return how far each cell may deviate (low, high) for a demand, where the cells `pattern` (m,) are hidden."""
        low, high = (np.where(pattern, at, seen) for at, seen in zip(self.hidden, self.shown, strict=True))
        seen = self.seen(demand)
        low[seen] = high[seen] = 0.0
        return low, high

    def asked(self, demand: Demand) -> tuple[float, float, float]:
        """Return how far above, below and wide a demand is.

        A single firm is only kept from an upper bound: of a sum that it is itself part of it knows a lower one anyway, and what
        the rules keep it from is to tell from above what others add (handbook §4.2.2, example 5).
        """
        below = self.below[demand.cell] if demand.viewer == PUBLIC else 0.0
        return float(self.above[demand.cell]), float(below), float(self.width[demand.cell])

    def ends(self, demand: Demand) -> tuple[End, End]:
        """Return the upper and the lower end of a demand, each as far as it could be wanted."""
        above, below, width = self.asked(demand)
        return End(demand, 1, max(above, width)), End(demand, -1, max(below, width))

    def is_met(self, demand: Demand, witness: Floats) -> bool:
        """Whether two deviations (2, m), one up and one down, show that a demand is met."""
        cell = demand.cell
        up, down, (above, below, width) = witness[0, cell], -witness[1, cell], self.asked(demand)
        slack = _SLACK * max(above, below, width)
        return bool(up >= above - slack and down >= below - slack and up + down >= width - slack)


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """For each end: a `deviation` (ends, m) of all cells that takes its cell as far as it goes, and the `prices` (ends, m) that
    prove it goes no further: of what a cell may deviate up (above 0) and down.
    """

    deviation: Floats
    prices: Floats


def parts_of(problem: Problem) -> Iterator[Part]:
    """Yield the cells of a problem in groups that no relation links, those without an unsafe cell or a relation left out."""
    import scipy.sparse as sparse

    none = np.zeros(len(problem.values), dtype=bool)
    hidden, shown = problem.known(~none), problem.known(none)
    whole = matrix_of(problem.relations, len(none))
    firm = firms_alone(problem.relations, none if problem.alone is None else problem.alone)
    for own in groups(whole, ~problem.fixed | (shown.high > shown.low)):
        unsafe, value, matrix = problem.unsafe[own], problem.values[own], whole[:, own]
        matrix = matrix[np.diff(matrix.indptr) > 0]
        if not unsafe.any() or not matrix.shape[0]:
            continue
        yield Part(
            own,
            matrix,
            (hidden.low[own] - value, hidden.high[own] - value),
            (shown.low[own] - value, shown.high[own] - value),
            problem.cost[own],
            unsafe & ~problem.fixed[own],
            problem.fixed[own],
            np.where(unsafe, problem.below[own], 0.0),
            np.where(unsafe, problem.above[own], 0.0),
            np.where(unsafe, problem.width[own], 0.0),
            firm[own],
            _exactly(matrix, shown.high[own] <= shown.low[own]),
            sparse.kron(sparse.eye_array(2), sparse.hstack([matrix, matrix, -matrix]), format="csc"),
        )


def _exactly(matrix: Any, exact: Bools) -> Any:
    linked = (matrix != 0).astype(np.float64)
    return linked[linked @ (~exact).astype(np.float64) == 0]


def witnessed(part: Part, pattern: Bools, demands: Sequence[Demand], work: Work) -> list[Floats]:
    """Return for each demand two deviations (2, m), up and down, as far as asked or as it goes."""
    ends = [end for demand in demands for end in part.ends(demand)]
    found = reached(part, pattern.astype(float), ends, work).deviation
    return list(found.reshape(len(demands), 2, -1))


def reached(part: Part, pattern: Floats, ends: Sequence[End], work: Work) -> Reached:
    """Solve for ends; `pattern` (m,) 0 shown, 1 hidden, between them a share of what a cell may deviate, up to what is asked."""
    found = Reached(np.zeros((len(ends), len(part.places))), np.zeros((len(ends), len(part.places))))
    step = max(1, _VARIABLES // len(part.places))
    for start in range(0, len(ends), step):
        some = _solved(part, pattern, ends[start : start + step], work)
        found.deviation[start : start + step], found.prices[start : start + step] = some.deviation, some.prices
    return found


def _solved(part: Part, pattern: Floats, ends: Sequence[End], work: Work) -> Reached:
    """Solve for some ends at once, the cells that cannot deviate left out, all in units of what is asked."""
    import scipy.sparse as sparse
    from scipy.optimize import linprog

    low, high = (np.array(each) for each in zip(*(_limits(part, pattern, end) for end in ends), strict=True))
    aim = np.zeros(low.shape)
    aim[np.arange(len(ends)), [end.demand.cell for end in ends]] = [-end.sign for end in ends]
    free = (high > low).any(axis=0)
    matrix = part.matrix[:, free]
    rows = np.diff(matrix.indptr) > 0
    matrix = matrix[rows]
    work.call(int(free.sum()) * len(ends))
    answer = linprog(
        aim[:, free].ravel(),
        A_eq=sparse.kron(sparse.eye_array(len(ends)), matrix, format="csr"),
        b_eq=np.zeros(matrix.shape[0] * len(ends)),
        bounds=np.column_stack([low[:, free].ravel(), high[:, free].ravel()]),
        method="highs",
    )
    deviation = np.zeros(low.shape)
    if answer.x is None:  # numbers too far apart for the solver: nothing is taken to be reached, nor proven
        return Reached(deviation, np.zeros(low.shape))
    deviation[:, free] = answer.x.reshape(len(ends), -1)
    duals = answer.eqlin.marginals.reshape(len(ends), -1)
    prices = (part.matrix[rows].T @ duals.T).T - aim
    asked = np.array([[end.asked or 1.0] for end in ends])
    return Reached(deviation * asked, prices)


def _limits(part: Part, pattern: Floats, end: End) -> tuple[Floats, Floats]:
    """Return how far cells may deviate for one end, in units of what is asked; the cell itself not further than that."""
    asked = end.asked or 1.0
    low, high = (np.where(pattern >= 1, at, seen) / asked for at, seen in zip(part.hidden, part.shown, strict=True))
    some = (pattern > 0) & (pattern < 1)
    if some.any():
        share, at = pattern[some], (low[some], high[some])
        wide = np.maximum(part.hidden[0][some] / asked, -1.0), np.minimum(part.hidden[1][some] / asked, 1.0)
        low[some], high[some] = (
            one + share * np.where(np.isfinite(one), far - one, 0.0) for one, far in zip(at, wide, strict=True)
        )
    seen = part.seen(end.demand)
    low[seen] = high[seen] = 0.0
    low, high = np.maximum(low, -_FAR), np.minimum(high, _FAR)
    cell, wanted = end.demand.cell, float(end.asked > 0)
    low[cell], high[cell] = (low[cell], min(high[cell], wanted)) if end.sign > 0 else (max(low[cell], -wanted), high[cell])
    return low, high
