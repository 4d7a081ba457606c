"""Who sent what: the matrix on the collect page, filled while files are read; Enter opens what stands behind a cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.models.coverage_model import CELL_ROLE, FIELD_ROLE, KNOWN_ROLE, RATE_ROLE, CoverageModel
from app.gui.widgets.coverage_marks import MarkKey, draw_mark, ink_of
from app.gui.widgets.parts import column
from app.gui.widgets.table import dress
from app.present.coverage import TELLING, Coverage, CoverageCell

ROW, PAD, GAP = 34, 10, 24
LEAST = 100  # room below which a file's name says nothing
BEAT, STEP = 90, 480  # milliseconds between two turns of the arc, sixteenths of a degree a turn
RATE = 136
NARROW, SENDER, EARLIER, NOW, NAME = 64, 190, 116, 150, 92  # NAME: where the file's name begins after the state
Index = QModelIndex | QPersistentModelIndex


class CoveragePainter(QStyledItemDelegate):
    """Draws mark, words and file of a cell, the bar of a rate, and numbers that ask for care in their colour."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.palette: Palette | None = None
        self.turn = 0

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        palette, field = self.palette, index.data(FIELD_ROLE)
        if palette is None or field is None:
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide's stubs leave it out
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]  # as above
        painter.save()
        painter.fillRect(rect, QColor(palette.selection if chosen else palette.surface))
        painter.setPen(QColor(palette.hairline))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        if field.kind == "wave":
            self._wave(painter, inner, index, palette)
        elif field.kind == "rate":
            self._rate(painter, inner, index, palette)
        else:
            self._text(painter, inner, index, palette)
        painter.restore()

    def _wave(self, painter: QPainter, rect: QRect, index: Index, palette: Palette) -> None:
        cell: CoverageCell = index.data(CELL_ROLE)
        if not cell.state:
            return
        middle = QPointF(rect.x() + 7, rect.y() + rect.height() / 2)
        draw_mark(painter, middle, cell.state, palette, self.turn)
        words = index.data()
        painter.setPen(ink_of(cell.state, palette) if cell.state in ("refused", "late", "absent") else QColor(palette.text))
        area = rect.adjusted(GAP, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, words)
        used = max(painter.fontMetrics().horizontalAdvance(words) + 14, NAME)
        room = area.width() - used
        if room > LEAST and cell.files:
            painter.setPen(QColor(palette.muted))
            name = painter.fontMetrics().elidedText(cell.files[0].name, Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(area.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)

    def _rate(self, painter: QPainter, rect: QRect, index: Index, palette: Palette) -> None:
        rate = index.data(RATE_ROLE)
        if rate is None:
            return
        bar = QRectF(rect.x(), rect.bottom() - 7, rect.width(), 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.hairline))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(QColor(palette.accent))
        painter.drawRoundedRect(QRectF(bar.x(), bar.y(), bar.width() * min(1.0, rate), bar.height()), 2, 2)
        painter.setPen(QColor(palette.text))
        area = rect.adjusted(0, 0, 0, -6)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), index.data())

    def _text(self, painter: QPainter, rect: QRect, index: Index, palette: Palette) -> None:
        field, text = index.data(FIELD_ROLE), index.data()
        inks = {"errors": palette.error, "warnings": palette.warning, "questions": palette.accent}
        ink = palette.text if field.kind == "sender" or text != "0" else palette.neutral
        if field.kind == "sender" and not index.data(KNOWN_ROLE):
            ink = palette.neutral
        painter.setPen(QColor(inks.get(field.kind, ink) if text != "0" else ink))
        side = Qt.AlignmentFlag.AlignLeft if field.kind == "sender" else Qt.AlignmentFlag.AlignRight
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | side), shown)


