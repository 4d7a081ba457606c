"""Secondary suppression: the cheapest cells to hide besides the unsafe ones, so that no sum gives an unsafe one back.

All cells of all tables of a release at once, with what was released before: Fischetti and Salazar-González, Solving the Cell
Suppression Problem on Tabular Data with Linear Constraints, Management Science 47 (2001).
"""

from __future__ import annotations

import numpy as np

from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.problem import Bools, Bounds, Problem, Protection
from app.analysis.disclosure.reach import parts_of
from app.analysis.disclosure.search import Search
from app.analysis.disclosure.work import Work

_SLACK = 2e-6
_LEAST = 1e-9


def protect(problem: Problem, seconds: float = 10.0) -> Protection:
    """Return which cells to hide so that each unsafe one keeps its interval, at the least cost found in about `seconds`.

    Unsafe cells are hidden whatever happens, but for those that are fixed. The time is counted in steps of work, not by a clock,
    so that the same release always hides the same cells. Raises ValueError where values do not meet the relations.
    """
    hidden, exposed = problem.unsafe & ~problem.fixed, problem.unsafe & problem.fixed
    parts, proven, work = sorted(parts_of(problem), key=lambda part: len(part.places)), True, Work.lasting(seconds)
    for done, part in enumerate(parts):
        share = max(work.left, 0.0) / (len(parts) - done)
        search = Search.of(part, share)
        search.run()
        work.left -= share - max(search.work.left, 0.0) - max(search.rest.left, 0.0)
        hidden[part.places] |= search.best.pattern
        exposed[part.places] |= search.lost
        proven = proven and search.proven
    seen = bounds(problem, hidden)
    return Protection(hidden, seen, exposed | _close(problem, seen), proven)


def _close(problem: Problem, seen: Bounds) -> Bools:
    """Return the unsafe cells that the audit finds bounded too tightly."""
    slack = _SLACK * np.maximum.reduce([problem.below, problem.above, problem.width, np.full(len(problem.values), _LEAST)])
    close: Bools = (
        (seen.low > problem.values - problem.below + slack)
        | (seen.high < problem.values + problem.above - slack)
        | (seen.high - seen.low < problem.width - slack)
    )
    return problem.unsafe & close
