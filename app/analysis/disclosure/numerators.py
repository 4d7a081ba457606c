"""Shares of hidden groups: what the other shares and the share of all leave for them must not tell them.

A share is a numerator over a number of firms; numerators add up as firms do. Two hidden sectors none of whose firms is at the
highest level are told to have none as soon as all others and the whole are told: their numerators are bounded at 0. So the firms
of a small group that have something, and those that have it not, must each be open by one firm at least; for that single numbers
of others are hidden. What is true of all firms is known of everybody, and nothing can be done about it.

Estimated shares do not add up by firms; they are taken as if they did, so that the same patterns are found. Without time (for
parts of a place) each sum is opened by itself, and what several sums together might still tell is not looked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from app.analysis.disclosure.lines import needed, protected
from app.analysis.disclosure.linked import keyed
from app.analysis.disclosure.problem import Problem, Relation
from app.analysis.disclosure.release import firms_behind
from app.domain.release import ReleasedTable, Row
from app.domain.statistic import Naming, place_of

_BASES = ("level", "estimate", "measure", "agents", "models")
_OPEN = 1.0
_TINY = 1e-6
_ABOVE = "+"
Name = tuple[str, str]
"""The group and what is told of it."""
Place = tuple[Row, int]
"""A row and a column."""


@dataclass(slots=True)
class _Shares:
    """Numbers and sums between them: `with_` what firms have, `without` what they have not, and the firms, by name."""

    values: list[float] = field(default_factory=list)
    firms: list[float] = field(default_factory=list)
    at: dict[tuple[str, Name], int] = field(default_factory=dict)
    marks: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    sums: dict[tuple[tuple[int, float], ...], None] = field(default_factory=dict)
    settled: set[int] = field(default_factory=set)

    def place(self, kind: str, name: Name, value: float, firms: float) -> int:
        """Return the place of a number, a new one where it is not known yet."""
        at = self.at.get((kind, name))
        if at is None:
            at = self.at[kind, name] = len(self.values)
            self.values.append(value)
            self.firms.append(firms)
        return at

    def sum(self, whole: int, parts: Iterable[int]) -> None:
        """Note that parts add up to the whole, if they do."""
        places = list(parts)
        if abs(self.values[whole] - sum(self.values[part] for part in places)) < _TINY * max(1.0, self.values[whole]):
            self.sums[(whole, 1.0), *((part, -1.0) for part in sorted(places))] = None


def given_back(
    drafts: Iterable[ReleasedTable], naming: Naming, hidden: frozenset[str], few: frozenset[str], seconds: float
) -> frozenset[str]:
    """Return the marks (or places) of single shares to hide, so that others tell no share of a hidden group of `few` firms."""
    found = _Shares()
    for table in dict.fromkeys(drafts):
        if table.total and any(keyed(table, row, at, naming)[0] in hidden for row in table.rows for at in range(len(row.cells))):
            for whole, parts in _lines(table):
                _take(found, table, (whole, parts), naming)
    _sum_levels(found, naming)
    if not found.values:
        return frozenset()
    problem = _problem(found, hidden, few)
    pattern = protected(problem, seconds).hidden if seconds > 0 and problem.width.any() else needed(problem)
    chosen = np.flatnonzero(pattern)
    names = {place: name for (_, name), place in found.at.items()}
    return frozenset(mark for place in map(int, chosen) if names[place][0] not in hidden for mark in found.marks.get(place, ()))


def _lines(table: ReleasedTable) -> Iterator[tuple[Place, list[Place]]]:
    """Yield each total with its parts: down the columns and, where the first column is a total, along the rows."""
    for whole in [row for row in table.rows if table.total and row.key == table.total][:1]:
        for column in range(len(table.columns)):
            yield (whole, column), [(row, column) for row in table.rows if row is not whole]
    for row in table.rows if table.across else ():
        yield (row, 0), [(row, column) for column in range(1, len(row.cells))]


def _take(found: _Shares, table: ReleasedTable, line: tuple[Place, list[Place]], naming: Naming) -> None:
    """Note the shares of a line and that they add up."""
    body = []
    for row, column in line[1]:
        held = _share(found, table, (row, column), naming)
        if held is not None:
            body.append(held)
        elif firms_behind(row.cells[column]) != 0:
            return
    total = _share(found, table, line[0], naming)
    if total is None or not body:
        return
    name = f"{table.id}|{line[0][0].key}|{line[0][1]}"
    left = found.values[total[2]] - sum(found.values[one[2]] for one in body)
    with_all = found.values[total[0]] - sum(found.values[one[0]] for one in body)
    if not (-_TINY < with_all < left + _TINY):  # an estimate: what is said of all is no sum over firms
        total, left, with_all = _whole(found, body, name), 0.0, 0.0
    rest = _names(found, (f"rest of {name}", ""), (with_all, left - with_all, left)) if left > _TINY else None
    for kind in range(3):
        found.sum(total[kind], [one[kind] for one in (*body, *((rest,) if rest is not None else ()))])
    for kind in range(2):
        if found.values[total[kind]] < _TINY:
            found.settled |= {one[kind] for one in body}


def _share(found: _Shares, table: ReleasedTable, at: Place, naming: Naming) -> tuple[int, int, int] | None:
    """Return the places of a share's firms that have it, that have it not, and of all; None for what is no share of firms."""
    row, column = at
    cell, n = row.cells[column], firms_behind(row.cells[column])
    key, statistic = keyed(table, row, column, naming)
    if not n or cell.value is None or cell.unit != "fraction" or statistic is None:
        return None
    basis = statistic.group.basis.split(".")[0]
    if basis not in _BASES or statistic.what.startswith("f:"):
        return None
    has = min(max(cell.value, 0.0), 1.0) * n
    places = _names(found, (key, statistic.what), (has, n - has, float(n)))
    found.marks[places[0]].add(cell.evidence or place_of(table.id, row.key, column))
    return places


