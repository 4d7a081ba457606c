"""Random sets of tables as a county would release them, made from firms: linked by their margins, twice, or county by county.

Three kinds: one release of one to four tables of counts and of skewed sums, in two and three directions; two releases, a few
firms having come between; counties first and then the city they add up to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from app.analysis.disclosure.problem import Problem, Relation
from app.analysis.disclosure.protect import protect
from app.analysis.disclosure.rules import Rules, needs_of_counts, needs_of_sums

ALL = "*"
TRAITS = {"sector": (3, 7), "size": (2, 4), "town": (2, 4), "level": (3, 4)}
KINDS = ("one release", "two releases", "county and city")


@dataclass
class Firms:
    """Firms with a trait each of some classes, staff that a few have most of, and whether they adopted."""

    traits: dict[str, np.ndarray]
    staff: np.ndarray
    adopted: np.ndarray

    def of(self, group):
        chosen = np.ones(len(self.staff), dtype=bool)
        for trait, value in group:
            if value != ALL:
                chosen &= self.traits[trait] == value
        return chosen

    def some(self, chosen):
        return Firms({name: each[chosen] for name, each in self.traits.items()}, self.staff[chosen], self.adopted[chosen])


@dataclass
class Cells:
    """Cells being collected: one for each (release, measure, group), whichever tables it stands in."""

    rules: Rules
    at: dict[tuple, int] = field(default_factory=dict)
    rows: list[dict] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    tables: dict[str, set[int]] = field(default_factory=dict)

    def add(self, key, **fields):
        if key not in self.at:
            self.at[key] = len(self.rows)
            self.rows.append({"low": 0.0, "high": np.inf, "fixed": False, **fields})
        return self.at[key]

    def table(self, firms, measure, traits, release, zeros_shown):
        """Add a table of a measure by traits with all its totals."""
        axes = [[*sorted(set(firms.traits[trait].tolist())), ALL] for trait in traits]
        places = np.empty([len(axis) for axis in axes], dtype=int)
        for place in product(*[range(len(axis)) for axis in axes]):
            group = tuple((trait, axes[a][p]) for a, (trait, p) in enumerate(zip(traits, place, strict=True)))
            places[place] = self._cell(firms, measure, group, release, zeros_shown)
        known = {relation.cells for relation in self.relations}
        for axis in range(places.ndim):
            for line in np.moveaxis(places, axis, -1).reshape(-1, places.shape[axis]).tolist():
                if tuple(line) not in known:
                    self.relations.append(Relation(tuple(line), (*[1.0] * (len(line) - 1), -1.0)))
        self.tables.setdefault(f"{release} {measure} {'×'.join(traits)}", set()).update(places.ravel().tolist())

    def _cell(self, firms, measure, group, release, zeros_shown):
        own = firms.of(group)
        if measure == "staff":
            needs = needs_of_sums(firms.staff[own], np.zeros(own.sum(), dtype=np.int64), 1, self.rules)
            value = float(firms.staff[own].sum())
        else:
            value = float(own.sum() if measure == "firms" else (own & firms.adopted).sum())
            needs = needs_of_counts(np.array([value]), self.rules)
        key = (release, measure, frozenset(pair for pair in group if pair[1] != ALL))
        return self.add(
            key,
            value=value,
            unsafe=bool(needs.unsafe[0]),
            below=float(needs.below[0]),
            above=float(needs.above[0]),
            width=float(needs.width[0]),
            cost=1.0 + np.log2(1.0 + value),
            fixed=zeros_shown and not own.any(),
            firm=int(np.flatnonzero(own)[0]) if own.sum() == 1 else -1,
        )

    def problem(self):
        fields = {name: np.array([row[name] for row in self.rows]) for name in ("low", "high", "unsafe", "fixed", "cost")}
        asked = {name: np.array([row[name] for row in self.rows], dtype=float) for name in ("below", "above", "width")}
        return Problem(np.array([row["value"] for row in self.rows]), **fields, **asked, relations=tuple(self.relations))


@dataclass
class Case:
    """A problem to be protected, the cells of its tables, what kind it is; `firms` the one firm behind a cell, −1 if more, where
    firms that see through their own cells are looked at.
    """

    kind: str
    problem: Problem
    tables: dict[str, set[int]]
    firms: np.ndarray | None = None


def firms_of(rng, count):
    traits = {name: rng.choice(rng.integers(*span, endpoint=True), count).astype(str) for name, span in TRAITS.items()}
    uneven = rng.dirichlet(np.full(8, 0.8))[: len(set(traits["sector"]))]
    traits["sector"] = rng.choice(len(uneven), count, p=uneven / uneven.sum()).astype(str)
    staff = np.round(rng.lognormal(3, 1.4, count)) + 1
    return Firms(traits, staff, rng.random(count) < rng.uniform(0.15, 0.7))


def shapes(rng, tables):
    """Return which traits the tables of a release are by; one of them in three directions now and then."""
    pairs = [("sector", "size"), ("sector", "town"), ("sector", "level"), ("size", "town")]
    chosen = [pairs[at] for at in rng.permutation(len(pairs))[:tables].tolist()]
    if rng.random() < 0.3:
        chosen[0] = ("sector", "size", "town")
    return chosen


def case(seed):
    """Return one random case; the same seed gives the same."""
    rng = np.random.default_rng(seed)
    firms = firms_of(rng, int(rng.integers(60, 320)))
    rules = Rules(int(rng.choice([3, 5])))
    kind = KINDS[int(rng.choice(3, p=[0.6, 0.2, 0.2]))]
    zeros_shown = bool(rng.random() < 0.5)
    make = {KINDS[0]: one_release, KINDS[1]: two_releases, KINDS[2]: county_and_city}[kind]
    return make(rng, firms, rules, zeros_shown)


def one_release(rng, firms, rules, zeros_shown):
    cells = Cells(rules)
    for by in shapes(rng, int(rng.integers(1, 4, endpoint=True))):
        cells.table(firms, str(rng.choice(["firms", "staff", "adopters"])), by, "now", zeros_shown)
    problem = cells.problem()
    if rng.random() < 0.6:
        return Case(KINDS[0], problem, cells.tables)
    behind = np.array([row["firm"] if "staff" in key else -1 for key, row in zip(cells.at, cells.rows, strict=True)])
    return Case(KINDS[0], replace(problem, alone=behind >= 0), cells.tables, behind)


def two_releases(rng, firms, rules, zeros_shown):
    """Firms that came between are few, and everybody knows in which groups: what they answered must not show."""
    came = rng.permutation(len(firms.staff))[: int(rng.integers(1, 4))]
    before = firms.some(~np.isin(np.arange(len(firms.staff)), came))
    by = ("sector", "size")
    cells = Cells(rules)
    cells.table(before, "adopters", by, "before", zeros_shown)
    release_first(cells)
    axes = {trait: set(before.traits[trait].tolist()) for trait in by}
    known = np.array([all(firms.traits[trait][at] in axes[trait] for trait in by) for at in range(len(firms.staff))])
    now = firms.some(known)
    cells.table(now, "adopters", by, "now", zeros_shown)
    joined = firms.some(np.isin(np.arange(len(firms.staff)), came) & known)
    for (release, _, group), place in list(cells.at.items()):
        if release == "now":
            one, old = cells.rows[place], cells.at["before", "adopters", group]
            many, said = float(joined.of(group).sum()), one["value"] - cells.rows[old]["value"]
            if cells.rows[old]["fixed"]:
                one["width"] = min(one["width"], many)  # no more than what was told before leaves open
            between = cells.add(
                ("between", "adopters", group),
                value=said,
                high=many,
                unsafe=0 < many < rules.threshold,
                below=said,
                above=many - said,
                width=0.0,
                cost=1.0,
            )
            cells.rows[between]["fixed"] = not cells.rows[between]["unsafe"]
            cells.relations.append(Relation((place, old, between), (1.0, -1.0, -1.0)))
    return Case(KINDS[1], loose(cells, "between"), cells.tables)


def county_and_city(rng, firms, rules, zeros_shown):
    """Counties released by themselves, and now the city: each of its cells is the sum of theirs."""
    cells, by, measure = Cells(rules), ("sector", "size"), str(rng.choice(["firms", "staff"]))
    towns = sorted(set(firms.traits["town"].tolist()))
    groups = list(product(*[[*sorted(set(firms.traits[trait].tolist())), ALL] for trait in by]))
    for town in towns:
        own = firms.some(firms.traits["town"] == town)
        cells.table(own, measure, by, f"county {town}", zeros_shown)
    release_first(cells)
    cells.table(firms, measure, by, "city", zeros_shown)
    for group in groups:
        key = frozenset(pair for pair in zip(by, group, strict=True) if pair[1] != ALL)
        parts = [cells.at[f"county {town}", measure, key] for town in towns if (f"county {town}", measure, key) in cells.at]
        cells.relations.append(Relation((*parts, cells.at["city", measure, key]), (*[1.0] * len(parts), -1.0)))
    return Case(KINDS[2], cells.problem(), cells.tables)


def release_first(cells):
    """Protect what has been collected, each linked part by itself, and take it as released: shown cells are known for good."""
    first = safe(Case("", cells.problem(), cells.tables), 2.0)
    for row, is_hidden in zip(cells.rows, first.hidden, strict=True):
        row["fixed"] = not is_hidden
        row["unsafe"] = row["unsafe"] or bool(is_hidden)
    cells.tables.clear()


def loose(cells, release):
    """Return the problem where cells of a release that cannot be hidden, for they are never told, are known no better than before."""
    problem = cells.problem()
    low, high = problem.values.copy(), problem.values.copy()
    for (own, _, _), place in cells.at.items():
        if own == release:
            low[place], high[place] = problem.low[place], problem.high[place]
    return replace(problem, seen_low=low, seen_high=high)


@dataclass
class Safe:
    """What is hidden after all, tables dropped with it, and whether each pattern was proven cheapest."""

    hidden: np.ndarray
    exposed: np.ndarray
    dropped: list[str]
    optimal: bool


def safe(case, seconds):
    """Protect a case; drop tables with cells that nothing protects, as a release does, until none is left."""
    problem, dropped = case.problem, []
    while True:
        found = protect(problem, seconds)
        mixed = [name for name, cells in case.tables.items() if name not in dropped and found.exposed[sorted(cells)].any()]
        if not mixed and found.exposed.any():
            mixed = [name for name in case.tables if name not in dropped]
        if not mixed:
            return Safe(found.hidden, found.exposed, dropped, found.optimal)
        dropped += mixed
        gone = np.zeros(len(problem.values), dtype=bool)
        gone[sorted(set().union(*(case.tables[name] for name in dropped)))] = True
        problem = replace(problem, unsafe=problem.unsafe | (gone & ~problem.fixed))
