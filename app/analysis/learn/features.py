"""The table a classifier learns from: a few plain facts of each firm, blanks kept as blanks."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Bools, chosen, finite, is_numeric, per_answer
from app.domain.instrument import Instrument, Item, ItemType, Role
from app.domain.responses import Responses
from app.domain.rubric import Rubric

_FIRM_FACTS = ("sector", "division", "size", "township")
_DEFAULT = ("sector", "size", "employees", "revenue", "assets")
_CLOSED = (ItemType.YES_NO, ItemType.SINGLE, ItemType.LADDER)


@dataclass(frozen=True, slots=True)
class Features:
    """`frame`: one row a firm; `closed` columns are categories of answers ("" blank), `numeric` float64 (NaN blank), `flags` 0/1.

    `known` says for which firms at least one predictor is not blank.
    """

    frame: pd.DataFrame
    closed: tuple[str, ...]
    numeric: tuple[str, ...]
    flags: tuple[str, ...]
    known: Bools


@dataclass(slots=True)
class _Columns:
    closed: dict[str, pd.Categorical] = field(default_factory=dict)
    numeric: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)
    flags: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)


def make_features(positions: npt.NDArray[np.int64], responses: Responses, instrument: Instrument, rubric: Rubric) -> Features:
    """Return the predictors of the responses at `positions`, in that order.

    `rubric.predictors` names facts of the firm (sector, division, size, township), items, or roles (employees, …); empty
    means sector, size and the money and people of the firm. The item that *is* the level can never predict it. Amounts
    become log(1 + |x|) with their sign, plus a flag for a blank; a multi-select becomes a flag an option.
    """
    columns = _Columns()
    for name in dict.fromkeys(rubric.predictors or _DEFAULT):
        if name in _FIRM_FACTS:
            _add_closed(columns, name, responses.firms[name].take(positions))
        elif (item := _item(name, instrument)) and item.code in responses.values and item.code != rubric.ladder_item:
            _add_item(columns, item, responses.values[item.code].take(positions))
    parts = {**columns.closed, **columns.numeric, **columns.flags}
    return Features(
        frame=pd.DataFrame(parts, index=range(len(positions))),
        closed=tuple(columns.closed),
        numeric=tuple(columns.numeric),
        flags=tuple(columns.flags),
        known=_known(columns, len(positions)),
    )


def _item(name: str, instrument: Instrument) -> Item | None:
    """Return the item with this code, else the item that plays the role of this name, else None."""
    by_code = next((item for item in instrument.items if item.code == name), None)
    return by_code or (instrument.with_role(Role(name)) if name in tuple(Role) else None)


def _add_item(columns: _Columns, item: Item, answers: pd.Series) -> None:
    if is_numeric(answers):
        numbers = finite(answers)
        columns.numeric[item.code] = np.sign(numbers) * np.log1p(np.abs(numbers))
        columns.flags[f"{item.code}|blank"] = np.isnan(numbers).astype(np.float64)
    elif item.type is ItemType.MULTI:
        for option in item.options:
            hit = per_answer(answers, lambda answer, code=option.code: float(code in chosen(answer)))  # type: ignore[misc]
            columns.flags[f"{item.code}|{option.code}"] = np.nan_to_num(hit)
        columns.flags[f"{item.code}|blank"] = answers.isna().to_numpy().astype(np.float64)
    elif item.type in _CLOSED:
        _add_closed(columns, item.code, answers)


def _add_closed(columns: _Columns, name: str, answers: pd.Series) -> None:
    codes, given = _coded(answers)
    texts = ["", *(str(answer) for answer in given)]
    kept = pd.Index(texts).drop_duplicates()  # where "" is an answer of its own it is a blank as well
    columns.closed[name] = pd.Categorical.from_codes(kept.get_indexer(texts)[codes + 1], categories=kept)


def _coded(answers: pd.Series) -> tuple[npt.NDArray[np.int64], pd.Index]:
    """Return the place of each answer among the distinct ones, −1 for a blank."""
    if isinstance(answers.dtype, pd.CategoricalDtype):
        return answers.cat.codes.to_numpy().astype(np.int64), answers.cat.categories
    codes, given = pd.factorize(answers)
    return codes.astype(np.int64), pd.Index(given)


def _known(columns: _Columns, n: int) -> Bools:
    known = np.zeros(n, dtype=np.bool_)
    for answers in columns.closed.values():
        known |= answers.codes != 0
    for numbers in columns.numeric.values():
        known |= ~np.isnan(numbers)
    for name, flag in columns.flags.items():
        if name.endswith("|blank"):
            known |= flag == 0.0
    return known
