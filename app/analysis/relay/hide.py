"""From sums to a table that may leave: small cells hidden, with what else it takes that no sum gives them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.answers import Bools, Floats
from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.problem import Problem, Relation
from app.analysis.disclosure.protect import protect
from app.analysis.disclosure.rules import Needs, Rules, needs_of_counts, needs_of_sums
from app.analysis.relay.tally import Tallied
from app.domain.relay import ALL, RelayCell, RelayRow, RelayTable

DIGITS = 1  # decimals of what is told
_TOTAL_COST = 50.0  # a total, or a column that others add up to, is worth as many cells
_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class Released:
    """The table as it may leave, None where its unsafe cells cannot be protected; `hidden` cells without a number."""

    id: str
    table: RelayTable | None
    hidden: int


def released(
    tables: Sequence[Tallied], rules: Rules | None = None, kept: Mapping[str, Bools] | None = None
) -> tuple[Released, ...]:
    """Return each table with the cells hidden that must be; firms of different tables are linked by no sum.

    `kept` (rows, columns) by table are cells that are hidden elsewhere, and so here as well.
    """
    back = kept or {}
    return tuple(_released(table, rules or Rules(), back.get(table.id)) for table in tables)


def relations(columns: Sequence[str], rows: int, sums: Sequence[tuple[str, Sequence[str]]]) -> tuple[Relation, ...]:
    """Return what adds up in a table, its cells numbered row by row, the row of all last: rows in every column, and `sums`."""
    width, at = len(columns), {column: place for place, column in enumerate(columns)}
    found = [
        Relation((*(row * width + place for row in range(rows - 1)), (rows - 1) * width + place), (*([1.0] * (rows - 1)), -1.0))
        for place in range(width)
    ]
    for row in range(rows):
        for whole, parts in sums:
            cells = (*(row * width + at[part] for part in parts), row * width + at[whole])
            found.append(Relation(cells, (*([1.0] * len(parts)), -1.0)))
    return tuple(found)


def _released(table: Tallied, rules: Rules, kept: Bools | None) -> Released:
    linked = relations(table.columns, len(table.rows), table.sums)
    counts = needs_of_counts(table.n.ravel(), rules)
    if kept is not None:  # hidden elsewhere: whoever holds both learns nothing here
        counts = replace(counts, unsafe=counts.unsafe | kept.ravel())
    hidden, exposed = _hide(table, counts, table.n.ravel(), linked)
    if len(table.contributions):
        ceiling = bounds(_problem(table, counts, table.n.ravel(), linked), hidden).high
        needs = needs_of_sums(table.contributions, table.of, table.n.size, rules)
        more, worse = _hide(table, needs, table.value.ravel(), linked, ceiling * _SCORE if table.unit == "score" else None)
        hidden, exposed = hidden | more, exposed or worse
    if exposed:
        return Released(table.id, None, int(hidden.sum()))
    return Released(table.id, _told(table, hidden.reshape(table.n.shape)), int(hidden.sum()))


def _hide(
    table: Tallied, needs: Needs, values: Floats, linked: tuple[Relation, ...], ceiling: Floats | None = None
) -> tuple[Bools, bool]:
    if not needs.unsafe.any():
        return np.zeros(len(values), dtype=bool), False
    found = protect(_problem(table, needs, values, linked, ceiling))
    return found.hidden, bool(found.exposed.any())


def _problem(
    table: Tallied, needs: Needs, values: Floats, linked: tuple[Relation, ...], ceiling: Floats | None = None
) -> Problem:
    size = len(values)
    high = np.full(size, np.inf) if ceiling is None else np.maximum(ceiling, values)
    none = np.zeros(size, dtype=bool)
    return Problem(
        values,
        np.zeros(size),
        high,
        _cost(table),
        needs.unsafe,
        needs.below,
        needs.above,
        needs.width,
        none,
        linked,
        alone=needs.alone & _leaves(table),
    )


def _leaves(table: Tallied) -> Bools:
    """Which cells are no sum of others: a firm alone in a sum stands alone in one of its parts, and does not look at itself."""
    leaf = np.ones(table.n.shape, dtype=bool)
    leaf[-1] = False
    for whole, _ in table.sums:
        leaf[:, table.columns.index(whole)] = False
    leaves: Bools = leaf.ravel()
    return leaves


def _cost(table: Tallied) -> Floats:
    """What hiding a cell loses: more firms more, totals and columns that others add up to most."""
    cost = np.sqrt(table.n) + 1.0
    cost[-1] *= _TOTAL_COST
    for whole, _ in table.sums:
        cost[:, table.columns.index(whole)] *= _TOTAL_COST
    loss: Floats = cost.ravel()
    return loss


def _told(table: Tallied, hidden: Bools) -> RelayTable:
    rows = tuple(
        RelayRow(key, tuple(_cell(table, (row, column), hidden) for column in range(len(table.columns))))
        for row, key in enumerate(table.rows)
    )
    assert rows[-1].key == ALL
    return RelayTable(table.id, table.unit, table.columns, rows, table.sums)


def _cell(table: Tallied, at: tuple[int, int], hidden: Bools) -> RelayCell:
    if hidden[at]:
        return RelayCell()
    value, base = (round(float(each[at]), DIGITS) + 0.0 for each in (table.value, table.base))
    return RelayCell(int(table.n[at]), value, base, 1, 1)
