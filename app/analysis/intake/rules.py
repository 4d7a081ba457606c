"""Answers that do not go together: money that slipped between 元 and 万元, more people than the firm employs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from app.analysis.intake.cells import Column
from app.analysis.intake.reports import report
from app.domain.findings import Finding
from app.domain.instrument import Instrument, ItemType, Role

Floats = npt.NDArray[np.float64]

# Revenue per employee in 万元. A slip between 元 and 万元 is a factor of 10,000; real firms of one form lie within a few
# hundred times their median, and hardly any turns over two 亿元 a head.
ABSURD_HIGH = 20_000.0
SUSPECT_HIGH, SUSPECT_LOW = 2_000.0, 0.1
FAR = 300.0
ENOUGH = 5  # firms needed for a median that means something


def check_rules(
    values: Mapping[str, Floats],
    columns: Mapping[str, Column],
    texts: Mapping[str, npt.NDArray[np.object_]],
    instrument: Instrument,
) -> list[Finding]:
    """Return findings about numbers that contradict one another; arrays run over the sheet's rows, keyed by item code."""
    employees = instrument.with_role(Role.EMPLOYEES)
    if employees is None or employees.code not in values:
        return []
    staff = values[employees.code]
    findings = []
    revenue = instrument.with_role(Role.REVENUE)
    if revenue is not None and revenue.code in values and revenue.code in columns:
        slips = money_slips(values[revenue.code], staff)
        for row in np.flatnonzero(slips).tolist():
            column = columns[revenue.code]
            params = {"used": f"{values[revenue.code][row]:g}", "employees": f"{staff[row]:g}"}
            findings.append(report("money.slip", column.cell(int(column.rows[row])), texts[revenue.code][row], **params))
    for item in instrument.items:
        if item.type is ItemType.COUNT and item.unit == "人" and item.role is None and item.code in values:
            column = columns[item.code]
            for row in np.flatnonzero((values[item.code] > staff) & (staff >= 0)).tolist():
                params = {"header": item.words.zh, "employees": f"{staff[row]:g}"}
                findings.append(report("rule.broken", column.cell(int(column.rows[row])), texts[item.code][row], **params))
    return findings


def money_slips(revenue: Floats, employees: Floats) -> npt.NDArray[np.bool_]:
    """Return which firms' revenue (万元) is so far from their head count that 元 and 万元 were likely confused; shape (n,)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        a_head = np.where((employees >= 1) & (revenue > 0), revenue / employees, np.nan)
    known = a_head[np.isfinite(a_head)]
    slips: npt.NDArray[np.bool_] = a_head > ABSURD_HIGH
    if len(known) >= ENOUGH:
        median = float(np.median(known))
        slips |= (a_head > SUSPECT_HIGH) & (a_head > FAR * median)
        slips |= (a_head < SUSPECT_LOW) & (a_head < median / FAR)
    return slips
