"""TILES: a tile a township in a near-square grid, in the order of the rows: its name, its share in figures and as a shade.

A hidden township is hatched and bears ‡; one on few firms is hollow with a thick edge. Firms of no known township stand in words.
"""

from __future__ import annotations

import math

from app.domain.drawing import Box, Label, Mark, Shape
from app.domain.figure import Figure
from app.domain.release import CellStatus, Row
from app.present.draw.axis import ShareAxis, share_axis
from app.present.draw.shade import key_height, shade, shade_key
from app.present.draw.style import (
    Rect,
    Style,
    block,
    centred,
    lines_height,
    mark_of,
    n_text,
    readable_on,
    value_text,
)
from app.present.draw.text import balanced, shorten

NARROWEST, GAP, FLATTEST, TALLEST = 24.0, 0.8, 0.5, 0.8  # millimetres; height of a tile to its width
LARGE = 1.35  # of the size of labels: the number of a tile


class TilesBody:
    """The grid with its key."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the rows of tiles at their lowest, and the key."""
        across, down = grid(len(tiled(figure)), width, style)
        return down * max(self._lowest(style), (width / across) * FLATTEST) + key_height(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return tiles row by row, then the key."""
        rows = tiled(figure)
        across, down = grid(len(rows), area.width, style)
        width = area.width / across
        room = (area.height - key_height(style)) / max(down, 1)
        height = max(self._lowest(style), min(room, width * TALLEST))
        axis = share_axis([row.cells[0] for row in rows])
        shapes: list[Shape] = []
        for place, row in enumerate(rows):
            x, y = area.x + width * (place % across), area.y + height * (place // across)
            shapes += _tile(figure, style, row, (axis, Rect(x, y, width - GAP, height - GAP)))
        top = area.y + height * down + style.pad * 0.4
        return [*shapes, *shade_key(style, axis, Rect(area.x, top, area.width, 0), total_words(figure))]

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what firms of no known township give, then the figure's own."""
        return (*unknown_words(figure, style), *figure.keys)

    def _lowest(self, style: Style) -> float:
        """Return the height of a tile that holds two lines of name, its number and its firms."""
        return (
            lines_height(style, 2, style.note)
            + lines_height(style, 1, style.body * LARGE)
            + style.line(style.note)
            + style.pad * 1.4
        )


def tiled(figure: Figure) -> list[Row]:
    """Return the rows that have a tile: all but the total and the firms of no known township."""
    return [row for row in figure.table.rows if row.key not in (figure.table.total, "")]


def grid(count: int, width: float, style: Style) -> tuple[int, int]:
    """Return how many tiles stand across and down: near-square, none too narrow to read, the last row full."""
    most = max(1, int(width / (NARROWEST * style.scale)))
    across = min(most, max(1, math.ceil(math.sqrt(max(count, 1)))))
    down = math.ceil(max(count, 1) / across)
    return math.ceil(max(count, 1) / down), down


def total_words(figure: Figure) -> Mark:
    """Return the value of all firms, as it stands beside the key, with what it opens."""
    row = next((row for row in figure.table.rows if row.key == figure.table.total), None)
    return Mark(row.cells[0].evidence, f"{row.label} {value_text(row.cells[0])}") if row is not None else Mark("", "")


def unknown_words(figure: Figure, style: Style) -> tuple[str, ...]:
    """Return what the firms of no known township give, in words."""
    rows = (row for row in figure.table.rows if not row.key)
    return tuple(
        style.texts("figure.townships.unknown_row", label=row.label, value=value_text(row.cells[0]), n=n_text(row))
        for row in rows
    )


def _tile(figure: Figure, style: Style, row: Row, where: tuple[ShareAxis, Rect]) -> list[Shape]:
    (axis, box), palette, cell = where, style.palette, row.cells[0]
    mark = mark_of(style.texts, row, figure.table.columns, 0)
    lit, small, hidden = row.key == figure.chosen, cell.status is CellStatus.SMALL, cell.status is CellStatus.HIDDEN
    colour = shade(style, axis, cell)
    fill = palette.surface if small else palette.raised if cell.value is None else colour
    stroke = palette.text if lit else palette.accent if small else palette.hairline
    line = 0.9 if lit else 0.7 if small else 0.2
    ink = palette.text if small or cell.value is None else readable_on(fill)
    tile = Box(box.x, box.y, box.width, box.height, fill, stroke, line, hatch=hidden, radius=0.8, mark=mark)
    return [tile, *_words(style, row, box, ink, mark)]


def _words(style: Style, row: Row, box: Rect, ink: str, mark: Mark) -> list[Shape]:
    """Return name, number and firms of a tile, one below the other."""
    inner, x = box.width - style.pad, box.x + style.pad * 0.5
    hidden = row.cells[0].status is CellStatus.HIDDEN
    names = balanced(row.label, inner, style.note, 2)
    shapes = block(style, names, Label(x, box.y + style.pad * 0.4, "", style.note, ink, mark=mark))
    base = box.bottom - style.pad * 0.5
    firms = "" if hidden else shorten(f"n={n_text(row)}", inner, style.note)
    at = Label(x, base, firms, style.note, ink, mark=mark)
    shapes += [at] if firms else []
    size = style.body * LARGE
    top = box.y + style.pad * 0.4 + lines_height(style, len(names), style.note)
    middle = (top + base - (style.line(style.note) if firms else 0.0)) / 2 + style.pad * 0.15
    return [*shapes, *centred(style, (value_text(row.cells[0]),), Label(x, middle, "", size, ink, bold=True, mark=mark))]
