"""RANKED: one bar from zero a row, its interval and its value."""

from __future__ import annotations

from app.domain.drawing import Box, Dot, Label, Path, Shape
from app.domain.figure import Figure
from app.domain.release import CellStatus, Row
from app.present.draw.axis import ShareAxis, share_axis, tick_text
from app.present.draw.levels import n_column, row_label
from app.present.draw.style import (
    Rect,
    Style,
    centred,
    label_column,
    lines_height,
    mark_of,
    n_text,
    note_label,
    row_height,
    rule,
    value_text,
)
from app.present.draw.text import ASCENT, text_width

THICKEST = 6.0


class RankedBody:
    """Bars with intervals, the line of all firms, values beside them and the number of firms at the right."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the heading, a row a sector, and the axis."""
        _, labels = label_column(style, figure.table.rows, width)
        return 2 * self._margin(style) + row_height(style, labels) * len(labels)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return axis, line of the total, rows."""
        rows = figure.table.rows
        column, labels = label_column(style, rows, area.width)
        margin = self._margin(style)
        value = max(text_width(value_text(row.cells[0]), style.body, bold=True) for row in rows)
        firms = n_column(style, rows)
        width = area.width - column - firms - value - 3 * style.pad
        plot = Rect(area.x + column + style.pad, area.y + margin, width, area.height - 2 * margin)
        axis = share_axis([row.cells[0] for row in rows])
        shapes = [*self._axis(style, axis, plot), *_total_line(figure, style, axis, plot)]
        shapes.append(note_label(style, area.right, area.y + style.note * ASCENT, style.texts("figure.draw.n"), "end"))
        pitch = plot.height / max(len(rows), 1)
        for place, row in enumerate(rows):
            middle = plot.y + pitch * (place + 0.5)
            shapes += row_label(style, figure, row, labels[place], (area.x + column, middle))
            shapes += self._row(figure, style, row, (axis, Rect(plot.x, middle, plot.width, min(pitch * 0.5, THICKEST))))
            shapes += _value(figure, style, row, (plot.right + style.pad + value, middle))
            shapes += centred(style, (n_text(row),), Label(area.right, middle, "", style.note, style.palette.muted, "end"))
        return shapes

    def keys(self, figure: Figure, style: Style) -> tuple[str, ...]:
        """Return what the line and the thin interval mean."""
        cells = [row.cells[0] for row in figure.table.rows]
        total = next((row for row in figure.table.rows if row.key == figure.table.total), None)
        keys = [style.texts("figure.draw.interval_key")] if any(cell.low is not None for cell in cells) else []
        if total is not None and total.cells[0].value is not None:
            keys.append(style.texts("figure.draw.total_line", all=total.label, value=value_text(total.cells[0])))
        return tuple(keys)

    def _margin(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad * 0.5

    def _axis(self, style: Style, axis: ShareAxis, plot: Rect) -> list[Shape]:
        shapes: list[Shape] = []
        base = plot.bottom + style.pad * 0.5 + style.note * ASCENT
        for tick in axis.ticks:
            x = plot.x + plot.width * axis.part(tick)
            colour = style.palette.neutral if tick == 0 else style.palette.hairline
            shapes.append(rule(x, plot.y, x, plot.bottom, colour))
            shapes.append(note_label(style, x, base, tick_text(tick), "middle"))
        return shapes

    def _row(self, figure: Figure, style: Style, row: Row, place: tuple[ShareAxis, Rect]) -> list[Shape]:
        """Return one row's bar, interval and mark; the rectangle's y is its middle line."""
        axis, bar = place
        cell, palette = row.cells[0], style.palette
        mark = mark_of(style.texts, row, figure.table.columns, 0)
        shapes: list[Shape] = []
        if cell.value is None:
            return shapes
        x = bar.x + bar.width * axis.part(cell.value)
        small = cell.status is CellStatus.SMALL
        fill = palette.surface if small else palette.selection if is_lit(figure, row) else palette.accent_soft
        stroke = palette.accent if small else ""
        shapes.append(Box(bar.x, bar.y - bar.height / 2, x - bar.x, bar.height, fill, stroke, 0.25, mark=mark))
        if cell.low is not None and cell.high is not None:
            low, high = (bar.x + bar.width * axis.part(bound) for bound in (cell.low, cell.high))
            shapes.append(Path(((low, bar.y), (high, bar.y)), stroke=palette.muted, line=0.35, mark=mark))
        inside = palette.surface if small else palette.accent
        return [*shapes, Dot(x, bar.y, 1.1 * style.scale, inside, palette.accent, 0.35, mark)]


def is_lit(figure: Figure, row: Row) -> bool:
    """Whether a row stands out: the total, or the one that is chosen."""
    return bool(row.key) and row.key in (figure.table.total, figure.chosen)


def _value(figure: Figure, style: Style, row: Row, at: tuple[float, float]) -> list[Shape]:
    colour = style.palette.text if row.cells[0].value is not None else style.palette.muted
    mark = mark_of(style.texts, row, figure.table.columns, 0)
    label = Label(at[0], at[1], "", style.body, colour, "end", is_lit(figure, row), mark)
    return centred(style, (value_text(row.cells[0]),), label)


def _total_line(figure: Figure, style: Style, axis: ShareAxis, plot: Rect) -> list[Shape]:
    total = next((row.cells[0] for row in figure.table.rows if figure.table.total and row.key == figure.table.total), None)
    if total is None or total.value is None:
        return []
    x = plot.x + plot.width * axis.part(total.value)
    return [Path(((x, plot.y), (x, plot.bottom)), stroke=style.palette.reference, line=0.35, dash=(1.2, 1.0))]
