"""Rows of a table as people decided them, and hidden rows, which count until somebody says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from app.analysis.intake.body import Body
from app.analysis.intake.guided import Guide
from app.domain.decisions import DecisionKind
from app.domain.sheet import RawSheet, RowRole

Bools = npt.NDArray[np.bool_]
_FOOTERS = (RowRole.FOOTER, RowRole.NOTE)
_LEFT = (RowRole.LEFT, RowRole.BLANK, RowRole.TITLE, RowRole.ORDINAL)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Rows of a table that the sheet does not show: zero-based, still open to question; `subject` rows | filter."""

    rows: tuple[int, ...] = ()
    subject: str = "rows"
    left: int = 0


def as_decided(body: Body, first: int, guide: Guide) -> Body:
    """Return the rows under a header whose first open row is `first` with every decision about a single row applied."""
    decided = {int(row) - 1: role for row, role in guide.all(DecisionKind.ROW).items() if row.isdecimal()}
    decided = {row: role for row, role in decided.items() if first <= row < body.stop}
    if not decided:
        return body
    gone = set(decided)
    of = {role: sorted(row for row, said in decided.items() if said == role) for role in RowRole}
    firms = sorted({*(int(row) for row in body.firms if int(row) not in gone), *of[RowRole.FIRM]})

    def moved(rows: tuple[int, ...], *roles: RowRole) -> tuple[int, ...]:
        return tuple(sorted({*(row for row in rows if row not in gone), *(row for role in roles for row in of[role])}))

    return replace(
        body,
        firms=np.array(firms, dtype=np.int32),
        totals=moved(body.totals, RowRole.TOTAL),
        groups=moved(body.groups, RowRole.GROUP),
        footers=moved(body.footers, *_FOOTERS),
        repeats=moved(body.repeats, RowRole.HEADER),
        left=moved(body.left, *_LEFT),
    )


def without_hidden(body: Body, sheet: RawSheet, guide: Guide) -> tuple[Body, Hidden]:
    """Return the rows with hidden ones left out where that was decided, and the hidden ones that are still a question.

    Undecided they count: a row that somebody hid to print the sheet is still an answer.
    """
    subject = "filter" if sheet.filtered else "rows"
    hidden = body.firms[in_spans(sheet.hidden_rows, sheet.n_rows)[body.firms]]
    decision = guide.answer(DecisionKind.HIDDEN, subject)
    if not len(hidden) or decision == "keep":
        return body, Hidden()
    if decision != "leave":
        return body, Hidden(tuple(hidden.tolist()), subject)
    firms = np.setdiff1d(body.firms, hidden).astype(np.int32)
    return replace(body, firms=firms, left=tuple(sorted({*body.left, *hidden.tolist()}))), Hidden(left=len(hidden))


def in_spans(spans: tuple[tuple[int, int], ...], size: int) -> Bools:
    """Return which of `size` rows or columns lie in one of the spans (first, last); shape (size,)."""
    inside = np.zeros(size, dtype=bool)
    for first, last in spans:
        inside[max(first, 0) : last + 1] = True
    return inside
