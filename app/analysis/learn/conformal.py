"""Sets of levels that hold the true one in nine firms of ten, for each level by itself (Mondrian conformal prediction).

Score of a level: the larger of the chances of standing below it and above it; levels within any one bound lie next to each other.
One bound a level, from firms assessed at it: Vovk, V., Gammerman, A. & Shafer, G. (2005), Algorithmic Learning in a Random
World, §4.5 (Mondrian). Chances out of fold: Vovk, V. (2015), "Cross-conformal predictors", Annals of Mathematics and AI 74.
Ordered levels: Lu, C., Angelopoulos, A. & Pomerantz, S. (2022), "Improving trustworthiness of AI disease severity rating with
ordinal conformal prediction sets", MICCAI.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from app.domain.learning import ConformalReport

LEAST = 100  # calibration firms: with 30, one draw in twelve covered under 85 % (measured)
TOO_FEW = "visits.conformal.too_few"
_TIE = 1e-9  # under any difference of chances that means something

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The largest score at which each level stays in a set, lowest level first; None: too few firms of it ever to leave it out.

    `alpha` is the share of firms whose set may miss their level, `n` the calibration firms; `reason` a text key where they
    were too few for any set (all thresholds are then None, and every set holds all levels), else "".
    """

    quantiles: tuple[float | None, ...]
    alpha: float
    n: int
    reason: str = ""

    @property
    def bounds(self) -> Floats:
        """The quantiles as numbers, infinite for None; shape (k,)."""
        return np.array([np.inf if bound is None else bound for bound in self.quantiles], dtype=np.float64)


def tie_breaks(keys: tuple[str, ...], seed: int) -> Floats:
    """Return a number in [0, 1) for each firm from its key, the same in any order of firms; shape (n,).

    A model with few distinct answers gives many firms the same chances; a bound that falls on them would take in all or none.
    """
    salt = seed.to_bytes(8, "big", signed=True)
    digests = [blake2b(key.encode(), digest_size=8, salt=salt).digest() for key in keys]
    return np.array([int.from_bytes(digest, "big") / 2**64 for digest in digests], dtype=np.float64)


def thresholds(chances: Floats, levels: Ints, alpha: float = 0.1, ties: Floats | None = None) -> Thresholds:
    """Return the bound of each level from firms with an assessed level.

    `chances` (n, k) are out of fold, rows of NaN are left aside; `levels` (n,) places 0 … k − 1, negative where not assessed;
    `ties` (n,) from `tie_breaks`. The bound is the (1 − alpha)(n + 1)-th smallest score among the n firms of the level, between
    two scores by interpolation, so that on average the stated share is covered and not more (Hyndman & Fan 1996, definition 6).
    """
    chances, levels, ties = _usable(chances, levels, ties)
    n, k = chances.shape
    if n < LEAST:
        return Thresholds((None,) * k, alpha, n, TOO_FEW)
    free = _place(np.bincount(levels, minlength=k), alpha) > np.bincount(levels, minlength=k)
    scores = _scores(chances, free, ties)
    bounds = (_order(np.sort(scores[levels == level, level]), alpha) for level in range(k))
    return Thresholds(tuple(None if out else bound for out, bound in zip(free, bounds, strict=True)), alpha, n)


def conformal_sets(chances: Floats, thresholds: Thresholds, ties: Floats | None = None) -> tuple[Ints, Ints]:
    """Return the lowest and the highest place in the set of each firm; each of shape (n,).

    Levels between two that are in the set belong to it. No set is empty: it then holds the likeliest level. A firm without
    chances (NaN) may stand anywhere: 0 … k − 1. More than one level in the set means that the model abstains.
    """
    bounds = thresholds.bounds
    return _ends(chances, _scores(chances, np.isinf(bounds), ties) <= bounds)


