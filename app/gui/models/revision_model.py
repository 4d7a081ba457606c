"""A diff as a Qt model: a line a cell that changed, a box to tick on the first line of each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from app.domain.theme import Palette
from app.domain.words import Texts
from app.present.pages.collect_values import RevisionRow

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
COLUMNS = ("kind", "firm", "place", "question", "before", "now", "state")


@dataclass(frozen=True, slots=True)
class Line:
    """One line on screen: its row of the revision, whether it is the row's first, and its cell (question, before, now)."""

    row: RevisionRow
    first: bool
    cell: tuple[str, str, str]


class RevisionModel(QAbstractTableModel):
    """`ticked()` when the choice of rows changed."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self.chosen: set[int] = set()
        self._texts: Texts | None = None
        self._palette: Palette | None = None

    def display(self, rows: tuple[RevisionRow, ...], texts: Texts, palette: Palette) -> None:
        """Show `rows`; those of which nobody has decided yet are ticked."""
        self.beginResetModel()
        self._texts, self._palette = texts, palette
        self._lines = tuple(
            Line(row, place == 0, cell) for row in rows for place, cell in enumerate(row.cells or (("", "", ""),))
        )
        self.chosen = {row.number for row in rows if row.waits}
        self.endResetModel()
        self.ticked.emit()

    def tick(self, line: int) -> None:
        """Take the row of a line in, or leave it out."""
        number = self._lines[line].row.number
        self.chosen ^= {number}
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, 0))
        self.ticked.emit()

    def tick_all(self, on: bool) -> None:
        """Take every row in, or none."""
        self.chosen = {line.row.number for line in self._lines} if on else set()
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, 0))
        self.ticked.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows in a role."""
        if not index.isValid() or self._texts is None or self._palette is None:
            return None
        line, name = self._lines[index.row()], COLUMNS[index.column()]
        if role == Role.CheckStateRole and name == "kind" and line.first:
            return Qt.CheckState.Checked if line.row.number in self.chosen else Qt.CheckState.Unchecked
        if role in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return self._text(line, name, self._texts)
        if role == Role.ForegroundRole:
            return self._ink(line, name, self._palette)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return what a header shows in a role."""
        if orientation == Qt.Orientation.Horizontal and self._texts is not None:
            if role == Role.DisplayRole:
                return self._texts(f"collect.diff.{COLUMNS[section]}")
            if role == Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, line: Line, name: str, texts: Texts) -> str:
        question, before, now = line.cell
        if name in ("question", "before", "now"):
            return {"question": question, "before": before, "now": now}[name]
        if not line.first:
            return ""
        words = {
            "kind": texts(f"collect.diff.{line.row.kind}"),
            "firm": line.row.firm,
            "place": line.row.place,
            "state": line.row.state,
        }
        return words[name]

    def _ink(self, line: Line, name: str, palette: Palette) -> QColor | None:
        if name == "kind":
            inks = {"new": palette.good, "changed": palette.warning, "vanished": palette.error}
            return QColor(inks.get(line.row.kind, palette.text))
        quiet = name in ("before", "place") or (name == "state" and not line.row.waits)
        return QColor(palette.muted) if quiet else None
