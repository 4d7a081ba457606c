"""Lines, points, areas and slices of a chart on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from app.domain.paper import Ink
from app.domain.paper_chart import ChartGroup, ChartSeries, Fill, PaperChart, Tag
from app.gui.paper.chart_axes import Axes
from app.gui.paper.chart_marks import brush, paint_dot, paint_whisker
from app.gui.paper.chart_scale import spoken
from app.gui.paper.letters import pen, write

if TYPE_CHECKING:
    from app.gui.paper.chart import Canvas

NEAR = 4.0
SLICES = ("#4472c4", "#ed7d31", "#a5a5a5", "#ffc000", "#5b9bd5", "#70ad47")


def paint_points(canvas: Canvas, group: ChartGroup, axes: Axes) -> None:
    """Paint the lines of a group, then its intervals, points and labels."""
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
    for series in group.series:
        _joined(canvas, series, axes)
    for series in group.series:
        points = _places(series, axes)
        for each in series.whiskers:
            for place, point in points.items():
                _whisker(canvas, series, (each, place, point), axes)
        for point in points.values():
            if axes.plot.adjusted(-2, -2, 2, 2).contains(point):
                paint_dot(canvas.painter, point, series.dots)
        for tag in series.tags:
            if tag.point in points:
                _tag(canvas, series, tag, points[tag.point])


def _places(series: ChartSeries, axes: Axes) -> dict[int, QPointF]:
    """Return where each point stands: at its x value, else in the middle of its category."""
    found = {}
    for place, value in enumerate(series.values):
        x = (series.xs[place] if place < len(series.xs) else None) if series.xs else place + (0.5 if axes.x.is_named else 1.0)
        if value is not None and x is not None:
            found[place] = QPointF(axes.across(x), axes.up(value))
    return found


def _joined(canvas: Canvas, series: ChartSeries, axes: Axes) -> None:
    if series.stroke is None or not series.stroke.colour:
        return
    canvas.painter.save()
    canvas.painter.setClipRect(axes.plot.adjusted(-1, -1, 1, 1), Qt.ClipOperation.IntersectClip)
    canvas.painter.setPen(pen(series.stroke.colour, series.stroke.width, series.stroke.dashed))
    path, last = QPainterPath(), -2
    for place, point in _places(series, axes).items():
        if place == last + 1:
            path.lineTo(point)
        else:
            path.moveTo(point)
        last = place
    canvas.painter.drawPath(path)
    canvas.painter.restore()


def _whisker(canvas: Canvas, series: ChartSeries, found: tuple, axes: Axes) -> None:
    each, place, point = found
    more = each.plus[place] if place < len(each.plus) else None
    less = each.minus[place] if place < len(each.minus) else None
    if not more and not less:
        return
    if each.across and series.xs:
        x, scale = series.xs[place] or 0.0, axes.x.scale
        ends = (axes.across(scale.held(x - (less or 0.0))), axes.across(scale.held(x + (more or 0.0))))
        line = QLineF(ends[0], point.y(), ends[1], point.y())
    else:
        y, scale = series.values[place] or 0.0, axes.y.scale
        line = QLineF(point.x(), axes.up(scale.held(y - (less or 0.0))), point.x(), axes.up(scale.held(y + (more or 0.0))))
    paint_whisker(canvas.painter, line, each.stroke, each.capped)


def _tag(canvas: Canvas, series: ChartSeries, tag: Tag, point: QPointF) -> None:
    text = tag.text or spoken(series.values[tag.point] or 0.0, tag.format or series.format)
    ink = Ink(canvas.ink.font, canvas.ink.wide, tag.size or canvas.ink.size, colour=tag.colour or "#000000")
    width, gap = canvas.faces.width(text, ink), series.dots.size / 2 + NEAR
    place = {
        "t": (point.x() - width / 2, point.y() - gap),
        "b": (point.x() - width / 2, point.y() + gap + ink.size * 0.7),
        "l": (point.x() - gap - width, point.y() + ink.size * 0.36),
        "ctr": (point.x() - width / 2, point.y() + ink.size * 0.36),
    }.get(tag.place, (point.x() + gap, point.y() + ink.size * 0.36))
    write(canvas.painter, canvas.faces, place, text, ink)


def paint_area(canvas: Canvas, group: ChartGroup, axes: Axes) -> None:
    """Paint the areas of a group, each on the one before where stacked."""
    below: dict[int, float] = {}
    for series in group.series:
        upper, lower = [], []
        for place, value in enumerate(series.values):
            base = below.get(place, 0.0) if group.stack else 0.0
            x = axes.across(place + 0.5)
            upper.append(QPointF(x, axes.up(base + (value or 0.0))))
            lower.append(QPointF(x, axes.up(base)))
            below[place] = base + (value or 0.0)
        canvas.painter.setPen(Qt.PenStyle.NoPen)
        canvas.painter.setBrush(brush(series.fill))
        canvas.painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))


def paint_pie(canvas: Canvas, chart: PaperChart, box: QRectF) -> None:
    """Paint the slices of the first series."""
    series = next((group.series[0] for group in chart.groups if group.kind == "pie" and group.series), None)
    if series is None:
        return
    size = min(box.width(), box.height())
    circle = QRectF(box.center().x() - size / 2, box.center().y() - size / 2, size, size)
    whole, start = sum(value or 0.0 for value in series.values) or 1.0, 90.0 * 16
    canvas.painter.setPen(pen("#ffffff", 1.0))
    for place, value in enumerate(series.values):
        turn = -360.0 * 16 * (value or 0.0) / whole
        canvas.painter.setBrush(brush(dict(series.fills).get(place, Fill(SLICES[place % len(SLICES)]))))
        canvas.painter.drawPie(circle, round(start), round(turn))
        start += turn
