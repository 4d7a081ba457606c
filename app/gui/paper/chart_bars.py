"""Bars of a chart on paper, side by side or one on the other, lying or standing, with their intervals and labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF

from app.domain.colours import readable_on
from app.domain.paper import Ink
from app.domain.paper_chart import ChartGroup, ChartSeries, Tag
from app.gui.paper.chart_axes import Axes
from app.gui.paper.chart_marks import fill_box, paint_whisker
from app.gui.paper.chart_scale import spoken
from app.gui.paper.letters import write

if TYPE_CHECKING:
    from app.gui.paper.chart import Canvas

NEAR = 3.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: whose it is, which point, from and to on the value axis, from and to on the other in categories."""

    series: ChartSeries
    point: int
    start: float
    stop: float
    low: float
    high: float


def paint_bars(canvas: Canvas, group: ChartGroup, axes: Axes) -> None:
    """Paint the bars of a group."""
    bars = list(bars_of(group))
    for bar in bars:
        fill = dict(bar.series.fills).get(bar.point, bar.series.fill)
        fill_box(canvas.painter, _box(bar, group, axes), fill, bar.series.stroke)
    for bar in bars:
        _whiskers(canvas, bar, group, axes)
    for bar in bars:
        for tag in bar.series.tags:
            if tag.point == bar.point:
                _tag(canvas, bar, tag, (group, axes))


def bars_of(group: ChartGroup) -> Iterator[Bar]:
    """Yield the bars of a group; where stacked each begins at the end of the one before."""
    count = max((len(series.values) for series in group.series), default=0)
    for point in range(count):
        ends = {True: 0.0, False: 0.0}
        whole = sum(abs(series.values[point] or 0.0) for series in group.series if point < len(series.values)) or 1.0
        for place, series in enumerate(group.series):
            value = series.values[point] if point < len(series.values) else None
            if value is None:
                continue
            if group.stack:
                part = value / whole if group.stack == "percent" else value
                start = ends[part >= 0]
                ends[part >= 0] = start + part
                yield Bar(series, point, start, start + part, *_span(group, point, 0, 1))
            else:
                yield Bar(series, point, 0.0, value, *_span(group, point, place, len(group.series)))


def _span(group: ChartGroup, point: int, place: int, count: int) -> tuple[float, float]:
    """Return where a bar lies between its category's edges: the gap is a share of a bar, bars overlap by a share."""
    step = 1.0 - group.overlap / 100 if count > 1 else 1.0
    wide = 1.0 / (1.0 + (count - 1) * step + group.gap / 100)
    start = point + wide * group.gap / 200 + place * wide * step
    return start, start + wide


def _box(bar: Bar, group: ChartGroup, axes: Axes) -> QRectF:
    if group.lying:
        scale = axes.x.scale
        ends = (axes.across(scale.held(bar.start)), axes.across(scale.held(bar.stop)))
        sides = (axes.up(bar.low), axes.up(bar.high))
        return QRectF(ends[0], sides[0], ends[1] - ends[0], sides[1] - sides[0]).normalized()
    scale = axes.y.scale
    ends = (axes.up(scale.held(bar.start)), axes.up(scale.held(bar.stop)))
    sides = (axes.across(bar.low), axes.across(bar.high))
    return QRectF(sides[0], ends[0], sides[1] - sides[0], ends[1] - ends[0]).normalized()


def _whiskers(canvas: Canvas, bar: Bar, group: ChartGroup, axes: Axes) -> None:
    middle = (bar.low + bar.high) / 2
    for each in bar.series.whiskers:
        more = each.plus[bar.point] if bar.point < len(each.plus) else None
        less = each.minus[bar.point] if bar.point < len(each.minus) else None
        if not more and not less:
            continue
        low, high = bar.stop - (less or 0.0), bar.stop + (more or 0.0)
        if group.lying:
            y = axes.up(middle)
            line = QLineF(axes.across(axes.x.scale.held(low)), y, axes.across(axes.x.scale.held(high)), y)
        else:
            x = axes.across(middle)
            line = QLineF(x, axes.up(axes.y.scale.held(low)), x, axes.up(axes.y.scale.held(high)))
        paint_whisker(canvas.painter, line, each.stroke, each.capped)


def _tag(canvas: Canvas, bar: Bar, tag: Tag, how: tuple[ChartGroup, Axes]) -> None:
    group, axes = how
    fill = dict(bar.series.fills).get(bar.point, bar.series.fill)
    box = _box(bar, group, axes)
    text = tag.text or spoken(bar.series.values[bar.point] or 0.0, tag.format or bar.series.format)
    inside = bool(group.stack) or tag.place in ("ctr", "inEnd", "inBase")
    colour = tag.colour or (readable_on(fill.colour) if inside and fill is not None and fill.colour else "#000000")
    ink = Ink(canvas.ink.font, canvas.ink.wide, tag.size or canvas.ink.size, colour=colour)
    width = canvas.faces.width(text, ink)
    middle = (box.center().x() - width / 2, box.center().y() + ink.size * 0.36)
    if inside:
        place = middle
    elif group.lying:
        place = (box.right() + NEAR if bar.stop >= 0 else box.left() - NEAR - width, middle[1])
    else:
        place = (middle[0], box.top() - NEAR if bar.stop >= 0 else box.bottom() + ink.size)
    write(canvas.painter, canvas.faces, place, text, ink)
