"""The numbers of firms in all tables of a release, and the sums between them: the same firms are one number wherever they stand.

A number is shared between tables that show the same firms (`domain.statistic`). Sums follow from the tables (rows add up to the
total row, columns to a total column), from filters (the parts of a group and what is left of it add up to the group), from goals
set for several sectors, and from firms that are part of others. What is left over stands nowhere, but it can be worked out, so it
is a number like any other (Hundepool et al., Handbook on Statistical Disclosure Control, §4.3, linked tables).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.analysis.disclosure.release import firms_behind
from app.domain.assessment import TOTAL
from app.domain.release import Cell, CellStatus, ReleasedTable, Row
from app.domain.statistic import FIRMS, UNION, Filters, Group, Naming, Statistic, place_of, statistic_of

Sum = tuple[tuple[int, float], ...]
"""Σ coefficient · number = 0, over numbers by place."""
REST = "rest "
"""How the keys of what stands nowhere begin."""
_LEVELS = ("level", "estimate")
"""Bases that may be the same firms under filters too; of others it is chance there."""
_PARTS = ("level", "estimate", "pillar")
"""Bases whose firms are among the firms counted."""


@dataclass(slots=True)
class Number:
    """Firms behind cells: `keys` of the groups they are (one, unless two bases are the same firms), `n`, whether a rule on sums
    hid a cell (`forced`), and whether it stands nowhere and only follows from others (`rest`)."""

    keys: tuple[str, ...]
    n: int
    forced: bool = False
    rest: bool = False


@dataclass(slots=True)
class Linked:
    """All numbers of a release and the sums between them: `at` is the place of a number by group and n, `groups` by their key."""

    numbers: list[Number] = field(default_factory=list)
    sums: dict[Sum, None] = field(default_factory=dict)
    at: dict[tuple[str, int], int] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    def places(self, key: str) -> list[int]:
        """Return the places of all numbers of a group: more than one where tables count it differently."""
        return [self.at[key, n] for n in self.counts.get(key, ())]

    def add(self, key: str, number: Number) -> int:
        """Return the place of a number of this group, a new one where it is not known."""
        place = self.at.get((key, number.n))
        if place is None:
            place = self.at[key, number.n] = len(self.numbers)
            self.numbers.append(number)
            self.counts.setdefault(key, []).append(number.n)
        return place


def linked(tables: Iterable[ReleasedTable], naming: Naming, threshold: int) -> Linked:
    """Return the numbers of these draft tables, in which no cell is hidden but by a rule on sums, and the sums between them."""
    found = Linked()
    kept = tuple(dict.fromkeys(tables))
    for table, row, column in cells_of(kept):
        _take(found, *_keyed(table, row, column, naming), row.cells[column])
        if column == 0:
            _take_row(found, table, row, naming)
    _unite(found)
    for table in kept:
        _sums_of_table(found, table, naming)
    _sums_of_filters(found)
    _sums_of_unions(found)
    _sums_of_parts(found, threshold)
    return found


def cells_of(tables: Iterable[ReleasedTable]) -> Iterator[tuple[ReleasedTable, Row, int]]:
    """Yield every cell of tables as its table, row and column."""
    for table in tables:
        for row in table.rows:
            for column in range(len(row.cells)):
                yield table, row, column


def keyed(table: ReleasedTable, row: Row, place: int, naming: Naming) -> tuple[str, Statistic | None]:
    """Return the key of the group that a cell rests on, and what it is where its mark tells."""
    found = statistic_of(row.cells[place].evidence, naming, table.id, row.key)
    return (found.group.key, found) if found is not None else (place_of(table.id, row.key, place), None)


def _keyed(table: ReleasedTable, row: Row, place: int, naming: Naming) -> tuple[str, Group | None]:
    key, found = keyed(table, row, place, naming)
    return key, found.group if found is not None else None


def firms_key(table: ReleasedTable, row: Row, naming: Naming) -> Group | None:
    """Return the group of the firms that a row speaks of, None where no cell of it tells which they are."""
    for cell in row.cells:
        found = statistic_of(cell.evidence, naming, table.id, row.key)
        if found is not None:
            return Group(FIRMS, found.group.wave, found.group.sector, found.group.filters)
    return None


def _take(found: Linked, key: str, group: Group | None, cell: Cell) -> None:
    n = firms_behind(cell)
    if n:
        _add(found, key, group, n, cell.status is CellStatus.HIDDEN)


def _take_row(found: Linked, table: ReleasedTable, row: Row, naming: Naming) -> None:
    group = firms_key(table, row, naming) if row.n else None
    if group is not None and row.n:
        _add(found, group.key, group, row.n, False)


def _add(found: Linked, key: str, group: Group | None, n: int, forced: bool) -> None:
    if group is not None:
        found.groups[key] = group
    found.numbers[found.add(key, Number((key,), n))].forced |= forced


def _unite(found: Linked) -> None:
    """Make one number of groups of two bases where all sectors have the same firms in both: everybody can see that they are."""
    columns: dict[tuple[str, str, Filters], dict[str, int]] = defaultdict(dict)
    for key, n in found.at:
        group = found.groups.get(key)
        if group is not None and (group.basis in _LEVELS or not (group.filters or group.basis.startswith("jobs"))):
            columns[group.basis, group.wave, group.filters][group.sector] = n
    alike: dict[tuple[str, Filters, tuple[tuple[str, int], ...]], list[str]] = defaultdict(list)
    for (basis, wave, filters), by_sector in columns.items():
        if len(by_sector) > 1:
            alike[wave, filters, tuple(sorted(by_sector.items()))].append(basis)
    for (wave, filters, firms), bases in alike.items():
        for sector, n in firms if len(bases) > 1 else ():
            _join(found, [Group(basis, wave, sector, filters).key for basis in bases], n)


def _join(found: Linked, keys: Sequence[str], n: int) -> None:
    first = found.at[keys[0], n]
    kept = found.numbers[first]
    for key in keys[1:]:
        kept.keys = (*kept.keys, key)
        kept.forced |= found.numbers[found.at[key, n]].forced
        found.at[key, n] = first


def _sums_of_table(found: Linked, table: ReleasedTable, naming: Naming) -> None:
    total = next((row for row in table.rows if table.total and row.key == table.total), None)
    for column in range(len(table.columns)) if total is not None else ():
        body = [_cell_at(found, table, row, column, naming) for row in table.rows if row is not total]
        _sum(found, _cell_at(found, table, total, column, naming), body, f"{table.id}|{column}")
    for row in table.rows if table.across else ():
        body = [_cell_at(found, table, row, column, naming) for column in range(1, len(row.cells))]
        _sum(found, _cell_at(found, table, row, 0, naming), body, f"{table.id}|{row.key}")
    if total is not None and total.n and all(row.n for row in table.rows):
        spoken = [_row_at(found, table, row, naming) for row in table.rows if row is not total]
        _sum(found, _row_at(found, table, total, naming), spoken, f"{table.id}|firms")


def _cell_at(found: Linked, table: ReleasedTable, row: Row | None, column: int, naming: Naming) -> int | None:
    """Return the place of a cell's number, None where it has none; −1 stands for nobody."""
    if row is None or column >= len(row.cells):
        return None
    n = firms_behind(row.cells[column])
    return -1 if n == 0 else found.at.get((keyed(table, row, column, naming)[0], n)) if n is not None else None


