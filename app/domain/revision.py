"""更正重报: what a corrected form changes against the one it puts right, row by row and cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.decisions import RowKey
from app.domain.findings import CellReference

Value = str | float | None


class RowChange(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    VANISHED = "vanished"


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """An answer before and after: the text as received ("" blank) and the cleaned value (None missing), and both cells.

    A place is None where that form did not ask the item, or the row was not there.
    """

    item: str
    old_text: str
    new_text: str
    old_value: Value
    new_value: Value
    old_place: CellReference | None
    new_place: CellReference | None


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One response that is new, changed or vanished; `firm` its name as given, else its code, `place` its line.

    `old` and `new` are the responses concerned, None where there is none. `cells` hold what differs, in the order of the
    instrument: of a new or vanished row every answer given.
    """

    kind: RowChange
    firm: str
    place: CellReference
    old: RowKey | None
    new: RowKey | None
    cells: tuple[ChangedCell, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """New and changed rows in the order of the new form, then the vanished ones in the order of the old; `unchanged` rows."""

    rows: tuple[ChangedRow, ...] = ()
    unchanged: int = 0

    def of(self, kind: RowChange) -> tuple[ChangedRow, ...]:
        """Return the rows of one kind."""
        return tuple(row for row in self.rows if row.kind is kind)

    def __bool__(self) -> bool:
        return bool(self.rows)
