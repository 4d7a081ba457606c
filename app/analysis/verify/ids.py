"""The identifiers of the numbers of a document as the program writes it: block and place, as `domain.claims` counts them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.analysis.verify.heads import head_of
from app.domain.claims import Span, numbers_in
from app.domain.document import ACROSS, MINUS, PLUS, Document, Entry, Grid, GridKind, Line, block_of
from app.domain.numerals import Numeral, numerals

TITLE, NOTES = "T", "N"
_LETTERS = {GridKind.TABLE: "T", GridKind.SHEET: "S", GridKind.CHART: "F", GridKind.BOOK: "F"}
_AMOUNTS = {PLUS: "+", MINUS: "-"}


@dataclass(slots=True)
class Ids:
    """Identifiers by item: of a line's numbers and codes in order, of a grid's by (row, column); `bases` those of whole items."""

    bases: dict[int, str] = field(default_factory=dict)
    lines: dict[int, list[str]] = field(default_factory=dict)
    cells: dict[int, dict[tuple[int, int], list[str]]] = field(default_factory=dict)


def ids_of(document: Document) -> Ids:
    """Return the identifiers of all numbers: B7.3 of block 7, B7.T1 of its title, B7.N1 of its notes.

    Where no block is named, items are counted: P12.1 (a paragraph), T2.5 (a table).
    """
    ids, counts = Ids(), Counter[str]()
    ordinals: Counter[str] = Counter()
    for at, item in enumerate(document.items):
        letter = "P" if isinstance(item, Line) else _LETTERS[item.kind]
        ordinals[letter] += not (isinstance(item, Grid) and item.kind is GridKind.BOOK)
        block, part = block_of(item.name) or (None, "")
        base = f"{letter}{ordinals[letter]}" if block is None else f"B{block}"
        ids.bases[at] = base
        if isinstance(item, Line):
            ids.lines[at] = _counted(item.text, f"{base}.{part}", counts)
        elif item.kind in (GridKind.CHART, GridKind.BOOK):
            ids.cells[at] = _plotted(item, base)
        else:
            ids.cells[at] = _cells(item, base, counts)
    return ids


def _cells(grid: Grid, base: str, counts: Counter[str]) -> dict[tuple[int, int], list[str]]:
    """Return the identifiers of a table's cells; of a sheet what stands above and below its table is title and notes."""
    filled = [row for row, cells in enumerate(grid.rows) if sum(bool(cell.text) for cell in cells) > 1]
    first, last = (head_of(grid), max(filled, default=len(grid.rows))) if grid.kind is GridKind.SHEET else (0, len(grid.rows))
    ids = {}
    for row, cells in enumerate(grid.rows):
        part = TITLE if row < first else NOTES if row > last else ""
        for column, cell in enumerate(cells):
            ids[row, column] = _of_cell(cell, f"{base}.{part}", counts)
    return ids


def _of_cell(cell: Entry, base: str, counts: Counter[str]) -> list[str]:
    if cell.value is None:
        return _counted(cell.text, base, counts)
    counts[base] += 1
    return [f"{base}{counts[base]}"]


def _counted(text: str, base: str, counts: Counter[str]) -> list[str]:
    """Return an identifier for each number and code of a text; the numbers counted are those of `numbers_in`."""
    spans, start = numbers_in(text), counts[base]
    counts[base] += len(spans)
    return [_of_numeral(each, spans, base, start) for each in numerals(text)]


def _of_numeral(each: Numeral, spans: Sequence[Span], base: str, start: int) -> str:
    k = next((k for k, span in enumerate(spans, 1) if span.start < each.end and each.start < span.end), None)
    return base.rstrip(".") if each.code or k is None else f"{base}{start + k}"


def _plotted(grid: Grid, base: str) -> dict[tuple[int, int], list[str]]:
    """Return `B7.C1.3` for the third point of the first series, with + or - for its error amounts."""
    heads = [cell.text for cell in grid.rows[0]] if grid.rows else []
    across = heads[1:2] != [ACROSS]
    ids, points = {}, Counter[str]()
    names = list(dict.fromkeys(row[0].text for row in grid.rows[1:] if row))
    for row, cells in enumerate(grid.rows):
        points[cells[0].text if cells else ""] += bool(row)
        for column, cell in enumerate(cells):
            if cell.value is None:
                ids[row, column] = [base for _ in numerals(cell.text)]
                continue
            head = heads[column] if column < len(heads) else ""
            series = _series(heads, column) if across or not row else names.index(cells[0].text) + 1
            point = row if across else points[cells[0].text]
            sign = next((sign for word, sign in _AMOUNTS.items() if head.endswith(word)), "")
            ids[row, column] = [f"{base}.C{series}.{point}{sign}"]
    return ids


def _series(heads: Sequence[str], column: int) -> int:
    return column - sum(heads[at].endswith(tuple(_AMOUNTS)) for at in range(1, min(column + 1, len(heads))))
