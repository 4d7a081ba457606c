"""Numbers, head counts and money: 1,200 · 120人 · 120（其中研发20） · 100-300 · 2000万 · 0.12亿."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.analysis.intake.clean_missing import missing_code
from app.analysis.intake.distinct import Cleaned, Distinct, Issue, Qualified, is_blank
from app.analysis.intake.quantity import Quantity, read_quantity
from app.analysis.intake.tidy import tidy
from app.analysis.intake.units import FOREIGN, count_factor, money_factor
from app.domain.instrument import Item, ItemType
from app.domain.sheet import CellKind

Params = tuple[tuple[str, str], ...]
Floats = npt.NDArray[np.float64]
_NOTES = {"about": "number.approximate", "range": "number.range", "remainder": "number.remainder"}
_OF_OTHER_THINGS = frozenset(
    ["%", "‰", "个百分点", "元", "元人民币", "yuan", "rmb", "年", "个月", "天", "小时", "吨", "吨标准煤", "千瓦时"]
)  # 2025年 is no head count
_NONE_WRITTEN = frozenset({"无", "没有", "暂无", "none"})


def clean_number(distinct: Distinct, item: Item, unit: str = "") -> Cleaned:
    """Return each distinct value as a number in the item's unit, NaN for blanks and for what cannot be read."""
    factor = count_factor(unit) if count_factor(item.unit) == 1.0 else 1.0
    cleaned = read_column(distinct, lambda quantity: _counted(quantity, factor, item.unit), factor)
    return cleaned if item.type is not ItemType.COUNT else _with_parts(cleaned)


def clean_money(distinct: Distinct, item: Item, unit: str = "") -> Cleaned:
    """Return each distinct value in 万元, NaN for blanks and for what cannot be read.

    A cell's own unit or 万/亿 comes first, then `unit` (of header or sheet note), then the item's; the last is a finding.
    Nothing is read from a column in another currency.
    """
    if FOREIGN.search(unit):
        filled = [index for index, text in enumerate(distinct.texts) if not is_blank(text)]
        return Cleaned(np.full(len(distinct), np.nan), tuple(Issue(index, "money.currency") for index in filled))
    factor = money_factor(unit)
    assumed = factor is None
    if factor is None:
        factor = money_factor(item.unit) or 1.0
    default = factor
    cleaned = read_column(distinct, lambda quantity: _amount(quantity, default), default)
    if not assumed or not np.isfinite(cleaned.values.astype(np.float64)).any():
        return cleaned
    return replace(cleaned, column_issues=(("money.unit_assumed", {"unit": item.unit or "万元"}),))


def read_column(distinct: Distinct, convert: Callable[[Quantity], float | None], factor: float) -> Cleaned:
    """Return the numbers of a column: plain number cells times `factor` at once, every written text through `convert`."""
    values, texts = plain_cells(distinct)
    values *= factor
    np.round(values, 10, out=values)
    issues, qualified = [], []
    for index in texts:
        quantity = read_quantity(distinct.texts[index])
        value = convert(quantity) if quantity is not None else None
        if value is None or quantity is None:
            issues.append(unreadable(index, distinct))
            continue
        values[index] = round(value, 10)
        if quantity.note:
            qualified.append(qualify(index, quantity, convert))
            issues.append(noted(qualified[-1], values[index]))
    return Cleaned(values, tuple(issues), qualified=tuple(qualified))


def plain_cells(distinct: Distinct) -> tuple[Floats, list[int]]:
    """Return the numbers of all cells that are plain numbers (NaN elsewhere), and the indices of the other filled cells."""
    values = np.full(len(distinct), np.nan)
    numbers = [index for index, kind in enumerate(distinct.kinds) if kind is CellKind.NUMBER]
    values[numbers] = np.array([distinct.texts[index] for index in numbers], dtype=np.float64)
    values[np.isinf(values)] = np.nan  # 1e400 in a text file: no amount of anything
    unread = np.isnan(values).tolist()
    return values, [index for index, text in enumerate(distinct.texts) if unread[index] and not is_blank(text)]


def unreadable(index: int, distinct: Distinct) -> Issue:
    """Return the finding of a filled cell that gave no number: it stays missing, never 0."""
    text, kind = distinct.texts[index], distinct.kinds[index]
    if kind is CellKind.DATE:
        return Issue(index, "number.is_date")
    if tidy(text).lower() in _NONE_WRITTEN:
        return Issue(index, "number.none_written")
    if missing := missing_code(text):
        return Issue(index, missing)
    return Issue(index, "money.currency" if FOREIGN.search(text) else "value.unread")


def qualify(index: int, quantity: Quantity, convert: Callable[[Quantity], float | None]) -> Qualified:
    """Return what was not exact about a quantity, its ends turned into the stored unit by `convert`."""
    low, high = (convert(replace(quantity, value=end)) for end in (quantity.low, quantity.high))
    if low is None or quantity.qualifier in ("about", "at_most", "less_than"):
        low = np.nan
    if high is None or quantity.qualifier in ("about", "at_least", "more_than"):
        high = np.nan
    return Qualified(index, quantity.qualifier, round(low, 10), round(high, 10), quantity.rest)


def noted(qualified: Qualified, value: float) -> Issue:
    """Return the note that a value was approximate, a bound, a range, or carried a remainder."""
    params: Params = (("used", f"{value:.12g}"),)
    if qualified.qualifier == "range":
        params += (("low", f"{qualified.low:.12g}"), ("high", f"{qualified.high:.12g}"))
    return Issue(qualified.index, _NOTES.get(qualified.qualifier, "number.bound"), params)


def _with_parts(cleaned: Cleaned) -> Cleaned:
    """Return the column with a finding at each count that is no whole number, as 10.5 persons are none."""
    inexact = {each.index for each in cleaned.qualified if each.qualifier != "remainder"}
    values = cleaned.values.astype(np.float64)
    parts = [
        index for index in np.flatnonzero(np.isfinite(values) & (values != np.round(values))).tolist() if index not in inexact
    ]
    return replace(cleaned, issues=(*cleaned.issues, *(Issue(index, "number.not_whole") for index in parts)))


def _counted(quantity: Quantity, factor: float, unit: str) -> float | None:
    if quantity.unit in _OF_OTHER_THINGS and quantity.unit != unit:
        return None
    return quantity.value if quantity.scaled else quantity.value * factor


def _amount(quantity: Quantity, factor: float) -> float | None:
    if quantity.unit in ("元", "元人民币", "yuan", "rmb") or quantity.scaled:
        return quantity.value / 1e4
    return None if quantity.unit else quantity.value * factor
