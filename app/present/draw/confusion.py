"""CONFUSION: firms by assessed level (down) and the level the model gave (across); darker where more of a row stands."""

from __future__ import annotations

from app.domain.drawing import Box, Label, Mark, Shape
from app.domain.figure import Figure
from app.domain.numbers import percent
from app.domain.release import CellStatus, Row
from app.present.draw.style import (
    Rect,
    Style,
    block,
    centred,
    label_column,
    lines_height,
    mix,
    readable_on,
    row_height,
    value_text,
)
from app.present.draw.text import balanced

HEADER_LINES = 2
TALLEST = 12.0


class ConfusionBody:
    """A square of counts; the diagonal, where both agree, is framed. The last column of the table sums its row."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the names above and a row a level."""
        column, labels = label_column(style, figure.table.rows, width)
        head = self._head(figure, style, self._cell(figure, style, width, column))
        return head + max(row_height(style, labels), style.body * 2.0) * max(len(labels), 1)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return heads, row names, cells and row totals."""
        rows = figure.table.rows
        column, labels = label_column(style, rows, area.width)
        width = self._cell(figure, style, area.width, column)
        head = self._head(figure, style, width)
        left, palette = area.x + column + style.pad, style.palette
        pitch = min((area.height - head) / max(len(rows), 1), max(TALLEST * style.scale, row_height(style, labels)))
        across = style.texts("figure.confusion.across")
        shapes: list[Shape] = block(style, (across,), Label(left, area.y, "", style.note, palette.muted))
        for place, lines in enumerate(self._heads(figure, style, width)):
            top = area.y + head - style.pad * 0.5 - lines_height(style, len(lines), style.note)
            at = Label(left + width * (place + 0.5), top, "", style.note, palette.muted, "middle")
            shapes += block(style, lines, at)
        down = style.texts("figure.confusion.down")
        at = Label(area.x, area.y + head - style.pad * 0.5 - lines_height(style, 1, style.note), "", style.note, palette.muted)
        shapes += block(style, (down,), at)
        for place, row in enumerate(rows):
            y = area.y + head + pitch * place
            name = Label(area.x, y + pitch / 2, "", style.body, palette.text)
            shapes += centred(style, labels[place], name)
            for number in range(len(row.cells)):
                shapes += _one(figure, style, (row, number), Rect(left + width * number, y, width, pitch))
        return shapes

    def keys(self, _figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what shade and frame mean."""
        return (style.texts("figure.confusion.key"),)

    def _cell(self, figure: Figure, style: Style, width: float, column: float) -> float:
        return (width - column - style.pad) / max(len(figure.table.columns), 1)

    def _heads(self, figure: Figure, style: Style, width: float) -> list[tuple[str, ...]]:
        return [balanced(name, width * 0.94, style.note, HEADER_LINES) for name in figure.table.columns]

    def _head(self, figure: Figure, style: Style, width: float) -> float:
        most = max((len(lines) for lines in self._heads(figure, style, width)), default=1)
        return lines_height(style, most, style.note) + style.line(style.note) + style.pad * 1.2


def _one(figure: Figure, style: Style, what: tuple[Row, int], box: Rect) -> list[Shape]:
    row, number = what
    cell, palette = row.cells[number], style.palette
    is_total, met = number == len(row.cells) - 1, figure.table.columns[number] == row.label
    part = _part(row, number)
    shade = mix(palette.heat[0], palette.heat[1], part or 0.0)
    empty = cell.status is CellStatus.HIDDEN or not cell.value
    small = cell.status is CellStatus.SMALL and not empty and not is_total
    fill = palette.surface if is_total or empty or small else shade
    mark = Mark(cell.evidence, _sentence(figure, style, row, number))
    edge = palette.accent if met else palette.surface if is_total else shade if small else palette.hairline
    inset, line = (0.5, 0.7) if met or small else (0.2, 0.2)
    shape = Box(
        box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset, fill, edge, line, radius=0.6, mark=mark
    )  # fmt: skip
    ink = palette.muted if is_total or empty else readable_on(fill)
    at = Label(box.x + box.width / 2, box.y + box.height / 2, "", style.body, ink, "middle", met and not empty, mark)
    return [shape, *centred(style, (value_text(cell),), at)]


def _part(row: Row, number: int) -> float | None:
    """Return the share of a row's firms in one of its cells, None where either is hidden."""
    value, total = row.cells[number].value, row.cells[-1].value
    return value / total if value is not None and total else None


def _sentence(figure: Figure, style: Style, row: Row, number: int) -> str:
    cell, column = row.cells[number], figure.table.columns[number]
    if cell.status is CellStatus.HIDDEN:
        return style.texts("figure.draw.hidden_sentence", row=row.label, column=column)
    n = f"{cell.value or 0:,.0f}"
    if number == len(row.cells) - 1:
        return style.texts("figure.confusion.total_sentence", row=row.label, n=n)
    part = _part(row, number)
    share = percent(part) if part is not None else "‡"
    return style.texts("figure.confusion.sentence", row=row.label, column=column, n=n, share=share)