def _names(found: _Shares, name: Name, values: tuple[float, float, float]) -> tuple[int, int, int]:
    """Return the places of what a group has, has not, and of its firms."""
    whole = found.place("firms", (name[0], f"{values[2]:g}"), values[2], values[2])
    has, not_ = (found.place(kind, name, value, values[2]) for kind, value in zip(("with", "without"), values[:2], strict=True))
    found.sum(whole, (has, not_))
    return has, not_, whole


def _whole(found: _Shares, body: list[tuple[int, int, int]], name: str) -> tuple[int, int, int]:
    values = tuple(sum(found.values[one[kind]] for one in body) for kind in range(3))
    return _names(found, (f"all of {name}", ""), (values[0], values[1], values[2]))


def _sum_levels(found: _Shares, naming: Naming) -> None:
    """Note that the levels of a group add up to its firms, and those from one level up to what is told at it or above."""
    by_group: dict[str, dict[str, int]] = defaultdict(dict)
    for (kind, (key, what)), place in list(found.at.items()):
        if kind == "with":
            by_group[key][what] = place
    for key, held in by_group.items():
        levels = [held[code] for code in naming.levels if code in held]
        if len(levels) < len(naming.levels) or not levels:
            continue
        for (kind, (group, _)), place in list(found.at.items()):
            if kind == "firms" and group == key:
                found.sum(place, levels)
        for at, code in enumerate(naming.levels):
            if f"{code}{_ABOVE}" in held:
                found.sum(held[f"{code}{_ABOVE}"], levels[at:])


def _problem(found: _Shares, hidden: frozenset[str], few: frozenset[str]) -> Problem:
    """Return the numbers as an attacker sees them: firms are settled, shares of hidden groups are hidden, others may be."""
    size = len(found.values)
    unsafe, needs, fixed = (np.zeros(size, dtype=bool) for _ in range(3))
    for (kind, (key, _)), place in found.at.items():
        is_hidden = key in hidden or key.startswith("rest of ")
        fixed[place] = kind == "firms" and not is_hidden
        unsafe[place] = is_hidden or kind == "without"
        needs[place] = key in hidden and key in few and kind != "firms" and place not in found.settled
    values, none = np.array(found.values), np.zeros(size)
    return Problem(
        values=values,
        low=none,
        high=np.full(size, np.inf),
        cost=np.array(found.firms) + 1.0,
        unsafe=unsafe,
        below=none,
        above=none.copy(),
        width=np.where(needs, _OPEN, 0.0),
        fixed=fixed,
        relations=tuple(Relation(tuple(place for place, _ in terms), tuple(times for _, times in terms)) for terms in found.sums),
    )
