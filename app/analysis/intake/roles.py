"""What each row of a sheet was taken for, for the painted preview."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.intake.furniture import is_preamble
from app.analysis.intake.layouts import Recognised
from app.analysis.intake.sheet_facts import SheetFacts
from app.domain.sheet import RowRole


def row_roles(facts: SheetFacts, tables: Sequence[Recognised]) -> tuple[RowRole, ...]:
    """Return one role for each row of the sheet, over all its tables; rows outside every table are notes or titles."""
    roles = np.where(facts.filled.any(axis=1), RowRole.NOTE, RowRole.BLANK).astype(object)
    start = 0
    for table in tables:
        _paint(roles, facts, table, start)
        start = table.stop
    return tuple(roles.tolist())


def _paint(roles: np.ndarray, facts: SheetFacts, table: Recognised, start: int) -> None:
    layout = table.layout
    top = layout.header_rows[0] if layout.header_rows else table.first
    for row in range(start, top):
        if layout.title and any(text == layout.title and not is_preamble(text) for text in facts.shown(row).values()):
            roles[row] = RowRole.TITLE
    if layout.header_rows:
        between = range(layout.header_rows[-1] + 1, table.first)
        roles[[row for row in between if facts.filled[row].any()]] = RowRole.ORDINAL
    inside = roles[table.first : table.stop]
    inside[inside == RowRole.NOTE] = RowRole.BLANK  # what is left of them: running numbers without a firm
    marked = (
        (layout.header_rows, RowRole.HEADER),
        (table.repeats, RowRole.HEADER),
        (layout.footer_rows, RowRole.FOOTER),
        (table.group_rows, RowRole.GROUP),
        (layout.total_rows, RowRole.TOTAL),
        (layout.body, RowRole.FIRM),
        (table.left, RowRole.LEFT),
    )
    for rows, role in marked:
        roles[np.asarray(rows, dtype=np.intp)] = role
    if table.firm_row >= 0:
        roles[table.firm_row] = RowRole.HEADER
