"""Every number that a brief states, in the order in which its documents count them, with the released cell it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.brief import Block, FigureBlock, GridBlock, Heading, TableBlock
from app.domain.brief_rows import has_firms, rows_of
from app.domain.claims import Claim, claim_id, numbers_in
from app.domain.figure import FigureKind
from app.domain.firm_counts import same_firms, sign_lines
from app.domain.numbers import HIDDEN_SIGN, cell_text, interval, number
from app.domain.release import Cell, CellStatus, Provenance, ReleasedTable
from app.domain.words import Texts

TITLE, NOTES = "T", "N"  # before the number of one that stands in a block's title or notes
AS_TABLES = (  # figures whose values a Word document prints as a table
    FigureKind.HEAT,
    FigureKind.TILES,
    FigureKind.PROFILE,
    FigureKind.MOVES,
    FigureKind.CONFUSION,
    FigureKind.MULTIPLES,
    FigureKind.AREAS,
)
_PLACES = " · "
_CLAUSES = re.compile(r"[，。；　]|[,;.](?=\s|$)")
_WITH_INTERVAL = 3  # numbers: value, low, high


@dataclass(slots=True)
class _Known:
    """Marks of released cells by how they are printed: with an interval anywhere, without one in their own block alone (of all
    its rows, and of the row that sums them)."""

    spans: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    single: dict[tuple[int, str], set[str]] = field(default_factory=dict)
    total: dict[tuple[int, str], set[str]] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    blocks: dict[str, set[int]] = field(default_factory=dict)

    def spanned(self, place: int, marks: set[str]) -> Cell | None:
        """Return the cell of one of these marks: of block `place` itself, else of any where all say the same of as many firms."""
        own = sorted(mark for mark in marks if place in self.blocks[mark])
        if len({(self.cells[mark].value, self.cells[mark].n) for mark in own or marks}) != 1:
            return None
        return self.cells[(own or sorted(marks))[0]]

    def one(self, place: int, text: str) -> Cell | None:
        """Return the one cell of block `place` that is printed as `text`, None where there is none or are more."""
        for held in (self.total, self.single):
            marks = held.get((place, text), set())
            if len(marks) == 1:
                return self.cells[next(iter(marks))]
        return None


def claims_of(blocks: Sequence[Block], texts: Texts) -> tuple[Claim, ...]:
    """Return the numbers of all blocks in reading order: B7.3 the third of block 7, B7.T1 of its title, B7.N1 of its notes.

    A number of a released table knows its cell; one in a text does where it is printed with the interval of one statistic of the
    brief, or is the only such number of its own block. Other numbers (dates, counts of records, targets) have no evidence.
    """
    known = _known(blocks)
    return tuple(claim for place, block in enumerate(blocks) for claim in _of_block(place, block, known, texts))


def charted(blocks: Sequence[Block]) -> tuple[Claim, ...]:
    """Return the values of the figures: B7.C2.5 is the fifth row of the second column of block 7's table."""
    return tuple(
        _claim(f"B{place}.C{column}.{at}", place, cell_text(cell, False), _PLACES.join((row.label, name)), cell)
        for place, block in enumerate(blocks)
        if isinstance(block, FigureBlock)
        for at, row in enumerate(block.figure.table.rows, 1)
        for column, (name, cell) in enumerate(zip(block.figure.table.columns, row.cells, strict=False), 1)
        if cell.value is not None
    )


def table_of(block: Block) -> ReleasedTable | None:
    """Return the released table of a block, None where it has none."""
    if isinstance(block, TableBlock):
        return block.table
    return block.figure.table if isinstance(block, FigureBlock) else None


def provenance_of(block: Block) -> Provenance | None:
    """Return what a block rests on, None for a text."""
    if isinstance(block, TableBlock):
        return block.provenance
    return block.figure.provenance if isinstance(block, FigureBlock) else None


def title_of(block: Block) -> str:
    """Return the title of a table or figure, "" for a text."""
    if isinstance(block, FigureBlock):
        return block.figure.title
    return block.title if isinstance(block, TableBlock | GridBlock) else ""


def _of_block(place: int, block: Block, known: _Known, texts: Texts) -> Iterator[Claim]:
    if isinstance(block, Heading):
        return
    if not isinstance(block, TableBlock | FigureBlock | GridBlock):
        yield from _said(place, block.text, "", known)
        return
    yield from _said(place, title_of(block), TITLE, known)
    if not isinstance(block, FigureBlock) or block.figure.kind in AS_TABLES:
        yield from _printed(place, block, texts)
    yield from _said(place, _notes(block, texts), NOTES, known)


