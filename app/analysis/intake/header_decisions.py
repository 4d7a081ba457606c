"""Headers that people pointed at, found again by their texts in every file of the form."""

from __future__ import annotations

import re

from app.analysis.intake.guided import Guide
from app.analysis.intake.sheet_facts import SheetFacts
from app.analysis.intake.template import header_subject
from app.domain.decisions import DecisionKind
from app.domain.sheet import RowRole

_ROWS = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")
_LOOKED = 200  # rows in which a header is looked for again
_DEEPEST = 6  # rows of a header that somebody points at


def decided_rows(facts: SheetFacts, guide: Guide) -> tuple[int, ...]:
    """Return the zero-based rows that were decided to be the header of a sheet, () when nothing was.

    The rows are known by their texts, wherever they stand; rows marked as header one by one hold for their own sheet.
    """
    for subject, answer in guide.elsewhere(DecisionKind.HEADER).items():
        span = _span(answer)
        found = _with_texts(facts, subject, len(span)) if span else ()
        if found:
            return found
    marked = [int(row) - 1 for row, role in guide.all(DecisionKind.ROW).items() if role == RowRole.HEADER and row.isdecimal()]
    rows = tuple(range(min(marked), max(marked) + 1)) if marked else ()
    return rows if rows and rows[-1] < facts.sheet.n_rows and len(rows) <= _DEEPEST else ()


def rival_subject(facts: SheetFacts, rows: tuple[int, ...], rival: int) -> str:
    """Return the subject of the question which of two places is the header: the texts of both."""
    return header_subject(text for row in (*rows, rival) for text in facts.shown(row).values())


def rows_text(rows: tuple[int, ...]) -> str:
    """Return zero-based rows as a decision writes them: 6 or 6-7."""
    return str(rows[0] + 1) if len(rows) == 1 else f"{rows[0] + 1}-{rows[-1] + 1}"


def _span(answer: str) -> range:
    match = _ROWS.fullmatch(answer.strip())
    if match is None:
        return range(0)
    first, last = int(match[1]), int(match[2] or match[1])
    return range(first - 1, last) if 0 < first <= last < first + _DEEPEST else range(0)


def _with_texts(facts: SheetFacts, subject: str, depth: int) -> tuple[int, ...]:
    """Return the first `depth` rows running whose texts are those of the subject, () when there are none."""
    for row in range(min(facts.sheet.n_rows - depth + 1, _LOOKED)):
        rows = tuple(range(row, row + depth))
        if header_subject(text for each in rows for text in facts.shown(each).values()) == subject:
            return rows
    return ()
