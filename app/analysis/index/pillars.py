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
    earned = [item.mark(rows) for item in items]
    sums = _added(items, [one.points for one in earned], len(rows))
    perhaps = [(item, one.perhaps) for item, one in zip(items, earned, strict=True) if one.perhaps is not None]
    score = np.where(enough(sums.answered, sums.applicable, minimum), ratio(sums.points, sums.weight), np.nan)
    worst, best = _bounds(sums, perhaps)
    hundred = [np.round(100 * value, ROUNDED) for value in (score, worst, best)]
    return PillarPart(hundred[0], sums.applicable, sums.answered, hundred[1], hundred[2], sums.weight + sums.blank > 0)


def enough(answered: Floats, applicable: Floats, minimum: float) -> Bools:
    """Return where the share answered reaches the minimum (13 of 20 reaches 0.65 whatever its last bit)."""
    return (applicable > 0) & (answered + 1e-9 >= minimum * applicable)


def _added(items: Sequence[Marker], points: Sequence[Floats], n: int) -> _Sums:
    """Return the sums over the items. Answers are counted by the weight of their item, in small whole numbers: cheap to add."""
    weights = list(dict.fromkeys(item.score.weight for item in items))
    given, blank = np.zeros((len(weights), n), dtype=np.int16), np.zeros((len(weights), n), dtype=np.int16)
    total, low, missed = np.zeros(n), np.zeros(n), np.zeros(n)
    for item, own in zip(items, points, strict=True):
        weight, place = item.score.weight, weights.index(item.score.weight)
        earned = np.fmax(own, 0.0)
        np.add(total, np.multiply(earned, weight, out=earned), out=total)
        np.add(given[place], own >= 0.0, out=given[place])
        empty = np.isnan(own)
        if empty.any():
            np.add(blank[place], empty, out=blank[place])
            _add_ends(item, empty, low, missed)
    answered, blanks = given.sum(axis=0, dtype=np.float64), blank.sum(axis=0, dtype=np.float64)
    scale = np.array(weights, dtype=np.float64)
    weight_given, weight_blank = scale @ given.astype(np.float64), scale @ blank.astype(np.float64)
    return _Sums(total, weight_given, weight_blank, low, weight_blank - missed, answered + blanks, answered)


def _add_ends(item: Marker, empty: Bools, low: Floats, missed: Floats) -> None:
    """Add to `low` what the worst answer earns all the same, and to `missed` what the best one falls short of 1, in place."""
    if item.worst:
        np.add(low, item.score.weight * item.worst, out=low, where=empty)
    if item.best != 1.0:
        np.add(missed, item.score.weight * (1.0 - item.best), out=missed, where=empty)


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
