"""Answers as they may leave without a name: options by their code, numbers in broad bands, and no text of anybody's own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from app.domain.instrument import Instrument, Item, ItemType, Role
from app.domain.rubric import Rubric

_CLOSED = (ItemType.YES_NO, ItemType.SINGLE, ItemType.LADDER, ItemType.MULTI)
_YES_NO = ("yes", "no", "planned", "unknown", "na")
_COUNTS = (0.0, 5.0, 10.0, 50.0, 100.0)
_MONEY = (0.0, 10.0, 50.0, 100.0, 500.0)
_SHARES = (0.0, 0.1, 0.25, 0.5, 0.75)
_CUTS = {ItemType.COUNT: _COUNTS, ItemType.NUMBER: _COUNTS, ItemType.MONEY: _MONEY, ItemType.PERCENT: _SHARES}
_SCORES = tuple(range(10, 100, 10))


def kept_items(instrument: Instrument, rubric: Rubric) -> tuple[Item, ...]:
    """Return the questions whose answers may leave: those on AI itself.

    Who a firm is (name, code, contacts, ownership, certificates that are published by name) and texts and days stay.
    """
    return tuple(
        item
        for item in instrument.items
        if (item.pillar or item.code == rubric.ladder_item)
        and item.role in (None, Role.LEVEL)
        and (item.type in _CLOSED or item.type in _CUTS)
    )


def answer_texts(item: Item, values: pd.Series) -> list[str]:
    """Return answers as texts, "" where missing or where an answer is none of the item's own."""
    if item.type in _CUTS:
        return banded(values, _CUTS[item.type])
    known = set(_YES_NO) if item.type is ItemType.YES_NO else {option.code for option in item.options}
    codes, distinct = pd.factorize(values)
    texts = [_known(str(text), known, item.type is ItemType.MULTI) for text in distinct]
    return [texts[code] if code >= 0 else "" for code in codes.tolist()]


def score_texts(values: pd.Series) -> list[str]:
    """Return scores 0–100 in bands of ten."""
    return banded(values, _SCORES)


def banded(values: pd.Series, cuts: Sequence[float]) -> list[str]:
    """Return numbers as bands: `0` where the first cut is 0 and the number is, `[low,high)`, and `≥last`; "" where missing."""
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    names = _names(cuts)
    place = np.searchsorted(np.asarray(cuts, dtype=np.float64), numbers, side="right")
    if cuts[0] == 0:
        place = np.where(numbers <= 0, 0, np.where(place == 0, 1, place))
    return ["" if missing else names[at] for at, missing in zip(place.tolist(), np.isnan(numbers).tolist(), strict=True)]


def _names(cuts: Sequence[float]) -> list[str]:
    first = "0" if cuts[0] == 0 else f"[0,{cuts[0]:g})"
    inner = [f"[{low:g},{high:g})" for low, high in pairwise(cuts)]
    if cuts[0] == 0:
        inner[0] = f"(0,{cuts[1]:g})"
    return [first, *inner, f"≥{cuts[-1]:g}"]


def _known(text: str, known: set[str], several: bool) -> str:
    parts = text.split("|") if several else [text]
    return "|".join(part for part in parts if part in known)
