"""How many firms a number rests on, as documents print it beside a released table, and the signs that need a key."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.numbers import ABSENT_SIGN, HIDDEN_SIGN
from app.domain.release import Cell, CellStatus, ReleasedTable
from app.domain.words import Texts


def count_of(cells: Sequence[Cell], spoken: int | None = None) -> int | str:
    """Return the firms behind cells that all rest on the same ones, or those their row speaks of where it tells them (`spoken`);
    a sign where they are hidden or there are none."""
    known = [cell.n for cell in cells if cell.n is not None]
    if known:
        return known[0] if spoken is None else spoken
    return HIDDEN_SIGN if any(cell.status is CellStatus.HIDDEN for cell in cells) else ABSENT_SIGN


def same_firms(table: ReleasedTable) -> bool:
    """Whether one number of firms holds for all cells of each row, so that one column says it."""
    return all(len({cell.n for cell in row.cells if cell.n is not None}) < 2 for row in table.rows)


def sign_lines(table: ReleasedTable, texts: Texts) -> tuple[str, ...]:
    """Return what the signs in `table` mean, those that occur in it only."""
    found = {cell.status for row in table.rows for cell in row.cells}
    keys = ((CellStatus.HIDDEN, "key_hidden"), (CellStatus.SMALL, "key_small"))
    return tuple(texts(f"provenance.{key}") for status, key in keys if status in found)
