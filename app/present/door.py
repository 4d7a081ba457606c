"""The door that every table goes through on its way out: safe by itself, or together with all others of a release."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from app.analysis.disclosure import Policy, hide, release
from app.domain.release import Cell, Manner, ReleasedTable, Row, Withheld
from app.domain.statistic import Group, Naming, group_key, place_of

_MOST_ROUNDS = 12
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Door:
    """How tables are made safe. ALONE: each for itself. DRAFT: not at all; what is made so is only looked at and never leaves.
    TOGETHER: what `withheld` names is hidden, for all tables were looked at.

    `made` takes every table that goes through, in order, for who wants to see them all; `memo` keeps what takes long and is
    wanted again while one release is made.
    """

    manner: Manner = Manner.ALONE
    withheld: Withheld = Withheld()  # noqa: RUF009 - a frozen value
    naming: Naming = field(default_factory=Naming)
    made: list[ReleasedTable] | None = field(default=None, compare=False, repr=False)
    memo: dict[Hashable, Any] | None = field(default=None, compare=False, repr=False)

    def release(
        self,
        id: str,
        columns: Sequence[str],
        rows: Sequence[Row],
        total: str = "",
        policy: Policy | None = None,
        follows: Mapping[int, Sequence[int]] | None = None,
    ) -> ReleasedTable:
        """Return a table as it may be shown; arguments as those of `analysis.disclosure.release`."""
        if self.manner is Manner.ALONE:
            return self._kept(release(id, columns, rows, total, policy, follows))
        if self.manner is Manner.DRAFT:
            return self._kept(ReleasedTable(id, tuple(columns), tuple(rows), "", 0, total))
        kept = [replace(row, cells=tuple(self._cell(id, row, place) for place in range(len(row.cells)))) for row in rows]
        rule = replace(policy or Policy(), together=True)
        return self._kept(release(id, columns, kept, total, rule, follows))

    def release_both_ways(self, table: ReleasedTable) -> ReleasedTable:
        """Release a table whose first row and first column are totals: hide down columns and along rows until both are safe."""
        if self.manner is not Manner.ALONE:
            released = self.release(table.id, table.columns, table.rows, table.total)
            both = replace(released, across=True)
            if self.made is not None:
                self.made[-1] = both
            return both
        return self._kept(_both_ways(table))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` does, done once a release."""
        if self.memo is None:
            return make()
        if key not in self.memo:
            self.memo[key] = make()
        found: T = self.memo[key]
        return found

    def spoken(self, group: Group, n: int) -> int | None:
        """Return how many firms a row speaks of, None where that may not be told."""
        few = 0 < n < Policy().hide_below and self.manner is not Manner.DRAFT
        return None if few or group.key in self.withheld.groups else n

    def _kept(self, table: ReleasedTable) -> ReleasedTable:
        if self.made is not None:
            self.made.append(table)
        return table

    def _cell(self, table: str, row: Row, place: int) -> Cell:
        cell = row.cells[place]
        if (cell.evidence or place_of(table, row.key, place)) in self.withheld.marks:
            return hide(cell)
        if cell.n is None and cell.unit != "count":
            return cell  # rests on no firm
        return hide(cell) if group_key(cell, self.naming, (table, row.key, place)) in self.withheld.groups else cell


def _both_ways(table: ReleasedTable) -> ReleasedTable:
    released = release(table.id, table.columns, table.rows, total=table.total)
    for _ in range(_MOST_ROUNDS):
        hidden = released.hidden
        across = release(table.id, [row.key for row in released.rows], _turned(released), total="0")
        back = tuple(
            Row(row.key, row.label, tuple(turned.cells[place] for turned in across.rows))
            for place, row in enumerate(released.rows)
        )
        released = release(table.id, table.columns, back, total=table.total)
        if released.hidden == hidden:
            break
    return replace(released, across=True)


def _turned(table: ReleasedTable) -> list[Row]:
    """Return the columns of a table as rows, keyed by their place; the total column is "0"."""
    return [Row(str(place), name, tuple(row.cells[place] for row in table.rows)) for place, name in enumerate(table.columns)]
