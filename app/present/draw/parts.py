"""PARTS: a bar a row for what one choice explains alone, a lighter end for what it explains with others."""

from __future__ import annotations

from app.domain.drawing import Box, Label, Mark, Shape
from app.domain.figure import Figure
from app.domain.numbers import percent
from app.domain.release import Row
from app.present.draw.axis import share_axis, tick_text
from app.present.draw.levels import row_label
from app.present.draw.style import (
    Rect,
    Style,
    centred,
    label_column,
    lines_height,
    note_label,
    row_height,
    rule,
    swatches,
)
from app.present.draw.text import ASCENT, text_width

THICKEST, LEAST_ROW, TALLEST = 5.0, 1.9, 12.0


class PartsBody:
    """Bars from zero, values at their right, the key above."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return key, rows and axis."""
        _, labels = label_column(style, figure.table.rows, width)
        pitch = max(row_height(style, labels), style.body * LEAST_ROW)
        return self._key(figure, style, Rect(0, 0, width, 0))[1] + pitch * len(labels) + self._foot(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return key, rows and axis."""
        rows = figure.table.rows
        column, labels = label_column(style, rows, area.width)
        key, top = self._key(figure, style, area)
        right = max((text_width(_text(row), style.body) for row in rows), default=0.0) + style.pad
        left = area.x + column + style.pad
        room = (area.height - top - self._foot(style)) / max(len(rows), 1)
        pitch = min(room, TALLEST * style.scale)
        plot = Rect(left, area.y + top, area.right - right - left, pitch * len(rows))
        axis = share_axis([cell for row in rows for cell in row.cells])
        shapes: list[Shape] = list(key)
        base = plot.bottom + style.pad * 0.4 + style.note * ASCENT
        for tick in axis.ticks:
            x = plot.x + plot.width * axis.part(tick)
            shapes.append(rule(x, plot.y, x, plot.bottom, style.palette.neutral if tick == 0 else style.palette.hairline))
            shapes.append(note_label(style, x, base, tick_text(tick), "middle"))
        for place, row in enumerate(rows):
            middle, thick = plot.y + pitch * (place + 0.5), min(pitch * 0.5, THICKEST)
            shapes += row_label(style, figure, row, labels[place], (area.x + column, middle))
            mark = _mark(style, row)
            ends = [plot.width * axis.part(cell.value or 0.0) for cell in row.cells[:2]]
            y = middle - thick / 2
            shapes.append(Box(plot.x, y, ends[1], thick, style.palette.accent_soft, "", mark=mark))
            shapes.append(Box(plot.x, y, ends[0], thick, style.palette.accent, "", mark=mark))
            at = Label(area.right, middle, "", style.body, style.palette.text, "end", mark=mark)
            shapes += centred(style, (_text(row),), at)
        return shapes

    def keys(self, figure: Figure, _style: Style, /) -> tuple[str, ...]:
        """Return the figure's own keys; the colours' key stands above the bars."""
        return figure.keys

    def _foot(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad * 0.8

    def _key(self, figure: Figure, style: Style, area: Rect) -> tuple[list[Shape], float]:
        entries = list(zip((style.palette.accent, style.palette.accent_soft), figure.table.columns, strict=False))
        shapes, height = swatches(style, entries, area)
        return shapes, height + style.pad * 0.6


def _text(row: Row) -> str:
    first, total = (percent(cell.value or 0.0) for cell in row.cells[:2])
    return f"{first} / {total}"


def _mark(style: Style, row: Row) -> Mark:
    first, total = (percent(cell.value or 0.0) for cell in row.cells[:2])
    return Mark("", style.texts("figure.sobol.sentence", row=row.label, first=first, total=total))
