"""A document laid out: its pages with everything at its place, made one after the other so that the first are soon there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from PySide6.QtGui import QColor, QPainter

from app.domain.paper import Block, Margins, Paper, Part, Shape, Slide
from app.gui.paper.drawn import paint_drawn
from app.gui.paper.flow import Put, paginate
from app.gui.paper.letters import Faces, rectangle, rule
from app.gui.paper.stack import Stack, pieces_of, stacked
from app.gui.paper.text import Sheet

WHITE = "#ffffff"
SHORT = 40  # letters of a text that may name a section


@dataclass(frozen=True, slots=True)
class Place:
    """A heading: its level, its words, the page it stands on (counted from 0) and how far down, in points.

    `beside` are the short texts of a slide, for the name of its section stands beside its title.
    """

    level: int
    text: str
    page: int
    y: float
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of running text: `number` is the one printed on it."""

    part: Part
    number: int
    first: bool
    puts: tuple[Put, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.part.width, self.part.height

    def paint(self, painter: QPainter, faces: Faces, pages: int) -> None:
        """Paint it, in points; `pages` is how many there are."""
        margins = self.part.margins
        for put in self.puts:
            put.piece.payload.paint(painter, margins.left, margins.top + put.y)
        self._running(painter, faces, pages)

    def mark(self, x: float, y: float) -> str:
        """Return the evidence at a point of the page, "" for none."""
        left, top = x - self.part.margins.left, y - self.part.margins.top
        hits = (put for put in self.puts if put.y <= top <= put.y + put.piece.height)
        return next((put.piece.payload.marks(left, top - put.y) for put in hits), "")

    def headings(self, page: int) -> Iterator[Place]:
        """Yield the headings on it."""
        for put in self.puts:
            if put.piece.level and put.piece.text:
                yield Place(put.piece.level, put.piece.text, page, put.y + self.part.margins.top)

    @property
    def text(self) -> str:
        """Its words, a line a line, as they are broken on the page."""
        return "\n".join(words for put in self.puts for words in _words(put.piece.payload))

    def _running(self, painter: QPainter, faces: Faces, pages: int) -> None:
        margins, sheet = self.part.margins, Sheet(0.0, 0.0, self.number, pages)
        width = self.part.width - margins.left - margins.right
        head = stacked(self.part.header.of(self.number, self.first), width, faces, sheet)
        head.paint(painter, margins.left, margins.header)
        foot = stacked(self.part.footer.of(self.number, self.first), width, faces, sheet)
        foot.paint(painter, margins.left, self.part.height - margins.footer - foot.height)


@dataclass(frozen=True, slots=True)
class SlidePage:
    """One slide, the words of each of its shapes laid out in `inner`."""

    slide: Slide
    number: int
    inner: tuple[Stack, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.slide.width, self.slide.height

    def paint(self, painter: QPainter, faces: Faces, _pages: int) -> None:
        """Paint it, in points."""
        painter.fillRect(rectangle(0, 0, *self.size), QColor(self.slide.ground or WHITE))
        for shape, inner in zip(self.slide.shapes, self.inner, strict=True):
            _paint_shape(painter, shape, inner, faces)

    def mark(self, _x: float, _y: float) -> str:
        """Slides open no evidence."""
        return ""

    def headings(self, page: int) -> Iterator[Place]:
        """Yield its title; the first large words where nothing is marked as such."""
        words = [(shape, text) for shape in self.slide.shapes if (text := _shape_text(shape.blocks))]
        title = next((text for shape, text in words if shape.title), "")
        beside = tuple(text for _, text in words if len(text) <= SHORT)
        if title:
            yield Place(1, title.replace("\u2028", ""), page, 0.0, beside)

    @property
    def text(self) -> str:
        """Its words, a paragraph a line."""
        return "\n".join(text for shape in self.slide.shapes if (text := _shape_text(shape.blocks)))


def laid_out(paper: Paper, faces: Faces) -> Iterator[Page | SlidePage]:
    """Yield the pages of `paper` as they come to be; each takes a moment."""
    for number, slide in enumerate(paper.slides, 1):
        sheet = Sheet(0.0, 0.0, number, len(paper.slides))
        yield SlidePage(slide, number, tuple(_inside(shape, faces, sheet) for shape in slide.shapes))
    number = 0
    for part in _joined(paper.parts):
        part = _clear_of_running(part, faces)
        margins = part.margins
        room = part.height - margins.top - margins.bottom
        sheet = Sheet(part.grid, part.loose)
        number = part.start - 1 if part.start else number
        pieces = pieces_of(part.blocks, part.width - margins.left - margins.right, faces, sheet)
        first = True
        for puts in paginate(pieces, room):
            number += 1
            yield Page(part, number, first, puts)
            first = False


def _inside(shape: Shape, faces: Faces, sheet: Sheet) -> Stack:
    """Return the words of a shape, laid out in its box."""
    left, _, right, _ = shape.pad
    return stacked(shape.blocks, shape.width - left - right, faces, sheet)


def _paint_shape(painter: QPainter, shape: Shape, inner: Stack, faces: Faces) -> None:
    box = rectangle(shape.x, shape.y, shape.width, shape.height)
    if shape.ground:
        painter.fillRect(box, QColor(shape.ground))
    if shape.edge.width:
        corners = (box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft(), box.topLeft())
        for one, other in pairwise(corners):
            rule(painter, shape.edge, (one.x(), one.y(), other.x(), other.y()))
    if shape.drawn is not None:
        paint_drawn(painter, shape.drawn, (shape.x, shape.y), faces)
    spare = shape.height - shape.pad[1] - shape.pad[3] - inner.height
    shift = {"center": spare / 2, "bottom": spare}.get(shape.anchor, 0.0)
    inner.paint(painter, shape.x + shape.pad[0], shape.y + shape.pad[1] + shift)


def _joined(parts: tuple[Part, ...]) -> list[Part]:
    """Parts of the same size that go on where the one before ends are one."""
    result: list[Part] = []
    for part in parts:
        last = result[-1] if result else None
        if last is not None and part.goes_on and (last.width, last.height) == (part.width, part.height):
            result[-1] = replace(last, blocks=last.blocks + part.blocks)
        else:
            result.append(part)
    return result


def _clear_of_running(part: Part, faces: Faces) -> Part:
    """Push the text down below a header, or up above a footer, that is higher than the margin."""
    margins, width = part.margins, part.width - part.margins.left - part.margins.right

    def depth(blocks: tuple[Block, ...]) -> float:
        return stacked(blocks, width, faces, Sheet()).height if blocks else 0.0

    head, foot = depth(part.header.usual), depth(part.footer.usual)
    top = max(margins.top, margins.header + head if head else 0.0)
    bottom = max(margins.bottom, margins.footer + foot if foot else 0.0)
    return replace(part, margins=Margins(top, margins.right, bottom, margins.left, margins.header, margins.footer))


def _words(payload: object) -> Iterator[str]:
    line, cells = getattr(payload, "line", None), getattr(payload, "cells", None)
    if line is not None:
        text = line.layout.text()
        start, length = line.line.textStart(), line.line.textLength()
        yield text[start : start + length].strip("\u2028 ")
    for cell in cells or ():
        for put in cell.stack.puts:
            yield from _words(put.piece.payload)


def _shape_text(blocks: tuple[Block, ...]) -> str:
    return "\n".join(text for block in blocks if (text := str(getattr(block, "text", ""))))
