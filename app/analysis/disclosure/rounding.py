"""Rounding as the alternative to hiding: every number to a multiple of a base, so chosen that what added up still does.

Controlled rounding, zero-restricted where that is possible: Hundepool et al., Handbook on Statistical Disclosure Control (2nd
ed.), §5.5; Salazar-González, Controlled rounding and cell perturbation, Mathematical Programming 105 (2006). Nothing is drawn:
the same table is always rounded alike, so that averaging over releases tells nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.linear import groups, matrix_of
from app.analysis.disclosure.problem import Bools, Bounds, Floats, Problem

Places = npt.NDArray[np.int64]
_STEPS = (0, 1)
_NODES_A_SECOND = 200


@dataclass(frozen=True, slots=True)
class Rounded:
    """`values` (n,) multiples of `base`, but for cells that were released before; `low`, `high` (n,) what each tells by itself.

    `steps` (n,) how many multiples beyond the next one a value may have gone, −1 where it was rounded to the nearest regardless
    of sums; `off`: places of the relations that do not add up any more.
    """

    values: Floats
    low: Floats
    high: Floats
    steps: npt.NDArray[np.int64]
    base: float
    off: tuple[int, ...]


def rounded(problem: Problem, base: float = 5.0, seconds: float = 10.0) -> Rounded:
    """Return all cells rounded, unsafe or not, as near as sums allow; where they do not, to the nearest multiple.

    Cells released before stay as they are, and sums with them may be off. The time is counted in steps of work. Raises ValueError
    for a base that is not above 0.
    """
    if base <= 0:
        raise ValueError("the base of rounding must be above 0")
    size = len(problem.values)
    values, steps = problem.values.copy(), np.zeros(size, dtype=np.int64)
    matrix = matrix_of(problem.relations, size)
    free = matrix[:, problem.fixed]
    keeps = np.diff(free.indptr) == 0  # relations without a cell that stays as it is
    for places in groups(matrix[keeps], ~problem.fixed):
        own = matrix[keeps][:, places]
        values[places], steps[places] = _group(problem.values[places], own[np.diff(own.indptr) > 0], base, seconds)
    low, high = _told(problem, values, steps, base)
    terms = matrix @ values
    off = np.flatnonzero(np.abs(terms) > 1e-6 * np.maximum(abs(matrix) @ np.abs(values), 1.0))
    return Rounded(values, low, high, steps, base, tuple(int(place) for place in off))


def told(problem: Problem, result: Rounded) -> Bounds:
    """Return what an attacker can work out of each cell from all the rounded ones together."""
    blurred: Bools = ~problem.fixed
    return bounds(replace(problem, low=result.low, high=result.high), blurred)


def _group(values: Floats, matrix: Any, base: float, seconds: float) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return linked values rounded, and the steps that took."""
    for steps in _STEPS:
        found = _controlled(values, matrix, (base, steps), seconds)
        if found is not None:
            return found, np.full(len(values), steps, dtype=np.int64)
    return np.floor(values / base + 0.5) * base, np.full(len(values), -1, dtype=np.int64)


def _controlled(values: Floats, matrix: Any, rule: tuple[float, int], seconds: float) -> Floats | None:
    """Return the nearest multiples that meet the relations, at most so many beyond the next; None where there are none.

    A value is its lower multiple and a whole number of steps up or down; what each costs is how far it goes from the value. Over
    whole numbers that cost is convex, so that one variable for each step is enough: the cheaper steps are taken first.
    """
    import scipy.sparse as sparse
    from scipy.optimize import Bounds as Box
    from scipy.optimize import LinearConstraint, milp

    base, steps = rule
    lower = np.floor(values / base + 1e-9)
    stays = np.abs(values / base - lower) < 1e-9
    ways = range(-steps, steps + 1)  # from `way` multiples above the lower one to the next
    cost = np.concatenate([np.abs(lower + way + 1 - values / base) - np.abs(lower + way - values / base) for way in ways])
    room = np.concatenate([~(stays & (way == steps)) & (lower + way >= np.minimum(lower, 0)) for way in ways]).astype(float)
    start = np.maximum(lower - steps, np.minimum(lower, 0))
    count, needed = len(values) * len(ways), -(matrix @ start)
    found = milp(
        cost,
        constraints=LinearConstraint(sparse.hstack([matrix] * len(ways)), needed, needed),
        bounds=Box(np.zeros(count), room),
        integrality=np.ones(count),
        options={"node_limit": int(_NODES_A_SECOND * seconds) + 1, "mip_rel_gap": 0.0},
    )
    if found.x is None:
        return None
    taken = np.round(found.x).reshape(len(ways), -1).sum(axis=0)
    return np.asarray((start + taken) * base)


def _told(problem: Problem, values: Floats, steps: npt.NDArray[np.int64], base: float) -> tuple[Floats, Floats]:
    """Return how far the value behind each rounded one can be: the handbook's intervals, their ends not counted among them."""
    reach = np.where(steps < 0, 0.5, steps + 1.0) * base
    reach = np.where(problem.fixed, 0.0, reach)
    return np.maximum(values - reach, problem.low), np.minimum(values + reach, problem.high)
