"""A column of answers by the type of its item: one entry point over the cleaners."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from app.analysis.intake.clean_date import clean_date
from app.analysis.intake.clean_number import clean_money, clean_number
from app.analysis.intake.clean_options import clean_multi, clean_single
from app.analysis.intake.clean_percent import clean_percent
from app.analysis.intake.clean_text import clean_code, clean_text
from app.analysis.intake.clean_yes_no import clean_yes_no
from app.analysis.intake.distinct import Cleaned, Distinct, Issue, Told
from app.domain.instrument import Item, ItemType
from app.domain.sheet import CellKind
from app.domain.words import normal_form

NUMBERS = frozenset({ItemType.NUMBER, ItemType.COUNT, ItemType.MONEY, ItemType.PERCENT})
TEXTS = frozenset({ItemType.TEXT, ItemType.DATE, ItemType.CODE, ItemType.INDUSTRY})

_CLEANERS: Mapping[ItemType, Callable[[Distinct, Item, str, Told], Cleaned]] = {
    ItemType.TEXT: lambda distinct, _item, _unit, _told: clean_text(distinct),
    ItemType.DATE: lambda distinct, _item, _unit, _told: clean_date(distinct),
    ItemType.INDUSTRY: lambda distinct, _item, _unit, _told: clean_text(distinct),
    ItemType.CODE: lambda distinct, _item, _unit, _told: clean_code(distinct),
    ItemType.YES_NO: lambda distinct, item, _unit, _told: clean_yes_no(distinct, item),
    ItemType.SINGLE: lambda distinct, item, _unit, _told: clean_single(distinct, item),
    ItemType.LADDER: lambda distinct, item, _unit, _told: clean_single(distinct, item),
    ItemType.MULTI: lambda distinct, item, _unit, _told: clean_multi(distinct, item),
    ItemType.NUMBER: lambda distinct, item, unit, _told: clean_number(distinct, item, unit),
    ItemType.COUNT: lambda distinct, item, unit, _told: clean_number(distinct, item, unit),
    ItemType.MONEY: lambda distinct, item, unit, told: clean_money(distinct, item, told.unit or unit),
    ItemType.PERCENT: lambda distinct, _item, _unit, told: clean_percent(distinct, told.scale),
}
NOTHING_TOLD = Told()


def clean(distinct: Distinct, item: Item, unit: str = "", told: Told = NOTHING_TOLD) -> Cleaned:
    """Return what each distinct value of a column answers to `item`; `unit` is that of the header or the sheet's note.

    Numbers come as float64 (money in 万元, percentages as fractions), all else as str; missing is NaN or None. Formula
    errors (#REF!) are missing with a finding; a number outside the item's range is kept, with a finding. What people
    decided about the column (`told`) comes before what the program makes of it.
    """
    broken = [index for index, kind in enumerate(distinct.kinds) if kind is CellKind.ERROR]
    if broken:
        gone = set(broken)
        texts = tuple("" if index in gone else text for index, text in enumerate(distinct.texts))
        cleaned = _CLEANERS[item.type](replace(distinct, texts=texts), item, unit, told)
    else:
        cleaned = _CLEANERS[item.type](distinct, item, unit, told)
    if told.answers and item.type not in NUMBERS:
        cleaned = _answered(cleaned, distinct, told.answers)
    issues = (*cleaned.issues, *(Issue(index, "cell.formula_error") for index in broken), *_out_of_range(cleaned, item))
    return replace(cleaned, issues=issues)


def _answered(cleaned: Cleaned, distinct: Distinct, answers: Mapping[str, str]) -> Cleaned:
    """Return the column with the texts that people decided about read as they said, and nothing told or asked of them."""
    keys = [normal_form(text) for text in distinct.texts]
    settled = {index for index, key in enumerate(keys) if key and key in answers}
    values = cleaned.values.astype(object)
    for index in settled:
        values[index] = answers[keys[index]] or None
    return replace(
        cleaned,
        values=values,
        issues=tuple(issue for issue in cleaned.issues if issue.index not in settled),
        doubts=tuple(doubt for doubt in cleaned.doubts if not settled.issuperset(doubt.indices)),
    )


def _out_of_range(cleaned: Cleaned, item: Item) -> list[Issue]:
    if item.type not in NUMBERS or (item.low is None and item.high is None):
        return []
    values = cleaned.values.astype(np.float64)
    low = -np.inf if item.low is None else item.low
    high = np.inf if item.high is None else item.high
    params = (("low", _bound(item.low, item)), ("high", _bound(item.high, item)))
    return [Issue(int(index), "value.range", params) for index in np.flatnonzero((values < low) | (values > high))]


def _bound(value: float | None, item: Item) -> str:
    """Write a limit as the form asks for the answer: a share in percent."""
    if value is None:
        return ""
    return f"{value * 100:.4g}%" if item.type is ItemType.PERCENT else f"{value:,.15g}"
