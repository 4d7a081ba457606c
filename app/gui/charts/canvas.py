"""A figure on screen: laid out anew for its size, read out on hover, opened by a click or Return, entered by a double click."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from app.domain.drawing import Drawing, Mark
from app.gui.charts.painter import mark_at, marked, paint

SCALE = 96 / 25.4  # logical pixels a millimetre at 100 %
FAMILY = "Noto Sans SC"  # the font the layout was measured with
COPIES = ("figure.copy_picture", "figure.copy_table")  # what a right click offers
DELAY = 60  # milliseconds of quiet before a new size is laid out

Layout = Callable[[float, float], Drawing]
Fit = Callable[[int], float]


class DrawingCanvas(QWidget):
    """Shows a Drawing; `evidence(mark id)` on a click, `down(mark id)` on a double click or Ctrl+Return."""

    evidence = Signal(str)
    down = Signal(str)

    def __init__(self, name: str, height: int = 360) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height)
        self._least = height
        self._layout: Layout | None = None
        self._fit: Fit | None = None
        self.scale = SCALE
        self.drawing: Drawing | None = None
        self.figure = ""  # the id by which it can be copied, "" for what never leaves the program
        self._picture: QPixmap | None = None
        self._marks: tuple[tuple[Mark, QRectF], ...] | None = None
        self._accent = "#000000"
        self._focus, self._by_keyboard = -1, False
        self._clicked: Mark | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._lay_out)

    def display(self, layout: Layout | None, title: str, accent: str, fit: Fit | None = None) -> None:
        """Show what `layout(width mm, height mm)` returns; `title` names it for a screen reader.

        `fit` gives pixels a millimetre for a width in pixels where paper size will not do.
        """
        self._layout, self._fit = layout, fit
        self._accent = accent
        self._focus = -1
        self.setAccessibleName(title)
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(600, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new width; the height follows from it."""
        if event.size().width() != event.oldSize().width():
            self._timer.start()
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remember how the focus came: who works with the keyboard must see where it is."""
        self._by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow another screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._picture = None
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if self.drawing is None:
            return
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._painted(self.drawing)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        if not self.hasFocus():
            return
        marks = self.marks
        if self._by_keyboard and self._focus < 0:
            painter.setPen(QPen(QColor(self._accent), 2))
            painter.drawRect(self.rect().adjusted(3, 3, -3, -3))
        if 0 <= self._focus < len(marks):
            area = marks[self._focus][1]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._accent), 2))
            painter.drawRoundedRect(scaled(area, self.scale).adjusted(-2, -2, 2, 2), 3, 3)

    def event(self, event: QEvent) -> bool:
        """Take what has no handler of its own."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._read_out(self.mark_under(QPointF(event.pos())), event.globalPos())
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        mark = self.mark_under(event.position())
        pointer = Qt.CursorShape.PointingHandCursor if mark and mark.evidence else Qt.CursorShape.ArrowCursor
        self.setCursor(pointer)
        if mark is None:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click."""
        mark = self.mark_under(event.position())
        self._clicked = mark
        if event.button() == Qt.MouseButton.LeftButton and mark is not None and mark.evidence:
            self.evidence.emit(mark.evidence)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a double click."""
        mark = self._clicked or self.mark_under(event.position())  # the panel opened by the first click may have moved the figure
        if mark is not None and mark.evidence:
            self.down.emit(mark.evidence)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the window's commands on figures."""
        actions = [action for action in self.window().findChildren(QAction) if action.objectName() in COPIES]
        if not self.figure or not actions:
            super().contextMenuEvent(event)
            return
        self.setFocus()  # the commands go to the figure that has it
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(actions)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of its own."""
        marks = self.marks
        key = event.key()
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        if key in steps and marks:
            self._move_focus(marks, steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._focus < len(marks):
            down = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            (self.down if down else self.evidence).emit(marks[self._focus][0].evidence)
        else:
            super().keyPressEvent(event)

    @property
    def marks(self) -> tuple[tuple[Mark, QRectF], ...]:
        """Every mark of the drawing with its area in millimetres, measured when first asked for."""
        if self._marks is None:
            self._marks = marked(self.drawing) if self.drawing is not None else ()
        return self._marks

    def mark_under(self, position: QPointF) -> Mark | None:
        """Return the mark at a point of the widget, or None."""
        return mark_at(self.drawing, position.x() / self.scale, position.y() / self.scale) if self.drawing is not None else None

    def _move_focus(self, marks: tuple[tuple[Mark, QRectF], ...], step: int) -> None:
        self._focus = (self._focus + step) % len(marks) if self._focus >= 0 else 0
        mark, area = marks[self._focus]
        self._read_out(mark, self.mapToGlobal(scaled(area, self.scale).bottomRight().toPoint()))
        self.update()

    def _read_out(self, mark: Mark | None, place: QPoint) -> None:
        if mark is None or not mark.sentence:
            QToolTip.hideText()
            return
        QToolTip.showText(place, mark.sentence, self)
        self.setAccessibleDescription(mark.sentence)

    def _lay_out(self) -> None:
        if self._layout is None or self.width() < 40:
            self.drawing = None
        else:
            self.scale = self._fit(self.width()) if self._fit is not None else SCALE
            self.drawing = self._layout(self.width() / self.scale, self._least / self.scale)
            self.setFixedHeight(max(self._least, ceil(self.drawing.height * self.scale)))
            self.setAccessibleDescription(self.drawing.alt)
        self._picture = self._marks = None
        self.update()

    def _painted(self, drawing: Drawing) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(QSize(round(self.width() * ratio), round(self.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(drawing.background))
        painter = QPainter(picture)
        painter.setFont(QFont(FAMILY))
        paint(painter, drawing, self.scale)
        painter.end()
        return picture


def scaled(area: QRectF, scale: float) -> QRectF:
    """Return an area in millimetres as logical pixels."""
    return QRectF(area.x() * scale, area.y() * scale, area.width() * scale, area.height() * scale)
