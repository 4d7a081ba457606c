"""Rows of totals held against the rows they sum."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

import numpy as np
import numpy.typing as npt

from app.analysis.intake.distinct import is_blank
from app.analysis.intake.furniture import is_average, is_serial
from app.analysis.intake.quantity import read_quantity
from app.analysis.intake.reports import report
from app.analysis.intake.units import money_factor, unit_kind
from app.domain.findings import CellReference, Finding
from app.domain.sheet import Layout, RawColumn, RawSheet

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_RATE = re.compile(r"率|占比|比例|比重|percent|rate\b|%", re.IGNORECASE)  # shares do not add up


def check_totals(
    sheet: RawSheet, layout: Layout, file: str, groups: tuple[int, ...] = (), money_unit: str = ""
) -> tuple[Finding, ...]:
    """Return a finding for each total that is neither the sum nor the mean of its rows, within its last written digit.

    A subtotal may cover the rows since the total before it, or since the last of `groups` (group rows). `money_unit` is
    the unit of the sheet's note: it says what 2000万 counts in a column whose header names no unit.
    """
    findings: list[Finding] = []
    for position, column in enumerate(sheet.columns):
        header = layout.headers[position] if position < len(layout.headers) else ""
        if not layout.total_rows or is_serial(header) or _RATE.search(header) or not len(layout.body):
            continue
        factor = money_factor(layout.units[position] or money_unit) or 1.0
        values = _numbers(column, layout.body, factor)
        if np.isfinite(values).sum() < max(2, 0.3 * len(values)):
            continue
        for row in layout.total_rows:
            stated = column.texts[column.codes[row]]
            found = _mismatch(stated, values, _parts(layout.body, row, (layout.total_rows, groups)), _label(sheet, row))
            if found is not None and unit_kind(layout.units[position]) != "percent":
                place = CellReference(file, sheet.name, row + 1, position + 1)
                findings.append(report("total.mismatch", place, stated.strip(), computed=_written(found), header=header))
    return tuple(findings)


def _numbers(column: RawColumn, rows: npt.NDArray[np.int32], factor: float) -> Floats:
    """Return the numbers of a column in its own unit, NaN for blanks and texts; one parse a distinct value."""
    codes = column.codes[rows]
    table = np.full(len(column.texts), np.nan)
    for code in np.flatnonzero(np.bincount(codes, minlength=len(table))):
        text = column.texts[code]
        quantity = None if is_blank(text) or len(text) > 30 else read_quantity(text)
        if quantity is not None and quantity.unit not in ("%", "‰"):
            table[code] = quantity.value / 1e4 / factor if quantity.scaled else quantity.value
    return table[codes]


def _label(sheet: RawSheet, row: int) -> str:
    return next((text.strip() for text in sheet.row(row)[:6] if text.strip()), "")


def _mismatch(stated: str, values: Floats, parts: Sequence[Bools], label: str) -> float | None:
    """Return what the parts give when `stated` fits none of their sums and means, None when it fits or is no number."""
    quantity = read_quantity(stated) if stated.strip() else None
    if quantity is None or quantity.note:
        return None
    tolerance = 0.5 * 10.0 ** -_decimals(stated) + 1e-9 * abs(quantity.value)
    sums = [float(np.nansum(values[part])) for part in parts]
    means = [float(np.nanmean(values[part])) for part in parts if np.isfinite(values[part]).any()]
    if any(math.isclose(quantity.value, value, rel_tol=0, abs_tol=tolerance) for value in (*sums, *means)):
        return None
    if is_average(label):
        return means[0]
    return sums[-1] if "小计" in label else sums[0]


def _parts(body: npt.NDArray[np.int32], row: int, breaks: tuple[Sequence[int], Sequence[int]]) -> list[Bools]:
    """Return the sets of rows a total may cover: all, and those between it and its neighbours among totals and groups."""
    parts = [np.ones(len(body), dtype=bool)]
    for marks in (breaks[0], (*breaks[0], *breaks[1])):
        before = max((mark for mark in marks if mark < row), default=-1)
        after = min((mark for mark in marks if mark > row), default=2**31 - 1)
        above = (body > before) & (body < row)
        part = above if above.any() else (body > row) & (body < after)
        if part.any():
            parts.append(part)
    return parts


def _decimals(text: str) -> int:
    try:
        exponent = Decimal(text.replace(",", "").strip()).as_tuple().exponent
    except InvalidOperation:
        return 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _written(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
