"""DISTRIBUTION: vertical bars with intervals, one a level."""

from __future__ import annotations

from app.domain.drawing import Box, Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.release import Cell, CellStatus
from app.present.draw.axis import ShareAxis, share_axis, tick_text
from app.present.draw.style import (
    Rect,
    Style,
    block,
    centred,
    lines_height,
    mark_of,
    rule,
    value_text,
)
from app.present.draw.text import balanced, text_width

WIDEST = 26.0
LEAST_PLOT = 34.0


class DistributionBody:
    """Bars from zero with their values above and their names below."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return room for the bars, their names and their values."""
        return LEAST_PLOT * style.scale + self._below(figure, style, width) + self._above(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return axis and bars."""
        cells = figure.table.rows[0].cells
        axis = share_axis(list(cells))
        left = max(text_width(tick_text(tick), style.note) for tick in axis.ticks) + style.pad
        above = self._above(style)
        height = area.height - self._below(figure, style, area.width) - above
        plot = Rect(area.x + left, area.y + above, area.width - left, height)
        shapes: list[Shape] = []
        for tick in axis.ticks:
            y = plot.bottom - plot.height * axis.part(tick)
            shapes.append(rule(plot.x, y, plot.right, y, style.palette.neutral if tick == 0 else style.palette.hairline))
            at = Label(plot.x - style.pad * 0.6, y, "", style.note, style.palette.muted, "end")
            shapes += centred(style, (tick_text(tick),), at)
        pitch = plot.width / len(cells)
        for place, cell in enumerate(cells):
            middle = plot.x + pitch * (place + 0.5)
            mark = mark_of(style.texts, figure.table.rows[0], figure.table.columns, place)
            shapes += self._bar(style, cell, (axis, plot, middle), (min(pitch * 0.6, WIDEST), place, mark))
            lines = self._name(figure, style, pitch, place)
            at = Label(middle, plot.bottom + style.pad * 0.6, "", style.note, style.palette.text, "middle")
            shapes += block(style, lines, at)
        return shapes

    def keys(self, figure: Figure, style: Style) -> tuple[str, ...]:
        """Return what the thin line means, where there is one."""
        has = any(cell.low is not None for cell in figure.table.rows[0].cells)
        return (style.texts("figure.draw.interval_key"),) if has else ()

    def _name(self, figure: Figure, style: Style, pitch: float, place: int) -> tuple[str, ...]:
        return balanced(figure.table.columns[place], pitch * 0.94, style.note, 2)

    def _below(self, figure: Figure, style: Style, width: float) -> float:
        pitch = width * 0.88 / len(figure.table.columns)
        most = max(len(self._name(figure, style, pitch, place)) for place in range(len(figure.table.columns)))
        return lines_height(style, most, style.note) + style.pad

    def _above(self, style: Style) -> float:
        return lines_height(style, 1, style.body) + style.pad

    def _bar(self, style: Style, cell: Cell, where: tuple[ShareAxis, Rect, float], what: tuple[float, int, Mark]) -> list[Shape]:
        (axis, plot, x), (width, place, mark), palette = where, what, style.palette
        shapes: list[Shape] = []
        top = plot.bottom - plot.height * axis.part(cell.value or 0.0)
        small = cell.status is CellStatus.SMALL
        if cell.value is not None:
            fill = palette.surface if small else palette.levels[place % len(palette.levels)]
            line = palette.accent if small else palette.neutral
            shapes.append(Box(x - width / 2, top, width, plot.bottom - top, fill, line, 0.2, mark=mark))
        highest = top
        if cell.low is not None and cell.high is not None:
            low, high = (plot.bottom - plot.height * axis.part(bound) for bound in (cell.low, cell.high))
            shapes.append(Path(((x, low), (x, high)), stroke=palette.text, line=0.35, mark=mark))
            highest = high
        if cell.value is not None:
            shapes.append(Dot(x, top, 1.0 * style.scale, palette.surface if small else palette.text, palette.text, 0.3, mark))
        base = highest - style.pad * 0.9
        colour = palette.text if cell.value is not None else palette.muted
        shapes.append(Label(x, base, value_text(cell), style.body, colour, "middle", mark=mark))
        return shapes
