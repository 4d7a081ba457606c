"""What left with a package, cell by cell, as the register keeps it, and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.analysis.relay.hide import DIGITS
from app.domain.relay import RelayCell, RelayContent, RelayRow, RelayTable
from app.domain.signing import Published, Signing

KIND = "relay"
_BASE = "relay.base"
_ROUNDED = "relay.rounded"


def cells_of(content: RelayContent) -> tuple[Published, ...]:
    """Return every cell of a package, `relay|wave|table|row|column`; if its firms stand for others, `relay.base|…` too.

    Of a table that was rounded, `relay.rounded|wave|table` is to what multiple.
    """
    return tuple(cell for table in content.tables for cell in _cells(content.wave, table))


def _rounded(wave: str, table: str) -> str:
    return f"{_ROUNDED}|{wave}|{table}"


def sent_before(signing: Signing, wave: str, like: RelayTable) -> RelayTable | None:
    """Return the table of this id that left last with a package of the wave, None when none did."""
    start = f"{KIND}|{wave}|{like.id}|"
    for release in reversed(signing.releases):
        if release.kind == KIND and any(cell.mark.startswith(start) for cell in release.cells):
            rounded = [cell.value for cell in release.cells if cell.mark == _rounded(wave, like.id)]
            found = _table(release.cells, start, like)
            return found if found is None else replace(found, rounded=int(rounded[0] or 0) if rounded else 0)
    return None


def _cells(wave: str, table: RelayTable) -> Iterator[Published]:
    if table.rounded:
        yield Published(_rounded(wave, table.id), False, None, float(table.rounded), 0)
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            at = f"{wave}|{table.id}|{row.key}|{column}"
            yield Published(f"{KIND}|{at}", not cell.told, cell.n, cell.value, DIGITS)
            if cell.told and cell.base != cell.n:
                yield Published(f"{_BASE}|{at}", False, cell.n, cell.base, DIGITS)


def _table(cells: tuple[Published, ...], start: str, like: RelayTable) -> RelayTable | None:
    bases = {cell.mark.removeprefix(_BASE): cell.value for cell in cells if cell.mark.startswith(_BASE)}
    rows: dict[str, dict[str, RelayCell]] = {}
    for cell in cells:
        if cell.mark.startswith(start):
            row, _, column = cell.mark.removeprefix(start).rpartition("|")
            rows.setdefault(row, {})[column] = _cell(cell, bases.get(cell.mark.removeprefix(KIND)))
    if any(set(found) != set(like.columns) for found in rows.values()):
        return None
    told = tuple(RelayRow(key, tuple(found[column] for column in like.columns)) for key, found in rows.items())
    return RelayTable(like.id, like.unit, like.columns, told, like.sums)


def _cell(cell: Published, base: float | None) -> RelayCell:
    if cell.hidden:
        return RelayCell()
    return RelayCell(cell.n, cell.value, float(cell.n or 0) if base is None else base, 1, 1)
