"""Counties made by chance with a brief and a package each, and what lies on the desk of who gets both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.disclosure.joint import Asked, joint
from app.analysis.relay import released
from app.analysis.relay.tally import Tallied
from app.domain.relay import ALL, RelayTable
from app.domain.release import Cell, CellStatus, Manner, ReleasedTable, Row
from app.domain.statistic import Naming
from app.present.door import Door
from app.present.released_brief import Settled
from app.workflows.relay_withheld import beside_briefs
from tests.unit.analysis.relay.samples import COLUMNS, LEVELS, counted, yes_no

WAVE = "2026"


@dataclass
class Desk:
    """`sums` of firms, the tables of a brief as they are `shown`, and those of the package as they leave, hidden or rounded."""

    sums: tuple[Tallied, ...]
    shown: dict[str, ReleasedTable]
    package: dict[str, RelayTable | None]
    rounded: dict[str, RelayTable | None]


def desk(seed):
    """A county of three to eleven sectors, many of them small, some firms of no sector.

    Its brief tells all levels, or only who is ready, and a measure; it names the firms of no sector, or leaves them out.
    """
    rng = np.random.default_rng(seed)
    sectors = [chr(ord("A") + row) for row in range(int(rng.integers(3, 12)))]
    numbers = rng.poisson(np.outer(rng.gamma(0.7, 9, len(sectors)), rng.dirichlet([3, 2, 1, 0.6])))
    numbers[numbers.sum(axis=1) == 0, 0] = 1
    if rng.random() < 0.4:
        sectors[0] = ""
    firms = numbers.sum(axis=1)
    asked = firms - rng.binomial(firms, 0.1)
    yes = rng.binomial(asked, rng.uniform(0.02, 0.4))
    named, every = rng.random(2) < 0.5
    sums = (counted(numbers, sectors), yes_no(yes, asked - yes, sectors))
    told = {"levels": COLUMNS[:-1] if every else ("L2+",), "measure m@1": ("yes",)}
    drafts = tuple(draft(table, told[table.id], named) for table in sums)
    naming = Naming(levels=LEVELS)
    settled = Settled(naming, joint(Asked(drafts, naming), 0.5))
    door = Door(Manner.TOGETHER, settled.whole.withheld, naming)
    shown = {each.id: door.release(each.id, each.columns, each.rows, each.total) for each in drafts}
    beside = beside_briefs(sums, WAVE, settled)
    package, rounded = ({each.id: each.table for each in released(sums, None, beside, way)} for way in (False, True))
    return Desk(sums, shown, package, rounded)


def draft(table, columns, named):
    """What a brief would show of sums: shares of the firms of each sector, of those of no sector only if they are `named`."""
    rows = []
    for firms, key in zip(table.n, table.rows, strict=True):
        shares = dict(zip(table.columns, firms / firms[-1] if firms[-1] else [None] * len(firms), strict=True))
        cells = [Cell(CellStatus.SHOWN, "fraction", shares[c], n=int(firms[-1]), evidence=mark(table, key, c)) for c in columns]
        if key or named:
            rows.append(Row(key, key, tuple(cells)))
    return ReleasedTable(table.id, tuple(columns), tuple(rows), "", 0, ALL)


def mark(table, key, column):
    named = table.id.removeprefix("measure ").partition("@")[0]
    return f"share|{WAVE}|{key}|{column}" if table.id == "levels" else f"measure|{named}|{WAVE}|{key}"


def told_in(documents, table):
    """The numbers of firms that documents tell of a table, by row and column: those of a sector, and its share of them."""
    columns = [column for column in table.columns if column not in ("no", ALL)]
    at = {mark(table, key, column): (r, c) for r, key in enumerate(table.rows) for c, column in enumerate(columns)}
    found = {}
    for cell in (cell for each in documents for row in each.rows for cell in row.cells):
        if cell.evidence in at and cell.status is not CellStatus.HIDDEN and cell.n and cell.value is not None:
            row, column = at[cell.evidence]
            found[row, len(table.columns) - 1] = float(cell.n)
            found[row, column] = float(round(cell.value * cell.n))
    return found
