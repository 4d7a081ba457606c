"""What one answer earns: 0–1, nothing yet (blank), or not applicable."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import UNKNOWN_ANSWER, Bools, Floats, as_number, chosen, is_numeric, per_answer
from app.analysis.conditions import evaluate, items_of
from app.domain.condition import Condition
from app.domain.instrument import Instrument, Item, ItemType
from app.domain.responses import Responses
from app.domain.rubric import ItemScore

NOT_APPLICABLE = -1.0  # beside the range 0–1, so that one table of distinct answers carries all three outcomes


@dataclass(frozen=True, slots=True)
class Asked:
    """The responses to score: their rows in the frames of `responses`, and the questions they answered."""

    responses: Responses
    instrument: Instrument
    rows: npt.NDArray[np.intp]

    def column(self, item: str) -> pd.Series | None:
        """Return the answers to `item` in `rows`, or None when no form asked it."""
        values = self.responses.values
        return self._taken(values[item]) if item in values else None

    def firm_column(self, name: str) -> pd.Series:
        """Return a column of the firms frame in `rows`."""
        return self._taken(self.responses.firms[name])

    def holds(self, condition: Condition, pillars: pd.DataFrame | None = None) -> Floats:
        """Return where a condition holds in `rows`: 1.0, 0.0, or NaN for unknown."""
        columns = {code: self.column(code) for code in items_of(condition)}
        answers = {code: column.array for code, column in columns.items() if column is not None}
        return evaluate(condition, pd.DataFrame(answers, index=range(len(self.rows))), self.instrument, pillars)

    def _taken(self, column: pd.Series) -> pd.Series:
        return column if len(self.rows) == len(column) else column.take(self.rows)


def item_scores(asked: Asked, score: ItemScore) -> tuple[Floats, Bools]:
    """Return the 0–1 score of one item (NaN: not answered) and whether it applies, each of shape (n,).

    It applies only where `score.applies` surely holds, the item's `sections` include the firm's sector, and the answer
    has a points key (不适用 has none). Where the sector is unknown, a sector's question applies to those who answered it.
    """
    item = asked.instrument.item(score.item)
    column = asked.column(score.item)
    points = np.full(len(asked.rows), np.nan) if column is None else points_of(column, item, score)
    applies = points != NOT_APPLICABLE
    if item.sections:
        inside = per_answer(asked.firm_column("sector"), _membership(item.sections))
        applies &= (inside == 1.0) | (np.isnan(inside) & ~np.isnan(points))
    if score.applies is not None:
        applies &= asked.holds(score.applies) == 1.0
    return np.where(applies, points, np.nan), applies


def points_of(column: pd.Series, item: Item, score: ItemScore) -> Floats:
    """Return points 0–1, NaN for blank and "unknown" answers, NOT_APPLICABLE for answers without points; shape (n,).

    Raises ValueError for an unknown kind of score.
    """
    if score.kind == "options":
        return _option_points(column, item, dict(score.points))
    if score.kind == "count":
        return np.clip(as_number(column, item) / score.high, 0.0, 1.0)
    if score.kind == "goalposts":
        return _between(as_number(column, item), score.low, score.high)
    if score.kind == "steps":
        return _step(as_number(column, item), score.steps)
    raise ValueError(f"unknown kind of score: {score.kind!r}")


def _membership(sections: tuple[str, ...]) -> Callable[[str], float]:
    return lambda sector: float(sector in sections) if sector else np.nan


def _between(numbers: Floats, low: float, high: float) -> Floats:
    """Return (x − low) / (high − low) clipped to 0–1; low above high scores downwards; equal posts are a threshold."""
    if low == high:
        return np.where(np.isnan(numbers), np.nan, (numbers >= high).astype(np.float64))
    return np.clip((numbers - low) / (high - low), 0.0, 1.0)


def _step(numbers: Floats, steps: tuple[tuple[float, float], ...]) -> Floats:
    """Return the points of the first step whose upper bound is not below the number; beyond the last, the last's."""
    bounds, points = np.array([bound for bound, _ in steps]), np.array([earned for _, earned in steps])
    place = np.minimum(np.searchsorted(bounds, numbers, side="left"), len(steps) - 1)
    return np.where(np.isnan(numbers), np.nan, points[place])


def _option_points(column: pd.Series, item: Item, points: dict[str, float]) -> Floats:
    """Return points by option; the options of a multi-select add up to at most 1."""
    if is_numeric(column):
        raise ValueError(f"item {item.code} holds numbers and cannot score by option")

    def earned(answer: str) -> float:
        codes = chosen(answer) if item.type is ItemType.MULTI else (answer,)
        known = [points[code] for code in codes if code in points]
        if not known:
            return np.nan if codes == (UNKNOWN_ANSWER,) else NOT_APPLICABLE
        return min(1.0, max(0.0, sum(known)))

    return per_answer(column, earned)
