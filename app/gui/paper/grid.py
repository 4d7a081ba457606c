"""A table on paper: how high each row is, and its grounds, words and rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter

from app.domain.paper import Block, Grid, GridCell, GridRow
from app.gui.paper.flow import Piece
from app.gui.paper.letters import rectangle, rule

if TYPE_CHECKING:
    from app.gui.paper.stack import Stack

Filler = Callable[[tuple[Block, ...], float], "Stack"]
LEAST = 6.0  # points that a cell has for its words


@dataclass(slots=True)
class CellBox:
    """A cell at its place in the row: `stack` is what stands in it."""

    x: float
    width: float
    height: float
    cell: GridCell
    stack: Stack

    @property
    def wanted(self) -> float:
        """The height that its words need."""
        left, top, right, bottom = self.cell.pad
        return self.stack.widest + left + right if self.cell.turn else self.stack.height + top + bottom

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint ground and words."""
        if self.cell.ground:
            painter.fillRect(rectangle(x + self.x, y, self.width, self.height), QColor(self.cell.ground))
        left, top, _right, bottom = self.cell.pad
        if self.cell.turn:
            self._turned(painter, x + self.x, y)
            return
        spare = max(0.0, self.height - top - bottom - self.stack.height)
        shift = {"center": spare / 2, "bottom": spare}.get(self.cell.anchor, 0.0)
        self.stack.paint(painter, x + self.x + left, y + top + shift)

    def _turned(self, painter: QPainter, x: float, y: float) -> None:
        painter.save()
        spare = max(0.0, self.width - self.stack.height) / 2
        if self.cell.turn == "up":
            painter.translate(x + spare, y + self.height - self.cell.pad[0])
            painter.rotate(-90)
        else:
            painter.translate(x + self.width - spare, y + self.cell.pad[0])
            painter.rotate(90)
        self.stack.paint(painter, 0.0, 0.0)
        painter.restore()


@dataclass(slots=True)
class RowBox:
    """A row: its cells, and where its left edge is."""

    x: float
    height: float
    cells: list[CellBox]

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint the row with its top at `y` in a column that begins at `x`."""
        for cell in self.cells:
            cell.paint(painter, x + self.x, y)
        for cell in self.cells:
            _rules(painter, cell, x + self.x + cell.x, y)

    def marks(self, x: float, y: float) -> str:
        """Return the evidence at a point of the row, "" for none."""
        for cell in self.cells:
            left, top = self.x + cell.x + cell.cell.pad[0], cell.cell.pad[1]
            if self.x + cell.x <= x <= self.x + cell.x + cell.width and not cell.cell.turn:
                return cell.stack.mark(x - left, y - top)
        return ""


def rows_of(grid: Grid, width: float, fill: Filler) -> Iterator[Piece]:
    """Yield the rows of a table in a column of `width` points; `fill` sets what a cell holds; spanned rows stay together."""
    total = sum(grid.widths)
    spare = width - total
    x = {"center": spare / 2, "right": spare}.get(grid.align, grid.left)
    measured = (_row(row, grid, x, fill) for row in grid.rows)
    spans = any(cell.rows > 1 for row in grid.rows for _, cell in row.cells)
    boxes = iter(_stretched(list(measured))) if spans else measured
    heads: list[Piece] = []
    for place, (row, box) in enumerate(zip(grid.rows, boxes, strict=True)):
        is_head = row.header and len(heads) == place
        keep = is_head or any(start + cell.rows > place + 1 for start, cell in _reaching(grid, place)) or _keeps(row)
        piece = Piece(box.height, box, keep=keep and place + 1 < len(grid.rows), head=() if is_head else tuple(heads))
        piece.split = None if is_head else _splitter(piece)
        if is_head:
            heads.append(piece)
        yield piece


def _reaching(grid: Grid, place: int) -> Iterator[tuple[int, GridCell]]:
    for start in range(place, max(-1, place - 60), -1):
        for _, cell in grid.rows[start].cells:
            if cell.rows > 1:
                yield start, cell


def _keeps(row: GridRow) -> bool:
    """A row stays with the next when the first paragraph in it does."""
    first = row.cells[0][1].blocks if row.cells else ()
    return bool(first) and getattr(getattr(first[0], "setting", None), "keep_next", False)


def _row(row: GridRow, grid: Grid, x: float, fill: Filler) -> RowBox:
    cells = []
    for place, cell in row.cells:
        left = sum(grid.widths[:place])
        width = sum(grid.widths[place : place + cell.span])
        inner = 10_000.0 if cell.turn else max(LEAST, width - cell.pad[0] - cell.pad[2])
        cells.append(CellBox(left, width, 0.0, cell, fill(cell.blocks, inner)))
    height = max((box.wanted for box in cells if box.cell.rows == 1), default=0.0)
    height = row.height if row.exact else max(height, row.height)
    for box in cells:
        box.height = height
    return RowBox(x, height, cells)


def _stretched(rows: list[RowBox]) -> list[RowBox]:
    """Give cells over several rows the height of these, and the last of them what is still wanting."""
    for place, row in enumerate(rows):
        for box in (each for each in row.cells if each.cell.rows > 1):
            covered = rows[place : place + box.cell.rows]
            lacking = box.wanted - sum(each.height for each in covered)
            if lacking > 0:
                _grow(covered[-1], lacking)
    for place, row in enumerate(rows):
        for box in (each for each in row.cells if each.cell.rows > 1):
            box.height = sum(each.height for each in rows[place : place + box.cell.rows])
    return rows


def _grow(row: RowBox, more: float) -> None:
    row.height += more
    for box in row.cells:
        if box.cell.rows == 1:
            box.height = row.height


def _splitter(piece: Piece) -> Callable[[float], tuple[Piece, Piece] | None]:
    """Return how a row higher than a page is cut between its lines."""

    def split(room: float) -> tuple[Piece, Piece] | None:
        row: RowBox = piece.payload
        if any(box.cell.turn or box.cell.rows > 1 for box in row.cells):
            return None
        halves = [box.stack.split(room - box.cell.pad[1] - box.cell.pad[3]) for box in row.cells]
        if not any(upper.height for upper, _ in halves):
            return None
        made = []
        for side in (0, 1):
            cells = [CellBox(b.x, b.width, 0.0, b.cell, half[side]) for b, half in zip(row.cells, halves, strict=True)]
            height = max(box.wanted for box in cells)
            for box in cells:
                box.height = height
            made.append(Piece(height, RowBox(row.x, height, cells), keep=side == 1 and piece.keep, head=piece.head))
        made[1].split = _splitter(made[1])
        return made[0], made[1]

    return split


def _rules(painter: QPainter, cell: CellBox, x: float, y: float) -> None:
    box, right, bottom = cell.cell.box, x + cell.width, y + cell.height
    sides = (
        (box.top, (x, y, right, y)),
        (box.bottom, (x, bottom, right, bottom)),
        (box.left, (x, y, x, bottom)),
        (box.right, (right, y, right, bottom)),
    )
    for edge, ends in sides:
        rule(painter, edge, ends)
