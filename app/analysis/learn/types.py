"""Exploratory types of firms: groups of alike pillar scores, shown only where they would be found again; never a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Floats
from app.analysis.learn.threads import one_thread
from app.analysis.learn.type_stability import falls_apart, fit_types, stability, standardised
from app.domain.learning import FirmType, Types
from app.domain.rubric import Rubric

KS = (2, 3, 4, 5, 6)
LEAST_FIRMS = 60
LEAST_IN_TYPE = 10  # a type of fewer firms tells of odd firms and not of types
LEAST_SCORED = 0.8  # a pillar scored for fewer of the firms is left out of the search
LEAST_SPREAD = 1e-6  # points by which a pillar must differ between firms to count
LEAST_STABILITY = 0.75
LEAST_GAIN = 0.2  # above answers shuffled apart
EQUAL = 0.02  # stabilities that differ by less are alike
MOST_SPREAD = 0.9  # left within types, of that left within one cloud of firms
_MOST_FIRMS, _MOST_IN_SILHOUETTE = 5_000, 2_000


@dataclass(frozen=True, slots=True)
class _Scores:
    """The firms that have every pillar searched: `points` (n, d) 0–100 of those pillars, `all` (n, pillars) with NaN."""

    points: Floats
    all: Floats


def explore_types(firms: pd.DataFrame, rubric: Rubric, seed: int) -> Types:
    """Return the types of these firms, or why none are shown (`refusal`, a text key `types.refusal.*`).

    `firms` has `firm` and a column `p_<pillar>` 0–100 for each pillar. Two to six types by k-means on standardised pillars; the
    number of types is the most stable (of equals the larger) among those that reach every bar: found again in other halves
    of the firms (LEAST_STABILITY), clearly above answers without structure (LEAST_GAIN), tighter than one cloud of firms from
    low to high (MOST_SPREAD). More than 5,000 firms: searched in a sample, and every firm then put to its type.
    The largest type comes first; the order of rows changes nothing.
    """
    if rubric.ladder_item or not rubric.pillars:
        return _refused("no_pillars")
    scores = _scores(firms, rubric)
    if len(scores.points) < LEAST_FIRMS:
        return _refused("few_firms", len(scores.points))
    with one_thread():
        return _search(scores, np.random.default_rng(seed))


def _scores(firms: pd.DataFrame, rubric: Rubric) -> _Scores:
    """Sort by firm, keep the pillars that most firms have, and the firms that have these all."""
    names = [f"p_{pillar.code}" for pillar in rubric.pillars]
    points = firms.sort_values(["firm", *names], kind="stable")[names].to_numpy(dtype=np.float64)
    points = points[~np.isnan(points).all(axis=1)]
    kept = (~np.isnan(points)).sum(axis=0) >= LEAST_SCORED * max(len(points), 1)
    points = points[~np.isnan(points[:, kept]).any(axis=1)]
    return _Scores(points[:, kept], points)


def _search(scores: _Scores, rng: np.random.Generator) -> Types:
    sample = _sample(scores.points, _MOST_FIRMS, rng)
    varied = sample.std(axis=0) > LEAST_SPREAD
    if np.count_nonzero(varied) < 2:
        return _refused("constant", len(scores.points))
    scores, sample = replace(scores, points=scores.points[:, varied]), sample[:, varied]
    scaled = standardised(sample)
    tried = [(k, stability(scaled, k, rng)) for k in KS]
    reason = "not_stable"
    for k, stable in _in_turn(tried):
        if stability(scaled, k, rng, shuffled=True) > stable - LEAST_GAIN:
            reason = "no_structure"
        elif not falls_apart(sample, k, MOST_SPREAD, rng):
            reason = "one_cloud"
        else:
            found = _types(scores, sample, k, rng)
            if found is not None:
                return replace(found, stability=round(stable, 4))
            reason = "odd_firms"
    k, stable = max(tried, key=lambda each: (each[1], -each[0]))
    return _refused(reason, len(scores.points), k, round(stable, 4))


def _in_turn(tried: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return those stable enough, the best first: of equally stable ones that with more types, since two of three true types
    that are taken for one are found again just as surely."""
    enough = [(k, stable) for k, stable in tried if stable >= LEAST_STABILITY]
    best = max((stable for _, stable in enough), default=0.0)
    return sorted(enough, key=lambda each: (0.0, -each[0]) if best - each[1] <= EQUAL else (1 - each[1], each[0]))


def _types(scores: _Scores, sample: Floats, k: int, rng: np.random.Generator) -> Types | None:
    """Part every firm by the centres found in the sample; None where a type would hold too few firms."""
    middle, spread = sample.mean(axis=0), sample.std(axis=0)
    model = fit_types((sample - middle) / spread, k, rng, starts=10)
    own = model.predict((scores.points - middle) / spread)
    counts = np.bincount(own, minlength=k)
    if counts.min() < LEAST_IN_TYPE:
        return None
    centres = {number: _centre(scores.all[own == number]) for number in range(k)}
    order = sorted(centres, key=lambda number: (-counts[number], [value or 0.0 for value in centres[number]]))
    found = tuple(FirmType(chr(65 + place), int(counts[number]), centres[number]) for place, number in enumerate(order))
    silhouette = _silhouette((scores.points - middle) / spread, own, rng)
    return Types(k, len(own), None, silhouette, found)


def _centre(points: Floats) -> tuple[float | None, ...]:
    """Return the mean of each pillar over the firms that have it, None where none of them has."""
    known = ~np.isnan(points)
    counts = known.sum(axis=0)
    means = np.where(known, points, 0.0).sum(axis=0) / np.maximum(counts, 1)
    return tuple(round(float(mean), 4) if count else None for mean, count in zip(means, counts, strict=True))


def _silhouette(scaled: Floats, own: npt.NDArray[np.int32], rng: np.random.Generator) -> float | None:
    """Return the mean silhouette (Rousseeuw 1987) of at most 2,000 firms, None where they all fall into one type."""
    from sklearn.metrics import silhouette_score

    rows = np.arange(len(own))
    if len(rows) > _MOST_IN_SILHOUETTE:
        rows = np.sort(rng.choice(rows, _MOST_IN_SILHOUETTE, replace=False))
    if len(np.unique(own[rows])) < 2:
        return None
    return round(float(silhouette_score(scaled[rows], own[rows])), 4)


def _sample(points: Floats, most: int, rng: np.random.Generator) -> Floats:
    return points if len(points) <= most else points[np.sort(rng.choice(len(points), most, replace=False))]


def _refused(reason: str, n: int = 0, k: int = 0, stable: float | None = None) -> Types:
    return Types(k, n, stable, None, (), f"types.refusal.{reason}")
