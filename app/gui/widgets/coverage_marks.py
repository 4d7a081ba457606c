"""The marks of the coverage matrix: every state has its own shape, so that colour is never needed to tell them apart."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.gui.widgets.parts import clear, label, row

SIZE = 12.0
TURN = 5760  # a full turn in sixteenths of a degree, as Qt counts


def ink_of(state: str, palette: Palette) -> QColor:
    """Return the colour of a state."""
    inks = {"read": palette.good, "reading": palette.accent, "refused": palette.error, "late": palette.warning}
    return QColor(inks.get(state, palette.warning if state == "absent" else palette.neutral))


def draw_mark(painter: QPainter, at: QPointF, state: str, palette: Palette, turn: int = 0) -> None:
    """Draw the mark of `state` around `at`; `turn` sixteenths of a degree move the arc of a file under way."""
    ink = ink_of(state, palette)
    box = QRectF(at.x() - SIZE / 2, at.y() - SIZE / 2, SIZE, SIZE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.6, Qt.PenStyle.DashLine if state == "absent" else Qt.PenStyle.SolidLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _SHAPES.get(state, _ring)(painter, box, ink, QColor(palette.surface), turn)
    painter.restore()


def _ring(painter: QPainter, box: QRectF, _ink: QColor, _ground: QColor, _turn: int) -> None:
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))


def _arc(painter: QPainter, box: QRectF, _ink: QColor, _ground: QColor, turn: int) -> None:
    painter.setPen(QPen(_ink, 2.2))
    painter.drawArc(box.adjusted(1, 1, -1, -1), -turn, TURN * 2 // 3)


def _tick(painter: QPainter, box: QRectF, ink: QColor, ground: QColor, _turn: int) -> None:
    painter.setBrush(ink)
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(QPen(ground, 1.6))
    x, y = box.x(), box.y()
    painter.drawPolyline(QPolygonF([QPointF(x + 3.2, y + 6.2), QPointF(x + 5.3, y + 8.4), QPointF(x + 9, y + 4)]))


def _clock(painter: QPainter, box: QRectF, ink: QColor, ground: QColor, _turn: int) -> None:
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]))
    painter.setPen(QPen(ground, 1.6))
    painter.drawLine(QPointF(box.center().x(), box.top() + 4.5), QPointF(box.center().x(), box.top() + 7.8))
    painter.drawPoint(QPointF(box.center().x(), box.top() + 10))


def _cross(painter: QPainter, box: QRectF, ink: QColor, ground: QColor, _turn: int) -> None:
    painter.setBrush(ink)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    painter.setPen(QPen(ground, 1.6))
    inner = box.adjusted(3.4, 3.4, -3.4, -3.4)
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


def _copies(painter: QPainter, box: QRectF, _ink: QColor, ground: QColor, _turn: int) -> None:
    painter.drawRoundedRect(box.adjusted(3.5, 0.5, -0.5, -3.5), 1.5, 1.5)
    painter.setBrush(ground)
    painter.drawRoundedRect(box.adjusted(0.5, 3.5, -3.5, -0.5), 1.5, 1.5)


_SHAPES = {"reading": _arc, "read": _tick, "late": _clock, "refused": _cross, "repeat": _copies, "absent": _ring}


class MarkBox(QWidget):
    """One mark alone, for the key."""

    def __init__(self, state: str, palette: Palette) -> None:
        super().__init__()
        self.setFixedSize(QSize(16, 16))
        self._state, self._palette = state, palette

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        draw_mark(QPainter(self), QPointF(8, 8), self._state, self._palette)


class MarkKey(QWidget):
    """What the marks on screen mean, in one line."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = row(self, 0, 4)
        self._shown: object = None

    def display(self, entries: tuple[tuple[str, str], ...], hint: str, palette: Palette) -> None:
        """Show the marks as (state, words), then what the keyboard does."""
        if (entries, hint, palette.name) == self._shown:
            return
        self._shown = (entries, hint, palette.name)
        clear(self._layout)
        for state, words in entries:
            self._layout.addWidget(MarkBox(state, palette))
            self._layout.addWidget(label("note", wrap=False, text=words))
            self._layout.addSpacing(10)
        self._layout.addStretch()
        self._layout.addWidget(label("note", wrap=False, text=hint))
