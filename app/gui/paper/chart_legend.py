"""The key of a chart on paper: a mark and a name for each series, in lines that fit."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter

from app.domain.paper import Ink
from app.domain.paper_chart import ChartGroup, ChartSeries, PaperChart
from app.gui.paper.chart_marks import fill_box, paint_dot
from app.gui.paper.letters import Faces, pen, write

MARK, NEAR, APART = 8.0, 4.0, 14.0
LINE_MARK = 22.0
LEADING = 1.35


def legend_size(faces: Faces, chart: PaperChart, width: float) -> tuple[float, float]:
    """Return width and height of the key, at most `width` wide."""
    ink = _ink(chart)
    if chart.legend in ("left", "right"):
        entries = list(_entries(chart))
        widest = max((_width(faces, entry, ink) for entry in entries), default=0.0)
        return min(widest, width * 0.4), len(entries) * ink.size * LEADING
    return width, len(list(_lines(faces, chart, width))) * ink.size * LEADING


def paint_legend(painter: QPainter, faces: Faces, chart: PaperChart, box: QRectF) -> None:
    """Paint the key into `box`."""
    ink = _ink(chart)
    beside = chart.legend in ("left", "right")
    lines = [[entry] for entry in _entries(chart)] if beside else list(_lines(faces, chart, box.width()))
    y = box.top()
    for line in lines:
        total = sum(_width(faces, entry, ink) for entry in line) + APART * (len(line) - 1)
        x = box.left() if beside else box.center().x() - total / 2
        for group, series in line:
            _mark(painter, group, series, QRectF(x, y + ink.size * LEADING / 2 - MARK / 2, _mark_width(group), MARK))
            write(painter, faces, (x + _mark_width(group) + NEAR, y + ink.size * (LEADING / 2 + 0.36)), series.name, ink)
            x += _width(faces, (group, series), ink) + APART
        y += ink.size * LEADING


def _ink(chart: PaperChart) -> Ink:
    return Ink(chart.font, chart.font, chart.legend_size)


def _entries(chart: PaperChart) -> Iterator[tuple[ChartGroup, ChartSeries]]:
    place = 0
    for group in chart.groups:
        if group.kind == "pie" and group.series:
            series = group.series[0]
            for point, name in enumerate(chart.categories):
                yield group, ChartSeries(name, (), fill=dict(series.fills).get(point, series.fill))
            continue
        for series in group.series:
            if place not in chart.silent and series.name:
                yield group, series
            place += 1


def _lines(faces: Faces, chart: PaperChart, width: float) -> Iterator[list[tuple[ChartGroup, ChartSeries]]]:
    line: list[tuple[ChartGroup, ChartSeries]] = []
    used, ink = 0.0, _ink(chart)
    for entry in _entries(chart):
        wide = _width(faces, entry, ink)
        if line and used + APART + wide > width:
            yield line
            line, used = [], 0.0
        used += wide + (APART if line else 0.0)
        line.append(entry)
    if line:
        yield line


def _mark_width(group: ChartGroup) -> float:
    return MARK if group.kind in ("bar", "area", "pie") else LINE_MARK


def _width(faces: Faces, entry: tuple[ChartGroup, ChartSeries], ink: Ink) -> float:
    return _mark_width(entry[0]) + NEAR + faces.width(entry[1].name, ink)


def _mark(painter: QPainter, group: ChartGroup, series: ChartSeries, box: QRectF) -> None:
    if group.kind in ("bar", "area", "pie"):
        fill_box(painter, box, series.fill, series.stroke)
        return
    if series.stroke is not None and series.stroke.colour:
        painter.setPen(pen(series.stroke.colour, series.stroke.width, series.stroke.dashed))
        painter.drawLine(QLineF(box.left(), box.center().y(), box.right(), box.center().y()))
    paint_dot(painter, QPointF(box.center()), series.dots)
