"""A safe pattern with its proof: for every demand two tables that look the same and lie far enough apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.analysis.disclosure.paths import Wish, cheapest
from app.analysis.disclosure.problem import Bools, Floats
from app.analysis.disclosure.reach import Demand, Part, witnessed
from app.analysis.disclosure.work import Work

_MOVED = 1e-9


@dataclass(slots=True, eq=False)
class Guard:
    """The cells hidden, `pattern` (m,), and for each demand its `witness` (2, m); `lost` are demands that nothing meets."""

    part: Part
    pattern: Bools
    witness: dict[Demand, Floats] = field(default_factory=dict)
    lost: set[Demand] = field(default_factory=set)

    @property
    def cost(self) -> float:
        """Return what hiding loses besides the primary cells."""
        return float(self.part.cost[self.pattern & ~self.part.must].sum())

    def stands(self, demand: Demand) -> bool:
        """Whether the witness of a demand moves no cell that is shown, and so holds at this pattern."""
        return demand in self.witness and not bool((moved(self.part, self.witness[demand]) & ~self.pattern).any())


def moved(part: Part, witness: Floats) -> Bools:
    """Return the cells (m,) that must be hidden for a witness to look the same."""
    slack = _MOVED * max(float(np.abs(witness).max()), 1e-300)
    beyond = (witness < part.shown[0] - slack) | (witness > part.shown[1] + slack)
    return np.asarray(beyond.any(axis=0))


def guarded(guard: Guard, demands: Sequence[Demand], work: Work, cost: Floats | None = None) -> Guard:
    """Return the pattern with cells hidden until every demand is met that can be, one after the other, each cheaply."""
    part, found = guard.part, Guard(guard.part, guard.pattern.copy(), dict(guard.witness), set(guard.lost))
    for demand in unmet(found, demands, work):
        path = cheapest(part, Wish(demand, found.pattern, part.cost if cost is None else cost), work)
        if path is None:
            found.lost.add(demand)
        else:
            found.pattern |= path.more
            found.witness[demand] = path.witness
    return found


def unmet(guard: Guard, demands: Sequence[Demand], work: Work) -> list[Demand]:
    """Return the demands that the pattern does not meet, those that nothing meets left out; keep the witnesses of the others."""
    waiting = [demand for demand in demands if demand not in guard.lost and not guard.stands(demand)]
    told = set(told_alone(guard.part, guard.pattern))
    asked = [demand for demand in waiting if demand.cell not in told]
    met = set()
    for demand, witness in zip(asked, witnessed(guard.part, guard.pattern, asked, work) if asked else [], strict=True):
        if guard.part.is_met(demand, witness):
            guard.witness[demand] = witness
            met.add(demand)
    return [demand for demand in waiting if demand not in met]


def tidied(guard: Guard, work: Work) -> Guard:
    """Return the pattern without the secondary cells that are not needed, the dearest tried first, until `work` is over."""
    part, found = guard.part, Guard(guard.part, guard.pattern.copy(), dict(guard.witness), guard.lost)
    kept = [demand for demand in found.witness if demand not in found.lost]
    used = {demand: moved(part, found.witness[demand]) for demand in kept}
    asked = {demand.cell for demand in kept}
    cells = np.flatnonzero(found.pattern & ~part.must)
    for cell in cells[np.argsort(-part.cost[cells], kind="stable")].tolist():
        if work.is_over:
            break
        found.pattern[cell] = False
        fresh = _without(found, used, asked, cell, work)
        if fresh is None:
            found.pattern[cell] = True
            continue
        for demand, witness in fresh.items():
            found.witness[demand], used[demand] = witness, moved(part, witness)
    return found


def _without(guard: Guard, used: dict[Demand, Bools], asked: set[int], cell: int, work: Work) -> dict[Demand, Floats] | None:
    """Return new witnesses for those that move `cell`, which is hidden no more; None where a demand is not met then."""
    if any(guard.part.must[one] and one in asked for one in told_alone(guard.part, guard.pattern)):
        return None
    fresh: dict[Demand, Floats] = {}
    for demand in [demand for demand, by in used.items() if by[cell]]:
        path = cheapest(guard.part, Wish(demand, guard.pattern, guard.part.cost, stays=True), work)
        if path is None:
            return None
        fresh[demand] = path.witness
    return fresh


def told_alone(part: Part, pattern: Bools) -> list[int]:
    """Return the hidden cells that single sums tell exactly, one after the other."""
    left = pattern.copy()
    found: list[int] = []
    while True:
        single = part.linked @ left.astype(np.float64) == 1
        told = np.flatnonzero((part.linked.T @ single.astype(np.float64) > 0) & left)
        if not len(told):
            return found
        left[told] = False
        found += told.tolist()
