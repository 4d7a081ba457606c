"""BALANCE: a row a sector: what was lost to the left of zero, what was gained to the right, and between them their net.

Columns: lost (≤ 0), gained (≥ 0), net, each with its interval, in one unit; the net stands in words at the right.
"""

from __future__ import annotations

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
    n_text,
    note_label,
    row_height,
    rule,
    swatches,
)
from app.present.draw.text import ASCENT, text_width

THICKEST, TALLEST, LEAST_ROW = 4.6, 12.0, 2.0
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
            shapes += _row(figure, style, row, (scale, middle, min(pitch * 0.5, THICKEST)))
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
        has = any(cell.low is not None for row in figure.table.rows for cell in row.cells)
        return (*((style.texts("figure.draw.interval_key"),) if has else ()), *figure.keys)

    def _foot(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad

    def _head(self, figure: Figure, style: Style, area: Rect) -> tuple[list[Shape], float]:
        """Return the key of the three columns and the heads of the two at the right."""
        palette, texts = style.palette, style.texts
        firms = text_width(texts("figure.draw.n"), style.note)
        entries = list(zip((palette.at_risk, palette.accent), figure.table.columns, strict=False))
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


def _ticks(rows: tuple[Row, ...]) -> tuple[float, ...]:
    cells = [cell for row in rows for cell in row.cells]
    found = [bound for cell in cells for bound in (cell.value, cell.low, cell.high) if bound is not None]
    return ticks([*found, min([0.0, *found]), max([0.0, *found])], "pp")


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
    scale, middle, thick = where
    palette, shapes = style.palette, list[Shape]()
    zero = scale.x(0.0)
    for place, colour in ((LOST, palette.at_risk), (GAINED, palette.accent)):
        cell = row.cells[place]
        if cell.value is None:
            continue
        small, x, mark = cell.status is CellStatus.SMALL, scale.x(cell.value), _mark(figure, style, row, place)
        fill = palette.surface if small else colour
        bar = Box(
            min(zero, x), middle - thick / 2, max(abs(x - zero), 0.2), thick, fill, colour if small else "", 0.25, mark=mark
        )
        shapes += [bar, *_whisker(style, scale, cell, (middle - thick * 0.5 - 0.5 * style.scale, mark))]
    net = row.cells[NET]
    if net.value is not None:
        mark = _mark(figure, style, row, NET)
        shapes += _whisker(style, scale, net, (middle, mark))
        inside = palette.surface if net.status is CellStatus.SMALL else palette.text
        shapes.append(
            Dot(
                scale.x(net.value),
                middle,
                1.15 * style.scale,
                inside,
                palette.surface if inside == palette.text else palette.text,
                0.3,
                mark,
            )
        )
    return shapes


def _whisker(style: Style, scale: _Scale, cell: Cell, where: tuple[float, Mark]) -> list[Shape]:
    if cell.low is None or cell.high is None:
        return []
    y, mark = where
    return [Path(((scale.x(cell.low), y), (scale.x(cell.high), y)), stroke=style.palette.text, line=0.3, mark=mark)]


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
