"""A package beside the briefs of the same study: what one of them keeps back, the other does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from app.analysis.answers import Bools
from app.analysis.disclosure.linked import cells_of, firms_key, keyed
from app.analysis.disclosure.release import firms_behind
from app.analysis.relay.counts import Beside
from app.analysis.relay.tally import NO, Tallied
from app.domain.relay import ALL, RelayContent, RelayRow, RelayTable
from app.domain.release import CellStatus, Withheld
from app.domain.signing import Published
from app.domain.statistic import FIRMS, Group, place_of
from app.domain.study import Design
from app.present.marks import estimate_id, measure_id, pillar_id, share_id
from app.present.released_brief import Settled

_EXACT = 9  # a quotient of two numbers of firms that are told is known to every digit
_MEASURE = "measure "
Said = tuple[str, str, int]
"""A group, what is told of it ("": how many it is), and its firms."""


def beside_briefs(tables: Iterable[Tallied], wave: str, settled: Settled) -> dict[str, Beside]:
    """Return for each table, by id, which cells tell what the briefs of a study keep back, and which what they tell."""
    told = _told(settled)
    withheld = settled.whole.withheld
    return {table.id: Beside(kept_back(table, wave, withheld), _said(table, wave, told)) for table in tables}


def kept_back(table: Tallied, wave: str, withheld: Withheld) -> Bools:
    """Return which cells of a table (rows, columns) tell of a group or a number that briefs keep back."""
    kept = np.zeros(table.n.shape, dtype=bool)
    for row, sector in enumerate(table.rows):
        for column, name in enumerate(table.columns):
            group = Group(_basis(table.id, name), wave, sector).key
            kept[row, column] = group in withheld.groups or any(
                mark in withheld.marks for mark in _marks(table.id, wave, sector, name)
            )
    return kept


def statistics(content: RelayContent) -> Iterator[Published]:
    """Yield the shares and means that can be worked out of a package, under the marks that briefs have for them.

    Nothing of a sample, whose briefs tell estimates, and nothing of rounded numbers.
    """
    if content.design == Design.SAMPLE.value:
        return
    for table in (table for table in content.tables if not table.rounded):
        for row in table.rows:
            yield from _statistics(content.wave, table, row)


def _statistics(wave: str, table: RelayTable, row: RelayRow) -> Iterator[Published]:
    cells = dict(zip(table.columns, row.cells, strict=True))
    for name, cell in cells.items():
        whole = cell if table.id == "pillars" else cells.get(ALL)
        if name in (ALL, NO) or whole is None:
            continue
        mark = _mark(table.id, wave, row.key, name)
        if not cell.told or not whole.told or not whole.n:
            yield Published(mark, True)
        else:
            # a mean or a share of rounded sums is none of the numbers that a brief prints: only whose it is counts
            share = cell.value / whole.n if table.unit == "firms" and cell.value is not None else None
            yield Published(mark, False, whole.n, share, _EXACT)


def _told(settled: Settled) -> frozenset[Said]:
    """Return what briefs tell: the firms of each group, and of them each number."""
    withheld, naming = settled.whole.withheld, settled.naming
    dropped = {id_ for id_, _ in withheld.tables}
    found = set[Said]()
    for table, row, column in cells_of(table for table in settled.whole.drafts if table.id not in dropped):
        cell = row.cells[column]
        key, statistic = keyed(table, row, column, naming)
        n, mark = firms_behind(cell), cell.evidence or place_of(table.id, row.key, column)
        if n and cell.status is not CellStatus.HIDDEN and key not in withheld.groups and mark not in withheld.marks:
            found.add((key, "", n))
            if statistic is not None and cell.value is not None:
                found.add((key, statistic.what, n))
        spoken = firms_key(table, row, naming) if row.n and column == 0 else None
        if spoken is not None and row.n and spoken.key not in withheld.groups:
            found.add((spoken.key, "", row.n))
    return frozenset(found)


def _said(table: Tallied, wave: str, told: frozenset[Said]) -> Bools:
    """Return which cells of a table (rows, columns) can be worked out of what briefs tell: a share times its firms."""
    said = np.zeros(table.n.shape, dtype=bool)
    if table.unit != "firms":
        return said
    base = table.columns.index(ALL)
    for row, sector in enumerate(table.rows):
        n = int(table.n[row, base])
        for column, name in enumerate(table.columns):
            what = "" if name == ALL else name if table.id == "levels" else "value"
            said[row, column] = (Group(_basis(table.id, name), wave, sector).key, what, n) in told
    return said


def _basis(table: str, column: str) -> str:
    if table == "answered":
        return FIRMS
    if table == "levels":
        return "level"
    return f"pillar.{column}" if table == "pillars" else f"measure.{_measure(table)}"


def _marks(table: str, wave: str, sector: str, column: str) -> Sequence[str]:
    """Return the marks of what a brief would say by a number of a table."""
    if table == "answered" or column == ALL:
        return ()
    found = [_mark(table, wave, sector, column)]
    return [*found, estimate_id(wave, sector, column)] if table == "levels" else found


def _mark(table: str, wave: str, sector: str, column: str) -> str:
    if table == "levels":
        return share_id(wave, sector, column)
    return pillar_id(wave, sector, column) if table == "pillars" else measure_id(_measure(table), wave, sector)


def _measure(table: str) -> str:
    return table.removeprefix(_MEASURE).rpartition("@")[0]
