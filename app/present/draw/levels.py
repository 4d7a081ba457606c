"""LEVELS: one stacked bar a row, shares at L0 … L4."""

from __future__ import annotations

from app.domain.drawing import Box, Label, Shape
from app.domain.figure import Figure
from app.domain.release import CellStatus, Row
from app.present.draw.style import (
    Rect,
    Style,
    centred,
    label_column,
    mark_of,
    n_text,
    note_label,
    row_height,
    rule,
    swatches,
    value_text,
)
from app.present.draw.text import ASCENT, text_width

THICKEST = 8.0
LONGEST_CODE = 3  # signs of a column's first word that may stand before its share


class LevelsBody:
    """Stacked bars with their key above and the number of firms at the right."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the key, the heading and a row a sector."""
        _, labels = label_column(style, figure.table.rows, width)
        return self._head(figure, style, Rect(0, 0, width, 0))[1] + row_height(style, labels) * len(labels)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return key, rows, and the column of firms."""
        head, used = self._head(figure, style, area)
        rows = figure.table.rows
        column, labels = label_column(style, rows, area.width)
        pitch = (area.height - used) / max(len(rows), 1)
        firms = n_column(style, rows)
        bars = Rect(area.x + column + style.pad, area.y + used, area.width - column - firms - 2 * style.pad, pitch)
        shapes = list(head)
        for place, row in enumerate(rows):
            middle = area.y + used + pitch * (place + 0.5)
            shapes += row_label(style, figure, row, labels[place], (area.x + column, middle))
            shapes += self._bar(figure, style, row, Rect(bars.x, middle, bars.width, _thickness(style, pitch)))
            shapes += centred(style, (n_text(row),), Label(area.right, middle, "", style.note, style.palette.muted, "end"))
        return shapes

    def keys(self, _figure: Figure, _style: Style, /) -> tuple[str, ...]:
        """Return nothing more: the levels' key stands above the bars."""
        return ()

    def _head(self, figure: Figure, style: Style, area: Rect) -> tuple[list[Shape], float]:
        firms = text_width(style.texts("figure.draw.n"), style.note)
        entries = list(zip(style.palette.levels, figure.table.columns, strict=False))
        room = Rect(area.x, area.y, area.width - firms - style.pad * 2, 0)
        shapes, height = swatches(style, entries, room)
        base = area.y + height - style.line(style.note) * 1.1 + style.note * ASCENT
        shapes.append(note_label(style, area.right, base, style.texts("figure.draw.n"), "end"))
        return shapes, height + style.pad * 0.4

    def _bar(self, figure: Figure, style: Style, row: Row, bar: Rect) -> list[Shape]:
        """Return the segments of one row; `bar.y` is its middle line."""
        palette = style.palette
        if all(cell.value is None for cell in row.cells):
            sign = value_text(row.cells[0])
            mark = mark_of(style.texts, row, figure.table.columns, 0)
            line = rule(bar.x, bar.y, bar.right, bar.y, palette.hairline)
            width = text_width(sign, style.body) + style.pad
            back = Box(bar.x, bar.y - style.body * 0.7, width, style.body * 1.4, fill=palette.surface, mark=mark)
            return [line, back, *centred(style, (sign,), Label(bar.x, bar.y, "", style.body, palette.muted, mark=mark))]
        shapes: list[Shape] = []
        x = bar.x
        for place, cell in enumerate(row.cells):
            width = bar.width * (cell.value or 0.0)
            small = cell.status is CellStatus.SMALL
            mark = mark_of(style.texts, row, figure.table.columns, place)
            fill = palette.surface if small else palette.levels[place]
            stroke = palette.levels[place] if small else palette.surface
            if cell.status is CellStatus.HIDDEN:
                fill, stroke = palette.surface, palette.hairline
            if width > 0:
                shapes.append(Box(x, bar.y - bar.height / 2, width, bar.height, fill, stroke, 0.5 if small else 0.3, mark=mark))
            text = _segment_text(figure, style, row, place, width)
            if text:
                colour = palette.text if small else palette.level_text[place]
                at = Label(x + width / 2, bar.y, "", style.note, colour, "middle", mark=mark)
                shapes += centred(style, (text,), at)
            x += width
        return shapes


def _segment_text(figure: Figure, style: Style, row: Row, place: int, width: float) -> str:
    """Return what stands in a segment: the code of its level with the share, so that no colour need be read; the share alone, or
    nothing, where there is no room."""
    share, code = value_text(row.cells[place]).rstrip("†"), figure.table.columns[place].split(" ")[0]
    tried = (f"{code} {share}" if len(code) <= LONGEST_CODE else share, share)
    return next((text for text in tried if width > text_width(text, style.note) + style.pad * 0.8), "")


def _thickness(style: Style, pitch: float) -> float:
    """Return the thickness of a bar: it holds its labels, and leaves air to the next."""
    return min(max(pitch * 0.66, style.note * 1.2), pitch * 0.9, THICKEST)


def n_column(style: Style, rows: tuple[Row, ...]) -> float:
    """Return the width of the column of firms."""
    texts = [style.texts("figure.draw.n"), *(n_text(row) for row in rows)]
    return max(text_width(text, style.note) for text in texts)


def row_label(style: Style, figure: Figure, row: Row, lines: tuple[str, ...], at: tuple[float, float]) -> list[Shape]:
    """Return a row's label, right-aligned at `at` (x, middle); the total is bold, the lit row in the accent colour."""
    lit = bool(figure.chosen) and row.key == figure.chosen
    colour = style.palette.accent if lit else style.palette.text
    bold = lit or (row.key == figure.table.total and bool(row.key))
    return centred(style, lines, Label(at[0], at[1], "", style.body, colour, "end", bold))
