"""Adding packages up: what every place tells is a whole, what some hide is the sum of the others and says so."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.relay import ALL, RelayCell, RelayContent, RelayRow, RelayTable


def merged_tables(contents: Sequence[RelayContent]) -> tuple[RelayTable, ...]:
    """Return the sums of all tables that any of `contents` has, in the order in which they come.

    All that is told is a sum of numbers that were told, so that nothing hidden can be worked out of it that the packages
    themselves did not give away. ValueError where two tables of one id have other columns.
    """
    first: dict[str, RelayTable] = {}
    for content in contents:
        for table in content.tables:
            known = first.setdefault(table.id, table)
            if (known.columns, known.unit, known.sums) != (table.columns, table.unit, table.sums):
                raise ValueError(table.id)
    return tuple(_merged(table, contents) for table in first.values())


def _merged(first: RelayTable, contents: Sequence[RelayContent]) -> RelayTable:
    known = [content.table(first.id) for content in contents]
    keys = sorted({row.key for table in known if table is not None for row in table.rows} - {ALL})
    rows = []
    for key in (*keys, ALL):
        cells = [
            _summed([_part(table, (key, column), content.places) for table, content in zip(known, contents, strict=True)])
            for column in first.columns
        ]
        rows.append(RelayRow(key, tuple(cells)))
    rounded = max(table.rounded for table in known if table is not None)
    return RelayTable(first.id, first.unit, first.columns, tuple(rows), first.sums, rounded)


def _part(table: RelayTable | None, at: tuple[str, str], places: int) -> RelayCell:
    """Return what a package adds to a cell: nothing told where it lacks the table, 0 where no firm of it is in that row."""
    if table is None:
        return RelayCell(of=places)
    cell = table.cell(*at)
    return RelayCell(0, 0.0, 0.0, places, places) if cell is None else cell


def _summed(cells: Sequence[RelayCell]) -> RelayCell:
    told, of = sum(cell.told for cell in cells), sum(cell.of for cell in cells)
    if not told:
        return RelayCell(of=of)
    value, base = (round(sum(getattr(cell, name) or 0.0 for cell in cells), 1) for name in ("value", "base"))
    return RelayCell(sum(cell.n or 0 for cell in cells), value, base, told, of)
