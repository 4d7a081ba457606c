"""Dates and periods: 2026年6月 · 2026.6 · 202606 · 2026-06-30 · 44927 (days of a spreadsheet) · 2025年度 · 二〇二六年."""

from __future__ import annotations

import re
from datetime import date, timedelta

import numpy as np

from app.analysis.intake.clean_missing import missing_code
from app.analysis.intake.distinct import Cleaned, Distinct, Issue, is_blank
from app.analysis.intake.tidy import chinese_number, tidy
from app.domain.sheet import CellKind

_FIRST, _LAST = 1949, 2100
_SERIALS = range(17899, 73415)  # the days of these years as a spreadsheet counts them
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet; its 29 February 1900, which never was, lies before _SERIALS
_JOINED = re.compile(r"(\d{4})(\d{2})?(\d{2})?")
_PARTED = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_LOST_ZERO = re.compile(r"\d{4}\.1")  # 2026.10 typed as a number is 2026.1: January or October, nobody can tell
_YEAR = re.compile(r"(\d{4})(?:年度?|财年)(?:全年|末|底)?")
_QUARTER = re.compile(r"(\d{4})年?(?:第?([一二三四1-4])季度|[qQ]([1-4])|(上|下)半年)")
_NUMERALS = re.compile(r"[零〇○一二三四五六七八九十]+(?=[年月日])")


def clean_date(distinct: Distinct) -> Cleaned:
    """Return each distinct value as 2026, 2026-06 or 2026-06-30, as exact as it was written; None for blanks and others."""
    values = np.empty(len(distinct), dtype=object)
    issues = []
    for index, (text, kind) in enumerate(zip(distinct.texts, distinct.kinds, strict=True)):
        if is_blank(text):
            continue
        values[index] = read_date(text, kind)
        if values[index] is None:
            issues.append(Issue(index, missing_code(text) or "date.unread"))
    return Cleaned(values, tuple(issues))


def read_date(text: str, kind: CellKind = CellKind.TEXT) -> str | None:
    """Return the day, month or year that `text` writes in ISO form, None when it writes none; a quarter is its last month."""
    text = _NUMERALS.sub(_in_digits, tidy(text)).replace(" ", "" if kind is not CellKind.DATE else " ")
    if kind is CellKind.NUMBER and re.fullmatch(r"\d+(?:\.\d+)?", text) and int(float(text)) in _SERIALS:
        return (_EPOCH + timedelta(days=int(float(text)))).isoformat()
    if kind is CellKind.NUMBER and _LOST_ZERO.fullmatch(text):
        return None
    for pattern in (_JOINED, _PARTED, _YEAR):
        match = pattern.fullmatch(text)
        if match is not None:
            return _iso(*match.groups())
    return _quarter(text)


def _quarter(text: str) -> str | None:
    match = _QUARTER.fullmatch(text)
    if match is None:
        return None
    if match[4]:
        return _iso(match[1], "6" if match[4] == "上" else "12")
    number = match[3] or (match[2] if match[2].isdecimal() else str(int(chinese_number(match[2]) or 0)))
    return _iso(match[1], str(int(number) * 3))


def _iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """Return a date that exists, as exact as given, None for any other."""
    if not _FIRST <= int(year) <= _LAST:
        return None
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return whole.isoformat()[: 10 if day else 7 if month else 4]


def _in_digits(match: re.Match[str]) -> str:
    number = chinese_number(match[0])
    return match[0] if number is None else f"{number:.0f}"
