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


class ValueRows:
    """Where each distinct value of a column stands: `rows[index]` are the one-based rows that hold value `index`."""

    def __init__(self, distinct: Distinct, column: Column) -> None:
        self._rows = column.rows[np.argsort(distinct.inverse, kind="stable")]
        self._stops = np.cumsum(distinct.counts).tolist()

    def __getitem__(self, index: int) -> npt.NDArray[np.int64]:
        return self._rows[self._stops[index - 1] if index else 0 : self._stops[index]]


def at_cells(issues: Sequence[Issue], distinct: Distinct, column: Column, header: str) -> list[Finding]:
    """Return one finding for every cell whose value has an issue; none is left out."""
    if not issues:
        return []
    findings = []
    rows_of = ValueRows(distinct, column)
    for issue in issues:
        severity = SEVERITIES[issue.code]
        value, params = distinct.texts[issue.index].strip(), (("header", header), *issue.params)
        findings += [Finding(issue.code, severity, column.cell(row), value, params) for row in rows_of[issue.index].tolist()]
    return findings
