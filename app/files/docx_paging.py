"""On which page each block of a document begins, reckoned from its lines and rows before any program has laid it out.

Word recounts when the contents are updated; WPS and LibreOffice show what is written. So the reckoning follows the same rules the
document asks for: exact pitches, charts under their titles, short tables whole, long ones with their head repeated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from app.domain.brief import Block, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.brief_rows import rows_of
from app.domain.firm_counts import sign_lines
from app.files.column_widths import POINT_MM
from app.files.docx_blocks import Setter, chart_heights, is_chart
from app.files.docx_measure import line_count, pitch_mm, text_height
from app.files.docx_table import is_kept, keeps, row_heights
from app.files.docx_xml import TextLook

SAFE_MM = 3.0  # that a chart made to fit leaves free, beside a line: a paragraph above may take one more than reckoned


@dataclass(frozen=True, slots=True)
class Paging:
    """Where things stand: the page on which each block begins, from 1, and the heights in mm of charts made to fit their page."""

    pages: tuple[int, ...]
    heights: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something that no page break divides: its height in mm, whether it stays with what follows, how low it can be made (0: it
    cannot), and whether it begins a page; `before` and `after`: the white in mm that its height holds above and below it."""

    height: float
    keep: bool = False
    least: float = 0.0
    begins: bool = False
    before: float = 0.0
    after: float = 0.0


def paging_of(setter: Setter, blocks: Sequence[Block], start: float, annexes: Sequence[Heading] = ()) -> Paging:
    """Return where the blocks come to stand; `start` is the height in mm of what stands before them, `annexes` begin pages."""
    pages = [0] * len(blocks)
    heights: dict[int, float] = {}
    height = setter.type.height
    page, at = 1 + int(start // height), start % height
    held = _closed([(index, piece) for index, block in enumerate(blocks) for piece in _begun(setter, block, annexes)])
    place = 0
    while place < len(held):
        unit = _unit(held, place)
        if unit[0][1].begins and at > 0:
            page, at = page + 1, 0.0
        needed = sum(piece.height for _, piece in unit)
        if at + needed > height and at > 0:
            unit, fitted = _fitted(unit, height - at - SAFE_MM - setter.type.pitch * POINT_MM)
            heights |= fitted
            if not fitted and needed <= height:
                page, at = page + 1, 0.0
        for index, piece in unit:
            if at + piece.height > height and at > 0:
                page, at = page + 1, 0.0
            pages[index] = pages[index] or page
            at += piece.height
        place += len(unit)
    return Paging(tuple(pages), heights)


def _closed(held: Sequence[tuple[int, _Piece]]) -> list[tuple[int, _Piece]]:
    """Return the pieces as they stand one below the other: of the white below one and above the next programs take the larger."""
    white = [0.0, *(min(piece.after, following.before) for (_, piece), (_, following) in pairwise(held))]
    return [(index, replace(piece, height=piece.height - less)) for (index, piece), less in zip(held, white, strict=True)]


def _fitted(unit: list[tuple[int, _Piece]], room: float) -> tuple[list[tuple[int, _Piece]], dict[int, float]]:
    """Return the unit with its chart made low enough for the room, and the chart's height; as it was where that cannot be."""
    charts = [(index, piece) for index, piece in unit if piece.least]
    if len(charts) != 1:
        return unit, {}
    index, chart = charts[0]
    left = room - sum(piece.height for _, piece in unit if piece is not chart)
    if left < chart.least:
        return unit, {}
    low = replace(chart, height=left)
    return [(i, low if piece is chart else piece) for i, piece in unit], {index: round(left - 1, 1)}


def _unit(held: Sequence[tuple[int, _Piece]], place: int) -> list[tuple[int, _Piece]]:
    """Return the pieces from `place` on that must stay together."""
    end = place
    while end < len(held) - 1 and held[end][1].keep:
        end += 1
    return list(held[place : end + 1])


def _begun(setter: Setter, block: Block, annexes: Sequence[Heading]) -> Iterator[_Piece]:
    """Yield the pieces of a block; the head of an annex begins a page and is as tall as five lines."""
    if isinstance(block, Heading) and block in annexes:
        yield _Piece(5 * setter.type.pitch * POINT_MM, keep=True, begins=True)
    else:
        yield from _pieces(setter, block)


def _pieces(setter: Setter, block: Block) -> Iterator[_Piece]:
    kind = setter.type
    if isinstance(block, Heading):
        yield _kept(block.text, kind.heading(block.level), kind.width)
    elif isinstance(block, Paragraph):
        look = kind.body()
        yield from _lines(block.text, look, kind.width)
    elif isinstance(block, FigureBlock):
        yield _kept(block.figure.title, kind.caption(), kind.width)
        if is_chart(block.figure):
            least, usual = chart_heights(block.figure, kind.width)
            yield _Piece(usual + 1, keep=True, least=least + 1)
        else:
            yield from _table(setter, rows_of(block, setter.texts))
        lines = (*block.figure.provenance.lines(setter.texts), *sign_lines(block.figure.table, setter.texts))
        yield from _lines("　".join(lines), kind.note(before=2, after=8), kind.width)
    else:
        yield _kept(block.title, kind.caption(), kind.width)
        yield from _table(setter, rows_of(block, setter.texts))
        yield from _lines(_note(setter, block), kind.note(before=2, after=8), kind.width)


def _kept(text: str, look: TextLook, width: float) -> _Piece:
    return _Piece(text_height(text, look, width), keep=True, before=look.before * POINT_MM, after=look.after * POINT_MM)


def _note(setter: Setter, block: GridBlock | TableBlock) -> str:
    if isinstance(block, GridBlock):
        return block.note
    return "　".join((*block.provenance.lines(setter.texts), *sign_lines(block.table, setter.texts)))


def _table(setter: Setter, rows: Sequence[Sequence[str]]) -> Iterator[_Piece]:
    look = replace(setter.grid_look(len(rows[0])), noted=True)
    fixed = tuple(map(tuple, rows))
    kept = is_kept(fixed, look)
    for index, height in enumerate(row_heights(fixed, look)):
        yield _Piece(height, keep=keeps(index, len(rows), kept, look))


def _lines(text: str, look: TextLook, width: float) -> Iterator[_Piece]:
    """Return a paragraph line by line: two of them never part from it alone (widow control)."""
    count = line_count(text, look, width, look.first)
    for line in range(count):
        above, below = look.before * POINT_MM * (line == 0), look.after * POINT_MM * (line == count - 1)
        keep = count > 1 and line in (0, count - 2)
        yield _Piece(pitch_mm(look) + above + below, keep=keep, before=above, after=below)
