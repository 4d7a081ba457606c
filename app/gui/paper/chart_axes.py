"""The axes of a chart on paper: how much room their words take, lines, and names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF

from app.domain.paper import Ink
from app.domain.paper_chart import ChartAxis, PaperChart, Stroke
from app.gui.paper.chart_scale import Scale, spoken
from app.gui.paper.letters import Faces, pen, write
from app.gui.paper.words import wrapped

if TYPE_CHECKING:
    from app.gui.paper.chart import Canvas

NEAR = 4.0  # points between an axis and its words
WIDEST = 0.4  # of a chart's width that names at its side may take
LEADING = 1.2
TURNED = 6  # letters from which names that do not fit side by side are cut rather than wrapped


@dataclass(frozen=True, slots=True)
class AxisPlan:
    """An axis as it will stand: its scale, and the names of its categories or the format of its numbers."""

    axis: ChartAxis | None
    scale: Scale
    names: tuple[str, ...] = ()
    count: int = 0
    format: str = ""

    @property
    def is_named(self) -> bool:
        """Whether names stand along it, not numbers."""
        return self.count > 0

    @property
    def has_words(self) -> bool:
        """Whether anything stands beside it."""
        return self.axis is not None and not self.axis.hidden and not self.axis.bare

    def ink(self, chart: PaperChart) -> Ink:
        """Return the letters of its words."""
        if self.axis is None:
            return Ink(chart.font, chart.font, chart.size)
        return Ink(chart.font, chart.font, self.axis.size, colour=self.axis.colour)

    def ticks(self) -> list[tuple[float, str]]:
        """Return where words stand, as a share of the way, with the words."""
        if self.is_named:
            named = [self.names[place] if place < len(self.names) else str(place + 1) for place in range(self.count)]
            return [(self.scale.share(place + 0.5), name) for place, name in enumerate(named)]
        return [(self.scale.share(value), spoken(value, self.format)) for value in self.scale.ticks]


@dataclass(frozen=True, slots=True)
class Axes:
    """The plot and the plans of its axes."""

    plot: QRectF
    x: AxisPlan
    y: AxisPlan

    def across(self, value: float) -> float:
        """Return where a value of the x axis stands."""
        return self.plot.left() + self.x.scale.share(value) * self.plot.width()

    def up(self, value: float) -> float:
        """Return where a value of the y axis stands; categories run down when the axis is turned."""
        return self.plot.bottom() - self.y.scale.share(value) * self.plot.height()


def axis_room(
    faces: Faces, chart: PaperChart, plans: tuple[AxisPlan, AxisPlan], box: QRectF
) -> tuple[float, float, float, float]:
    """Return the room that the words of both axes take left, right, above and below the plot."""
    x, y = plans
    left = right = top = bottom = 4.0
    if y.has_words:
        ink = y.ink(chart)
        most = box.width() * WIDEST
        widths = [max(faces.width(line, ink) for line in wrapped(text, most, ink, faces) or ("",)) for _, text in y.ticks()]
        left = max(widths, default=0.0) + NEAR * 2
        top = bottom = ink.size / 2 if not y.is_named else 2.0
    left += _title_room(chart, y)
    if x.has_words:
        ink = x.ink(chart)
        lines = 1
        if x.is_named and x.count:
            room = (box.width() - left - right) / x.count - NEAR
            lines = max((len(wrapped(text, room, ink, faces, 3)) for _, text in x.ticks()), default=1)
        elif x.ticks():
            right = max(right, faces.width(x.ticks()[-1][1], ink) / 2 + 2)
        bottom = max(bottom, lines * ink.size * LEADING + NEAR)
    return left, right, top, bottom + _title_room(chart, x)


def _title_room(chart: PaperChart, plan: AxisPlan) -> float:
    has_title = plan.axis is not None and plan.axis.title and not plan.axis.hidden
    return plan.ink(chart).size * LEADING + 2 if has_title else 0.0


def paint_axes(canvas: Canvas, chart: PaperChart, plans: tuple[AxisPlan | None, AxisPlan], plot: QRectF) -> None:
    """Paint the lines and words of an x and a y axis; an x axis of None is one painted already."""
    x, y = plans
    if x is not None:
        _grid(canvas, x, plot, upright=True)
        _grid(canvas, y, plot, upright=False)
        _names_below(canvas, chart, x, plot)
    far = x is None
    _names_beside(canvas, chart, y, plot, far)
    if x is not None:
        _line(canvas, x, QLineF(plot.left(), plot.bottom(), plot.right(), plot.bottom()))
    edge = plot.right() if far else plot.left()
    _line(canvas, y, QLineF(edge, plot.top(), edge, plot.bottom()))


def _grid(canvas: Canvas, plan: AxisPlan, plot: QRectF, upright: bool) -> None:
    axis = plan.axis
    if axis is None or axis.grid is None or plan.is_named:
        return
    canvas.painter.setPen(pen(axis.grid.colour, axis.grid.width, axis.grid.dashed))
    for value in plan.scale.ticks:
        share = plan.scale.share(value)
        if upright:
            x = plot.left() + share * plot.width()
            canvas.painter.drawLine(QLineF(x, plot.top(), x, plot.bottom()))
        else:
            y = plot.bottom() - share * plot.height()
            canvas.painter.drawLine(QLineF(plot.left(), y, plot.right(), y))


def _line(canvas: Canvas, plan: AxisPlan, line: QLineF) -> None:
    if plan.axis is None or plan.axis.hidden:
        return
    stroke = plan.axis.line or Stroke("#868686")
    if stroke.colour:
        canvas.painter.setPen(pen(stroke.colour, stroke.width, stroke.dashed))
        canvas.painter.drawLine(line)


def _names_below(canvas: Canvas, chart: PaperChart, plan: AxisPlan, plot: QRectF) -> None:
    ink = plan.ink(chart)
    if plan.has_words:
        ticks = plan.ticks()
        room = plot.width() / max(1, len(ticks)) - NEAR if plan.is_named else 1000.0
        for share, text in _thinned(canvas, plan, ticks, plot.width()):
            for row, words in enumerate(wrapped(text, room, ink, canvas.faces, 3)):
                x = plot.left() + share * plot.width() - canvas.faces.width(words, ink) / 2
                write(canvas.painter, canvas.faces, (x, plot.bottom() + NEAR + ink.size * (0.9 + row * LEADING)), words, ink)
    if plan.axis is not None and plan.axis.title and not plan.axis.hidden:
        lines = ink.size * LEADING + NEAR if plan.has_words else 0.0
        x = plot.center().x() - canvas.faces.width(plan.axis.title, ink) / 2
        write(canvas.painter, canvas.faces, (x, plot.bottom() + lines + ink.size), plan.axis.title, ink)


def _thinned(canvas: Canvas, plan: AxisPlan, ticks: list[tuple[float, str]], width: float) -> list[tuple[float, str]]:
    """Leave out numbers that would run into each other."""
    if plan.is_named or len(ticks) < 2:
        return ticks
    ink = Ink(canvas.ink.font, canvas.ink.wide, plan.axis.size if plan.axis is not None else canvas.ink.size)
    widest = max(canvas.faces.width(text, ink) for _, text in ticks) + NEAR
    step = max(1, -(-widest * len(ticks) // max(width, 1.0)))
    return ticks[:: int(step)]


def _names_beside(canvas: Canvas, chart: PaperChart, plan: AxisPlan, plot: QRectF, far: bool) -> None:
    ink = plan.ink(chart)
    room = plot.left() if not far else 1000.0
    widest = 0.0
    if plan.has_words:
        height = plot.height() / max(1, plan.count) if plan.is_named else 1000.0
        most = max(1, int(height / (ink.size * LEADING)))
        ink = replace(ink, size=min(ink.size, max(4.0, height * 0.9)))
        for share, text in plan.ticks():
            lines = wrapped(text, room, ink, canvas.faces) if len(text) > TURNED else (text,)
            lines = wrapped(text, _side_room(canvas, plot), ink, canvas.faces, most) if plan.is_named else lines
            top = plot.bottom() - share * plot.height() - len(lines) * ink.size * LEADING / 2
            for row, words in enumerate(lines):
                width = canvas.faces.width(words, ink)
                widest = max(widest, width)
                x = plot.right() + NEAR if far else plot.left() - NEAR - width
                write(canvas.painter, canvas.faces, (x, top + ink.size * (0.95 + row * LEADING)), words, ink)
    if plan.axis is not None and plan.axis.title and not plan.axis.hidden:
        _title_beside(canvas, plan, ink, (plot, far, widest))


def _side_room(canvas: Canvas, plot: QRectF) -> float:
    """Return the width that names at the side were given when the room was measured."""
    clip = canvas.painter.clipBoundingRect()
    return max(20.0, plot.left() - clip.left() - NEAR * 2)


def _title_beside(canvas: Canvas, plan: AxisPlan, ink: Ink, place: tuple[QRectF, bool, float]) -> None:
    plot, far, widest = place
    title = plan.axis.title if plan.axis is not None else ""
    x = plot.right() + widest + NEAR * 2 + ink.size if far else plot.left() - widest - NEAR * 2 - 2
    canvas.painter.save()
    canvas.painter.translate(QPointF(x, plot.center().y() + canvas.faces.width(title, ink) / 2))
    canvas.painter.rotate(-90)
    write(canvas.painter, canvas.faces, (0, 0), title, ink)
    canvas.painter.restore()
