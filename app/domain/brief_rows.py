"""The texts of a brief's tables as documents print them, cell by cell: identifiers count numbers in this order."""

from __future__ import annotations

from app.domain.brief import FigureBlock, GridBlock, TableBlock
from app.domain.figure import FigureKind
from app.domain.firm_counts import count_of, same_firms
from app.domain.numbers import cell_text
from app.domain.release import Cell, ReleasedTable
from app.domain.words import Texts

COLUMNS_WITH_FIRMS = 3  # more columns, each with its own firms, are told without them
COLOURED = (FigureKind.HEAT, FigureKind.TILES)


def rows_of(block: TableBlock | GridBlock | FigureBlock, texts: Texts) -> list[list[str]]:
    """Return the texts of a table of the document, its head first, as they stand in it."""
    if isinstance(block, GridBlock):
        return [list(block.columns), *map(list, block.rows)]
    if isinstance(block, TableBlock):
        return _released(block.table, block.row_header or texts("write.row"), texts("write.firms"))
    table = block.figure.table
    if has_firms(block):
        return _released(table, texts("write.row"), texts("write.firms"))
    body = [[row.label, *(cell_text(cell, with_interval=False) for cell in row.cells)] for row in table.rows]
    return [[texts("write.row"), *table.columns], *body]


def has_firms(block: TableBlock | GridBlock | FigureBlock) -> bool:
    """Whether the printed table says beside its numbers how many firms they rest on."""
    if not isinstance(block, FigureBlock):
        return isinstance(block, TableBlock)
    table = block.figure.table
    return block.figure.kind not in COLOURED and (same_firms(table) or len(table.columns) <= COLUMNS_WITH_FIRMS)


def _released(table: ReleasedTable, label: str, firms: str) -> list[list[str]]:
    """Return the texts of a released table, each number beside its own firms."""
    if same_firms(table):
        head = [label, firms, *table.columns]
        rows = [[row.label, _count(row.cells, row.n), *(cell_text(cell) for cell in row.cells)] for row in table.rows]
    else:
        head = [label, *(name for column in table.columns for name in (column, firms))]
        rows = [[row.label, *(t for cell in row.cells for t in (cell_text(cell), _count((cell,))))] for row in table.rows]
    return [head, *rows]


def totals(table: ReleasedTable) -> frozenset[int]:
    """Return which rows of the printed table are in bold."""
    return frozenset(i for i, row in enumerate(table.rows, 1) if table.total and row.key == table.total)


def _count(cells: tuple[Cell, ...], spoken: int | None = None) -> str:
    n = count_of(cells, spoken)
    return n if isinstance(n, str) else f"{n:,}"
