"""A second package of a wave: where it would differ from the first by a few firms, the difference would tell about them.

Two tables that are each safe give away a firm when they are one firm apart. A table that changed so little is sent as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.analysis.relay.audit import LEAST
from app.domain.relay import ALL, RelayCell, RelayTable

_SAME = 0.05 + 1e-9  # a sum told to one decimal


def carry_over(new: RelayTable, old: RelayTable | None, least: int = LEAST) -> bool:
    """Whether the old table is to be sent instead of the new one: some number or sum differs, and by fewer than `least` firms.

    Or one of them was rounded and the other was not: what the one hides, both together could tell.
    """
    if old is None or old.columns != new.columns or new == old:
        return False
    return old.rounded != new.rounded or any(_tells(before, after, least) for before, after in _pairs(new, old))


def _pairs(new: RelayTable, old: RelayTable) -> Iterator[tuple[RelayCell | None, RelayCell | None]]:
    """Yield what both tables tell: cells, and what a line hides in either of them."""
    keys = tuple(
        dict.fromkeys((*(row.key for row in old.rows if row.key != ALL), *(row.key for row in new.rows if row.key != ALL)))
    )
    for column in new.columns:
        for key in (*keys, ALL):
            yield old.cell(key, column), new.cell(key, column)
        yield from _rest(new, old, [(key, column) for key in keys], (ALL, column))
    for whole, parts in new.sums:
        for key in (*keys, ALL):
            yield from _rest(new, old, [(key, part) for part in parts], (key, whole))


def _rest(
    new: RelayTable, old: RelayTable, parts: Sequence[tuple[str, str]], whole: tuple[str, str]
) -> Iterator[tuple[RelayCell | None, RelayCell | None]]:
    """Yield what a line hides, summed over the cells that either table hides, where both tell the line's total."""
    shown = [at for at in parts if all(_told(table.cell(*at)) for table in (new, old))]
    if len(shown) == len(parts):
        return
    sums = []
    for table in (old, new):
        total = table.cell(*whole)
        if total is None or not total.told:
            return
        cells = [cell for at in shown if (cell := table.cell(*at)) is not None]
        sums.append(_less(total, cells))
    yield sums[0], sums[1]


def _told(cell: RelayCell | None) -> bool:
    return cell is None or cell.told > 0


def _less(total: RelayCell, cells: Sequence[RelayCell]) -> RelayCell:
    names = ("n", "value", "base")
    n, value, base = (max((getattr(total, name) or 0) - sum(getattr(cell, name) or 0 for cell in cells), 0) for name in names)
    return RelayCell(int(n), float(value), float(base), 1, 1)


def _tells(before: RelayCell | None, after: RelayCell | None, least: int) -> bool:
    """Whether two numbers are a few firms apart, or the same firms now say something else; no row at all is no firm."""
    if not _told(before) or not _told(after):
        return False
    firms = abs((after.n or 0 if after else 0) - (before.n or 0 if before else 0))
    if firms:
        return firms < least
    return abs((after.value or 0.0 if after else 0.0) - (before.value or 0.0 if before else 0.0)) > _SAME
