"""Cells put right by people, before anything is recognised or cleaned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from app.analysis.intake.reports import report
from app.domain.decisions import Correction
from app.domain.findings import CellReference, Finding
from app.domain.sheet import CellKind, RawColumn, RawSheet


def with_corrections(sheet: RawSheet, corrections: Sequence[Correction], file: str) -> tuple[RawSheet, tuple[Finding, ...]]:
    """Return the sheet with the given cells replaced, and for each the note what stood there before.

    A correction of a cell that the sheet does not have changes nothing and is a warning.
    """
    columns, findings = list(sheet.columns), []
    for correction in corrections:
        place = CellReference(file, sheet.name, correction.row, correction.column)
        if not (0 < correction.row <= sheet.n_rows and 0 < correction.column <= len(columns)):
            findings.append(report("cell.correction_lost", place, correction.text, reason=correction.reason or "—"))
            continue
        old = sheet.text(correction.row - 1, correction.column - 1)
        columns[correction.column - 1] = _with_text(columns[correction.column - 1], correction.row - 1, correction.text)
        findings.append(report("cell.corrected", place, correction.text, old=old, reason=correction.reason or "—"))
    return replace(sheet, columns=tuple(columns)) if findings else sheet, tuple(findings)


def _with_text(column: RawColumn, row: int, text: str) -> RawColumn:
    codes = np.array(column.codes)
    texts, kinds = column.texts, column.kinds
    if text.strip():
        codes[row] = len(texts)
        texts, kinds = (*texts, text), (*kinds, CellKind.TEXT)
    else:
        codes[row] = 0
    return RawColumn(codes, texts, kinds)
