"""Tables on slides: columns by their content, type as large as fits, split where even small type does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.files.chart_layout import Frame
from app.files.column_widths import column_widths
from app.files.office_xml import DRAWING, line, solid
from app.files.pptx_page import Deck, emu
from app.files.pptx_text import Passage, body
from app.files.text_measure import height_mm, wrapped

SIZES = (14.0, 13.0, 12.0, 11.0, 10.5, 10.0)  # points, the largest that fits
PADS = (1.6, 0.7)  # mm between the words of a cell and its edges, across and down
TIGHT = 0.25  # the same down, where rows are many
_EMU = 36000


@dataclass(frozen=True, slots=True)
class Cells:
    """A table of words: the head first; `grounds` of single cells and `right` columns whose words stand at the right."""

    rows: Sequence[Sequence[str]]
    grounds: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    right: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is set: points, widths and row heights in mm, the padding above and below words."""

    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    pad: float


def fit(rows: Sequence[Sequence[str]], width: float, height: float, sizes: Sequence[float] = SIZES) -> Fit:
    """Return how a table `width` mm wide is set within `height` mm: the largest type that fits, else the smallest, run over."""
    for size in sizes:
        for pad in (PADS[1], TIGHT):
            tried = _set(rows, width, size, pad)
            if sum(tried.heights) <= height:
                return tried
    return tried


def split(rows: Sequence[Sequence[str]], width: float, height: float, sizes: Sequence[float] = SIZES) -> list[tuple[int, int]]:
    """Return the parts (first, last + 1) of the body of a table that fit on a slide each; the whole in one where it fits."""
    whole = fit(rows, width, height, sizes)
    if sum(whole.heights) <= height or len(rows) < 3:
        return [(0, len(rows) - 1)]
    readable = _set(rows, width, sizes[-3], PADS[1])
    parts, start, used = [], 0, readable.heights[0]
    for at, each in enumerate(readable.heights[1:]):
        if used + each > height and at > start:
            parts.append((start, at))
            start, used = at, readable.heights[0]
        used += each
    return [*parts, (start, len(rows) - 1)]


def held(deck: Deck, cells: Cells, frame: Frame) -> Cells:
    """Return as much of a table as fits a frame; its last row then says how many more there are."""
    if len(cells.rows) < 3 or sum(fit(cells.rows, frame.width, frame.height).heights) <= frame.height:
        return cells
    laid = _set(cells.rows, frame.width, SIZES[-1], TIGHT)
    used, shown = laid.heights[0] + max(laid.heights), 0
    for each in laid.heights[1:]:
        used += each
        shown += used <= frame.height
    shown = max(shown, 1)
    words = deck.texts("deck.rows_left", n=len(cells.rows) - 1 - shown)
    last = [words, *("" for _ in cells.rows[0][1:])]
    return Cells([*cells.rows[: shown + 1], last], cells.grounds, cells.right, cells.strong)


def _set(rows: Sequence[Sequence[str]], width: float, size: float, pad: float) -> Fit:
    widths = tuple(column_widths([list(row) for row in rows], width, size))
    heights = []
    for row in rows:
        most = max(
            sum(len(wrapped(part, width - 2 * PADS[0], size)) for part in text.split("\n"))
            for text, width in zip(row, widths, strict=True)
        )
        heights.append(height_mm(most, size) + 2 * pad)
    return Fit(size, widths, tuple(heights), pad)


def put_table(deck: Deck, slide: Any, cells: Cells, frame: Frame, name: str, said: str) -> Any:
    """Add a table, or as much of it as fits the frame, and return its shape; `said` is its alternative text."""
    from pptx.oxml import parse_xml

    cells = held(deck, cells, frame)
    laid = fit(cells.rows, frame.width, frame.height)
    shape = slide.shapes.add_table(1, 1, *emu(Frame(frame.x, frame.y, frame.width, sum(laid.heights))))
    old = shape._element.graphic.graphicData.tbl
    old.getparent().replace(old, parse_xml(_table_xml(deck, cells, laid)))
    shape.name = name
    shape._element.nvGraphicFramePr.cNvPr.set("descr", said)
    return shape


def _table_xml(deck: Deck, cells: Cells, laid: Fit) -> str:
    grid = "".join(f'<a:gridCol w="{round(width * _EMU)}"/>' for width in laid.widths)
    rows = "".join(
        f'<a:tr h="{round(height * _EMU)}">{"".join(_cell(deck, cells, laid, (i, j)) for j in range(len(row)))}</a:tr>'
        for i, (row, height) in enumerate(zip(cells.rows, laid.heights, strict=True))
    )
    return f'<a:tbl xmlns:a="{DRAWING}"><a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl>'


def _cell(deck: Deck, cells: Cells, laid: Fit, at: tuple[int, int]) -> str:
    i, j = at
    palette, head = deck.palette, i == 0
    ground, colour = (palette.accent, palette.on_accent) if head else cells.grounds.get(at, (palette.surface, palette.text))
    ink = deck.ink(laid.size, colour, head or i in cells.strong)
    align = "r" if j in cells.right and not head else "ctr" if at in cells.grounds or (head and j in cells.right) else "l"
    words = body(Passage(tuple(cells.rows[i][j].split("\n")), ink, align), "a:txBody")
    across, down = round(PADS[0] * _EMU), round(laid.pad * _EMU)
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
    under = line(palette.hairline, 0.75).replace("<a:ln ", "<a:lnB ").replace("</a:ln>", "</a:lnB>")
    margins = f'marL="{across}" marR="{across}" marT="{down}" marB="{down}" anchor="ctr"'
    return f"<a:tc>{words}<a:tcPr {margins}>{none}{under}{solid(ground)}</a:tcPr></a:tc>"
