"""A chart painted from the numbers in the file: the room for its words, then axes, then what each group draws."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.domain.paper import Ink
from app.domain.paper_chart import ChartAxis, ChartGroup, PaperChart
from app.gui.paper.chart_axes import Axes, AxisPlan, axis_room, paint_axes
from app.gui.paper.chart_bars import paint_bars
from app.gui.paper.chart_legend import legend_size, paint_legend
from app.gui.paper.chart_points import paint_area, paint_pie, paint_points
from app.gui.paper.chart_scale import Scale, format_of, reach, scale_of
from app.gui.paper.letters import Faces, write
from app.gui.paper.words import wrapped

EDGE = 6.0  # points around everything
TITLE = 1.2  # size of a chart's title against its other words


@dataclass(frozen=True, slots=True)
class Canvas:
    """What painting needs: painter, fonts, and the letters of the chart's words."""

    painter: QPainter
    faces: Faces
    ink: Ink


def paint_chart(painter: QPainter, chart: PaperChart, box: QRectF, faces: Faces) -> None:
    """Paint `chart` into `box`, in points."""
    painter.save()
    painter.setClipRect(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    canvas = Canvas(painter, faces, Ink(chart.font, chart.font, chart.size))
    inner = _under_title(canvas, chart, box.adjusted(EDGE, EDGE, -EDGE, -EDGE))
    inner = _beside_legend(canvas, chart, inner)
    if any(group.kind == "pie" for group in chart.groups):
        paint_pie(canvas, chart, inner)
    elif chart.groups:
        _paint_plot(canvas, chart, inner)
    painter.restore()


def _under_title(canvas: Canvas, chart: PaperChart, box: QRectF) -> QRectF:
    if not chart.title:
        return box
    ink = Ink(chart.font, chart.font, chart.size * TITLE, bold=True)
    y = box.top()
    for line in wrapped(chart.title, box.width(), ink, canvas.faces):
        y += ink.size * 1.25
        width = canvas.faces.width(line, ink)
        write(canvas.painter, canvas.faces, (box.center().x() - width / 2, y - ink.size * 0.3), line, ink)
    return box.adjusted(0, y - box.top() + 4, 0, 0)


def _beside_legend(canvas: Canvas, chart: PaperChart, box: QRectF) -> QRectF:
    if not chart.legend:
        return box
    width, height = legend_size(canvas.faces, chart, box.width())
    if chart.legend in ("left", "right"):
        shift = width + 8
        at = box.left() if chart.legend == "left" else box.right() - width
        paint_legend(canvas.painter, canvas.faces, chart, QRectF(at, box.center().y() - height / 2, width, height))
        return box.adjusted(shift, 0, 0, 0) if chart.legend == "left" else box.adjusted(0, 0, -shift, 0)
    shift = height + 6
    at = box.top() if chart.legend == "top" else box.bottom() - height
    paint_legend(canvas.painter, canvas.faces, chart, QRectF(box.left(), at, box.width(), height))
    return box.adjusted(0, shift, 0, 0) if chart.legend == "top" else box.adjusted(0, 0, 0, -shift)


def _paint_plot(canvas: Canvas, chart: PaperChart, box: QRectF) -> None:
    plans = [_plans(chart, group) for group in chart.groups]
    main = plans[0]
    second = next((plan for plan in plans[1:] if plan.y.axis is not main.y.axis and plan.y.axis is not None), None)
    left, right, top, bottom = axis_room(canvas.faces, chart, (main.x, main.y), box)
    if second is not None and not (second.y.axis is None or second.y.axis.hidden):
        right += axis_room(canvas.faces, chart, (main.x, second.y), box)[0]
    plot = box.adjusted(left, top, -right, -bottom)
    if plot.width() < 10 or plot.height() < 10:
        return
    paint_axes(canvas, chart, (main.x, main.y), plot)
    if second is not None:
        paint_axes(canvas, chart, (None, second.y), plot)
    for group, plan in zip(chart.groups, plans, strict=True):
        axes = Axes(plot, plan.x, plan.y)
        if group.kind == "bar":
            paint_bars(canvas, group, axes)
        elif group.kind == "area":
            paint_area(canvas, group, axes)
        else:
            paint_points(canvas, group, axes)


@dataclass(frozen=True, slots=True)
class _Plans:
    """The axes of one group: what runs across and what runs up."""

    x: AxisPlan
    y: AxisPlan


def _plans(chart: PaperChart, group: ChartGroup) -> _Plans:
    own = [chart.axes[place] for place in group.axes if place < len(chart.axes)] or list(chart.axes)
    values = [axis for axis in own if axis.kind == "value"]
    if group.kind in ("scatter", "bubble"):
        flat = next((axis for axis in values if axis.side in ("bottom", "top")), values[0] if values else None)
        upright = next((axis for axis in values if axis is not flat), None)
        return _Plans(_valued(chart, flat, group, True), _valued(chart, upright, group, False))
    names = next((axis for axis in own if axis.kind == "category"), None)
    count = max((len(series.values) for each in chart.groups for series in each.series), default=0)
    by_name = AxisPlan(names, Scale(0.0, float(max(count, 1)), 1.0, names is not None and names.turned), chart.categories, count)
    by_value = _valued(chart, values[0] if values else None, group, False)
    return _Plans(by_value, by_name) if group.lying else _Plans(by_name, by_value)


def _valued(chart: PaperChart, axis: ChartAxis | None, group: ChartGroup, across: bool) -> AxisPlan:
    sharing = [each for each in chart.groups if each is group or (axis is not None and _stands_on(chart, each, axis))]
    numbers = [number for each in sharing for number in reach(each, across)]
    return AxisPlan(axis, scale_of(axis, numbers, group.kind in ("bar", "area")), format=format_of(chart, axis))


def _stands_on(chart: PaperChart, group: ChartGroup, axis: ChartAxis) -> bool:
    return any(place < len(chart.axes) and chart.axes[place] is axis for place in group.axes)
