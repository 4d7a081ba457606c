"""A table on a page: rows of 30 px, sticky header, first column frozen, copy with headers, Return opens the row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPolygon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.domain.theme import Palette
from app.gui.models.table_model import KIND_ROLE, SEVERITY_ROLE, TableModel
from app.gui.theme import ROW
from app.present.pages.values import PageTable

SAMPLE = 200  # rows looked at for the width of a column
WIDEST = 360
NARROWEST = 108  # a wide column is never cut below this
LEGIBLE = 220  # of the first column, which names the row: before it is cut further, optional columns step aside
SENTENCE = 2.2  # how much wider than other texts a column of sentences may be


class CellPainter(QStyledItemDelegate):
    """Draws a small corner mark on the first cell of a row with a finding."""

    palette: Palette | None = None

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Cut a place at its beginning: its end, the cell, says most."""
        super().initStyleOption(option, index)
        if index.data(KIND_ROLE) == "place":
            option.textElideMode = Qt.TextElideMode.ElideLeft  # type: ignore[attr-defined]  # PySide's stubs leave it out

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint a cell and its corner mark."""
        super().paint(painter, option, index)
        severity = index.data(SEVERITY_ROLE) if index.column() == 0 else ""
        if not severity or self.palette is None:
            return
        colours = {"error": self.palette.error, "warning": self.palette.warning}
        corner = option.rect.topLeft()  # type: ignore[attr-defined]  # PySide's stubs leave it out
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.get(severity, self.palette.neutral)))
        painter.drawPolygon(QPolygon([corner, corner + QPoint(7, 0), corner + QPoint(0, 7)]))
        painter.restore()


class Table(QTableView):
    """A PageTable on screen; `opened(row id)` on a click or Return, `pointed(row id)` when the current row moves.

    A click with Ctrl or Shift only selects, so that rows can be copied.
    """

    opened = Signal(str)
    pointed = Signal(str)

    def __init__(self, name: str, frozen: bool = False, widest: int = WIDEST) -> None:
        super().__init__()
        self.setObjectName(name)
        self.rows = TableModel()
        self.setModel(self.rows)
        self.painter = CellPainter(self)
        dress(self, self.painter)
        self.setSortingEnabled(False)
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionClicked.connect(self.sort_by)
        self._frozen = _frozen_part(self) if frozen else None
        self.clicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._point)
        self._shape: tuple[str, ...] = ()
        self._own: list[int] = []
        self._widest = widest

    def display(self, table: PageTable, palette: Palette, name: str = "") -> None:
        """Show `table`; column widths are set anew when the columns or their words changed, or a cell no longer has room."""
        self.painter.palette = palette
        self.setAccessibleName(name)
        self.rows.display(table, palette)
        shape, own = tuple(column.title for column in table.columns), self._wanted()
        if shape != self._shape or len(own) != len(self._own):
            self._shape, self._own = shape, own
            self._spread()
        elif any(wide > held for wide, held in zip(own, self._own, strict=True)):
            self._own = [max(pair) for pair in zip(own, self._own, strict=True)]
            self._spread()
        self.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of its own."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = sorted(index.row() for index in self.selectionModel().selectedRows())
            QApplication.clipboard().setText(self.rows.rows_text(rows))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.rows.row_id(self.currentIndex().row()))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self._spread()
        self.settle()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Light the current row when the keyboard comes in, so that the eye finds it."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectRow(max(0, self.currentIndex().row()))

    def sort_by(self, section: int) -> None:
        """Sort by a column; a second time turns the order."""
        header = self.horizontalHeader()
        same = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        down = same and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        self.rows.sort(section, header.sortIndicatorOrder())

    def _open(self, index: QModelIndex) -> None:
        chosen = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if not QApplication.keyboardModifiers() & chosen:
            self.opened.emit(self.rows.row_id(index.row()))

    def _point(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.pointed.emit(self.rows.row_id(current.row()))

    def _wanted(self) -> list[int]:
        """How wide each column would like to be; not asked back from the view, where one that stepped aside is 0 wide."""
        metrics = self.fontMetrics()
        own = []
        for column in range(self.rows.columnCount()):
            texts = [self.rows.text(row, column) for row in range(min(SAMPLE, self.rows.rowCount()))]
            texts.append(f"{self.rows.headerData(column, Qt.Orientation.Horizontal)}  ")
            lengths = sorted(metrics.horizontalAdvance(text) for text in texts)
            prose = self.rows.column(column).kind == "prose"
            wide = lengths[len(lengths) * 4 // 5] if prose else lengths[-1]  # a few long sentences take no room from the rest
            widest = self._widest * (2 if prose else 1)
            own.append(min(widest, max(56, wide + 28)))
        return own

    def _spread(self) -> None:
        """Make the table as wide as its page: spare room goes to the columns of text, want of it is taken from the widest; what
        may step aside does so where even that is not enough."""
        room, least = self.viewport().width(), min(NARROWEST, self._widest // 2)
        places, columns = list(range(len(self._own))), [self.rows.column(place) for place in range(len(self._own))]
        optional = [place for place in places if columns[place].optional]
        widths = fitted([self._own[place] for place in places], [columns[place].kind for place in places], room, least)
        while optional and (sum(widths) > room or min(widths[0], self._own[0]) < min(self._own[0], LEGIBLE)):
            places.remove(optional.pop())
            widths = fitted([self._own[place] for place in places], [columns[place].kind for place in places], room, least)
        texts = [place for place in places if not columns[place].right] or places
        texts = [place for place in texts if columns[place].kind == "prose"] or texts
        spare = max(0, room - sum(widths)) // max(1, len(texts))
        for place in range(len(self._own)):
            self.setColumnHidden(place, place not in places)
        for place, width in zip(places, widths, strict=True):
            self.setColumnWidth(place, width + (spare if place in texts else 0))

    def settle(self) -> None:
        """Lay the frozen first column over the left edge."""
        frozen = self._frozen
        if frozen is None:
            return
        for column in range(1, self.rows.columnCount()):
            frozen.setColumnHidden(column, True)
        frozen.setColumnWidth(0, self.columnWidth(0))
        height = self.viewport().height() + self.horizontalHeader().height()
        frozen.setGeometry(QRect(self.frameWidth(), self.frameWidth(), self.columnWidth(0), height))
        frozen.setVisible(self.rows.columnCount() > 0 and self.horizontalScrollBar().maximum() > 0)
        frozen.raise_()


def fitted(widths: list[int], kinds: list[str], room: int, least: int = NARROWEST) -> list[int]:
    """Return the widths with the widest texts cut to one limit so that all fit into `room`, never below `least`.

    Codes and numbers stay whole; the first column, which names the row, may be half as wide again, sentences twice as wide.
    """

    def cut(limit: int) -> list[int]:
        shares = [SENTENCE if kind == "prose" else 1.5 if place == 0 else 1.0 for place, kind in enumerate(kinds)]
        return [
            min(width, round(limit * share)) if kind in ("text", "place", "prose") else width
            for width, kind, share in zip(widths, kinds, shares, strict=True)
        ]

    limit = max(widths, default=0)
    while limit > least and sum(cut(limit)) > room:
        limit -= 4
    return cut(limit)


def dress(view: QTableView, painter: QStyledItemDelegate) -> None:
    """Give a table view the manners of the house."""
    view.setItemDelegate(painter)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setCornerButtonEnabled(False)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(ROW)
    view.horizontalHeader().setHighlightSections(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)


def _frozen_part(table: Table) -> QTableView:
    """Return a view of the first column alone that scrolls with `table`."""
    part = QTableView(table)
    part.setProperty("role", "frozen")
    part.setModel(table.rows)
    dress(part, table.painter)
    part.setSelectionModel(table.selectionModel())
    part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    part.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    part.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    part.horizontalHeader().setSectionsClickable(True)
    part.horizontalHeader().sectionClicked.connect(table.sort_by)
    part.clicked.connect(table.clicked)
    table.verticalScrollBar().valueChanged.connect(part.verticalScrollBar().setValue)
    part.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
    table.horizontalScrollBar().rangeChanged.connect(lambda _low, _high: table.settle())
    table.horizontalHeader().sectionResized.connect(lambda *_sizes: table.settle())
    return part


def search_field(name: str) -> QLineEdit:
    """Return a field to search a table with, cleared by its button."""
    field = QLineEdit()
    field.setObjectName(name)
    field.setClearButtonEnabled(True)
    field.setMinimumWidth(240)
    return field
