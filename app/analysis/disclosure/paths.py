"""The cheapest cells to hide for one unsafe cell: a deviation of all cells as far as asked, at the least weighted sum.

The linear-programming heuristic for cell suppression (Hundepool et al., Handbook on Statistical Disclosure Control, §4.4): a unit
of deviation of a cell not hidden yet costs its cost over what may be asked of it, of a hidden one nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.analysis.disclosure.problem import Bools, Floats
from app.analysis.disclosure.reach import Demand, Part
from app.analysis.disclosure.work import Work

_ZERO = 1e-7
_LEAST = 1e-6
_RATHER = 1e-3
_FAR = 1e6


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Cells (m,) to hide `more`, and the two deviations (2, m) up and down that show the demand met then."""

    more: Bools
    witness: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """A demand to be met by hiding more cells than `pattern` (m,), or none but these if it `stays`; `cost` (m,) of each cell."""

    demand: Demand
    pattern: Bools
    cost: Floats
    stays: bool = False


def cheapest(part: Part, wish: Wish, work: Work) -> Path | None:
    """Return the cells to hide that meet a demand at the least weighted sum; None where nothing does.

    Two tables that look the same are sought at once, one above and one below, for the width is between them. They move few cells,
    if they can, that are hidden for others: what is used by few is easily shown again.
    """
    from scipy.optimize import Bounds as Box
    from scipy.optimize import LinearConstraint, milp

    cell, size = wish.demand.cell, len(part.places)
    levels = part.asked(wish.demand)
    asked = max(levels)
    free, more = _rooms(part, wish, asked)
    # each table: what moves freely, what a cell that costs adds above, and below
    price, none = _price(wish), np.zeros(size)
    cost = np.tile(np.concatenate([none, *(price / _cap(room) for room in more)]), 2)
    low, high = np.tile(np.concatenate([free[0], none, none]), 2), np.tile(np.concatenate([free[1], *more]), 2)
    up, down = cell, 3 * size + cell
    low[up], high[down] = levels[0] / asked, -levels[1] / asked
    if low[up] > high[up] or low[down] > high[down]:
        return None
    moves = (high > low) | (low != 0)
    apart = levels[2] / asked
    matrix = _apart(part.twice, (up, down))[:, moves]
    floor = np.append(np.zeros(matrix.shape[0] - 1), apart)
    work.call(int(moves.sum()))
    answer = milp(
        cost[moves],
        constraints=LinearConstraint(matrix, floor, np.append(floor[:-1], np.inf)),
        bounds=Box(low[moves], high[moves]),
    )
    if answer.x is None:
        return None
    found = np.zeros(6 * size)
    found[moves] = answer.x
    still, over, under = found.reshape(2, 3, size).transpose(1, 0, 2)
    used = (np.maximum(over, under) > _ZERO).any(axis=0)
    return Path(used & ~wish.pattern, (still + over - under) * asked)


def _apart(twice: Any, ends: tuple[int, int]) -> Any:
    """Return the relations of two tables with a row more: how far one column is above the other."""
    import scipy.sparse as sparse

    row = sparse.csc_matrix((np.array([1.0, -1.0]), ([0, 0], ends)), shape=(1, twice.shape[1]))
    return sparse.vstack([twice, row], format="csc")


def _rooms(part: Part, wish: Wish, asked: float) -> tuple[Floats, Floats]:
    """Return how far cells go freely, down and up (2, m), and how much further at a cost, up and down (2, m), ≥ 0.

    In units of what is asked.
    """
    free = np.clip(np.array(part.limits(wish.pattern & part.must, wish.demand)) / asked, -_FAR, _FAR)
    closed = part.never | part.must | part.seen(wish.demand) | (~wish.pattern if wish.stays else False)
    widest = np.clip(np.array(part.hidden) / asked, -_FAR, _FAR)
    room = np.where(closed, 0.0, np.abs(widest - free))
    return free, room[::-1]


def _price(wish: Wish) -> Floats:
    """Return what a unit of each cell's room costs (m,), little where it is hidden already."""
    price = wish.cost / max(float(wish.cost.max()), 1e-300) + _LEAST
    return np.where(wish.pattern, price * _RATHER, price)


def _cap(room: Floats) -> Floats:
    """Return how much of a cell's room counts, by which its cost is shared out: at most what is asked (1)."""
    return np.where((room > 0) & (room < 1), np.maximum(room, 1e-3), 1.0)
