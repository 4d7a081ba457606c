"""Answers as numbers, computed once per distinct answer and spread over the rows by their codes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.domain.instrument import Item, ItemType

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

UNKNOWN_ANSWER = "unknown"  # 不清楚: an answer, but one that says nothing about the question


def per_answer(column: pd.Series, number: Callable[[str], float]) -> Floats:
    """Return `number(answer)` for each row of a closed or text column, NaN where the cell is blank; shape (n,)."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, answers = column.cat.codes.to_numpy(), column.cat.categories
    else:
        codes, answers = pd.factorize(column)
    table = np.array([*(number(str(answer)) for answer in answers), np.nan], dtype=np.float64)
    spread: Floats = table[codes]  # code −1 (blank) reads the NaN at the end
    return spread


def is_numeric(column: pd.Series) -> bool:
    """Return whether the column holds numbers and not answers."""
    return bool(pd.api.types.is_numeric_dtype(column.dtype))


def finite(column: pd.Series) -> Floats:
    """Return a numeric column as float64 with infinities as NaN; shape (n,)."""
    numbers = column.to_numpy(dtype=np.float64, na_value=np.nan)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def as_number(column: pd.Series, item: Item) -> Floats:
    """Return answers as numbers, NaN where blank or without order; shape (n,).

    Numbers are themselves; a multi-select is the number of options chosen other than the exclusive one; a single
    choice or ladder is the zero-based place of its option.
    """
    if is_numeric(column):
        return finite(column)
    if item.type is ItemType.MULTI:
        return per_answer(column, lambda answer: chosen_count(answer, item))
    places = {option.code: float(place) for place, option in enumerate(item.options)}
    return per_answer(column, lambda answer: places.get(answer, np.nan))


def chosen(answer: str) -> tuple[str, ...]:
    """Return the option codes of a stored multi-select answer."""
    return tuple(code for code in answer.split("|") if code)


def chosen_count(answer: str, item: Item) -> float:
    """Return how many options other than exclusive ones were chosen, NaN when the answer is only "unknown"."""
    exclusive = {option.code for option in item.options if option.exclusive}
    codes = [code for code in chosen(answer) if code != UNKNOWN_ANSWER]
    return float(sum(code not in exclusive for code in codes)) if codes else np.nan
