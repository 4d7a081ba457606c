"""Tables that count firms: what is hidden in them is what briefs hide, for a share times its firms is such a number.

A group of few firms is hidden whole, with everything that is told of it, and enough other groups that no sum gives it back; of a
group of enough firms every number is told, however small. Then the shares of hidden groups (`disclosure.numerators`): the other
rows must not tell how many of its firms have something, unless that is so of all firms; for that single numbers are hidden.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.answers import Bools, Floats
from app.analysis.disclosure.problem import Problem, Relation
from app.analysis.disclosure.protect import protect
from app.analysis.disclosure.rules import Rules
from app.analysis.relay.adding import TOTAL_COST, cost_of, relations
from app.analysis.relay.tally import Tallied
from app.domain.relay import ALL

PART = 1.0
"""How closely, in firms, what a hidden group has may be told."""
_SLACK = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """What is known besides of a table's cells (rows, columns): those `kept` back elsewhere, those `told` whatever is done."""

    kept: Bools
    told: Bools

    @classmethod
    def nothing(cls, table: Tallied) -> Beside:
        """Return that nothing is known of a table besides."""
        none = np.zeros(table.n.shape, dtype=bool)
        return cls(none, none)


def hidden_firms(table: Tallied, rules: Rules, beside: Beside) -> tuple[Bools, bool]:
    """Return the cells (rows, columns) to hide, and whether some of them can be told nevertheless: then nothing may leave."""
    base = table.columns.index(ALL)
    rows, exposed = _groups(table.n[:, base], rules, beside.kept[:, base], beside.told[:, base])
    hidden = np.zeros(table.n.shape, dtype=bool)
    hidden[rows] = True
    if exposed or len(table.columns) == 1:
        return hidden, exposed
    single = beside.kept & ~hidden & (table.n[:, base] > 0)[:, None]
    single[:, base] = False
    return _parts(table, hidden, single, beside.told) if hidden.any() or single.any() else (hidden, False)


def _groups(firms: Floats, rules: Rules, kept: Bools, told: Bools) -> tuple[Bools, bool]:
    """Return which rows are hidden whole, their `firms` (rows,) told no closer than the threshold; nobody is told as nobody."""
    few = (firms > 0) & (firms < rules.threshold)
    unsafe = few | (kept & (firms > 0))
    if not unsafe.any():
        return unsafe, False
    size, none = len(firms), np.zeros(len(firms))
    body = np.arange(size) < size - 1
    found = protect(
        Problem(
            values=firms,
            low=np.minimum(firms, 1.0),  # who stands in a table is somebody
            high=np.full(size, np.inf),
            cost=np.where(body, 1.0, TOTAL_COST) * (np.sqrt(firms) + 1.0),
            unsafe=unsafe,
            below=none,
            above=none.copy(),
            width=np.where(few, float(rules.threshold), 0.0),
            fixed=(firms == 0) | (told & ~unsafe),
            relations=(Relation(tuple(range(size)), (*[1.0] * (size - 1), -1.0)),),
            alone=few & (firms == 1) & body,
        )
    )
    return found.hidden, bool(found.exposed.any())


def _parts(table: Tallied, whole: Bools, single: Bools, told: Bools) -> tuple[Bools, bool]:
    """Return the cells to hide where rows are hidden `whole` (rows, columns) and `single` numbers of others with them."""
    base = table.columns.index(ALL)
    nobody = table.n[-1] == 0  # what no firm at all has is known of each
    asked = np.where((whole | single) & ~nobody, PART, 0.0)
    asked[:, base] = 0.0  # rows hidden whole tell of their firms what the column of all tells, and no more
    fixed = told | (table.n[:, base] == 0)[:, None]
    fixed[:, base] = True
    size, none = table.n.size, np.zeros(table.n.size)
    firms = table.n.ravel()
    low = np.zeros(table.n.shape)
    low[:, base] = np.minimum(table.n[:, base], 1.0)
    found = protect(
        Problem(
            values=firms,
            low=low.ravel(),
            high=np.full(size, np.inf),
            cost=cost_of(table).ravel(),
            unsafe=(whole | single).ravel(),
            below=none,
            above=none.copy(),
            width=asked.ravel(),
            fixed=(fixed & ~(whole | single)).ravel(),
            relations=relations(table.columns, len(table.rows), table.sums),
        )
    )
    hidden, exposed = (each.reshape(table.n.shape) for each in (found.hidden, found.exposed))
    open_ = (found.bounds.high - found.bounds.low).reshape(table.n.shape)
    in_vain = hidden & ~whole & (open_ < PART - _SLACK)  # a single number that follows from the others hides nothing
    return hidden & ~in_vain, bool((exposed & whole).any())
