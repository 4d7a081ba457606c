"""All tables of a release made safe together, and beside what was released before.

First the numbers of firms (`linked`): small ones are hidden, and enough others that no sum gives a hidden one back (`protect`).
Whoever is hidden is hidden whole, with all its shares and means. Then what those shares could be worked out from: the others and
the share of all (`numerators`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from app.analysis.disclosure.differencing import Told, differences
from app.analysis.disclosure.lines import protected
from app.analysis.disclosure.linked import REST, Linked, cells_of, firms_key, keyed, linked
from app.analysis.disclosure.numerators import given_back
from app.analysis.disclosure.problem import Bools, Problem, Protection, Relation
from app.analysis.disclosure.release import firms_behind
from app.domain.release import CellStatus, ReleasedTable, Withheld
from app.domain.signing import Published, Release
from app.domain.statistic import Filters, Group, Naming, statistic_of

SECONDS = 2.0
_COUNTED = 1e-6


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be made safe: the `drafts` of all tables, what was released `earlier`, oldest first, and tables `beside` of the
    whole place that are out, or may go out at any time, with what was `kept` back of them. `threshold`: fewer firms are hidden.
    """

    drafts: tuple[ReleasedTable, ...]
    naming: Naming
    earlier: tuple[Release, ...] = ()
    beside: tuple[ReleasedTable, ...] = ()
    kept: Withheld = Withheld()  # noqa: RUF009 - a frozen value
    threshold: int = 5
    apart: int = 5


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """What is `withheld` and why: `primary` keys of groups that a rule hides by itself; `held` marks of statistics that would
    give firms away beside an earlier release, with its id; `exposed` keys that no hiding protects any more. `optimal`: no cheaper
    choice of partners exists. `drafts`, `linked` and `problem` are what the audit looks at again.
    """

    drafts: tuple[ReleasedTable, ...]
    withheld: Withheld
    primary: frozenset[str]
    held: tuple[tuple[str, str], ...]
    exposed: frozenset[str]
    optimal: bool
    closest: tuple[str, float, float] | None
    linked: Linked
    problem: Problem


@dataclass(slots=True)
class Wanted:
    """What is known of the numbers before anything is protected, by place: `held` must be hidden and not be told, `kept` stay
    hidden as they were, `fixed` are known whatever is done."""

    held: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    fixed: set[int] = field(default_factory=set)


def joint(asked: Asked, seconds: float = SECONDS) -> Joint:
    """Return what to withhold of a release so that its tables are safe together, the best found in about `seconds`."""
    found = linked((*asked.drafts, *asked.beside), asked.naming, asked.threshold)
    held = _held(asked)
    wanted = _wanted(found, asked, frozenset(mark for mark, _ in held))
    problem = problem_of(found, wanted, (asked.threshold, asked.apart))
    protection = protected(problem, 0.0 if asked.beside else seconds)
    groups = {key for place in np.flatnonzero(protection.hidden) for key in found.numbers[place].keys}
    groups = {key for key in groups if not key.startswith(REST)}
    groups |= asked.kept.groups
    few = {key for (key, n), place in found.at.items() if (n < asked.threshold or found.numbers[place].forced)}
    marks = given_back(asked.drafts, asked.naming, frozenset(groups), frozenset(few), 0.0 if asked.beside else seconds)
    exposed = {key for place in np.flatnonzero(protection.exposed) for key in found.numbers[place].keys}
    withheld = Withheld(frozenset(groups), marks | asked.kept.marks)
    return Joint(
        asked.drafts,
        withheld,
        frozenset(few & groups),
        held,
        frozenset(exposed),
        protection.optimal,
        _tightest(found, problem, protection),
        found,
        problem,
    )


def problem_of(found: Linked, wanted: Wanted, rule: tuple[int, int]) -> Problem:
    """Return the numbers as an attacker sees them.

    `rule`: below how many firms a number is hidden, and no closer than how many it may be told.
    """
    threshold, apart = rule
    numbers, size = found.numbers, len(found.numbers)
    values = np.array([number.n for number in numbers], dtype=np.float64)
    rest = np.array([number.rest for number in numbers], dtype=bool)
    needless = np.array([number.rest and number.forced for number in numbers], dtype=bool)
    by_rule = np.array([number.forced for number in numbers], dtype=bool) & ~rest
    known, held, kept = (_at(places, size) for places in (wanted.fixed, wanted.held, wanted.kept))
    small = (values > 0) & (values < threshold) & ~needless
    needs = (small | by_rule | held) & ~known
    unsafe = (needs | rest | kept) & ~known
    none = np.zeros(size)
    return Problem(
        values=values,
        low=np.where(rest, 0.0, 1.0),  # who stands in a table is somebody
        high=np.full(size, np.inf),
        cost=values + 1.0,
        unsafe=unsafe,
        below=none,
        above=none.copy(),
        width=np.where(needs, float(apart), 0.0),
        fixed=known,
        relations=tuple(Relation(tuple(place for place, _ in terms), tuple(times for _, times in terms)) for terms in found.sums),
        alone=small & (values == 1),
    )


def _at(places: Iterable[int], size: int) -> Bools:
    found: Bools = np.zeros(size, dtype=bool)
    found[list(places)] = True
    return found