def conformal_report(
    chances: Floats, levels: Ints, codes: tuple[str, ...], alpha: float = 0.1, ties: Floats | None = None
) -> ConformalReport | None:
    """Return how often sets held the assessed level, each firm tested against bounds that its own score did not shape.

    `codes` name the k levels; arguments otherwise as in `thresholds`. None below LEAST calibration firms (say TOO_FEW).
    """
    bounds = thresholds(chances, levels, alpha, ties)
    if bounds.reason:
        return None
    chances, levels, ties = _usable(chances, levels, ties)
    scores = _scores(chances, np.isinf(bounds.bounds), ties)
    low, high = _ends(chances, scores <= _bounds_without_own(scores, levels, bounds))
    held = (low <= levels) & (levels <= high)
    own = [held[levels == level] for level in range(len(codes))]
    return ConformalReport(
        target=1 - alpha,
        n=len(levels),
        coverage=float(held.mean()),
        coverage_by_level=tuple((code, float(h.mean()) if len(h) else None, len(h)) for code, h in zip(codes, own, strict=True)),
        mean_size=float((high - low + 1).mean()),
        single=float((high == low).mean()),
        thresholds=tuple(zip(codes, bounds.quantiles, strict=True)),
    )


def _usable(chances: Floats, levels: Ints, ties: Floats | None) -> tuple[Floats, Ints, Floats | None]:
    kept = np.isfinite(chances).all(axis=1) & (levels >= 0)
    return chances[kept], levels[kept], None if ties is None else ties[kept]


def _scores(chances: Floats, free: Bools, ties: Floats | None) -> Floats:
    """Return the score of each level, (n, k): max(P(below), P(above)), which falls and then rises along the levels.

    Where a level is `free` (in every set), sets reach to it, and another level is only ever left out from its far side: the
    score looks at that tail alone. Both tails would bound the near side in vain, and cover 95 % for 90 % (measured).
    """
    place, always = np.arange(len(free)), np.flatnonzero(free)
    first, last = (always[0], always[-1]) if len(always) else (len(free), -1)
    upto = np.cumsum(chances, axis=1)
    below, above = (upto - chances) * (place > last), (upto[:, -1:] - upto) * (place < first)
    noise = 0.0 if ties is None else _TIE * ties[:, None]
    scores: Floats = np.maximum(below, above) + noise
    return scores


def _place(n: Ints, alpha: float) -> Floats:
    """Return the one-based place of the bound among n scores; past n there is none."""
    place: Floats = np.round((1 - alpha) * (n + 1), 9)  # 0.9 · 10 must be 9, not 9.000000000000002
    return place


def _order(ordered: Floats, alpha: float) -> float:
    """Return the bound among scores in order, interpolated between two places, NaN where there is no score."""
    n = len(ordered)
    return float(np.interp(_place(np.array(n), alpha), np.arange(1, n + 1), ordered)) if n else np.nan


def _bounds_without_own(scores: Floats, levels: Ints, bounds: Thresholds) -> Floats:
    """Return the bounds that hold for each firm when its own score is taken out of its level's calibration; shape (n, k)."""
    table = np.tile(bounds.bounds, (len(levels), 1))
    for level in np.flatnonzero(np.isfinite(bounds.bounds)):
        rows = np.flatnonzero(levels == level)
        table[rows, level] = _left_out(scores[rows, level], bounds.alpha)
    return table


def _left_out(scores: Floats, alpha: float) -> Floats:
    """Return for each score the bound from all others; equal scores share one bound."""
    ordered = np.sort(scores)
    rank = np.searchsorted(ordered, scores)
    distinct = np.unique(rank)
    bounds = np.array([_order(np.delete(ordered, place), alpha) for place in distinct])
    without: Floats = bounds[np.searchsorted(distinct, rank)]
    return without


def _ends(chances: Floats, inside: Bools) -> tuple[Ints, Ints]:
    inside, known = inside.copy(), np.isfinite(chances).all(axis=1)
    empty = np.flatnonzero(known & ~inside.any(axis=1))
    inside[empty, np.argmax(chances[empty], axis=1)] = True
    inside[~known] = True
    low, high = np.argmax(inside, axis=1), inside.shape[1] - 1 - np.argmax(inside[:, ::-1], axis=1)
    return low.astype(np.int64), high.astype(np.int64)
