"""Paints a Drawing (millimetres) with QPainter, and says which mark lies under a point."""

from __future__ import annotations

from functools import singledispatch

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from app.domain.drawing import Box, Dot, Drawing, Label, Mark, Path, Shape

HATCH_STEP = 1.6  # mm between hatch lines, as in the picture files
FONT_SCALE = 20  # fonts are set this much larger and scaled down, so that widths do not jump with hinting
REACH = 1.0  # mm around a thin mark that still count as on it


def paint(painter: QPainter, drawing: Drawing, scale: float) -> None:
    """Paint `drawing` at `scale` logical pixels a millimetre."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.fillRect(QRectF(0, 0, drawing.width * scale, drawing.height * scale), QColor(drawing.background))
    painter.scale(scale, scale)
    for shape in drawing.shapes:
        paint_shape(shape, painter)


def pen(colour: str, width: float, dash: tuple[float, ...] = ()) -> QPen:
    """Return a pen of `width` mm, or none for an empty colour."""
    if not colour:
        return QPen(Qt.PenStyle.NoPen)
    result = QPen(QColor(colour), width)
    result.setCapStyle(Qt.PenCapStyle.FlatCap)
    result.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        result.setDashPattern([length / width for length in dash])
    return result


def brush(colour: str, opacity: float = 1.0) -> QBrush:
    """Return a brush, or none for an empty colour."""
    if not colour:
        return QBrush(Qt.BrushStyle.NoBrush)
    ink = QColor(colour)
    ink.setAlphaF(opacity)
    return QBrush(ink)


@singledispatch
def paint_shape(shape: Shape, painter: QPainter) -> None:  # noqa: ARG001 the kinds below use it
    """Paint one shape in millimetres."""
    raise TypeError(type(shape))


@paint_shape.register
def _(shape: Box, painter: QPainter) -> None:
    area = QRectF(shape.x, shape.y, shape.width, shape.height)
    painter.setPen(pen(shape.stroke, shape.line))
    painter.setBrush(brush(shape.fill))
    painter.drawRoundedRect(area, shape.radius, shape.radius)
    if shape.hatch:
        _hatch(painter, area)


@paint_shape.register
def _(shape: Path, painter: QPainter) -> None:
    points = QPolygonF([QPointF(x, y) for x, y in shape.points])
    painter.setPen(pen(shape.stroke, shape.line, shape.dash))
    if shape.fill or shape.closed:
        painter.setBrush(brush(shape.fill, shape.opacity))
        painter.drawPolygon(points)
    else:
        painter.drawPolyline(points)


@paint_shape.register
def _(shape: Dot, painter: QPainter) -> None:
    painter.setPen(pen(shape.stroke, shape.line))
    painter.setBrush(brush(shape.fill))
    painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)


@paint_shape.register
def _(shape: Label, painter: QPainter) -> None:
    painter.save()
    painter.translate(shape.x, shape.y)
    painter.scale(1 / FONT_SCALE, 1 / FONT_SCALE)
    font = label_font(shape, painter.font())
    painter.setFont(font)
    painter.setPen(QColor(shape.colour))
    painter.drawText(QPointF(_shift(shape, font), 0), shape.text)
    painter.restore()


def label_font(shape: Label, base: QFont) -> QFont:
    """Return the font of a label, FONT_SCALE times its size."""
    font = QFont(base)
    font.setPixelSize(max(1, round(shape.size * FONT_SCALE)))
    font.setBold(shape.bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def mark_at(drawing: Drawing, x: float, y: float) -> Mark | None:
    """Return the topmost mark at a point in millimetres, or None."""
    for shape in reversed(drawing.shapes):
        if shape.mark is not None and area_of(shape).contains(QPointF(x, y)):
            return shape.mark
    return None


def marked(drawing: Drawing) -> tuple[tuple[Mark, QRectF], ...]:
    """Return every mark once, in painting order, with the area of its first shape."""
    found: dict[Mark, QRectF] = {}
    for shape in drawing.shapes:
        if shape.mark is not None and shape.mark not in found:
            found[shape.mark] = area_of(shape)
    return tuple(found.items())


@singledispatch
def area_of(shape: Shape) -> QRectF:
    """Return the area in millimetres in which the pointer is on the shape."""
    raise TypeError(type(shape))


@area_of.register
def _(shape: Box) -> QRectF:
    return QRectF(shape.x, shape.y, shape.width, shape.height)


@area_of.register
def _(shape: Path) -> QRectF:
    return QPolygonF([QPointF(x, y) for x, y in shape.points]).boundingRect().adjusted(-REACH, -REACH, REACH, REACH)


@area_of.register
def _(shape: Dot) -> QRectF:
    reach = shape.radius + REACH
    return QRectF(shape.x - reach, shape.y - reach, 2 * reach, 2 * reach)


@area_of.register
def _(shape: Label) -> QRectF:
    font = label_font(shape, QFont("Noto Sans SC"))
    width = QFontMetricsF(font).horizontalAdvance(shape.text) / FONT_SCALE
    return QRectF(shape.x + _shift(shape, font) / FONT_SCALE, shape.y - shape.size, width, shape.size * 1.2)


def _shift(shape: Label, font: QFont) -> float:
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[shape.anchor]
    return -share * QFontMetricsF(font).horizontalAdvance(shape.text) if share else 0.0


def _hatch(painter: QPainter, area: QRectF) -> None:
    painter.save()
    painter.setClipRect(area)
    painter.setPen(QPen(QColor(0, 0, 0, 90), 0.25))
    for k in range(int((area.width() + area.height()) / HATCH_STEP) + 1):
        start = area.topLeft() + QPointF(k * HATCH_STEP, 0)
        painter.drawLine(start, start + QPointF(-area.height(), area.height()))
    painter.restore()
