"""From findings about distinct values to findings at every cell that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.intake.distinct import Distinct, Issue
from app.analysis.intake.reports import SEVERITIES
from app.domain.findings import CellReference, Finding


@dataclass(frozen=True, slots=True)
class Column:
    """A column on its sheet: file, sheet, one-based column, and the one-based row of each value (shape (n,)).

    `across`: the values stand in one row; `column` then holds that row and `rows` the column of each value.
    """

    file: str
    sheet: str
    column: int
    rows: npt.NDArray[np.int64]
    across: bool = False

    def cell(self, row: int) -> CellReference:
        """Return the cell of the value at one of `rows`; 0 is the whole column."""
        place = (self.column, row) if self.across else (row, self.column)
        return CellReference(self.file, self.sheet, *place)

    @property
    def place(self) -> tuple[int, int]:
        """Row and column as `Block.cells` holds them: 0 for the response's own place."""
        return (self.column, 0) if self.across else (0, self.column)


def at_cells(issues: Sequence[Issue], distinct: Distinct, column: Column, header: str) -> list[Finding]:
    """Return one finding for every cell whose value has an issue; none is left out."""
    findings = []
    rows_of = rows_by_value(distinct, column) if issues else []
    for issue in issues:
        severity = SEVERITIES[issue.code]
        value, params = distinct.texts[issue.index].strip(), (("header", header), *issue.params)
        findings += [Finding(issue.code, severity, column.cell(row), value, params) for row in rows_of[issue.index].tolist()]
    return findings


def rows_by_value(distinct: Distinct, column: Column) -> list[npt.NDArray[np.int64]]:
    """Return for each distinct value the one-based rows that hold it."""
    order = np.argsort(distinct.inverse, kind="stable")
    return np.split(column.rows[order], np.cumsum(distinct.counts)[:-1])
