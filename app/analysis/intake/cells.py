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
    """A column on its sheet: file, sheet, one-based column, and the one-based row of each value (shape (n,))."""

    file: str
    sheet: str
    column: int
    rows: npt.NDArray[np.int64]

    def cell(self, row: int) -> CellReference:
        """Return the cell in a one-based row; row 0 is the whole column."""
        return CellReference(self.file, self.sheet, row, self.column)


def at_cells(issues: Sequence[Issue], distinct: Distinct, column: Column, header: str) -> list[Finding]:
    """Return one finding for every cell whose value has an issue; none is left out."""
    if not issues:
        return []
    order = np.argsort(distinct.inverse, kind="stable")
    rows = column.rows[order]
    stops = np.cumsum(distinct.counts)
    starts = stops - distinct.counts
    findings = []
    for issue in issues:
        severity = SEVERITIES[issue.code]
        value, params = distinct.texts[issue.index].strip(), (("header", header), *issue.params)
        findings += [
            Finding(issue.code, severity, column.cell(row), value, params)
            for row in rows[starts[issue.index] : stops[issue.index]].tolist()
        ]
    return findings
