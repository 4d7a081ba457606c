"""RANKS: a dot a row on a scale of ranks, the interval of ranks it may have drawn behind it."""

from __future__ import annotations

from app.domain.drawing import Box, Dot, Label, Mark, Shape
from app.domain.figure import Figure
from app.domain.numbers import HIDDEN_SIGN, interval
from app.domain.release import Cell, CellStatus, Row
from app.present.draw.levels import row_label
from app.present.draw.ranked import is_lit
from app.present.draw.style import Rect, Style, centred, label_column, lines_height, note_label, row_height, rule
from app.present.draw.text import ASCENT, text_width

THICKEST = 2.4
MOST_TICKS = 8
LABELS = 1.4  # names on one line read faster than a wide scale


class RanksBody:
    """First rank at the left; the ranks in words at the right."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return a row a sector, and the scale above."""
        _, labels = label_column(style, figure.table.rows, width * LABELS)
        return self._top(style) + row_height(style, labels) * len(labels)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return scale and rows."""
        rows = figure.table.rows
        column, labels = label_column(style, rows, area.width * LABELS)
        texts = [rank_text(row.cells[0]) for row in rows]
        right = max((text_width(text, style.body) for text in texts), default=0.0) + style.pad
        plot = Rect(
            area.x + column + style.pad * 2.5,
            area.y + self._top(style),
            area.width - column - right - style.pad * 4.5,
            area.height - self._top(style),
        )
        last = max([int(row.cells[0].high or 0) for row in rows] + [len(rows), 2])
        shapes = self._scale(style, plot, last)
        pitch = plot.height / max(len(rows), 1)
        for place, row in enumerate(rows):
            middle = plot.y + pitch * (place + 0.5)
            shapes += row_label(style, figure, row, labels[place], (area.x + column, middle))
            shapes += _row(figure, style, row, (Rect(plot.x, middle, plot.width, min(pitch * 0.34, THICKEST)), last))
            ink = style.palette.text if row.cells[0].value is not None else style.palette.muted
            at = Label(area.right, middle, "", style.body, ink, "end", is_lit(figure, row), _mark(figure, style, row))
            shapes += centred(style, (texts[place],), at)
        return shapes

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what dot and bar mean."""
        return (style.texts("figure.ranks.key"), *figure.keys)

    def _top(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad

    def _scale(self, style: Style, plot: Rect, last: int) -> list[Shape]:
        step = max(1, -(-last // MOST_TICKS))
        shapes: list[Shape] = []
        base = plot.y - style.pad * 0.7 - style.note * (1 - ASCENT)
        for rank in [1, *range(1 + step, last + 1, step)]:
            x = _x(plot, rank, last)
            shapes.append(rule(x, plot.y, x, plot.bottom, style.palette.hairline))
            shapes.append(note_label(style, x, base, f"{rank}", "middle"))
        return shapes


def rank_text(cell: Cell) -> str:
    """Return the ranks a sector may have: 2–5; ‡ when hidden."""
    if cell.status is CellStatus.HIDDEN:
        return HIDDEN_SIGN
    if cell.value is None:
        return "—"
    return interval(cell.low, cell.high, "rank") if cell.low != cell.high else f"{cell.value:.0f}"


def _x(plot: Rect, rank: float, last: int) -> float:
    return plot.x + plot.width * (rank - 1) / (last - 1)


def _mark(figure: Figure, style: Style, row: Row) -> Mark:
    cell = row.cells[0]
    if cell.value is None:
        sentence = style.texts("figure.draw.hidden_sentence", row=row.label, column=figure.table.columns[0])
    else:
        said = {"row": row.label, "ranks": rank_text(cell), "rank": f"{cell.value:.0f}"}
        sentence = style.texts("figure.ranks.sentence", **said)
    return Mark(cell.evidence, sentence)


def _row(figure: Figure, style: Style, row: Row, where: tuple[Rect, int]) -> list[Shape]:
    bar, last = where
    cell, palette, mark = row.cells[0], style.palette, _mark(figure, style, row)
    if cell.value is None or cell.low is None or cell.high is None:
        return []
    low, x, high = (_x(bar, rank, last) for rank in (cell.low, cell.value, cell.high))
    fill = palette.selection if is_lit(figure, row) else palette.accent_soft
    half, inside = bar.height / 2, palette.surface if cell.status is CellStatus.SMALL else palette.accent
    reach = Box(low - half, bar.y - half, high - low + 2 * half, bar.height, fill, "", radius=half, mark=mark)
    return [reach, Dot(x, bar.y, 1.1 * style.scale, inside, palette.accent, 0.35, mark)]
