"""Tables that count firms, rounded instead of hidden: every number is told, to a multiple, and all sums still add up.

Rounding protects only as far as nobody tells the same numbers exactly, and briefs do: so all tables are audited together beside
what briefs tell, by the rule that hiding is held to (`counts`), and rounded to a larger multiple until it holds. Where two tables
have the same firms in every row they are the same numbers, and rounded alike; who is in a table answered at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.analysis.answers import Floats
from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.problem import Problem, Relation
from app.analysis.disclosure.rounding import Rounded, rounded
from app.analysis.disclosure.rules import Rules
from app.analysis.estimate.weighting import Codes
from app.analysis.relay.adding import relations
from app.analysis.relay.counts import PART, Beside
from app.analysis.relay.tally import ANSWERED, Tallied
from app.domain.relay import ALL

BASES = (5, 10, 20)
"""Multiples that are tried, the finest first."""
_SLACK = 1e-6


@dataclass(slots=True)
class _Numbers:
    """The numbers of several tables, each once.

    By number how many `firms`, the `least` that everybody knows, how closely it may be told (`asked`, 0: exactly), and whether
    briefs tell it (`told`); `sums` between them, `within` pairs of a number and one that is never less; `places` (rows, columns)
    of each table's numbers, `bases` those of its rows by what they are.
    """

    firms: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)
    told: list[bool] = field(default_factory=list)
    sums: dict[Relation, None] = field(default_factory=dict)
    within: list[tuple[int, int]] = field(default_factory=list)
    places: dict[str, Codes] = field(default_factory=dict)
    bases: dict[tuple[tuple[str, ...], bytes], Codes] = field(default_factory=dict)

    def take(self, table: Tallied, rules: Rules, beside: Beside) -> None:
        """Take the numbers of a table in."""
        of_all = table.columns.index(ALL)
        own = np.arange(table.n.size).reshape(table.n.shape) + len(self.firms)
        asked, least = _asked(table, rules, beside), np.zeros(table.n.shape)
        least[:, of_all] = np.minimum(table.n[:, of_all], 1.0)  # who stands in a table is somebody
        self.firms += table.n.ravel().tolist()
        self.least += least.ravel().tolist()
        self.asked += asked.ravel().tolist()
        self.told += beside.told.ravel().tolist()
        same = self.bases.setdefault((table.rows, table.n[:, of_all].tobytes()), own[:, of_all].copy())
        for first, second in zip(same.tolist(), own[:, of_all].tolist(), strict=True):
            self.told[first] = self.told[first] or self.told[second]
            self.asked[second] = self.asked[second] if second == first else 0.0  # the same firms are asked alike
        own[:, of_all] = same
        flat = own.ravel()
        for relation in relations(table.columns, len(table.rows), table.sums):
            self.sums[Relation(tuple(int(flat[cell]) for cell in relation.cells), relation.coefficients)] = None
        self.places[table.id] = own

    def link(self, tables: Sequence[Tallied]) -> None:
        """Note that who is in a table is among those that answered."""
        answered = next((table for table in tables if table.id == ANSWERED), None)
        for table in tables if answered is not None else ():
            if answered is not None and table.rows == answered.rows:
                pairs = zip(self.places[table.id][:, table.columns.index(ALL)], self.places[ANSWERED][:, 0], strict=True)
                self.within += [(int(part), int(whole)) for part, whole in pairs if part != whole]

    def problem(self) -> Problem:
        """Return the numbers as they are to be rounded."""
        size, none = len(self.firms), np.zeros(len(self.firms))
        no = none.astype(bool)
        high = np.full(size, np.inf)
        return Problem(np.array(self.firms), np.array(self.least), high, none + 1.0, no, none, none, none, no, tuple(self.sums))


def rounded_firms(tables: Sequence[Tallied], rules: Rules, beside: Mapping[str, Beside]) -> tuple[Mapping[str, Floats], int]:
    """Return for each table, by id, its firms (rows, columns) as multiples of a base, and the base; nothing where none is safe.

    Each number is less than the base from the true one, and rows and columns add up. Nothing either where firms stand for others:
    their weights would tell them.
    """
    if not all(np.array_equal(table.value, table.n) and np.array_equal(table.base, table.n) for table in tables):
        return {}, 0
    numbers = _Numbers()
    for table in tables:
        numbers.take(table, rules, beside.get(table.id) or Beside.nothing(table))
    numbers.link(tables)
    problem = numbers.problem()
    for base in BASES if tables else ():
        found = rounded(problem, float(base))
        if not found.off and not found.steps.any() and _is_safe(numbers, problem, found):
            return {id_: found.values[places] for id_, places in numbers.places.items()}, base
    return {}, 0


def _asked(table: Tallied, rules: Rules, beside: Beside) -> Floats:
    """Return how closely each number (rows, columns) may be told at most, as it would be if it was hidden."""
    of_all = table.columns.index(ALL)
    firms = table.n[:, of_all]
    few = (firms > 0) & (firms < rules.threshold)
    whole = (few | beside.kept[:, of_all])[:, None] | beside.kept
    asked: Floats = np.where(whole & (table.n[-1] > 0), PART, 0.0)
    asked[:, of_all] = np.where(few, float(rules.threshold), 0.0)
    return asked


def _is_safe(numbers: _Numbers, problem: Problem, found: Rounded) -> bool:
    """Whether who knows the rounded numbers and the briefs tells nothing too closely."""
    told, size, more = np.array(numbers.told), len(problem.values), len(numbers.within)
    off = found.base - 1.0  # whole numbers, each less than the base away
    low, high = np.maximum(found.values - off, problem.low), found.values + off
    low, high = (np.where(told, problem.values, each) for each in (low, high))
    left = [problem.values[whole] - problem.values[part] for part, whole in numbers.within]
    within = [Relation((part, size + at, whole), (1.0, 1.0, -1.0)) for at, (part, whole) in enumerate(numbers.within)]
    none = np.zeros(size + more)
    seen = bounds(
        replace(
            problem,
            values=np.concatenate([problem.values, left]),
            low=np.concatenate([low, np.zeros(more)]),
            high=np.concatenate([high, np.full(more, np.inf)]),
            cost=none,
            unsafe=none.astype(bool),
            below=none,
            above=none,
            width=none,
            fixed=none.astype(bool),
            relations=(*problem.relations, *within),
        ),
        np.concatenate([~told, np.ones(more, dtype=bool)]),
    )
    return bool(((seen.high - seen.low)[:size] >= np.array(numbers.asked) - _SLACK).all())
