"""Disclosure control: small cells hidden, and enough of their neighbours that no total gives them back.

Threshold rule and secondary suppression as in Hundepool et al., Handbook on Statistical Disclosure Control, ch. 4. This is
the first depth, for what is looked at alone: each column is a one-way table of rows that add up to the total row. Links between
tables, and with what was released before, are the matter of `joint`; sums that a few firms make up come in hidden (`dominance`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.analysis.disclosure.dominance import Dominance
from app.domain.release import Cell, CellStatus, ReleasedTable, Row

_COUNT = "count"


@dataclass(frozen=True, slots=True)
class Policy:
    """Cells on fewer than `hide_below` firms are hidden, on fewer than `mark_below` marked as small.

    `dominance` names the rule by which cells of sums that a few firms make up came in hidden already (`dominance.dominated`).
    `together`: the partners that hidden cells need were chosen over all tables of a release and came in hidden.
    """

    hide_below: int = 5
    mark_below: int = 10
    dominance: Dominance | None = None
    together: bool = False

    @property
    def id(self) -> str:
        """Return the policy as a short mark, e.g. `n<5 hidden; n<10 marked; secondary`."""
        partners = "secondary over all tables" if self.together else "secondary"
        own = f"n<{self.hide_below} hidden; n<{self.mark_below} marked; {partners}"
        return own if self.dominance is None else f"{own}; {self.dominance.id}"


@dataclass(frozen=True, slots=True)
class _Column:
    """One column as given and after the threshold rule, and the row of its total."""

    given: Sequence[Cell]
    kept: Sequence[Cell]
    total: int | None

    @property
    def body(self) -> list[int]:
        """Return the rows that add up to the total."""
        return [row for row in range(len(self.given)) if row != self.total]


def release(
    id: str,
    columns: Sequence[str],
    rows: Sequence[Row],
    total: str = "",
    policy: Policy | None = None,
    follows: Mapping[int, Sequence[int]] | None = None,
) -> ReleasedTable:
    """Return the table with every cell shown, marked or hidden; releasing it again changes nothing.

    `n` of a cell is the firms behind it; a `count` cell without n is its own n; other cells without n (targets, dates)
    rest on no firm and are shown. A cell on no firm at all is shown empty: there is nobody to protect. `total` names the
    row that the others add up to. Where it is shown, at least two cells of its column are hidden or none, and those on
    `hide_below` firms together; the smallest others are hidden for that, and where none are left, the total. `follows` names
    columns by place that others would give away (a difference, by what it is of): hidden in a row wherever one of those is.
    """
    rule = policy or Policy()
    kept = [[_primary(cell, rule) for cell in row.cells] for row in rows]
    total_row = next((place for place, row in enumerate(rows) if total and row.key == total), None)
    given = [[row.cells[place] for row in rows] for place in range(len(columns))]
    while True:
        for place in range(len(columns)):
            column = _Column(given[place], [cells[place] for cells in kept], total_row)
            for row in [] if rule.together else _secondary(column, rule):
                kept[row][place] = hide(kept[row][place])
        if not _follow(kept, follows or {}):
            break
    hidden = sum(cell.status is CellStatus.HIDDEN for cells in kept for cell in cells)
    released = tuple(replace(row, cells=tuple(cells)) for row, cells in zip(rows, kept, strict=True))
    return ReleasedTable(id, tuple(columns), released, rule.id, hidden, total)


def firms_behind(cell: Cell) -> int | None:
    """Return the firms behind a cell, None when it rests on none or carries no number."""
    if cell.n is None and cell.unit == _COUNT and cell.value is not None:
        return int(cell.value)
    return cell.n


def _follow(kept: Sequence[list[Cell]], follows: Mapping[int, Sequence[int]]) -> bool:
    """Hide in each row the cells that a hidden one would be given away by; return whether there were any."""
    found = False
    for cells in kept:
        for place, others in follows.items():
            is_open = cells[place].status is not CellStatus.HIDDEN
            if is_open and any(cells[other].status is CellStatus.HIDDEN for other in others):
                cells[place], found = hide(cells[place]), True
    return found


def hide(cell: Cell) -> Cell:
    """Return the cell without any number."""
    return Cell(CellStatus.HIDDEN, cell.unit, evidence=cell.evidence)


def _primary(cell: Cell, rule: Policy) -> Cell:
    n = firms_behind(cell)
    if cell.status is CellStatus.HIDDEN:
        return hide(cell)
    if n is None:
        return cell
    if n == 0:
        return replace(cell, value=0.0 if cell.unit == _COUNT else None, low=None, high=None)
    if n < rule.hide_below:
        return hide(cell)
    return replace(cell, status=CellStatus.SMALL if n < rule.mark_below else CellStatus.SHOWN)


def _secondary(column: _Column, rule: Policy) -> list[int]:
    """Return the rows to hide besides the primary ones, so that the total less what is shown gives no cell back."""
    total = column.total
    hidden = [row for row in column.body if column.kept[row].status is CellStatus.HIDDEN]
    if total is None or column.kept[total].status is CellStatus.HIDDEN or not hidden:
        return []
    if len(hidden) > 1 and all(column.given[row].status is CellStatus.HIDDEN for row in hidden):
        return []  # hidden by an earlier release, with its own partners
    firms = {row: firms_behind(column.given[row]) or 0 for row in column.body}
    spare = sorted((row for row in column.body if row not in hidden and firms[row] > 0), key=lambda row: firms[row])
    more: list[int] = []
    while len(hidden) + len(more) < 2 or sum(firms[row] for row in (*hidden, *more)) < rule.hide_below:
        if not spare:
            return [*more, total]
        more.append(spare.pop(0))
    return more
