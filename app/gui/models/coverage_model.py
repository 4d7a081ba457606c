"""The coverage matrix as a Qt model: sender, a cell a wave, then the numbers of the wave looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.numbers import number, percent
from app.domain.words import Texts
from app.present.coverage import Coverage, CoverageCell, CoverageRow

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
CELL_ROLE, RATE_ROLE, FIELD_ROLE, KNOWN_ROLE = (Role.UserRole + place for place in range(1, 5))
WAVES = 3  # waves shown: the one looked at and the two before it
NUMBERS = ("errors", "warnings", "questions")
LIVE = ("found",)  # while files are read: errors and warnings are told apart at the end


@dataclass(frozen=True, slots=True)
class Field:
    """One column: `kind` sender | wave | found | errors | warnings | questions | rate."""

    kind: str
    title: str
    wave: int = -1


class CoverageModel(QAbstractTableModel):
    """A Coverage for a QTableView; rows that keep their places only change, so that the eye can rest on them."""

    def __init__(self) -> None:
        super().__init__()
        self.coverage = Coverage()
        self.fields: tuple[Field, ...] = ()
        self.names_shown = True
        self._texts: Texts | None = None

    def display(self, coverage: Coverage, texts: Texts) -> None:
        """Show `coverage`."""
        fields = _fields(coverage, texts)
        same = fields == self.fields and [r.sender for r in coverage.rows] == [r.sender for r in self.coverage.rows]
        if not same:
            self.beginResetModel()
        self.coverage, self.fields, self._texts = coverage, fields, texts
        if not same:
            self.endResetModel()
        elif coverage.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(coverage.rows) - 1, len(fields) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many senders there are."""
        return 0 if parent.isValid() else len(self.coverage.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.fields)

    def row(self, index: Index) -> CoverageRow:
        """Return the sender of a cell."""
        return self.coverage.rows[index.row()]

    def cell(self, index: Index) -> CoverageCell:
        """Return what was sent, in the wave of a cell or, under a number, in the one looked at."""
        field = self.fields[index.column()]
        place = field.wave if field.kind == "wave" else self.coverage.now
        return self.row(index).cells[place]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows in a role."""
        if not index.isValid() or self._texts is None:
            return None
        field = self.fields[index.column()]
        if role == FIELD_ROLE:
            return field
        if role == CELL_ROLE:
            return self.cell(index)
        if role == KNOWN_ROLE:
            return self.row(index).known
        if role == RATE_ROLE:
            return self.row(index).rate
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self._text(index, field, self._texts)
        if role == Role.ToolTipRole:
            return self._tip(index, field, self._texts)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if field.kind in ("sender", "wave") else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return what a header shows in a role."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.fields):
            return None
        field = self.fields[section]
        if role == Role.DisplayRole:
            return field.title
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if field.kind in ("sender", "wave") else Qt.AlignmentFlag.AlignRight
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, index: Index, field: Field, texts: Texts) -> str:
        row, cell = self.row(index), self.cell(index)
        if field.kind == "sender":
            return self._sender(row, cell, texts)
        if field.kind == "wave":
            return cell_words(cell, texts)
        if field.kind == "rate":
            return (
                texts("collect.cell.rate", n=row.answered, of=row.expected, rate=percent(row.rate))
                if row.rate is not None
                else ""
            )
        value = _number(field.kind, cell)
        return number(value, "count") if value is not None else ""

    def _sender(self, row: CoverageRow, cell: CoverageCell, texts: Texts) -> str:
        """A township; else that none is known yet, or where the file's name stands nowhere else, that name."""
        if row.known or not self.names_shown:
            return row.sender
        return texts("collect.matrix.unknown" if cell.state in ("waiting", "reading") else "collect.matrix.nobody")

    def _tip(self, index: Index, field: Field, texts: Texts) -> str:
        if field.kind != "wave":
            return self.row(index).sender if field.kind == "sender" else ""
        lines = [f"{texts(f'collect.state.{file.state}')}  {file.name}" for file in self.cell(index).files]
        return "\n".join(lines[:12])


def cell_words(cell: CoverageCell, texts: Texts) -> str:
    """Return the state of a cell in words with its answers: 已读 128; many files count their states."""
    if not cell.state:
        return ""
    state = texts(f"collect.state.{cell.state}")
    counted = cell.rows or cell.state in ("read", "late")
    told = texts("collect.cell.one", state=state, n=number(cell.rows, "count")) if counted else state
    return texts("collect.cell.many", n=len(cell.files), told=told) if len(cell.files) > 1 else told


def _number(kind: str, cell: CoverageCell) -> int | None:
    """A count of a cell, None where nothing came."""
    if not cell.files:
        return None
    errors, warnings, questions = cell.counts
    found = sum(file.found or 0 for file in cell.files)
    return {"found": found, "errors": errors, "warnings": warnings, "questions": questions}[kind]


def _fields(coverage: Coverage, texts: Texts) -> tuple[Field, ...]:
    first = max(0, coverage.now + 1 - WAVES)
    waves = [
        Field("wave", texts("collect.matrix.wave", wave=coverage.waves[place]), place) for place in range(first, coverage.now + 1)
    ]
    kinds = LIVE if coverage.under_way else (*NUMBERS, *(("rate",) if coverage.has_register else ()))
    numbers = [Field(kind, texts(f"collect.matrix.{kind}")) for kind in kinds]
    return (Field("sender", texts("collect.matrix.sender")), *waves, *numbers)
