"""One pillar in a slice of rows: its score, and between which scores the answers left blank would have put it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.answers import Bools, Floats
from app.analysis.index.aggregate import ROUNDED, least_mean, most_mean, ratio
from app.analysis.index.columns import Slice
from app.analysis.index.items import NOT_APPLICABLE, Marker


@dataclass(frozen=True, slots=True)
class PillarPart:
    """A pillar in a slice, each of shape (n,): `score` 0–100 (NaN: too few answers), how many of its items apply and were
    answered, and `worst` and `best` (NaN: no item concerns the firm). `sure` is where an item surely concerns the firm."""

    score: Floats
    applicable: Floats
    answered: Floats
    worst: Floats
    best: Floats
    sure: Bools


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the sure items of a pillar add up to, each of shape (n,): earned points, weights answered and blank, and the least
    and most points the blanks could have earned."""

    points: Floats
    weight: Floats
    blank: Floats
    low: Floats
    high: Floats
    applicable: Floats
    answered: Floats


def pillar_part(items: Sequence[Marker], rows: Slice, minimum: float) -> PillarPart:
    """Return the pillar that `items` make up; `minimum` is the share of applicable items that must be answered for a score.

    `worst` and `best` hold whatever the blanks would have said. They are reached when every blank applicable item had been
    answered worst or best; where the answer that decides whether a question applies is itself blank, that question counts in
    them if it makes them worse or better.
    """
    sums = _Sums(*np.zeros((7, len(rows))))
    perhaps: list[tuple[Marker, Floats]] = []
    for item in items:
        earned = item.mark(rows)
        _add(sums, item, earned.points)
        if earned.perhaps is not None:
            perhaps.append((item, earned.perhaps))
    score = np.where(enough(sums.answered, sums.applicable, minimum), ratio(sums.points, sums.weight), np.nan)
    worst, best = _bounds(sums, perhaps)
    hundred = [np.round(100 * value, ROUNDED) for value in (score, worst, best)]
    return PillarPart(hundred[0], sums.applicable, sums.answered, hundred[1], hundred[2], sums.weight + sums.blank > 0)


def enough(answered: Floats, applicable: Floats, minimum: float) -> Bools:
    """Return where the share answered reaches the minimum (13 of 20 reaches 0.65 whatever its last bit)."""
    return (applicable > 0) & (answered + 1e-9 >= minimum * applicable)


def _add(sums: _Sums, item: Marker, points: Floats) -> None:
    """Add what one item earned to the sums, in place: this runs for every item over every slice."""
    weight = item.score.weight
    given, blank = points >= 0.0, np.isnan(points)
    np.add(sums.points, weight * np.fmax(points, 0.0), out=sums.points)
    for total, where, each in ((sums.weight, given, weight), (sums.answered, given, 1.0), (sums.applicable, given, 1.0)):
        np.add(total, each * where, out=total)
    if not blank.any():
        return
    worst, best = weight * item.worst, weight * item.best
    for total, each in ((sums.blank, weight), (sums.applicable, 1.0), (sums.low, worst), (sums.high, best)):
        np.add(total, each * blank, out=total)


def _bounds(sums: _Sums, perhaps: Sequence[tuple[Marker, Floats]]) -> tuple[Floats, Floats]:
    total = sums.weight + sums.blank
    worst, best = ratio(sums.points + sums.low, total), ratio(sums.points + sums.high, total)
    if not perhaps:
        return worst, best
    values = np.array([value for _, value in perhaps])
    unsure = np.flatnonzero((values != NOT_APPLICABLE).any(axis=0))
    values, there = values[:, unsure], values[:, unsure] != NOT_APPLICABLE
    weights = np.array([[item.score.weight] for item, _ in perhaps])
    low = np.where(np.isnan(values), np.array([[item.worst] for item, _ in perhaps]), values)
    high = np.where(np.isnan(values), np.array([[item.best] for item, _ in perhaps]), values)
    points, total = sums.points[unsure], total[unsure]
    worst[unsure] = least_mean(points + sums.low[unsure], total, low, weights, there)
    best[unsure] = most_mean(points + sums.high[unsure], total, high, weights, there)
    return worst, best
