"""Cleaned columns as the frames of Responses: value and original of each item, spread over the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.intake.clean import NUMBERS, TEXTS
from app.analysis.intake.distinct import Cleaned, Distinct, is_blank
from app.domain.instrument import Item, ItemType

_SMALL = 64  # categories up to which a type is kept for the next sheet
YES_NO = ("yes", "no", "planned", "unknown", "na")


def value_column(cleaned: Cleaned, distinct: Distinct, item: Item) -> Any:
    """Return the values of an item over the rows: float64, `str`, or a categorical over the item's answers; shape (n,)."""
    if item.type in NUMBERS:
        return cleaned.values[distinct.inverse]
    if item.type in TEXTS:
        return text_array(cleaned.values.astype(object)[distinct.inverse])
    answers = answer_codes(item, cleaned.values)
    place = {answer: code for code, answer in enumerate(answers)}
    codes = np.array([place.get(value, -1) for value in cleaned.values], dtype=np.int32)
    return categorical(codes[distinct.inverse], answers)


def original_column(distinct: Distinct) -> pd.Categorical:
    """Return the texts as received over the rows, NaN where the cell was blank; shape (n,)."""
    shown = [not is_blank(text) for text in distinct.texts]
    place = dict.fromkeys(compress(distinct.texts, shown))
    codes = np.full(len(distinct), -1, dtype=np.int32)
    if len(place) == sum(shown):
        codes[shown] = np.arange(len(place), dtype=np.int32)
    else:  # a number and a text that look alike
        numbers = {text: number for number, text in enumerate(place)}
        codes[shown] = [numbers[text] for text in compress(distinct.texts, shown)]
    return categorical(codes[distinct.inverse], tuple(place))


def answer_codes(item: Item, values: npt.NDArray[Any] | None = None) -> tuple[str, ...]:
    """Return the categories of a closed item: all its answers in order, or the combinations of a multi-select that occur."""
    if item.type is ItemType.YES_NO:
        return YES_NO
    if item.type is not ItemType.MULTI:
        return tuple(option.code for option in item.options)
    return () if values is None else tuple(sorted({value for value in values if value}))


def blank_values(item: Item, rows: int) -> Any:
    """Return the values of an item that a form did not ask: all missing; shape (rows,)."""
    if item.type in NUMBERS:
        return np.full(rows, np.nan)
    if item.type in TEXTS:
        return text_array(np.full(rows, None, dtype=object))
    return categorical(np.full(rows, -1, dtype=np.int32), answer_codes(item))


def blank_originals(rows: int) -> pd.Categorical:
    """Return the originals of an item that a form did not ask; shape (rows,)."""
    return categorical(np.full(rows, -1, dtype=np.int32), ())


def categorical(codes: npt.NDArray[np.int32], categories: Sequence[str]) -> pd.Categorical:
    """Return a categorical of texts from codes (−1 missing)."""
    dtype = _small_dtype(tuple(categories)) if len(categories) <= _SMALL else _dtype(tuple(categories))
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)


def _dtype(categories: tuple[str, ...]) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(pd.Index(list(categories), dtype="str"))


_small_dtype = lru_cache(maxsize=4096)(_dtype)  # most columns of most sheets have the same few answers


def text_categorical(texts: npt.NDArray[np.object_]) -> pd.Categorical:
    """Return a categorical of the texts of an object array, categories sorted; "" is a text like any other."""
    codes, categories = pd.factorize(texts, sort=True)
    return categorical(codes.astype(np.int32), categories)


def text_array(texts: npt.NDArray[np.object_]) -> Any:
    """Return an object array of str and None as a `str` array, None as NaN."""
    return pd.array(texts, dtype="str")


def frame(columns: Mapping[str, Any], rows: int) -> pd.DataFrame:
    """Return a frame of ready columns over rows 0 … rows−1."""
    return pd.DataFrame(dict(columns), index=pd.RangeIndex(rows), copy=False)


def stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return frames of equal columns one under another, categories joined, rows numbered from 0."""
    columns: dict[str, Any] = {}
    for name in frames[0].columns:
        parts = [part[name].array for part in frames]
        if isinstance(parts[0], pd.Categorical):
            columns[name] = _joined(parts)
        elif isinstance(parts[0].dtype, pd.StringDtype):
            columns[name] = text_array(np.concatenate([part.to_numpy(dtype=object) for part in parts]))
        else:
            columns[name] = np.concatenate([part.to_numpy() for part in parts])
    return frame(columns, sum(map(len, frames)))


def _joined(parts: Sequence[pd.Categorical]) -> pd.Categorical:
    """Return categoricals one after another over the union of their categories, in order of first appearance."""
    first = parts[0].categories
    if all(part.categories is first or part.categories.equals(first) for part in parts):
        return categorical(np.concatenate([part.codes.astype(np.int32) for part in parts]), first)
    place: dict[str, int] = {}
    codes = []
    for part in parts:
        table = [place.setdefault(text, len(place)) for text in part.categories]
        codes.append(np.array([*table, -1], dtype=np.int32)[part.codes])
    return categorical(np.concatenate(codes), tuple(place))
