"""The search for the cheapest safe pattern of one part: a good one first, then a bound from below, until the two meet."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from app.analysis.disclosure.cuts import Row, broken, lonely
from app.analysis.disclosure.guard import Guard, guarded, moved, tidied, unmet
from app.analysis.disclosure.master import Master
from app.analysis.disclosure.problem import Bools, Floats
from app.analysis.disclosure.reach import PUBLIC, Demand, Part
from app.analysis.disclosure.work import Work

_SAME = 1e-6
_ROUNDS = 60
_NODES = 300
_GAIN = 1e-3
_LEAN = 0.999
_SEARCHING = 0.7
_NEAR = 1.05


@dataclass(slots=True, eq=False)
class Search:
    """One part under work: `demands` looked at so far, the `best` safe pattern, the `bound` that none undercuts.

    `work` may be spent on the search, `rest` on tidying what it leaves unproven.
    """

    part: Part
    work: Work
    rest: Work
    demands: list[Demand]
    best: Guard
    master: Master
    bound: float = 0.0
    proven: bool = field(default=False)

    @classmethod
    def of(cls, part: Part, work: float) -> Search:
        """Return a search that knows only the unsafe cells and may spend so much."""
        return cls(
            part,
            Work(work * _SEARCHING),
            Work(work * (1 - _SEARCHING)),
            part.demands,
            Guard(part, part.must.copy()),
            Master(part),
        )

    def run(self) -> None:
        """Find a safe pattern in everybody's eyes, then in those of firms that see through what they alone make up."""
        while True:
            self._once()
            more = self._seen_through()
            if not more:
                return
            self.demands += more

    @property
    def lost(self) -> Bools:
        """Return the unsafe cells (m,) that nothing protects."""
        found = np.zeros(len(self.part.places), dtype=bool)
        found[[demand.cell for demand in self.best.lost]] = True
        return found

    @property
    def _asked(self) -> list[Demand]:
        return [demand for demand in self.demands if demand not in self.best.lost]

    def _once(self) -> None:
        """Protect all demands known, as cheaply as the time allows."""
        start = Guard(self.part, self.part.must.copy(), lost=self.best.lost)
        self.best = guarded(start, self.demands, self.work)
        self.proven = self._meets()
        if not self.proven and not self.work.is_over:
            shares = self._bounded()
            start = Guard(self.part, self.part.must.copy(), lost=self.best.lost)
            self._try(start, self.part.cost * (1.0 - _LEAN * shares))
            while not self.proven and not self.work.is_over and self._cut_whole():
                pass
        if not self.proven:
            self.best = tidied(self.best, self.rest)
            self.proven = self._meets()

    def _meets(self) -> bool:
        """Whether the best pattern is proven: it costs no more than any must."""
        return self.best.cost <= self.bound + _SAME * max(self.best.cost, self.bound)

    def _bounded(self) -> Floats:
        """Raise the bound by rows over shares of cells; return the last shares (m,)."""
        shares, self.bound = self.master.relaxed(self.work)
        budget = self.work.left / 2
        slow = 0
        for _ in range(_ROUNDS):
            if not self.master.add(self._rows(shares)):
                break
            before = self.bound
            shares, self.bound = self.master.relaxed(self.work)
            self.proven = self._meets()
            slow = slow + 1 if self.bound - before < _GAIN * max(self.best.cost - before, 0.0) else 0
            if self.proven or slow > 4 or self.work.left < budget:
                break
        return shares

    def _rows(self, hidden: Floats, is_whole: bool = False) -> list[Row]:
        """Return rows that `hidden` breaks; if some cost nothing to find those alone, unless `is_whole`."""
        cells = {demand.cell for demand in self._asked}
        cheap = lonely(self.part, cells, hidden)
        if cheap and not is_whole:
            return cheap
        return cheap + broken(self.part, self._asked, hidden, self.work, 20 + len(hidden) // 10)

    def _cut_whole(self) -> bool:
        """Solve for a whole pattern; return whether there is more to do."""
        found, bound = self.master.whole(_NODES, self.work)
        self.bound = max(self.bound, bound)
        self.proven = self._meets()
        if found is None or self.proven:
            return False
        self._try(Guard(self.part, found > 0.5, dict(self.best.witness), self.best.lost))
        self.proven = self._meets()
        return self.master.add(self._rows(found, is_whole=True)) > 0 and not self.proven

    def _try(self, start: Guard, cost: Floats | None = None) -> None:
        """Make a pattern safe and tidy; keep it if it is cheaper than the best."""
        made = guarded(start, self._asked, self.work, cost)
        if made.cost < self.best.cost * _NEAR:
            made = tidied(made, self.work)
        if made.cost < self.best.cost * (1 - _SAME):
            self.best = made
            self.proven = self._meets()

    def _seen_through(self) -> list[Demand]:
        """Return demands in the eyes of firms alone in a hidden cell that the best pattern does not meet.

        Two tables that move no cell of a firm's look the same to it too: only firms whose cells are moved by all tables found
        so far are asked about, one for each unsafe cell at a time.
        """
        left = {demand.cell: self._movers(demand) for demand in self._asked if demand.viewer == PUBLIC}
        for demand in self._asked:
            if demand.viewer != PUBLIC:
                left[demand.cell] &= self._movers(demand)
        found: list[Demand] = []
        while True:
            asked = [Demand(cell, min(firms)) for cell, firms in left.items() if firms]
            if not asked:
                return found
            failed = set(unmet(self.best, asked, self.work))
            found += [demand for demand in asked if demand in failed]
            for demand in asked:
                is_done = demand in failed or demand in self.best.lost  # what nothing meets has no tables that meet it
                left[demand.cell] &= left[demand.cell] - {demand.viewer} if is_done else self._movers(demand)

    def _movers(self, demand: Demand) -> set[int]:
        """Return the firms whose own cells the tables move by which the best pattern meets a demand."""
        part, firm = self.part, self.part.firm
        if not (firm != PUBLIC).any() or max(part.asked(Demand(demand.cell, int(firm.max())))) <= 0:
            return set()
        by = moved(part, self.best.witness[demand]) & (firm != PUBLIC) & (firm != firm[demand.cell])
        return set(firm[by].tolist())
