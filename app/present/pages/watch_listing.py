"""A released table as a listing of a view: a row opens what is behind its first number."""

from __future__ import annotations

from app.domain.numbers import cell_text
from app.domain.release import Cell, ReleasedTable
from app.domain.words import Texts
from app.present.draw.steps import points_text
from app.present.pages.section import Listing
from app.present.pages.values import Column, PageTable


def listing_of(texts: Texts, table: ReleasedTable, title: str, notes: tuple[str, ...] = (), mark: int = 0) -> Listing:
    """Return `table` as texts with the firms behind each row; column `mark` holds the evidence its rows open."""
    heads = (
        Column("label", texts("watch.page.sector")),
        *(Column(f"c{place}", name, "number") for place, name in enumerate(table.columns)),
    )
    labels = tuple(row.label for row in table.rows)
    data = tuple(tuple(_text(texts, row.cells[place]) for row in table.rows) for place in range(len(table.columns)))
    ids = tuple(row.cells[mark].evidence for row in table.rows)
    hidden = (texts("figure.draw.hidden_key"),) if table.hidden else ()
    return Listing(table.id, title, PageTable(heads, (labels, *data), ids), (*notes, *hidden), opens=True)


def _text(texts: Texts, cell: Cell) -> str:
    return points_text(texts, cell) if cell.unit == "pp" else cell_text(cell)
