"""What one answer earns: 0–1, nothing yet (blank), or not applicable."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import UNKNOWN_ANSWER, Floats, as_number, chosen, is_numeric, per_answer
from app.analysis.index.columns import Reader, Slice, reader_of
from app.analysis.index.rules import Bench, Judge
from app.domain.instrument import Instrument, Item, ItemType
from app.domain.responses import Responses
from app.domain.rubric import ItemScore, Rubric

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

    def bench(self) -> Bench:
        """Return what makes judges of conditions over these answers."""
        return Bench(self.column, self.instrument)

    def _taken(self, column: pd.Series) -> pd.Series:
        return column if len(self.rows) == len(column) else column.take(self.rows)


@dataclass(frozen=True, slots=True)
class Earned:
    """What one item earned in a slice of rows: 0–1, NaN where blank, NOT_APPLICABLE where it drops out; shape (n,).

    `perhaps` (None: nowhere) holds the same for rows where an answer that decides whether the question applies was itself
    left blank, NOT_APPLICABLE elsewhere; there `points` is NOT_APPLICABLE.
    """

    points: Floats
    perhaps: Floats | None = None


@dataclass(frozen=True, slots=True)
class Marker:
    """One scored item, ready to mark any slice of rows. `worst` and `best` are the least and most an answer can earn."""

    score: ItemScore
    points: Reader
    inside: Reader | None
    applies: Judge | None
    worst: float
    best: float

    def mark(self, rows: Slice) -> Earned:
        """Return what the item earned in these rows.

        It applies only where `score.applies` surely holds, the item's `sections` include the firm's sector, and the answer
        has a points key (不适用 has none). Where the sector is unknown, a sector's question applies to those who answered it.
        """
        points = self.points(rows)
        if self.inside is not None:
            inside = rows.read(self.inside)
            points = np.where((inside == 1.0) | (np.isnan(inside) & ~np.isnan(points)), points, NOT_APPLICABLE)
        if self.applies is None:
            return Earned(points)
        holds = self.applies.holds(rows, {})
        unknown = np.isnan(holds)
        perhaps = np.where(unknown, points, NOT_APPLICABLE) if unknown.any() else None
        return Earned(np.where(holds == 1.0, points, NOT_APPLICABLE), perhaps)


def markers(asked: Asked, rubric: Rubric, bench: Bench) -> tuple[Marker, ...]:
    """Return a marker for each score of the rubric, in its order."""
    memberships: dict[tuple[str, ...], Reader] = {}
    made = []
    for score in rubric.scores:
        item = asked.instrument.item(score.item)
        if item.sections and item.sections not in memberships:
            memberships[item.sections] = reader_of(asked.firm_column("sector"), partial(_inside, item.sections))
        made.append(
            Marker(
                score,
                reader_of(asked.column(score.item), partial(points_of, item=item, score=score)),
                memberships.get(item.sections),
                bench.judge(score.applies) if score.applies is not None else None,
                *worst_and_best(item, score),
            )
        )
    return tuple(made)


def worst_and_best(item: Item, score: ItemScore) -> tuple[float, float]:
    """Return the least and the most points 0–1 that an answer to the item can earn, within the item's range where it has one."""
    if score.kind == "options":
        points = [earned for _, earned in score.points]
        top = sum(earned for earned in points if earned > 0) if item.type is ItemType.MULTI else max(points)
        return max(0.0, min(points)), min(1.0, top)
    if score.kind == "count":
        return 0.0, min(1.0, _most(item) / score.high)
    if score.kind == "steps":
        points = [earned for _, earned in score.steps]
        return min(points), max(points)
    ends = np.array([-np.inf if item.low is None else item.low, np.inf if item.high is None else item.high])
    reached = _between(ends, score.low, score.high)
    return float(reached.min()), float(reached.max())


def _most(item: Item) -> float:
    """Return the largest number `as_number` can give for the item."""
    if item.type is ItemType.MULTI:
        return float(sum(not option.exclusive for option in item.options))
    return float(len(item.options) - 1) if item.options else np.inf


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


def _inside(sections: tuple[str, ...], sectors: pd.Series) -> Floats:
    return per_answer(sectors, lambda sector: float(sector in sections) if sector else np.nan)


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
