"""From sums to a table that may leave: what it must hide is hidden, with what else it takes that no sum gives it back.

Firms are hidden as briefs hide them (`counts`), by group. Of people, money and scores each cell is looked at by itself: a cell of
few firms, or one that a few firms make up, tells what those firms have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.analysis.answers import Bools, Floats
from app.analysis.disclosure.bounds import bounds
from app.analysis.disclosure.problem import Problem, Relation
from app.analysis.disclosure.protect import protect
from app.analysis.disclosure.rules import Needs, Rules, needs_of_counts, needs_of_sums
from app.analysis.relay.adding import cost_of, relations
from app.analysis.relay.counts import Beside, hidden_firms
from app.analysis.relay.rounds import rounded_firms
from app.analysis.relay.tally import Tallied
from app.domain.relay import ALL, RelayCell, RelayRow, RelayTable

DIGITS = 1  # decimals of what is told
_SCORE = 100.0


@dataclass(frozen=True, slots=True)
class Released:
    """The table as it may leave, None where its unsafe cells cannot be protected; `hidden` cells without a number."""

    id: str
    table: RelayTable | None
    hidden: int


def released(
    tables: Sequence[Tallied],
    rules: Rules | None = None,
    beside: Mapping[str, Beside] | None = None,
    rounding: bool = False,
) -> tuple[Released, ...]:
    """Return each table with the cells hidden that must be; firms of different tables are linked by no sum.

    `beside` by table is what documents beside the package keep back and tell of it. `rounding`: tables that count firms are told
    with all numbers rounded, where that protects as well, and with none hidden.
    """
    said, known = rules or Rules(), beside or {}
    firms, base = rounded_firms([table for table in tables if table.unit == "firms" and rounding], said, known)
    return tuple(
        _rounded(table, firms[table.id], base)
        if table.id in firms
        else _released(table, said, known.get(table.id) or Beside.nothing(table))
        for table in tables
    )


def _rounded(table: Tallied, firms: Floats, base: int) -> Released:
    told = replace(table, n=firms, value=firms, base=firms)
    return Released(table.id, replace(_told(told, np.zeros(firms.shape, dtype=bool)), rounded=base), 0)


def _released(table: Tallied, rules: Rules, beside: Beside) -> Released:
    if table.unit == "firms":
        hidden, exposed = hidden_firms(table, rules, beside)
    else:
        hidden, exposed = _hidden_sums(table, rules, beside.kept)
    return Released(table.id, None if exposed else _told(table, hidden), int(hidden.sum()))


def _hidden_sums(table: Tallied, rules: Rules, kept: Bools) -> tuple[Bools, bool]:
    """Return the cells (rows, columns) to hide of sums that few firms could make up, and whether some are told all the same."""
    linked = relations(table.columns, len(table.rows), table.sums)
    counts = needs_of_counts(table.n.ravel(), rules)
    counts = replace(counts, unsafe=counts.unsafe | kept.ravel())  # whoever holds the briefs too learns nothing here
    hidden, exposed = _hide(table, counts, table.n.ravel(), linked)
    if len(table.contributions):
        ceiling = bounds(_problem(table, counts, table.n.ravel(), linked), hidden).high
        needs = needs_of_sums(table.contributions, table.of, table.n.size, rules)
        more, worse = _hide(table, needs, table.value.ravel(), linked, ceiling * _SCORE if table.unit == "score" else None)
        hidden, exposed = hidden | more, exposed or worse
    return hidden.reshape(table.n.shape), exposed


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
        cost_of(table).ravel(),
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
