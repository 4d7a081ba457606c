"""Secondary suppression: the cheapest cells to hide besides the unsafe ones, so that no sum gives an unsafe one back.

All cells of all tables of a release at once, with what was released before: Fischetti and Salazar-González, Solving the Cell
Suppression Problem on Tabular Data with Linear Constraints, Management Science 47 (2001).
"""

from __future__ import annotations

import numpy as np

from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.paths import cheapest
from app.analysis.disclosure.problem import Bools, Floats, Problem, Protection
from app.analysis.disclosure.reach import End, Part, parts_of, reached

_SLACK = 1e-6


def protect(problem: Problem, seconds: float = 10.0) -> Protection:
    """Return which cells to hide so that each unsafe one keeps its interval, at the least cost found in about `seconds`.

    Unsafe cells are hidden whatever happens, but for those that are fixed. The time is counted in steps of work, not by a clock,
    so that the same release always hides the same cells. Raises ValueError where values do not meet the relations.
    """
    del seconds
    hidden, exposed = problem.unsafe & ~problem.fixed, problem.unsafe & problem.fixed
    optimal = True
    for part in parts_of(problem):
        pattern, lost = _guarded(part)
        hidden[part.places] |= pattern
        exposed[part.places] |= lost
        optimal = False
    return Protection(hidden, bounds(problem, hidden), exposed | _short(problem, hidden), optimal)


def _short(problem: Problem, hidden: Bools) -> Bools:
    """Return the unsafe cells that the audit finds bounded too tightly."""
    seen = bounds(problem, hidden)
    slack = _SLACK * np.maximum(np.abs(problem.values), 1.0)
    close: Bools = (
        (seen.low > problem.values - problem.below + slack)
        | (seen.high < problem.values + problem.above - slack)
        | (seen.high - seen.low < problem.width - slack)
    )
    return problem.unsafe & close


def _guarded(part: Part) -> tuple[Bools, Bools]:
    """Return a safe pattern (m,) and the cells that no pattern protects (m,), unsafe cell by unsafe cell."""
    pattern, lost = part.must.copy(), part.must & part.never
    order = sorted(
        np.flatnonzero(part.must).tolist(), key=lambda cell: -max(part.above[cell], part.below[cell], part.width[cell])
    )
    for cell in order:
        if _is_met(part, cell, reached(part, pattern, _ends(part, cell))):
            continue
        found = cheapest(part, pattern, int(cell))
        if found is None:
            lost[cell] = True
        else:
            pattern |= found
    return pattern, lost


def _ends(part: Part, cell: int) -> list[End]:
    return [
        End(int(cell), 1, float(max(part.above[cell], part.width[cell]))),
        End(int(cell), -1, float(max(part.below[cell], part.width[cell]))),
    ]


def _is_met(part: Part, cell: int, found: Floats) -> bool:
    up, down = found[0, cell], -found[1, cell]
    slack = _SLACK * max(part.above[cell], part.below[cell], part.width[cell])
    return bool(up >= part.above[cell] - slack and down >= part.below[cell] - slack and up + down >= part.width[cell] - slack)
