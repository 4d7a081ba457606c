"""BALANCE: a row a sector: what was lost to the left of zero, what was gained to the right, and between them their net.

Columns: lost (≤ 0), gained (≥ 0), net, each with its interval, in one unit; the net stands in words at the right.
"""

from __future__ import annotations

import math

from app.domain.drawing import Box, Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.release import Cell, CellStatus, Row
from app.present.draw.levels import n_column, row_label
from app.present.draw.ranked import is_lit
from app.present.draw.spans import ticks
from app.present.draw.steps import points, points_text
from app.present.draw.style import (
    Rect,
    Style,
    centred,
    label_column,
    lines_height,
    mix,
    n_text,
    note_label,
    row_height,
    rule,
    swatches,
)
from app.present.draw.text import ASCENT, text_width

THICKEST, TALLEST, LEAST_ROW = 5.4, 12.0, 2.0
FARTHEST = 2.0  # times the longest bar or net that an interval may reach; one that reaches further ends in an arrow
LOST, GAINED, NET = 0, 1, 2


class BalanceBody:
    """Bars to both sides of zero with their intervals, a dot for the net; the firms at the right."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the key, a row a sector, and the scale."""
        _, labels = label_column(style, figure.table.rows, width)
        pitch = max(row_height(style, labels), style.body * LEAST_ROW)
        return self._head(figure, style, Rect(0, 0, width, 0))[1] + pitch * len(labels) + self._foot(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return key, scale and rows."""
        rows, texts = figure.table.rows, style.texts
        column, labels = label_column(style, rows, area.width)
        firms = n_column(style, rows)
        said = max((text_width(points_text(texts, row.cells[NET]), style.body, True) for row in rows), default=0.0)
        head, used = self._head(figure, style, area)
        pitch = min((area.height - used - self._foot(style)) / max(len(rows), 1), TALLEST * style.scale)
        pitch = max(pitch, row_height(style, labels))
        left, right = area.x + column + style.pad * 2, area.right - firms - said - style.pad * 3
        plot = Rect(left, area.y + used, right - left, pitch * len(rows))
        scale = _Scale(_ticks(rows), plot)
        shapes = [*head, *_axis(style, scale)]
        for place, row in enumerate(rows):
            middle = plot.y + pitch * (place + 0.5)
            shapes += row_label(style, figure, row, labels[place], (area.x + column, middle))
            shapes += _row(figure, style, row, (scale, middle, min(pitch * 0.62, THICKEST)))
            ink = style.palette.text if row.cells[NET].value is not None else style.palette.muted
            at = Label(
                plot.right + style.pad + said,
                middle,
                "",
                style.body,
                ink,
                "end",
                is_lit(figure, row),
                _mark(figure, style, row, NET),
            )
            shapes += centred(style, (points_text(texts, row.cells[NET]),), at)
            shapes += centred(style, (n_text(row),), Label(area.right, middle, "", style.note, style.palette.muted, "end"))
        return shapes

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what the thin lines mean, where there are any."""
        cells = [cell for row in figure.table.rows for cell in row.cells]
        has = any(cell.low is not None for cell in cells)
        scale = _Scale(_ticks(figure.table.rows), Rect(0, 0, 1, 1))
        cut = any(end is not None and not scale.holds(end) for cell in cells for end in (cell.low, cell.high))
        key = style.texts("figure.draw.interval_key")
        arrow = style.texts("figure.balance.arrow")
        return (*((key,) if has else ()), *((arrow,) if cut else ()), *figure.keys)

    def _foot(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad

    def _head(self, figure: Figure, style: Style, area: Rect) -> tuple[list[Shape], float]:
        """Return the key of the three columns and the heads of the two at the right."""
        palette, texts = style.palette, style.texts
        firms = text_width(texts("figure.draw.n"), style.note)
        colours = (soft(style, palette.at_risk), soft(style, palette.accent))
        entries = list(zip(colours, figure.table.columns, strict=False))
        shapes, height = swatches(style, entries, Rect(area.x, area.y, area.width - firms - style.pad * 2, 0))
        base = area.y + height - style.line(style.note) * 1.1 + style.note * ASCENT
        shapes.append(note_label(style, area.right, base, texts("figure.draw.n"), "end"))
        y = area.y + height + style.note * 0.4
        shapes.append(Dot(area.x + style.note * 0.4, y, 1.1 * style.scale, palette.text, palette.surface, 0.3))
        shapes.append(
            note_label(
                style, area.x + style.note * 0.8 + style.pad * 0.6, area.y + height + style.note * 0.76, figure.table.columns[NET]
            )
        )
        return shapes, height + style.line(style.note) + style.pad


class _Scale:
    """Points to millimetres."""

    def __init__(self, found: tuple[float, ...], plot: Rect) -> None:
        self.ticks, self.plot = found, plot

    def x(self, value: float) -> float:
        """Return where a number stands, held within the plot."""
        part = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return self.plot.x + self.plot.width * min(max(part, 0.0), 1.0)

    def holds(self, value: float) -> bool:
        """Whether a number stands within the plot."""
        return self.ticks[0] <= value <= self.ticks[-1]


def _ticks(rows: tuple[Row, ...]) -> tuple[float, ...]:
    """Return ticks that hold all values, zero, and of their ends what lies within FARTHEST times the longest."""
    cells = [cell for row in rows for cell in row.cells]
    values = [cell.value for cell in cells if cell.value is not None]
    bounds = [end for cell in cells for end in (cell.low, cell.high) if end is not None]
    far = FARTHEST * max(map(abs, values), default=1.0) or max(map(abs, bounds), default=1.0)  # all 0: only bounds have a length
    ends = [min(max(end, -far), far) for end in bounds]
    every = [*values, *ends, 0.0]
    step = ticks([0.0, max(every) - min(every)], "pp")[1]
    first, last = math.floor(min(every) / step + 1e-9), math.ceil(max(every) / step - 1e-9)
    return tuple(round(place * step, 10) for place in range(first, max(last, first + 1) + 1))


def _axis(style: Style, scale: _Scale) -> list[Shape]:
    plot, shapes = scale.plot, list[Shape]()
    base = plot.bottom + style.pad * 0.5 + style.note * ASCENT
    step = scale.ticks[1] - scale.ticks[0]
    for tick in scale.ticks:
        x = scale.x(tick)
        shapes.append(rule(x, plot.y, x, plot.bottom, style.palette.neutral if tick == 0 else style.palette.hairline))
        shapes.append(note_label(style, x, base, points(tick, 0 if step >= 1 else 1 if step >= 0.1 else 2), "middle"))
    return shapes


def _row(figure: Figure, style: Style, row: Row, where: tuple[_Scale, float, float]) -> list[Shape]:
    """Return the two bars, their intervals along their upper part, the net with its own along their lower part."""
    scale, middle, thick = where
    palette, shapes = style.palette, list[Shape]()
    zero, upper, lower = scale.x(0.0), middle - thick * 0.22, middle + thick * 0.26
    for place, colour in ((LOST, palette.at_risk), (GAINED, palette.accent)):
        cell = row.cells[place]
        if cell.value is None:
            continue
        x, mark = scale.x(cell.value), _mark(figure, style, row, place)
        fill = palette.surface if cell.status is CellStatus.SMALL else soft(style, colour)
        width = max(abs(x - zero), 0.2)
        shapes.append(Box(min(zero, x), middle - thick / 2, width, thick, fill, colour, 0.2, mark=mark))
        shapes += _whisker(style, scale, cell, (upper, colour, mark))
    net = row.cells[NET]
    if net.value is not None:
        mark = _mark(figure, style, row, NET)
        shapes += _whisker(style, scale, net, (lower, palette.text, mark))
        inside = palette.surface if net.status is CellStatus.SMALL else palette.text
        shapes.append(Dot(scale.x(net.value), lower, 1.0 * style.scale, inside, palette.text, 0.3, mark))
    return shapes


def soft(style: Style, colour: str) -> str:
    """Return the colour of a bar, pale enough for the lines on it."""
    return mix(style.palette.surface, colour, 0.35)


def _whisker(style: Style, scale: _Scale, cell: Cell, where: tuple[float, str, Mark]) -> list[Shape]:
    """Return an interval; an end beyond the scale is an arrow."""
    if cell.low is None or cell.high is None:
        return []
    y, colour, mark = where
    shapes: list[Shape] = [Path(((scale.x(cell.low), y), (scale.x(cell.high), y)), stroke=colour, line=0.4, mark=mark)]
    for end, way in ((cell.low, -1), (cell.high, 1)):
        if not scale.holds(end):
            x, r = scale.x(end), 0.9 * style.scale
            tip = ((x, y), (x - way * r * 1.6, y - r), (x - way * r * 1.6, y + r))
            shapes.append(Path(tip, stroke=colour, line=0.2, fill=colour, closed=True, mark=mark))
    return shapes


def _mark(figure: Figure, style: Style, row: Row, place: int) -> Mark:
    cell, column = row.cells[place], figure.table.columns[place]
    if cell.status is CellStatus.HIDDEN:
        return Mark(cell.evidence, style.texts("figure.draw.hidden_sentence", row=row.label, column=column))
    if cell.value is None:
        return Mark(cell.evidence, style.texts("figure.draw.absent_sentence", row=row.label, column=column))
    said = points_text(style.texts, cell)
    return Mark(
        cell.evidence, style.texts("figure.balance.sentence", row=row.label, column=column, value=said, n=f"{cell.n or 0:,}")
    )
