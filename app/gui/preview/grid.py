"""The painted grid itself: arrows move, Return puts a cell right, C names a column, R a row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.domain.sheet import RowRole
from app.domain.theme import Palette
from app.gui.preview.grid_model import MARK_ROLE, GridModel
from app.gui.preview.grounds import ground
from app.gui.preview.heads import ColumnHead, RowHead
from app.gui.theme import ROW
from app.present.preview import Mark, Painted

Index = QModelIndex | QPersistentModelIndex
MERGES, FEW = 500, 8  # merged cells shown as one; columns that may share the whole width
LOOKED, WIDEST, NARROWEST = 60, 220, 92  # columns whose width is fitted; pixels
_LONG = (RowRole.TITLE, RowRole.NOTE, RowRole.FOOTER)  # rows whose text runs over its neighbours
SAMPLE = 60  # rows looked at for the width of a column


class MarkPainter(QStyledItemDelegate):
    """Draws a corner on cells with a finding and a line under cells put right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell and its marks."""
        model = index.model()
        if isinstance(model, GridModel):
            painter.fillRect(option.rect, ground(model.view.role(index.row()), model.palette))  # type: ignore[attr-defined]
        super().paint(painter, option, index)
        mark: Mark | None = index.data(MARK_ROLE)
        if mark is None or not isinstance(model, GridModel):
            return
        palette, rect = model.palette, option.rect  # type: ignore[attr-defined]  # PySide's stubs leave it out
        painter.save()
        if mark.severity:
            inks = {"error": palette.error, "warning": palette.warning}
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(inks.get(mark.severity, palette.neutral)))
            corner = rect.topRight()
            painter.drawPolygon(QPolygon([corner, corner - QPoint(8, 0), corner + QPoint(0, 8)]))
        if mark.corrected is not None:
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.drawLine(rect.bottomLeft() + QPoint(2, -1), rect.bottomRight() - QPoint(2, 1))
        painter.restore()


class PaintedGrid(QTableView):
    """`moved(row, column)`, `cell_asked(row, column)`, `column_asked(position)`, `row_asked(row)`; all from 0."""

    moved = Signal(int, int)
    cell_asked = Signal(int, int)
    column_asked = Signal(int)
    row_asked = Signal(int)

    def __init__(self, view: Painted, palette: Palette, words: dict[RowRole, str]) -> None:
        super().__init__()
        self.setObjectName("source.grid")
        self.setProperty("role", "grid")
        self.cells = GridModel(view, palette)
        self.cells.setParent(self)
        self.setHorizontalHeader(ColumnHead(Qt.Orientation.Horizontal, self, words))
        self.setVerticalHeader(RowHead(Qt.Orientation.Vertical, self, words))
        self.setModel(self.cells)
        self.setItemDelegate(MarkPainter(self))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.verticalHeader().sectionClicked.connect(self._row_clicked)
        self.horizontalHeader().sectionClicked.connect(self._column_clicked)
        self.doubleClicked.connect(lambda index: self.cell_asked.emit(index.row(), index.column()))
        self.selectionModel().currentChanged.connect(lambda now, _before: self.moved.emit(now.row(), now.column()))
        self._fit()
        self.go_to(view.row, view.column)

    def display(self, view: Painted, palette: Palette) -> None:
        """Show another sheet, or the same read anew without moving."""
        same = view.sheet.name == self.cells.view.sheet.name and view.file == self.cells.view.file
        row, column = self.currentIndex().row(), self.currentIndex().column()
        self.cells.display(view, palette)
        if not same:
            self._fit()
        self.go_to(*((row, column) if same else (view.row, view.column)))

    def go_to(self, row: int, column: int) -> None:
        """Bring a cell into the middle."""
        place = self.cells.index(max(0, row), max(0, column))
        self.setCurrentIndex(place)
        self.scrollTo(place, QTableView.ScrollHint.PositionAtCenter if row > 0 else QTableView.ScrollHint.EnsureVisible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of its own."""
        place = self.currentIndex()
        if place.isValid() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
                self.cell_asked.emit(place.row(), place.column())
                return
            if event.key() == Qt.Key.Key_C:
                self.column_asked.emit(place.row() if self.cells.view.down else place.column())
                return
            if event.key() == Qt.Key.Key_R:
                self.row_asked.emit(place.row())
                return
        super().keyPressEvent(event)

    def _row_clicked(self, row: int) -> None:
        self.go_near(row, max(0, self.currentIndex().column()))
        if self.cells.view.down and row in self.cells.view.strips:
            self.column_asked.emit(row)
        else:
            self.row_asked.emit(row)

    def _column_clicked(self, column: int) -> None:
        self.go_near(max(0, self.currentIndex().row()), column)
        if not self.cells.view.down:
            self.column_asked.emit(column)

    def go_near(self, row: int, column: int) -> None:
        """Make a cell the current one without scrolling further than needed."""
        self.setCurrentIndex(self.cells.index(row, column))

    def _span(self) -> None:
        """Let merged cells be one, as the sheet has them; in a sheet of very many they stay apart."""
        self.clearSpans()
        for top, left, bottom, right in self.cells.view.sheet.merges[:MERGES]:
            if bottom < self.cells.rowCount() and right < self.cells.columnCount():
                self.setSpan(top, left, bottom - top + 1, right - left + 1)

    def _fit(self) -> None:
        """Fit the first columns to what they hold; far to the right nobody has looked yet."""
        self._span()
        self.horizontalHeader().setStretchLastSection(self.cells.columnCount() <= FEW)
        metrics = self.fontMetrics()
        for column in range(min(LOOKED, self.cells.columnCount())):
            rows = [r for r in range(min(SAMPLE, self.cells.rowCount())) if self.cells.view.role(r) not in _LONG]
            wide = max([metrics.horizontalAdvance(self.cells.text(row, column)[:40]) for row in rows], default=0)
            strip = None if self.cells.view.down else self.cells.view.strips.get(column)
            label = metrics.horizontalAdvance(strip.label) // 2 + 36 if strip is not None else 0  # it has two lines
            self.setColumnWidth(column, min(WIDEST, max(NARROWEST, wide + 20, label)))