class CoverageTable(QTableView):
    """The matrix itself; `asked(field kind, row, file key)` on a click or Return; several files are offered as a menu."""

    asked = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("coverage")
        self.matrix = CoverageModel()
        self.setModel(self.matrix)
        self.matrix.setParent(self)
        self.painter = CoveragePainter(self)
        dress(self, self.painter)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setSectionsClickable(False)
        self.clicked.connect(self.open)
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._turn)

    def display(self, coverage: Coverage, texts: Texts, palette: Palette) -> None:
        """Show `coverage`; the arcs of files under way turn while there are any."""
        self.painter.palette = palette
        fields = self.matrix.fields
        self.matrix.display(coverage, texts)
        if self.matrix.fields != fields:
            self._fit()
        under_way = any(file.state == "reading" for file in coverage.under_way)
        if under_way and not self._timer.isActive():
            self._timer.start()
        elif not under_way:
            self._timer.stop()
        self.viewport().update()

    def name_of(self, key: str) -> str:
        """Return the name of the file with this key, "" for none."""
        files = (file for row in self.matrix.coverage.rows for cell in row.cells for file in cell.files)
        return next((file.name for file in files if file.key == key), "")

    def open(self, index: QModelIndex) -> None:
        """Ask for what stands behind a cell."""
        field, row, cell = self.matrix.fields[index.column()], self.matrix.row(index), self.matrix.cell(index)
        files = [file for file in cell.files if file.key]
        if field.kind in ("sender", "wave") and len(files) > 1:
            self._offer(index, field.kind, row.sender)
        elif files:
            self.asked.emit(field.kind, row.sender, files[0].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the cell in focus by Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self._fit()

    def _offer(self, index: QModelIndex, kind: str, sender: str) -> None:
        menu = QMenu(self)
        menu.setObjectName("coverage.files")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for file in self.matrix.cell(index).files:
            if file.key:
                action = menu.addAction(file.name)
                action.triggered.connect(lambda _checked=False, key=file.key: self.asked.emit(kind, sender, key))
        menu.popup(self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))

    def _fit(self) -> None:
        """Give every column its width and what is left to the wave looked at."""
        fields = self.matrix.fields
        waves = [place for place, field in enumerate(fields) if field.kind == "wave"]
        if not waves:
            return
        names = [self.fontMetrics().horizontalAdvance(row.sender) for row in self.matrix.coverage.rows if row.known]
        fixed = {"sender": min(SENDER, max([96, *names]) + 2 * PAD), "wave": EARLIER, "rate": RATE}
        widths = [fixed.get(field.kind, self._head(field.title)) for field in fields]
        room = self.viewport().width()
        for place in waves[:-1]:
            self.setColumnHidden(place, sum(widths) + NOW - EARLIER > room)
            widths[place] = 0 if self.isColumnHidden(place) else widths[place]
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)
        rest = sum(widths) - widths[waves[-1]]
        now = max(NOW, room - rest)
        self.setColumnWidth(waves[-1], now)
        self.matrix.names_shown = now - GAP - 2 * PAD - NAME > LEAST

    def _head(self, title: str) -> int:
        """The width of a column of numbers: that of its head."""
        return max(NARROW, self.fontMetrics().horizontalAdvance(title) + 2 * PAD + 4)

    def _turn(self) -> None:
        self.painter.turn = (self.painter.turn + STEP) % 5760
        self.viewport().update()


class CoverageView(QWidget):
    """The matrix over its key."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self._key = CoverageTable(), MarkKey()
        layout = column(self, 0, 8)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._key)

    def display(self, coverage: Coverage, texts: Texts, palette: Palette) -> None:
        """Show `coverage`; the key tells the states that are on screen."""
        self.table.display(coverage, texts, palette)
        self.table.setAccessibleName(texts("collect.matrix.name"))
        found = {cell.state for row in coverage.rows for cell in row.cells}
        states = tuple((state, texts(f"collect.state.{state}")) for state in TELLING if state in found)
        self._key.display(states, texts("collect.matrix.hint"), palette)
