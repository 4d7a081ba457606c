"""Whether a condition holds for each response, in Kleene's three-valued logic: a blank is unknown and never "no".

Kleene, S. C. (1938), "On notation for ordinal numbers", J. Symbolic Logic 3: any/all/count are decided as soon as the
known parts decide them, whatever the unknown parts may turn out to be.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence

import numpy as np
import pandas as pd

from app.analysis.answers import UNKNOWN_ANSWER, Floats, as_number, chosen, is_numeric, per_answer
from app.domain.condition import Condition
from app.domain.instrument import Instrument, Item, ItemType


def evaluate(
    condition: Condition,
    values: pd.DataFrame,
    instrument: Instrument,
    pillars: pd.DataFrame | None = None,
    known: MutableMapping[Condition, Floats] | None = None,
) -> Floats:
    """Return 1.0 (true), 0.0 (false) or NaN (unknown) for each row of `values`; shape (n,).

    `pillars` holds the columns `p_<pillar>` (0–100) in the same rows; without it a pillar condition is unknown. An item
    that the form did not ask is unknown; so is the answer "unknown" unless `includes` names it. "na" is not "yes", hence
    false unless named. With neither `includes` nor `at_least` any answer will do; a multi-select with both counts only
    the options in `includes`. `known` remembers answer conditions over the same rows, for many conditions that share them.
    Raises ValueError for an unknown kind.
    """
    if condition.kind == "answer":
        if known is None:
            return _answer(condition, values, instrument)
        if condition not in known:
            known[condition] = _answer(condition, values, instrument)
        return known[condition]
    if condition.kind == "pillar":
        return _pillar(condition, len(values), pillars)
    parts = [evaluate(part, values, instrument, pillars, known) for part in condition.parts]
    return at_least(needed(condition), parts, len(values))


def items_of(condition: Condition) -> tuple[str, ...]:
    """Return the codes of the items a condition asks about, each once, in order."""
    return tuple(dict.fromkeys(leaf.item for leaf in leaves_of(condition)))


def leaves_of(condition: Condition) -> Iterator[Condition]:
    """Yield the conditions on one answer that a condition is made of, in order."""
    if condition.kind == "answer":
        yield condition
    for part in condition.parts:
        yield from leaves_of(part)


def needed(condition: Condition) -> float:
    """Return how many parts must hold: any = 1, all = every one, count = `at_least`; ValueError for an unknown kind."""
    if condition.kind == "any":
        return 1.0
    if condition.kind == "all":
        return float(len(condition.parts))
    if condition.kind == "count":
        return 1.0 if condition.at_least is None else condition.at_least
    raise ValueError(f"unknown kind of condition: {condition.kind!r}")


def at_least(needed: float, parts: Sequence[Floats], n: int) -> Floats:
    """Return 1.0 where `needed` parts surely hold, 0.0 where they cannot, NaN between; shape (n,)."""
    true = np.zeros(n)
    possible = np.zeros(n)
    for part in parts:
        true += part == 1.0
        possible += part != 0.0  # NaN may yet be true
    return np.where(true >= needed, 1.0, np.where(possible < needed, 0.0, np.nan))


def _pillar(condition: Condition, n: int, pillars: pd.DataFrame | None) -> Floats:
    column = f"p_{condition.item}"
    if pillars is None or column not in pillars:
        return np.full(n, np.nan)
    return not_below(pillars[column].to_numpy(dtype=np.float64), condition.at_least or 0.0)


def _answer(condition: Condition, values: pd.DataFrame, instrument: Instrument) -> Floats:
    if condition.item not in values:
        return np.full(len(values), np.nan)
    column, item = values[condition.item], instrument.item(condition.item)
    if condition.includes and not is_numeric(column):
        return per_answer(column, lambda answer: _included(answer, condition, item))
    if condition.at_least is not None:
        return not_below(as_number(column, item), condition.at_least)
    return np.where(column.isna().to_numpy(), np.nan, 1.0)


def _included(answer: str, condition: Condition, item: Item) -> float:
    codes = chosen(answer) if item.type is ItemType.MULTI else (answer,)
    hits = sum(code in condition.includes for code in codes)
    if not hits and codes == (UNKNOWN_ANSWER,):
        return np.nan
    return float(hits >= (condition.at_least or 1.0))


def not_below(numbers: Floats, bound: float) -> Floats:
    """Return 1.0 where the number reaches the bound, 0.0 where not, NaN where it is missing; shape (n,)."""
    return np.where(np.isnan(numbers), np.nan, (numbers >= bound).astype(np.float64))
