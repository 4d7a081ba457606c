"""The cells of a workbook as received, around the one in question; opened without blocking, gone when closed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QTableView, QWidget

from app.domain.findings import column_letters
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.source_view import SourceView
from app.gui.theme import ROW
from app.gui.widgets.parts import button, column, label, row

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


WIDEST = 220


class GridModel(QAbstractTableModel):
    """The cells with spreadsheet letters and numbers along the edges."""

    def __init__(self, view: SourceView, palette: Palette) -> None:
        super().__init__()
        self._view, self._palette = view, palette

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._view.cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() or not self._view.cells else len(self._view.cells[0])

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows in a role."""
        if not index.isValid():
            return None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return self._view.cells[index.row()][index.column()]
        if role == Role.BackgroundRole:
            return self._ground(index.row() + self._view.first_row, index.column() + 1)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return what a header shows in a role."""
        if role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return column_letters(section + 1)
        return str(section + self._view.first_row)

    def _ground(self, line: int, column: int) -> QColor | None:
        on_row = self._view.row and line == self._view.row
        on_column = self._view.column and column == self._view.column
        if on_row and on_column:
            return QColor(self._palette.selection)
        lit = on_row if not self._view.column else on_column if not self._view.row else on_row or on_column
        return QColor(self._palette.raised) if lit else None


class SourceViewer(QDialog):
    """One sheet, its cell in the middle."""

    def __init__(self, view: SourceView, texts: Texts, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.source")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("gui.source.title", file=view.file, sheet=view.sheet))
        self.resize(min(980, parent.width() - 80), min(620, parent.height() - 80))
        self.grid = QTableView()
        self.grid.setModel(GridModel(view, palette))
        self.grid.model().setParent(self.grid)
        self.grid.setAccessibleName(texts("gui.source.grid"))
        self.grid.setObjectName("source.grid")
        self.grid.setProperty("role", "grid")
        self.grid.resizeColumnsToContents()
        for place in range(self.grid.model().columnCount()):
            self.grid.setColumnWidth(place, min(WIDEST, max(64, self.grid.columnWidth(place) + 8)))
        self.grid.verticalHeader().setDefaultSectionSize(ROW)
        close = button("source.close")
        close.setText(texts("gui.source.close"))
        close.clicked.connect(lambda _checked=False: self.close())
        ends = row(spacing=8)
        ends.addStretch()
        ends.addWidget(close)
        layout = column(self, 20, 12)
        layout.addWidget(label("title", text=self.windowTitle()))
        notes = (texts("gui.source.cell", cell=view.a1), *view.notes) if view.a1 else view.notes
        if notes:
            layout.addWidget(label("muted", text="\n".join(notes)))
        layout.addWidget(self.grid, 1)
        layout.addLayout(ends)
        self._go_to(view)

    def _go_to(self, view: SourceView) -> None:
        place = self.grid.model().index(max(0, view.row - view.first_row), max(0, view.column - 1))
        self.grid.setCurrentIndex(place)
        self.grid.scrollTo(place, QTableView.ScrollHint.PositionAtCenter)
