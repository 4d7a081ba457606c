"""Blocks one below the other, as pieces that a page may part, or whole in a cell, a header, or a box on a slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPainter

from app.domain.paper import Block, Grid, Para
from app.gui.paper.drawn import paint_drawn
from app.gui.paper.flow import Piece, Put
from app.gui.paper.grid import rows_of
from app.gui.paper.letters import Faces, rectangle, rule, write
from app.gui.paper.text import Line, Sheet, broken


@dataclass(slots=True)
class LineBox:
    """A line as a piece: which paragraph it is of, and whether it is its first or last."""

    line: Line
    para: Para
    width: float
    faces: Faces
    first: bool
    last: bool

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint ground, rules, letters and pictures with the column's left at `x`."""
        setting = self.para.setting
        left, width = x + setting.left, self.width - setting.left - setting.right
        if setting.ground:
            painter.fillRect(rectangle(left, y, width, self.line.height), QColor(setting.ground))
        self._rules(painter, (left, y, width))
        self.line.paint(painter, x, y)
        for place, drawn in self.line.drawn:
            paint_drawn(painter, drawn, (x + place, y + self.line.height - drawn.height), self.faces)
        for start, stop, sign in self.line.leaders:
            step = self.faces.width(sign, self.para.ink) or 1.0
            write(painter, self.faces, (x + start, y + self.line.base), sign * int((stop - start) / step), self.para.ink)

    def marks(self, x: float, _y: float) -> str:
        """Return the evidence at a point of the line, "" for none."""
        return next((mark for start, stop, mark in self.line.marks if start <= x <= stop), "")

    def _rules(self, painter: QPainter, place: tuple[float, float, float]) -> None:
        x, y, width = place
        box, bottom = self.para.setting.box, y + self.line.height
        if self.first:
            rule(painter, box.top, (x, y, x + width, y))
        if self.last:
            rule(painter, box.bottom, (x, bottom, x + width, bottom))
        rule(painter, box.left, (x, y, x, bottom))
        rule(painter, box.right, (x + width, y, x + width, bottom))


@dataclass(slots=True)
class Stack:
    """Pieces at their heights."""

    puts: tuple[Put, ...]
    height: float
    widest: float = 0.0

    def paint(self, painter: QPainter, x: float, y: float) -> None:
        """Paint all with the top left at (x, y)."""
        for put in self.puts:
            put.piece.payload.paint(painter, x, y + put.y)

    def mark(self, x: float, y: float) -> str:
        """Return the evidence at a point, "" for none."""
        return next((p.piece.payload.marks(x, y - p.y) for p in self.puts if p.y <= y <= p.y + p.piece.height), "")

    def split(self, room: float) -> tuple[Stack, Stack]:
        """Return what of it stands above `room` points, and the rest."""
        upper = tuple(put for put in self.puts if put.y + put.piece.height <= room)
        lower = self.puts[len(upper) :]
        start = lower[0].y if lower else 0.0
        shifted = tuple(Put(put.y - start, put.piece) for put in lower)
        ends = [max((put.y + put.piece.height for put in puts), default=0.0) for puts in (upper, shifted)]
        return Stack(upper, ends[0], self.widest), Stack(shifted, ends[1], self.widest)


def stacked(blocks: Sequence[Block], width: float, faces: Faces, sheet: Sheet) -> Stack:
    """Return blocks in a column of `width` points, on no page."""
    puts, y, owed, widest = [], 0.0, 0.0, 0.0
    for piece in pieces_of(blocks, width, faces, sheet):
        y += owed + piece.before
        puts.append(Put(y, piece))
        y += piece.height
        owed = piece.after
        if isinstance(piece.payload, LineBox):
            widest = max(widest, piece.payload.line.line.naturalTextWidth() / 10)
    return Stack(tuple(puts), y + owed, widest)


def pieces_of(blocks: Sequence[Block], width: float, faces: Faces, sheet: Sheet) -> Iterator[Piece]:
    """Yield the pieces of blocks in order: a line of text, a row of a table."""
    for place, block in enumerate(blocks):
        if isinstance(block, Grid):
            yield from rows_of(block, width, lambda inner, room: stacked(inner, room, faces, sheet))
        elif not _closes_cell(blocks, place):
            tight = [_is_tight(block, blocks[near] if 0 <= near < len(blocks) else None) for near in (place - 1, place + 1)]
            yield from _lines(block, width, (faces, sheet), (tight[0], tight[1]))


def _closes_cell(blocks: Sequence[Block], place: int) -> bool:
    """An empty paragraph that only closes a cell after a table in it takes no room."""
    block = blocks[place]
    after_grid = place > 0 and isinstance(blocks[place - 1], Grid)
    return after_grid and place == len(blocks) - 1 and isinstance(block, Para) and not block.runs


def _is_tight(block: Para, other: Block | None) -> bool:
    """Paragraphs of one kind may want no space between them."""
    return isinstance(other, Para) and block.setting.tight and other.setting.tight and other.setting.level == block.setting.level


def _lines(para: Para, width: float, how: tuple[Faces, Sheet], tight: tuple[bool, bool]) -> Iterator[Piece]:
    setting, lines = para.setting, broken(para, width, *how)
    last = len(lines) - 1
    for place, line in enumerate(lines):
        together = setting.keep_lines or (setting.widow and (place == 0 or place == last - 1))
        yield Piece(
            line.height,
            LineBox(line, para, width, how[0], place == 0, place == last),
            before=setting.before if place == 0 and not tight[0] else 0.0,
            after=setting.after if place == last and not tight[1] else 0.0,
            keep=(together if place < last else setting.keep_next) and not line.page_end,
            new_page=setting.new_page and place == 0,
            page_end=line.page_end,
            level=setting.level if place == 0 else 0,
            text=para.text.strip() if place == 0 and setting.level else "",
        )