def _row_at(found: Linked, table: ReleasedTable, row: Row, naming: Naming) -> int | None:
    group = firms_key(table, row, naming)
    return found.at.get((group.key, row.n or 0)) if group is not None else None


def _sum(found: Linked, whole: int | None, parts: Sequence[int | None], name: str) -> None:
    """Note that parts and what is left add up to the whole; nothing where they overlap, or a part is not known."""
    if whole is None or whole < 0 or any(part is None for part in parts):
        return
    places = [part for part in parts if part is not None and part >= 0]
    left = found.numbers[whole].n - sum(found.numbers[place].n for place in places)
    if left < 0 or len(set(places)) < len(places) or whole in places:
        return
    terms = [(whole, 1.0), *((place, -1.0) for place in sorted(places))]
    if left:
        rest = f"{REST}of {name}|{found.numbers[whole].keys[0]}"
        terms.append((found.add(rest, Number((rest,), left, rest=True)), -1.0))
    found.sums[tuple(terms)] = None


def _sums_of_filters(found: Linked) -> None:
    """The parts of a group by one filter and what is left of it add up to the group."""
    parts: dict[tuple[Group, str], dict[str, int]] = defaultdict(dict)
    for (key, _), place in found.at.items():
        group = found.groups.get(key)
        for name, value in group.filters if group is not None else ():
            rest = tuple(pair for pair in group.filters if pair[0] != name) if group is not None else ()
            if group is not None:
                parts[Group(group.basis, group.wave, group.sector, rest), name][value] = place
    for (whole, name), by_value in parts.items():
        for place in found.places(whole.key):
            _sum(found, place, list(by_value.values()), name)


def _sums_of_unions(found: Linked) -> None:
    """The sectors that a goal is set for add up to the firms it rests on."""
    for key, group in list(found.groups.items()):
        if UNION not in group.sector:
            continue
        sectors = group.sector.split(UNION)
        held = [found.places(Group(group.basis, group.wave, sector, group.filters).key) for sector in sectors]
        for place in found.places(key) if all(len(places) == 1 for places in held) else ():
            _sum(found, place, [places[0] for places in held], "union")


def _sums_of_parts(found: Linked, threshold: int) -> None:
    """Firms with a level or a score are among the firms of their sector: how many are not is never less than none.

    Only where a number is small: nothing else of that basis is hidden, so that nothing follows.
    """
    small = {_column(group) for (_, n), group in _of_parts(found) if n < threshold}
    for (key, n), group in list(_of_parts(found)):
        firms = found.places(Group(FIRMS, group.wave, group.sector, group.filters).key)
        for place in firms[:1] if _column(group) in small else ():
            left = found.numbers[place].n - n
            if left >= 0 and found.at[key, n] != place:
                name = f"{REST}without {key}"  # firms that gave no answer need not be safe
                slack = found.add(name, Number((name,), left, forced=True, rest=True))
                found.sums[(place, 1.0), (found.at[key, n], -1.0), (slack, -1.0)] = None


def _column(group: Group) -> object:
    return group.basis, group.wave, group.filters


def _of_parts(found: Linked) -> Iterator[tuple[tuple[str, int], Group]]:
    """Yield the numbers of bases that are part of the firms counted."""
    for held in found.at:
        group = found.groups.get(held[0])
        if group is not None and group.basis.split(".")[0] in _PARTS and group.sector != TOTAL:
            yield held, group
