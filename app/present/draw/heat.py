"""HEAT: rows × columns of scores 0–100 in one hue, each cell with its number."""

from __future__ import annotations

from app.domain.drawing import Box, Label, Shape
from app.domain.figure import Figure
from app.domain.release import CellStatus
from app.present.draw.levels import row_label
from app.present.draw.style import (
    Rect,
    Style,
    block,
    centred,
    label_column,
    lines_height,
    mark_of,
    mix,
    note_label,
    readable_on,
    row_height,
    value_text,
)
from app.present.draw.text import ASCENT, balanced, text_width

HEADER_LINES = 3
SMALLEST_HEAD = 0.64  # of the size of notes
STEPS = 24  # of the colour key
TALLEST = 9.0


class HeatBody:
    """A table of shaded cells; column heads wrap, never rotate."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the column heads, a row a sector, and the colour key."""
        column, labels = label_column(style, figure.table.rows, width)
        head = self._head_height(figure, style, self._cell_width(figure, style, width, column))
        return head + max(row_height(style, labels), style.body * 1.7) * len(labels) + self._key_height(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return heads, cells, and the colour key."""
        rows = figure.table.rows
        column, labels = label_column(style, rows, area.width)
        width = self._cell_width(figure, style, area.width, column)
        head = self._head_height(figure, style, width)
        left = area.x + column + style.pad
        room = (area.height - head - self._key_height(style)) / max(len(rows), 1)
        pitch = min(room, max(TALLEST * style.scale, row_height(style, labels)))
        shapes: list[Shape] = []
        for place, lines in enumerate(self._heads(figure, style, width)):
            size = self._head_size(figure, style, width)
            top = area.y + head - style.pad * 0.5 - lines_height(style, len(lines), size)
            at = Label(left + width * (place + 0.5), top, "", size, style.palette.muted, "middle")
            shapes += block(style, lines, at)
        for place, row in enumerate(rows):
            y = area.y + head + pitch * place
            shapes += row_label(style, figure, row, labels[place], (area.x + column, y + pitch / 2))
            for number in range(len(row.cells)):
                shapes += self._cell(figure, style, (place, number), Rect(left + width * number, y, width, pitch))
        key = Rect(left, area.y + head + pitch * len(rows) + style.pad * 0.8, width * len(figure.table.columns), 0)
        return [*shapes, *self._key(style, key)]

    def keys(self, _figure: Figure, _style: Style, /) -> tuple[str, ...]:
        """Return nothing more: the colour key stands under the table."""
        return ()

    def _cell_width(self, figure: Figure, style: Style, width: float, column: float) -> float:
        return (width - column - style.pad) / max(len(figure.table.columns), 1)

    def _heads(self, figure: Figure, style: Style, width: float) -> list[tuple[str, ...]]:
        size = self._head_size(figure, style, width)
        return [balanced(name, width * 0.94, size, HEADER_LINES) for name in figure.table.columns]

    def _head_size(self, figure: Figure, style: Style, width: float) -> float:
        """Return the size of the column heads: smaller where the longest word would otherwise be torn apart."""
        words = [word for name in figure.table.columns if name.isascii() for word in name.split()]
        longest = max((text_width(word, style.note) for word in words), default=0.0)
        return style.note * min(1.0, max(SMALLEST_HEAD, width * 0.93 / longest)) if longest else style.note

    def _head_height(self, figure: Figure, style: Style, width: float) -> float:
        most = max((len(lines) for lines in self._heads(figure, style, width)), default=1)
        return lines_height(style, most, style.note) + style.pad

    def _key_height(self, style: Style) -> float:
        return style.line(style.note) + style.pad * 1.2

    def _cell(self, figure: Figure, style: Style, place: tuple[int, int], box: Rect) -> list[Shape]:
        row = figure.table.rows[place[0]]
        cell, palette = row.cells[place[1]], style.palette
        mark = mark_of(style.texts, row, figure.table.columns, place[1])
        small = cell.status is CellStatus.SMALL
        shade = mix(palette.heat[0], palette.heat[1], (cell.value or 0.0) / 100)
        fill = palette.surface if small or cell.value is None else shade
        stroke = shade if small else palette.surface if cell.value is not None else palette.hairline
        inset = 0.3 if small else 0.0
        shape = Box(
            box.x + inset,
            box.y + inset,
            box.width - 2 * inset,
            box.height - 2 * inset,
            fill,
            stroke,
            0.7 if small else 0.35,
            mark=mark,
        )
        colour = palette.muted if cell.value is None else readable_on(fill)
        at = Label(box.x + box.width / 2, box.y + box.height / 2, "", style.body, colour, "middle", mark=mark)
        return [shape, *centred(style, (value_text(cell),), at)]

    def _key(self, style: Style, area: Rect) -> list[Shape]:
        """Return the scale from 0 to 100 with its ends named."""
        low, high = f"0 {style.texts('figure.draw.low')}", f"100 {style.texts('figure.draw.high')}"
        base = area.y + style.note * ASCENT
        start = area.x + text_width(low, style.note) + style.pad
        width = min(style.note * 14, max(area.width - text_width(low + high, style.note) - 3 * style.pad, style.note))
        step = width / STEPS
        shapes: list[Shape] = [note_label(style, area.x, base, low)]
        for k in range(STEPS):
            fill = mix(style.palette.heat[0], style.palette.heat[1], (k + 0.5) / STEPS)
            shapes.append(Box(start + step * k, area.y + style.note * 0.15, step + 0.05, style.note * 0.8, fill))
        return [*shapes, note_label(style, start + width + style.pad, base, high)]
