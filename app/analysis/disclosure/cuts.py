"""What every safe pattern must hold to, learnt from patterns that are not safe: the cutting planes of the optimisation.

Fischetti and Salazar-González, Solving the Cell Suppression Problem on Tabular Data with Linear Constraints, Management Science
47 (2001), §4: the prices that prove an attacker's interval too narrow say which cells would widen it, and by how much at most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from app.analysis.disclosure.problem import Floats
from app.analysis.disclosure.reach import Demand, End, Part, reached
from app.analysis.disclosure.work import Work

_ZERO = 1e-9
_BROKEN = 1e-6
_DEMANDS = 16

Row = tuple[Floats, float]
"""Coefficients (m,) and what their sum over the hidden cells must reach."""


def broken(part: Part, demands: Sequence[Demand], hidden: Floats, work: Work, enough: int) -> list[Row]:
    """Return rows that `hidden` (m,), 0 … 1 of each cell, breaks: `enough` of them, if there are, for the first demands."""
    found: list[Row] = []
    for start in range(0, len(demands), _DEMANDS):
        some = demands[start : start + _DEMANDS]
        ends = [end for demand in some for end in part.ends(demand)]
        prices = reached(part, hidden, ends, work).prices.reshape(len(some), 2, -1)
        found += [
            row for demand, price in zip(some, prices, strict=True) for row in _rows(part, demand, price) if _breaks(row, hidden)
        ]
        if len(found) >= enough:
            break
    return found


def lonely(part: Part, cells: Collection[int], hidden: Floats) -> list[Row]:
    """Return rows that `hidden` (m,) breaks of these: a cell hidden alone in a sum is told by it, and hides nothing.

    `cells` are those unsafe ones for which something is asked. Only sums whose cells are shown exactly say so.
    """
    linked, found = part.linked, []
    for row in range(linked.shape[0]):
        own = linked.indices[linked.indptr[row] : linked.indptr[row + 1]]
        if part.must[own].sum() > 1:
            continue
        primary = own[part.must[own]]
        suspects = [int(primary[0])] if len(primary) else own[2 * hidden[own] > hidden[own].sum() + _BROKEN].tolist()
        for cell in suspects:
            coefficients = np.zeros(len(hidden))
            coefficients[own] = 1.0
            coefficients[cell] = 0.0 if part.must[cell] else -1.0
            wanted = float(part.must[cell])
            if (cell in cells or not wanted) and coefficients @ hidden < wanted - _BROKEN:
                found.append((coefficients, wanted))
    return found


def _breaks(row: Row, hidden: Floats) -> bool:
    return bool(row[0] @ hidden < row[1] - _BROKEN)


def _rows(part: Part, demand: Demand, prices: Floats) -> Iterator[Row]:
    """Yield what the prices of both ends (2, m) ask of a pattern, each row to reach 1."""
    levels, (up, down) = part.asked(demand), part.ends(demand)
    above, sure_above = _widening(part, up, prices[0])
    below, sure_below = _widening(part, down, prices[1])
    for widening, lacking in (
        (above, levels[0] - sure_above),
        (below, levels[1] - sure_below),
        (above + below, levels[2] - sure_above - sure_below),
    ):
        if lacking > _BROKEN * max(up.asked, down.asked):
            yield np.minimum(widening / lacking, 1.0), 1.0


def _widening(part: Part, end: End, prices: Floats) -> tuple[Floats, float]:
    """Return by how much hiding each cell (m,) would move an end at most, and how far it reaches surely, by these prices."""
    up, down = (np.where(each > _ZERO, each, 0.0) for each in (prices, -prices))
    seen = part.seen(end.demand)
    up[seen] = down[seen] = 0.0
    cell, open_cells = end.demand.cell, ~(part.must | part.never)
    hidden = _times(up, part.hidden[1]) + _times(down, -part.hidden[0])
    shown = _times(up, part.shown[1]) + _times(down, -part.shown[0])
    sure = np.where(part.must, hidden, shown)
    sure[cell] = float(max(up[cell], down[cell])) * min(
        end.asked, float(part.hidden[1][cell] if end.sign > 0 else -part.hidden[0][cell])
    )
    widening = np.where(open_cells & np.isfinite(shown), hidden - np.where(np.isfinite(shown), shown, 0.0), 0.0)
    return widening, float(sure.sum())


def _times(prices: Floats, room: Floats) -> Floats:
    """Return price times room, 0 where the price is."""
    product: Floats = prices * np.where(prices > 0, room, 0.0)
    return product
