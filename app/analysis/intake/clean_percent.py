"""Percentages as fractions: 35% · 0.35 · 35 · 三成五 · 百分之三十五 · 30%-40% · 约30%."""

from __future__ import annotations

import re

import numpy as np

from app.analysis.intake.clean_number import Floats, noted, plain_cells, unreadable
from app.analysis.intake.distinct import Cleaned, Distinct, Issue
from app.analysis.intake.quantity import Quantity, plain_number, read_quantity
from app.analysis.intake.tidy import chinese_number, tidy

_TENTHS = re.compile(r"(约|近|大约|超过|超|不足|不到)?(.{1,3}?)成(半|.)?(左右|以上|以下|多)?")
_PARTS = re.compile(r"(约|近|大约|超过|超|不足|不到)?(百|千|万)分之(.+?)(左右|以上|以下|多)?")
_WHOLE = {"百": 100.0, "千": 1000.0, "万": 10_000.0}
_UNITS = {"%": 100.0, "‰": 1000.0, "个百分点": 100.0}


def clean_percent(distinct: Distinct) -> Cleaned:
    """Return each distinct value as a fraction, NaN for blanks and for what cannot be read.

    A bare number may be 0.35 or 35; the column decides, and a column that holds both gets a finding at each number that
    could be either.
    """
    values, texts = plain_cells(distinct)
    bare = np.isfinite(values)
    issues = []
    for index in texts:
        text = tidy(distinct.texts[index])
        if (number := plain_number(text)) is not None:
            values[index], bare[index] = number, True
            continue
        quantity = read_share(text)
        if quantity is None:
            issues.append(unreadable(index, distinct))
            continue
        values[index] = round(quantity.value, 10)
        if quantity.note:
            issues.append(noted(index, quantity, values[index]))
    issues += _settle_scale(values, bare, distinct.counts)
    return Cleaned(values, tuple(issues))


def read_share(text: str) -> Quantity | None:
    """Return the fraction that a tidy text writes with its sign or words, None when it is no share or a bare number."""
    worded = _in_tenths(text) or _in_parts(text)
    if worded is not None:
        return worded
    quantity = read_quantity(text)
    if quantity is None or quantity.scaled or quantity.unit not in (*_UNITS, ""):
        return None
    whole = _UNITS.get(quantity.unit, 100.0)
    if not quantity.unit and quantity.high <= 1:  # 约0.3, 0.3-0.4
        whole = 1.0
    return Quantity(quantity.value / whole, quantity.low / whole, quantity.high / whole, "%", False, quantity.note)


def _in_tenths(text: str) -> Quantity | None:
    match = _TENTHS.fullmatch(text)
    if match is None:
        return None
    tenths = _number(match[2])
    rest = 0.0 if not match[3] else 5.0 if match[3] == "半" else chinese_number(match[3])
    if tenths is None or rest is None or not 0 <= tenths <= 10:
        return None
    value = tenths / 10 + rest / 100
    note = "approximate" if match[1] or match[4] else ""
    return Quantity(value, value, value, "%", False, note)


def _in_parts(text: str) -> Quantity | None:
    match = _PARTS.fullmatch(text)
    number = _number(match[3]) if match else None
    if match is None or number is None:
        return None
    value = number / _WHOLE[match[2]]
    return Quantity(value, value, value, "%", False, "approximate" if match[1] or match[4] else "")


def _number(text: str) -> float | None:
    plain = plain_number(text)
    return plain if plain is not None else chinese_number(text)


def _settle_scale(values: Floats, bare: np.ndarray, counts: np.ndarray) -> list[Issue]:
    """Turn bare numbers into fractions in place, by what the whole column holds; return the findings.

    Numbers strictly between 0 and 1 are fractions, numbers above 1 are percentages. In a column with both, each keeps
    its own reading with a finding at the fewer of them, and a bare 1 stays missing: it may be 1 % or 100 %.
    """
    fractions = bare & (values > 0) & (values < 1)
    points = bare & (np.abs(values) > 1)
    ones = bare & (np.abs(values) == 1)
    mixed = bool(fractions.any() and points.any())
    unclear = ones if mixed or not (fractions.any() or points.any()) else np.zeros_like(ones)
    values[points | (ones if points.any() and not mixed else np.zeros_like(ones))] /= 100
    values[unclear] = np.nan
    np.round(values, 10, out=values)
    issues = [Issue(int(index), "percent.one_unclear") for index in np.flatnonzero(unclear)]
    if mixed:
        fewer = fractions if counts[fractions].sum() <= counts[points].sum() else points
        issues += [Issue(int(index), "percent.mixed", (("used", f"{values[index]:.4g}"),)) for index in np.flatnonzero(fewer)]
    return issues
