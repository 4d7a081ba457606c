"""Tables of a Word document: three rules, widths written for WPS, the header repeated on every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from app.files.column_widths import column_widths, ems, least_widths
from app.files.docx_measure import row_height
from app.files.docx_xml import TextLook, attribute, paragraph, twips

KEPT_MM = 75.0  # a table this short stays on one page
SIDE_MM, TOP_MM = 1.2, 0.35  # between a cell's text and its edges
PADDING_MM = 2 * SIDE_MM + 0.4
ABOVE_MM = 2 * TOP_MM + 0.15
TURNED_FROM = 5  # heads of so many columns stand upright where they would break inside a word
TURNED_MOST_MM = 34.0
LINE = 1.3  # exact pitch of lines in a table, in sizes of its type
NUMERIC = set("0123456789.,%‡†—–<>+-−* ()（）")
_RULES = {"top": (8, "000000"), "bottom": (8, "000000"), "insideH": (2, "BFC8C7")}

Rows = tuple[tuple[str, ...], ...]
Runs = Callable[[str, TextLook], str]


@dataclass(frozen=True, slots=True)
class GridLook:
    """How a table looks: its text looks, width in mm, the rows in bold, ground and ink of coloured cells by (row, column).

    `name` and `description` are its alternative text; a `noted` table does not part from the note below it; `right` are its
    columns of numbers.
    """

    head: TextLook
    text: TextLook
    width: float
    strong: frozenset[int] = frozenset()
    fills: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    name: str = ""
    description: str = ""
    noted: bool = False
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CellLook:
    """How a cell looks: its ground, a rule below it (`ruled`), text that reads upward, how many columns it takes."""

    ground: str = ""
    ruled: bool = False
    upright: bool = False
    span: int = 1
    top: bool = False


def table_xml(rows: Rows, look: GridLook, runs: Runs) -> str:
    """Return a ruled table whose first row is its head: numbers right, text left, short tables kept on one page.

    `runs` makes the runs of a text; it is called cell by cell, row by row.
    """
    turned = is_turned(rows, look)
    widths = [twips(width) for width in grid_widths(rows, look)]
    kept, right = is_kept(rows, look), _numeric(rows)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    parts = [f"<w:tbl>{table_properties(look, sum(widths), _RULES)}<w:tblGrid>{columns}</w:tblGrid>"]
    for index, row in enumerate(rows):
        chosen = replace(row_look(index, look), keep=keeps(index, len(rows), kept, look))
        cells = [
            _cell((index, column), text, width, replace(look, text=chosen, right=right), (runs, turned))
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        parts.append(row_xml(cells, head=index == 0, height=turned_height(row, look) if index == 0 and turned else 0))
    return "".join((*parts, "</w:tbl>"))


def grid_widths(rows: Rows, look: GridLook) -> tuple[float, ...]:
    """Return the widths of the columns in mm."""
    return _widths(rows, look.width, look.text.size, is_turned(rows, look))


@lru_cache(maxsize=64)
def _widths(rows: Rows, width: float, size: float, turned: bool) -> tuple[float, ...]:
    if turned:
        rows = ((rows[0][0], *("" for _ in rows[0][1:])), *rows[1:])
    return tuple(column_widths(rows, width, size, PADDING_MM))


def is_turned(rows: Rows, look: GridLook) -> bool:
    """Whether the heads stand upright: there are many and lying they would break inside a word."""
    return len(rows[0]) > TURNED_FROM and _least(rows, look.text.size) > look.width


@lru_cache(maxsize=64)
def _least(rows: Rows, size: float) -> float:
    return sum(least_widths(rows, size, PADDING_MM))


def turned_height(head: Sequence[str], look: GridLook) -> float:
    """Return how tall in mm a row of upright heads must be."""
    longest = max(map(ems, head[1:]), default=0.0) * look.head.size * 0.3528
    return min(longest + PADDING_MM, TURNED_MOST_MM)


def row_look(index: int, look: GridLook) -> TextLook:
    """Return how the text of a row looks."""
    chosen = look.head if index == 0 else look.text
    return replace(chosen, bold=chosen.bold or index in look.strong, line=round(chosen.size * LINE, 1))


def row_heights(rows: Rows, look: GridLook) -> list[float]:
    """Return the height of each row in mm, as reckoned."""
    widths, turned = grid_widths(rows, look), is_turned(rows, look)
    heights = [row_height(row, widths, row_look(index, look), ABOVE_MM, PADDING_MM) for index, row in enumerate(rows)]
    return [turned_height(rows[0], look) if turned else heights[0], *heights[1:]]


def keeps(index: int, rows: int, kept: bool, look: GridLook) -> bool:
    """Whether a row stays on the page of what follows: the head always, each row of a `kept` table, the last of a noted one."""
    return index == 0 or (kept and index < rows - 1) or (look.noted and index == rows - 1)


def is_kept(rows: Rows, look: GridLook) -> bool:
    """Whether a table is so short that it stays on one page; a tall one would leave half a page empty before it."""
    return sum(row_heights(rows[:40], look)) <= KEPT_MM


def _numeric(rows: Rows) -> frozenset[int]:
    """Return the columns that hold numbers: more of their cells than not, those with a sign alone left aside, or such alone."""
    found = set()
    for column in range(len(rows[0])):
        texts = [row[column] for row in rows[1:] if len(row[column]) > 1 or row[column].isdigit()]
        found |= {column} if not texts or sum(set(text) <= NUMERIC for text in texts) * 2 > len(texts) else set()
    return frozenset(found)


def _cell(place: tuple[int, int], text: str, width: int, look: GridLook, made: tuple[Runs, bool]) -> str:
    row, column = place
    runs, turned = made
    chosen = look.text
    if row > 0 and column in look.right and set(text) <= NUMERIC:
        chosen = replace(chosen, align="center" if place in look.fills else "end")
    ground, ink = look.fills.get(place, ("", ""))
    if ink:
        chosen = replace(chosen, colour=ink)
    upright = turned and row == 0 and column > 0
    return cell_xml(paragraph(runs(text, chosen), chosen), width, CellLook(ground, ruled=row == 0, upright=upright))


def cell_xml(content: str, width: int, look: CellLook = CellLook()) -> str:
    """Return a cell of `width` twips around paragraphs."""
    span = f'<w:gridSpan w:val="{look.span}"/>' if look.span > 1 else ""
    rule = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>' if look.ruled else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.ground.lstrip("#").upper()}"/>' if look.ground else ""
    turn = '<w:textDirection w:val="btLr"/>' if look.upright else ""
    place = f'<w:vAlign w:val="{"top" if look.top else "center"}"/>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{rule}{shade}{turn}{place}</w:tcPr>{content}</w:tc>'


def row_xml(cells: Sequence[str], head: bool = False, height: float = 0) -> str:
    """Return a row that no page break divides; a `head` is repeated on each page, `height` is in mm."""
    tall = f'<w:trHeight w:val="{twips(height)}" w:hRule="exact"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def table_properties(look: GridLook, width: int, rules: Mapping[str, tuple[int, str]]) -> str:
    """Return the properties of a table of fixed widths with these rules (eighths of a point, colour)."""
    order = ("top", "left", "bottom", "right", "insideH", "insideV")
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{rules[side][0]}" w:space="0" w:color="{rules[side][1]}"/>'
        for side in order
        if side in rules
    )
    wide = {"top": TOP_MM, "left": SIDE_MM, "bottom": TOP_MM, "right": SIDE_MM}
    edges_in = "".join(f'<w:{side} w:w="{twips(mm)}" w:type="dxa"/>' for side, mm in wide.items())
    margins = f"<w:tblCellMar>{edges_in}</w:tblCellMar>"
    said = f"<w:tblCaption w:val={attribute(look.name)}/>" if look.name else ""
    said += f"<w:tblDescription w:val={attribute(look.description)}/>" if look.description else ""
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="left"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>{margins}<w:tblLook w:val="04A0"/>{said}</w:tblPr>'
    )
