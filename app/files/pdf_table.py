"""Tables of a PDF: three rules, numbers right, the head repeated on every page, no row ever divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.files.docx_table import NUMERIC, PADDING_MM, GridLook, grid_widths, is_turned, row_look, turned_height
from app.files.docx_xml import TextLook
from app.files.pdf_fonts import font_for, ink
from app.files.pdf_text import BASELINE, Line, draw_lines, lines_of
from app.files.write_pdf_figure import MM

SIDE, ABOVE = 1.2 * MM, 0.7 * MM  # between a cell's text and its edges
KEPT = 75.0 * MM  # a table this short stays on one page
OUTER, HEAD, INNER = (1.0, "#000000"), (0.75, "#000000"), (0.25, "#BFC8C7")  # width and colour of the rules


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, set: its cells' lines and looks, and its height in points."""

    cells: tuple[tuple[tuple[Line, ...], TextLook], ...]
    height: float
    turned: bool = False


@dataclass(slots=True)
class TablePiece:
    """A table, or what is left of it after a page break; `head` is drawn above every part."""

    head: _Row
    rows: Sequence[_Row]
    widths: Sequence[float]
    keep: bool = False
    before: float = 0.0
    after: float = 0.0
    glue: float = 0.0
    new_page: bool = False
    entry: None = None

    @property
    def height(self) -> float:
        """The height in points."""
        return self.head.height + sum(row.height for row in self.rows)

    @property
    def least(self) -> float:
        """The height of the least part that may stand at the foot of a page: all of a short table, else head and two rows."""
        whole = self.height
        return whole if whole <= KEPT else self.head.height + sum(row.height for row in self.rows[:2])

    def split(self, room: float) -> tuple[TablePiece, TablePiece] | None:
        """Return the rows that fit into `room` and the rest, each with the head; None where not even one row fits."""
        used, count = self.head.height, 0
        while count < len(self.rows) and used + self.rows[count].height <= room + 1e-6:
            used += self.rows[count].height
            count += 1
        count = min(count, len(self.rows) - 1)
        if count < 1:
            return None
        first = TablePiece(self.head, self.rows[:count], self.widths, before=self.before)
        return first, TablePiece(self.head, self.rows[count:], self.widths, self.keep, after=self.after, glue=self.glue)

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw head, rows and rules with the upper left corner at (left, top)."""
        right, y = left + sum(self.widths), top
        _rule(canvas, (left, right), y, OUTER)
        for place, row in enumerate((self.head, *self.rows)):
            x = left
            for (lines, look), width in zip(row.cells, self.widths, strict=True):
                _cell(canvas, (lines, look), (x, y, width, row.height), row.turned and x > left)
                x += width
            y -= row.height
            last = place == len(self.rows)
            _rule(canvas, (left, right), y, OUTER if last else HEAD if place == 0 else INNER)


def table_piece(rows: Sequence[Sequence[str]], look: GridLook) -> TablePiece:
    """Return a table whose first row is its head."""
    told = tuple(tuple(row) for row in rows)
    widths = [width * MM for width in grid_widths(told, look)]
    turned = is_turned(told, look)
    set_rows = [_row(index, row, (look, widths), turned and index == 0) for index, row in enumerate(told)]
    return TablePiece(set_rows[0], set_rows[1:], widths)


def _row(index: int, texts: Sequence[str], how: tuple[GridLook, Sequence[float]], turned: bool) -> _Row:
    look, widths = how
    chosen = row_look(index, look)
    cells = []
    for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
        own = chosen if index else replace(chosen, bold=True)
        if index and text and set(text) <= NUMERIC:
            own = replace(chosen, align="end")
        upright = turned and column > 0
        room = turned_height(texts, look) * MM - PADDING_MM * MM if upright else width - 2 * SIDE
        cells.append((tuple(lines_of(text, own, room)), own))
    pitch = chosen.line or chosen.size * 1.3
    lying = [len(lines) for column, (lines, _) in enumerate(cells) if not (turned and column)]
    height = max(lying) * pitch + 2 * ABOVE
    return _Row(tuple(cells), max(height, turned_height(texts, look) * MM) if turned else height, turned)


def _cell(canvas: Any, what: tuple[Sequence[Line], TextLook], where: tuple[float, float, float, float], upright: bool) -> None:
    """Draw the lines of one cell, in the middle of its height; an upright one reads from below."""
    (lines, look), (x, y, width, height) = what, where
    pitch = look.line or look.size * 1.3
    if not upright:
        draw_lines(canvas, lines, look, (x + SIDE, y - (height - len(lines) * pitch) / 2, width - 2 * SIDE))
        return
    canvas.saveState()
    canvas.translate(x + width / 2, y - height + SIDE)
    canvas.rotate(90)
    for place, line in enumerate(lines):
        offset = (len(lines) / 2 - place - 0.5) * pitch - look.size * BASELINE
        canvas.setFillColor(ink(look.colour or "#000000"))
        canvas.setFont(font_for(line.text, look.bold), look.size)
        canvas.drawString(0, offset, line.text)
    canvas.restoreState()


def _rule(canvas: Any, ends: tuple[float, float], y: float, how: tuple[float, str]) -> None:
    canvas.setLineWidth(how[0])
    canvas.setStrokeColor(ink(how[1]))
    canvas.line(ends[0], y, ends[1], y)
