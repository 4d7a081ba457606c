"""Large releases: what each sum needs by itself, and then what the attacker still finds, round by round.

In one sum alone a hidden number can be told from the shown ones up to what the other hidden ones may be. So the hidden numbers of
every sum must together be able to fall by as much as an interval must be wide; the cheapest others are hidden until they are.
This is needed whatever else is hidden, and it is quick. What the sums together still tell is opened by one more number a sum and
round; it is no cheapest pattern, but each round is audited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.problem import Bools, Bounds, Problem, Protection, Relation
from app.analysis.disclosure.protect import protect

LARGE = 100_000
"""Unsafe numbers × numbers above which no cheapest pattern is looked for: a programme over all numbers is solved for each."""
_ROUNDS = 50
_AUDITS = 5
_SLACK = 1e-6


def protected(problem: Problem, seconds: float) -> Protection:
    """Return what to hide: the cheapest found in about `seconds`; in a large release, or without time, some
    pattern that the audit finds safe."""
    if seconds > 0 and np.count_nonzero(problem.unsafe & (problem.width > 0)) * len(problem.values) <= LARGE:
        return protect(problem, seconds)
    pattern, sums = needed(problem), _sums_by_cell(problem)
    seen = bounds(problem, pattern)
    for _ in range(_AUDITS):
        before = pattern.copy()
        for cell in np.flatnonzero(_close(problem, seen)).tolist():
            _widen(problem, sums, pattern, (cell, seen))
        if np.array_equal(before, pattern):
            break
        seen = bounds(problem, pattern)
    return Protection(pattern, seen, _close(problem, seen), False)


def _close(problem: Problem, seen: Bounds) -> Bools:
    found: Bools = problem.unsafe & (seen.high - seen.low < problem.width - _SLACK)
    return found


def _sums_by_cell(problem: Problem) -> Mapping[int, Sequence[Relation]]:
    found: dict[int, list[Relation]] = defaultdict(list)
    for relation in problem.relations:
        for cell in relation.cells:
            found[cell].append(relation)
    return found


def _widen(problem: Problem, sums: Mapping[int, Sequence[Relation]], pattern: Bools, told: tuple[int, Bounds]) -> None:
    """Hide in place one more number in each sum of a cell that is told too closely; where none is left, in the other sums of the
    hidden ones beside it that are told closely themselves."""
    cell, seen = told
    for relation in sums[cell]:
        if _hide_next(problem, relation, pattern):
            continue
        beside = [other for other in relation.cells if other != cell and pattern[other]]
        close = [other for other in beside if seen.high[other] - seen.low[other] < problem.width[cell]]
        for next_ in (each for other in close for each in sums[other]):
            _hide_next(problem, next_, pattern)


def _hide_next(problem: Problem, relation: Relation, pattern: Bools) -> bool:
    """Hide in place the cheapest number of a sum that is shown and may be hidden; return whether there was one."""
    cells = np.array(relation.cells)
    spare = cells[~pattern[cells] & ~problem.fixed[cells] & (problem.values[cells] > problem.low[cells])]
    if not len(spare):
        return False
    pattern[spare[np.argmin(problem.cost[spare])]] = True
    return True


def needed(problem: Problem) -> Bools:
    """Return a pattern (n,), the unsafe numbers among it, that leaves each sum by itself open enough."""
    pattern: Bools = problem.unsafe & ~problem.fixed
    for _ in range(_ROUNDS):
        before = pattern.copy()
        for relation in problem.relations:
            _open(problem, relation, pattern)
        if np.array_equal(before, pattern):
            break
    return pattern


def _open(problem: Problem, relation: Relation, pattern: Bools) -> None:
    """Hide in place what one sum needs."""
    cells = np.array(relation.cells)
    hidden = cells[pattern[cells]]
    asked = problem.width[hidden].max() if len(hidden) else 0.0
    if asked <= 0:
        return
    room = problem.values - problem.low
    spare = cells[~pattern[cells] & ~problem.fixed[cells] & (room[cells] > 0)]
    spare = spare[np.argsort(problem.cost[spare], kind="stable")]
    for cell in spare:
        own = cells[pattern[cells]]
        if len(own) > 1 and room[own].sum() >= asked:
            return
        pattern[cell] = True