def _notes(block: TableBlock | FigureBlock | GridBlock, texts: Texts) -> str:
    if isinstance(block, GridBlock):
        return block.note
    provenance, table = provenance_of(block), table_of(block)
    assert provenance is not None
    assert table is not None
    return "　".join((*provenance.lines(texts), *sign_lines(table, texts)))


def _printed(place: int, block: TableBlock | FigureBlock | GridBlock, texts: Texts) -> Iterator[Claim]:
    """Yield the numbers of a table row by row, each with its cell."""
    rows, start = rows_of(block, texts), 0
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = _cell(block, at, column)
            where = _PLACES.join(part for part in (row[0] if column else "", rows[0][column] if at else text) if part)
            for k, span in enumerate(numbers_in(text), 1):
                yield _claim(claim_id(place, start + k), place, span.text, where, cell)
            start += len(numbers_in(text))


def _cell(block: TableBlock | FigureBlock | GridBlock, at: int, column: int) -> Cell | None:
    """Return the cell that stands at a place of the printed table, None for a label or a number of firms."""
    table = table_of(block)
    if table is None or at == 0 or column == 0:
        return None
    cells = table.rows[at - 1].cells
    place = float(column - 1) if not has_firms(block) else column - 2 if same_firms(table) else (column - 1) / 2
    return cells[int(place)] if 0 <= place < len(cells) and place == int(place) else None


def _said(place: int, text: str, part: str, known: _Known) -> Iterator[Claim]:
    """Yield the numbers of a text, those of an interval together."""
    spans = numbers_in(text)
    cells = _cells_said(place, [span.text for span in spans], known, part != NOTES)
    for k, span in enumerate(spans, 1):
        id_ = f"B{place}.{part}{k}" if part else claim_id(place, k)
        yield _claim(id_, place, span.text, _around(text, span.start, span.end), cells.get(k - 1))


def _cells_said(place: int, numbers: Sequence[str], known: _Known, alone: bool) -> Mapping[int, Cell]:
    """Return the cells that numbers of a text come from; without `alone` only those printed with their interval."""
    found: dict[int, Cell] = {}
    taken: set[int] = set()
    for at, text in enumerate(numbers):
        three = range(at, at + _WITH_INTERVAL)
        marks = known.spans.get(tuple(numbers[at : at + _WITH_INTERVAL]), set())
        if marks and at not in taken:
            taken.update(three)
            cell = known.spanned(place, marks)
            found |= dict.fromkeys(three, cell) if cell is not None else {}
        elif alone and at not in taken and (cell := known.one(place, text)) is not None:
            found[at] = cell
    return found


def _around(text: str, start: int, end: int) -> str:
    """Return the clause that a number stands in, with what was cut off marked."""
    before, after = _CLAUSES.split(text[:start])[-1].lstrip(), _CLAUSES.split(text[end:])[0].rstrip()
    low, high = start - len(before), end + len(after)
    return f"{'…' if low > 0 else ''}{text[low:high].strip()}{'…' if high < len(text) else ''}"


def _claim(id_: str, block: int, text: str, place: str, cell: Cell | None) -> Claim:
    if cell is None or cell.status is CellStatus.HIDDEN or not cell.evidence:
        return Claim(id_, block, text, place)
    return Claim(id_, block, text, place, cell.value, cell.low, cell.high, cell.n, cell.unit, cell.evidence)


def _known(blocks: Sequence[Block]) -> _Known:
    known = _Known()
    for place, block in enumerate(blocks):
        table = table_of(block)
        for row in table.rows if table is not None else ():
            for cell in row.cells:
                _learn(known, place, cell, table is not None and row.key == table.total)
    return known


def _learn(known: _Known, place: int, cell: Cell, is_total: bool) -> None:
    if cell.value is None or not cell.evidence or cell.status is CellStatus.HIDDEN:
        return
    value = numbers_in(number(cell.value, cell.unit))
    bounds = numbers_in(interval(cell.low, cell.high, cell.unit))
    texts = tuple(span.text for span in (*value, *bounds))
    if len(texts) == _WITH_INTERVAL:
        known.spans.setdefault(texts, set()).add(cell.evidence)
    if texts and texts[0] != HIDDEN_SIGN:
        for held in (known.single, *((known.total,) if is_total else ())):
            held.setdefault((place, texts[0]), set()).add(cell.evidence)
        known.cells.setdefault(cell.evidence, cell)
        known.blocks.setdefault(cell.evidence, set()).add(place)
