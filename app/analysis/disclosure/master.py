"""The outer programme: the cheapest pattern that holds to all the rows known so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.analysis.disclosure.cuts import Row
from app.analysis.disclosure.problem import Floats
from app.analysis.disclosure.reach import Part
from app.analysis.disclosure.work import Work

_COARSE = 1e-4  # coefficients under it are made so large: that asks less, never more


@dataclass(slots=True, eq=False)
class Master:
    """Rows of a part, over the cells that may or may not be hidden."""

    part: Part
    rows: dict[bytes, tuple[Floats, float]] = field(default_factory=dict)

    def add(self, rows: Iterable[Row]) -> int:
        """Take rows; return how many were new."""
        before, free = len(self.rows), self._free
        for coefficients, wanted in rows:
            sure = float(coefficients[self.part.must].sum())
            own = coefficients[free]
            own = np.where((own > 0) & (own < _COARSE), _COARSE, own)
            self.rows.setdefault(own.tobytes(), (own, wanted - sure))
        return len(self.rows) - before

    def relaxed(self, work: Work) -> tuple[Floats, float]:
        """Return the cheapest shares of cells (m,) by the rows, and what they cost, which no pattern can undercut."""
        from scipy.optimize import linprog

        matrix, wanted = self._matrix()
        scale = self._scale
        work.call(len(self._cost) + len(wanted))
        found = linprog(
            self._cost / scale, A_ub=None if matrix is None else -matrix, b_ub=None if matrix is None else -wanted, bounds=(0, 1)
        )
        if found.x is None:
            raise ArithmeticError(f"the programme of hidden cells was not solved: {found.message}")
        return self._whole(np.clip(found.x, 0.0, 1.0)), float(found.fun) * scale

    def whole(self, nodes: int, work: Work) -> tuple[Floats | None, float]:
        """Return the cheapest pattern by the rows (m,), None if none was found within `nodes`; and what no pattern undercuts."""
        from scipy.optimize import LinearConstraint, milp

        matrix, wanted = self._matrix()
        scale, count = self._scale, len(self._cost)
        found = milp(
            self._cost / scale,
            constraints=LinearConstraint(matrix, wanted, np.inf),
            bounds=(0, 1),
            integrality=np.ones(count),
            options={"node_limit": max(nodes, 1), "mip_rel_gap": 1e-9},
        )
        work.searched(count + len(wanted), max(found.mip_node_count or 0, 1))
        bound = 0.0 if found.mip_dual_bound is None else float(found.mip_dual_bound) * scale
        return None if found.x is None else self._whole(np.round(found.x)), bound

    @property
    def _free(self) -> Any:
        return ~(self.part.must | self.part.never)

    @property
    def _cost(self) -> Floats:
        cost: Floats = self.part.cost[self._free]
        return cost

    @property
    def _scale(self) -> float:
        return float(self._cost.max(initial=0.0)) or 1.0

    def _matrix(self) -> tuple[Any, Floats]:
        import scipy.sparse as sparse

        if not self.rows:
            return None, np.zeros(0)
        return sparse.csr_matrix(np.array([row for row, _ in self.rows.values()])), np.array([at for _, at in self.rows.values()])

    def _whole(self, free: Floats) -> Floats:
        found = self.part.must.astype(float)
        found[self._free] = free
        return found
