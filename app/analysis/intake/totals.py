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
Span = tuple[int, int]  # first and stop among the body's rows
_RATE = re.compile(r"率|占比|比例|比重|percent|rate\b|%", re.IGNORECASE)  # shares do not add up


def check_totals(
    sheet: RawSheet, layout: Layout, file: str, groups: tuple[int, ...] = (), money_unit: str = ""
) -> tuple[Finding, ...]:
    """Return a finding for each total that is neither the sum nor the mean of its rows, within its last written digit.

    A subtotal may cover the rows since the total before it, or since the last of `groups` (group rows). `money_unit` is
    the unit of the sheet's note: it says what 2000万 counts in a column whose header names no unit.
    """
    findings: list[Finding] = []
    marks = (np.unique(layout.total_rows), np.unique((*layout.total_rows, *groups)))
    covers = [(row, _spans(layout.body, row, marks), _label(sheet, row)) for row in layout.total_rows]
    for position, column in enumerate(sheet.columns):
        header = layout.headers[position] if position < len(layout.headers) else ""
        if not layout.total_rows or is_serial(header) or _RATE.search(header) or not len(layout.body):
            continue
        factor = money_factor(layout.units[position] or money_unit) or 1.0
        values = _numbers(column, layout.body, factor)
        if np.isfinite(values).sum() < max(2, 0.3 * len(values)):
            continue
        sums = _Sums(values)
        for row, spans, label in covers:
            stated = column.texts[column.codes[row]]
            found = _mismatch(stated, sums, spans, label)
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


class _Sums:
    """Sums and means over runs of rows; a run is added up once, however many totals cover it."""

    def __init__(self, values: Floats) -> None:
        self._values = values
        self._known: dict[Span, tuple[float, float]] = {}

    def of(self, span: Span) -> tuple[float, float]:
        """Return the sum of the run's numbers (0 when it holds none), and how many they are."""
        if span not in self._known:
            values = self._values[span[0] : span[1]]
            self._known[span] = float(np.nansum(values)), float(np.isfinite(values).sum())
        return self._known[span]


def _mismatch(stated: str, sums: _Sums, spans: Sequence[Span], label: str) -> float | None:
    """Return what the rows give when `stated` fits none of their sums and means, None when it fits or is no number."""
    quantity = read_quantity(stated) if stated.strip() else None
    if quantity is None or quantity.note:
        return None
    tolerance = 0.5 * 10.0 ** -_decimals(stated) + 1e-9 * abs(quantity.value)
    found = [sums.of(span) for span in spans]
    totals = [total for total, _ in found]
    means = [total / count for total, count in found if count]
    if any(math.isclose(quantity.value, value, rel_tol=0, abs_tol=tolerance) for value in (*totals, *means)):
        return None
    if is_average(label):
        return means[0]
    return totals[-1] if "小计" in label else totals[0]


def _spans(body: npt.NDArray[np.int32], row: int, breaks: Sequence[npt.NDArray[np.int64]]) -> list[Span]:
    """Return the runs of `body` (rising rows) a total may cover: all, and those to its neighbours among sorted `breaks`."""
    here = int(np.searchsorted(body, row))
    spans = [(0, len(body))]
    for marks in breaks:
        place = int(np.searchsorted(marks, row))
        first = int(np.searchsorted(body, marks[place - 1])) if place else 0
        after = int(np.searchsorted(marks, row, side="right"))
        stop = int(np.searchsorted(body, marks[after])) if after < len(marks) else len(body)
        span = (first, here) if first < here else (here, stop)
        if span[0] < span[1]:
            spans.append(span)
    return spans


def _decimals(text: str) -> int:
    try:
        exponent = Decimal(text.replace(",", "").strip()).as_tuple().exponent
    except InvalidOperation:
        return 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _written(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
