"""The edges of the painted grid: over each column what it was taken for, beside each row its role."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from app.domain.numbers import percent
from app.domain.sheet import RowRole
from app.gui.preview.grid_model import GridModel
from app.gui.preview.grounds import band
from app.present.preview import Strip

TALL, WIDE, WIDER = 62, 96, 250
LETTER = 20  # height of the line with the letter


class Head(QHeaderView):
    """A header that reads the view behind its model and opens its menu by a click."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget, words: dict[RowRole, str]) -> None:
        super().__init__(orientation, parent)
        self.words = words
        self.setSectionsClickable(True)
        self.setHighlightSections(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def grid(self) -> GridModel:
        """The model behind the header."""
        model = self.model()
        assert isinstance(model, GridModel)
        return model

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell of a click, but not of a drag of an edge between two sections."""
        super().mousePressEvent(event)
        self.viewport().update()

    def _ground(self, painter: QPainter, rect: QRect, lit: bool) -> None:
        palette = self.grid.palette
        painter.fillRect(rect, QColor(palette.selection if lit else palette.window))
        painter.setPen(QColor(palette.hairline))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class ColumnHead(Head):
    """The letter, and in two lines the item with how sure that is."""

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(super().sizeHint().width(), LETTER + 6 if self.grid.view.down else TALL)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one section."""
        painter.save()
        current = self.selectionModel().currentIndex() if self.selectionModel() is not None else None
        self._ground(painter, rect, current is not None and current.isValid() and current.column() == section)
        painter.setPen(QColor(self.grid.palette.muted))
        letters = str(self.grid.headerData(section, Qt.Orientation.Horizontal))
        painter.drawText(rect.adjusted(8, 3, -6, 0), int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft), letters)
        strip = None if self.grid.view.down else self.grid.view.strips.get(section)
        if strip is not None:
            self._strip(painter, rect, strip)
        painter.restore()

    def _strip(self, painter: QPainter, rect: QRect, strip: Strip) -> None:
        palette = self.grid.palette
        draw_sure(painter, QPoint(rect.right() - 12, rect.top() + 12), strip, palette)
        if strip.state in ("sure", "unsure"):
            painter.setPen(QColor(palette.muted))
            box = rect.adjusted(30, 3, -24, 0)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight), percent(strip.confidence))
        ink = {"none": palette.neutral, "unsure": palette.warning, "decided": palette.accent}.get(strip.state, palette.text)
        painter.setPen(QColor(ink))
        box = rect.adjusted(8, LETTER + 3, -6, -2)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), strip.label)


class RowHead(Head):
    """The row number and the role in words beside a band of its colour; in long forms the item instead."""

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(WIDER if self.grid.view.down else WIDE, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Paint one section."""
        painter.save()
        current = self.selectionModel().currentIndex() if self.selectionModel() is not None else None
        self._ground(painter, rect, current is not None and current.isValid() and current.row() == section)
        palette, role = self.grid.palette, self.grid.view.role(section)
        painter.fillRect(QRect(rect.left(), rect.top(), 4, rect.height() - 1), band(role, palette))
        painter.setPen(QColor(palette.text))
        number = rect.adjusted(8, 0, 0, 0)
        painter.drawText(QRect(number.left(), rect.top(), 44, rect.height()), Qt.AlignmentFlag.AlignVCenter, str(section + 1))
        strip = self.grid.view.strips.get(section) if self.grid.view.down else None
        words = strip.label if strip is not None else self.words.get(role, "") if role is not RowRole.BLANK else ""
        painter.setPen(QColor(palette.neutral if strip is not None and strip.state == "none" else palette.muted))
        room = rect.adjusted(46, 0, -22 if strip is not None else -6, 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        if strip is not None:
            draw_sure(painter, QPoint(rect.right() - 12, rect.center().y()), strip, palette)
        painter.restore()


def draw_sure(painter: QPainter, at: QPoint, strip: Strip, palette: object) -> None:
    """Draw how sure a match is: full, half or empty disc; a diamond where a person set it."""
    inks = {"sure": "good", "unsure": "warning", "none": "neutral", "decided": "accent"}
    ink = QColor(getattr(palette, inks[strip.state]))
    box = QRectF(at.x() - 4.5, at.y() - 4.5, 9, 9)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.4))
    painter.setBrush(ink if strip.state in ("sure", "decided") else Qt.BrushStyle.NoBrush)
    if strip.state == "decided":
        painter.translate(box.center())
        painter.rotate(45)
        painter.drawRect(QRectF(-3.4, -3.4, 6.8, 6.8))
    else:
        painter.drawEllipse(box)
        if strip.state == "unsure":
            painter.setBrush(ink)
            painter.drawPie(box, 90 * 16, 180 * 16)
    painter.restore()