def _wanted(found: Linked, asked: Asked, held: frozenset[str]) -> Wanted:
    """Return which numbers are known already, and which must be hidden for what was said or hidden before."""
    wanted = Wanted()
    known = {(key, n) for key, n, _ in _shown_before(asked)}
    for table, row, column in cells_of(asked.drafts):
        n = firms_behind(row.cells[column])
        if row.cells[column].evidence in held and n:
            wanted.held.add(found.at[keyed(table, row, column, asked.naming)[0], n])
    beside, still = {key for key, *_ in _cells(asked.beside, asked.naming)}, _still_hidden(found, asked)
    for (key, n), place in found.at.items():
        if key in asked.kept.groups or key in still:
            wanted.kept.add(place)
        elif (key, n) in known or key in beside:
            wanted.fixed.add(place)
    wanted.fixed -= wanted.held | wanted.kept
    return wanted


def _still_hidden(found: Linked, asked: Asked) -> frozenset[str]:
    """Return the groups that earlier releases hid and never showed, where all else that they showed beside them is as it was:
    such a release is made again as it was, whatever else could be hidden instead."""
    shown = {key: n for key, n, _ in _shown_before(asked)}
    marks = (cell.mark for release in asked.earlier for cell in release.cells if cell.hidden)
    told = (statistic_of(mark, asked.naming) for mark in marks)
    hidden = {each.group for each in told if each is not None and each.group.key not in shown}
    changed = {_column(found.groups[key]) for key, n in shown.items() if key in found.groups and n not in found.counts[key]}
    return frozenset(group.key for group in hidden if _column(group) not in changed)


def _column(group: Group) -> tuple[str, str, Filters]:
    return group.basis, group.wave, group.filters


def _cells(tables: Iterable[ReleasedTable], naming: Naming) -> Iterable[tuple[str, int]]:
    """Yield the group and firms of every cell and row that has any."""
    for table, row, column in cells_of(tables):
        n = firms_behind(row.cells[column])
        if n:
            yield keyed(table, row, column, naming)[0], n
        group = firms_key(table, row, naming) if row.n and column == 0 else None
        if group is not None:
            yield group.key, row.n or 0


def _shown_before(asked: Asked) -> Iterable[tuple[str, int, Published]]:
    """Yield the group, firms and cell of all that was shown in earlier releases."""
    for release in asked.earlier:
        for cell in release.cells:
            found = statistic_of(cell.mark, asked.naming) if cell.n and not cell.hidden else None
            if found is not None and cell.n:
                yield found.group.key, cell.n, cell


def _held(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Return the statistics that beside an earlier release would give a few firms away, each with the id of that release."""
    now = {told.mark: told for told in _told_now(asked.drafts)}
    found: dict[str, str] = {}
    for release in asked.earlier:
        before = [_told_then(cell, now[cell.mark]) for cell in release.cells if cell.mark in now and _is_told(cell)]
        for leak in differences(before, list(now.values()), asked.threshold):
            found[leak.mark] = release.id
    return tuple(found.items())


def _told_now(drafts: Iterable[ReleasedTable]) -> Iterable[Told]:
    for _, row, column in cells_of(drafts):
        cell, n = row.cells[column], firms_behind(row.cells[column])
        if cell.evidence and n and cell.value is not None and cell.status is not CellStatus.HIDDEN:
            counted = cell.unit in ("fraction", "count") and _is_whole(cell.value * (1 if cell.unit == "count" else n))
            yield Told(cell.evidence, cell.unit, n, cell.value, weighted=not counted and cell.unit != "score")


def _told_then(cell: Published, now: Told) -> Told:
    value, n = cell.value or 0.0, cell.n or 0
    weighted = now.unit == "fraction" and not _is_whole(value * n)
    return Told(cell.mark, now.unit, n, value, weighted=weighted or now.weighted)


def _is_told(cell: Published) -> bool:
    return not cell.hidden and cell.value is not None and bool(cell.n)


def _is_whole(number: float) -> bool:
    return abs(number - round(number)) < _COUNTED * max(1.0, abs(number))


def _tightest(found: Linked, problem: Problem, protection: Protection) -> tuple[str, float, float] | None:
    """Return the group of the hidden number that the audit bounds most closely, with its bounds; None where none is hidden."""
    asked = np.flatnonzero((problem.width > 0) & protection.hidden)
    if not len(asked):
        return None
    seen = protection.bounds
    place = min(asked.tolist(), key=lambda at: (seen.high[at] - seen.low[at], at))
    return found.numbers[place].keys[0], float(seen.low[place]), float(seen.high[place])


def without_given_away(found: Joint, naming: Naming, reason: str) -> Joint:
    """Return the same with the tables left out whole that hold a number which nothing protects any more, for `reason`."""
    lost = [table for table in found.drafts if found.exposed & {key for key, _ in _cells([table], naming)}]
    if not lost:
        return found
    groups = found.withheld.groups | {key for key, _ in _cells(lost, naming)}
    tables = tuple(dict.fromkeys((table.id, reason) for table in lost))
    return replace(found, withheld=replace(found.withheld, groups=groups, tables=tables))
