"""Where the headings of a table stand."""

from __future__ import annotations

from app.domain.document import Grid, GridKind

ROWS = 15  # among which they are looked for


def head_of(grid: Grid) -> int:
    """Return the row of a table's headings: in a sheet the first that fills more than one cell, else the first."""
    if grid.kind is not GridKind.SHEET:
        return 0
    return next((at for at, row in enumerate(grid.rows[:ROWS]) if sum(bool(cell.text) for cell in row) > 1), 0)
