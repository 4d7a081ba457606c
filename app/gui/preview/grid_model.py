"""The cells of a sheet as a Qt model over the sheet itself: nothing is copied, a hundred thousand rows scroll at once."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from app.domain.findings import column_letters
from app.domain.sheet import RowRole
from app.domain.theme import Palette
from app.gui.preview.grounds import ink
from app.present.preview import Mark, Painted, Strip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
MARK_ROLE = Role.UserRole + 1


class GridModel(QAbstractTableModel):
    """The cells with spreadsheet letters and numbers along the edges."""

    def __init__(self, view: Painted, palette: Palette) -> None:
        super().__init__()
        self.view, self.palette = view, palette
        self._strong = QFont()
        self._strong.setBold(True)

    def display(self, view: Painted, palette: Palette) -> None:
        """Show another sheet, or the same one read anew."""
        same = view.sheet is self.view.sheet
        if not same:
            self.beginResetModel()
        self.view, self.palette = view, palette
        if not same:
            self.endResetModel()
        elif self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many rows there are."""
        return 0 if parent.isValid() else self.view.sheet.n_rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.view.sheet.columns)

    def mark(self, row: int, column: int) -> Mark | None:
        """Return what was found at a cell."""
        return self.view.marks.get((row, column))

    def text(self, row: int, column: int) -> str:
        """Return what holds at a cell: the text put in by hand, else the one received."""
        mark = self.mark(row, column)
        return mark.corrected if mark is not None and mark.corrected is not None else self.view.sheet.text(row, column)

    def strip(self, row: int, column: int) -> Strip | None:
        """Return what the line of a cell was taken for: its column, in long forms its row."""
        return self.view.strips.get(row if self.view.down else column)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows in a role."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.text(row, column).replace("\n", " ")
        if role == Role.ToolTipRole:
            return self._tip(row, column)
        if role == Role.ForegroundRole:
            return self._ink(row, column)
        if role == Role.FontRole:
            return self._strong if self.view.role(row) is RowRole.HEADER else None
        if role == MARK_ROLE:
            return self.mark(row, column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return what a header shows in a role."""
        if role != Role.DisplayRole:
            return None
        return column_letters(section + 1) if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def _tip(self, row: int, column: int) -> str:
        mark = self.mark(row, column)
        lines = mark.lines if mark is not None else ()
        text = self.text(row, column)
        return "\n".join((text, *lines)) if lines or len(text) > 12 else ""

    def _ink(self, row: int, column: int) -> QColor:
        mark = self.mark(row, column)
        if mark is not None and mark.corrected is not None:
            return QColor(self.palette.accent)
        strip = self.view.strips.get(column) if not self.view.down else None
        lost = strip is not None and strip.state == "none" and self.view.role(row) is RowRole.FIRM
        return QColor(self.palette.neutral) if lost else ink(self.view.role(row), self.palette)
