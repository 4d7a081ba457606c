"""What charts are made of: filled boxes with or without hatching, points of every shape, whiskers."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from app.domain.paper_chart import Dots, Fill, Stroke
from app.gui.paper.letters import pen

HATCH = 3.0  # points between the lines of a hatching
CAP = 2.5
_CORNERS = {
    "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
    "dash": ((-1.4, -0.25), (1.4, -0.25), (1.4, 0.25), (-1.4, 0.25)),
}


def fill_box(painter: QPainter, box: QRectF, fill: Fill | None, stroke: Stroke | None = None) -> None:
    """Paint a filled rectangle with its hatching and its outline."""
    box = box.normalized()
    if fill is not None and fill.colour:
        painter.fillRect(box, _colour(fill))
    if fill is not None and fill.hatch:
        _hatch(painter, box, fill.hatch)
    if stroke is not None and stroke.colour:
        painter.setPen(pen(stroke.colour, stroke.width, stroke.dashed))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)


def brush(fill: Fill | None) -> QBrush:
    """Return the brush of a fill, none where it has no colour."""
    return QBrush(_colour(fill)) if fill is not None and fill.colour else QBrush(Qt.BrushStyle.NoBrush)


def _colour(fill: Fill) -> QColor:
    colour = QColor(fill.colour)
    colour.setAlphaF(fill.solid)
    return colour


def _hatch(painter: QPainter, box: QRectF, colour: str) -> None:
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QColor(colour), 0.6))
    x = box.left() - box.height()
    while x < box.right():
        painter.drawLine(QLineF(x, box.bottom(), x + box.height(), box.top()))
        x += HATCH
    painter.restore()


def paint_dot(painter: QPainter, place: QPointF, dots: Dots) -> None:
    """Paint a mark at a point."""
    if dots.shape in ("none", ""):
        return
    painter.setPen(pen(dots.line, 0.75))
    painter.setBrush(QBrush(QColor(dots.fill)) if dots.fill else QBrush(Qt.BrushStyle.NoBrush))
    radius = dots.size / 2
    corners = _CORNERS.get(dots.shape)
    if corners is not None:
        painter.drawPolygon(QPolygonF([QPointF(place.x() + x * radius, place.y() + y * radius) for x, y in corners]))
    elif dots.shape in ("x", "plus", "star"):
        painter.setPen(pen(dots.line or dots.fill, 1.0))
        step = radius if dots.shape == "plus" else radius * 0.8
        slant = 0.0 if dots.shape == "plus" else step
        painter.drawLine(QLineF(place.x() - step, place.y() - slant, place.x() + step, place.y() + slant))
        painter.drawLine(QLineF(place.x() - slant, place.y() + step, place.x() + slant, place.y() - step))
    else:
        painter.drawEllipse(place, radius, radius)


def paint_whisker(painter: QPainter, line: QLineF, stroke: Stroke, capped: bool) -> None:
    """Paint an interval from one end to the other."""
    painter.setPen(pen(stroke.colour, stroke.width, stroke.dashed))
    painter.drawLine(line)
    if capped:
        upright = line.dx() == 0
        for end in (line.p1(), line.p2()):
            dx, dy = (CAP, 0.0) if upright else (0.0, CAP)
            painter.drawLine(QLineF(end.x() - dx, end.y() - dy, end.x() + dx, end.y() + dy))
