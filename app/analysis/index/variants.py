"""Pillar scores of all firms under other ways of normalising points and of counting blanks, with each item left out in turn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.answers import Bools, Floats
from app.analysis.index.aggregate import ratio
from app.analysis.index.choices import Imputation, Normalisation
from app.analysis.index.pillars import enough
from app.analysis.index.ranks import LEAST_FIRMS

_CONSTANT = 1e-9  # a spread below this is that of a constant


@dataclass(frozen=True, slots=True)
class Field:
    """The firms that are drawn upon: `points` float64 (n, m), NaN where blank or not applicable, `applies` (n, m), the items'
    `pillar` (place, m) and `weights` (m,), the firms' `sector` (place, −1 unknown) and the least share of answers a pillar
    needs; `pillars` is how many there are."""

    points: Floats
    applies: Bools
    pillar: npt.NDArray[np.int64]
    weights: Floats
    sector: npt.NDArray[np.int64]
    minimum: float
    pillars: int


@dataclass(frozen=True, slots=True)
class Variant:
    """Pillar scores 0–100 under one normalisation and imputation: `scores` (k, n), and `without` (m, n) the score of an item's
    pillar with that item left out; NaN where not scored."""

    scores: Floats
    without: Floats


def variant(field: Field, normalisation: Normalisation, imputation: Imputation) -> Variant:
    """Return the pillar scores of every firm under a normalisation and an imputation.

    A pillar still needs the rubric's least share of answers; where blanks are filled every applicable item counts as answered.
    Standard scores and places say how firms differ within a pillar and not where it stands on the scale: such a pillar is put
    back to the mean and spread that fixed goalposts give it, so that levels can still be cut.
    """
    fixed = _marked(field, Normalisation.GOALPOSTS, imputation)
    if normalisation is Normalisation.GOALPOSTS:
        return fixed
    other = _marked(field, normalisation, imputation)
    return Variant(_put_back(other.scores, fixed.scores), _put_back(other.without, fixed.without))


def normalised(points: Floats, normalisation: Normalisation) -> tuple[Floats, Floats]:
    """Return points (n, m) made comparable, and what an answer without points would be (m,): standard scores (0 for a constant
    item, which tells nothing), or the firm's place among all as a share 0–1, equals at their mean place."""
    if normalisation is Normalisation.RANK:
        frame = pd.DataFrame(points)
        return ((frame.rank() - 0.5) / frame.count()).to_numpy(), np.zeros(points.shape[1])
    if normalisation is Normalisation.GOALPOSTS:
        return points, np.zeros(points.shape[1])
    mean, spread = _moments(points, 0)
    scale = np.where(spread > _CONSTANT, 1.0 / np.maximum(spread, _CONSTANT), 0.0)
    return (points - mean) * scale, -np.nan_to_num(mean) * scale


def _marked(field: Field, normalisation: Normalisation, imputation: Imputation) -> Variant:
    points, nothing = normalised(field.points, normalisation)
    points = _filled(field, points, nothing, imputation)
    given = ~np.isnan(points)
    earned = np.where(given, points, 0.0) * field.weights
    weight, applies = given * field.weights, field.applies.astype(np.float64)
    member = (field.pillar[:, None] == np.arange(field.pillars)).astype(np.float64)
    sums = [part @ member for part in (earned, weight, given.astype(np.float64), applies)]
    scores = _score(sums[0], sums[1], sums[2], sums[3], field.minimum)
    own = [part[:, field.pillar] for part in sums]
    without = _score(own[0] - earned, own[1] - weight, own[2] - given, own[3] - applies, field.minimum)
    return Variant(np.ascontiguousarray(scores.T), np.ascontiguousarray(without.T))


def _put_back(scores: Floats, fixed: Floats) -> Floats:
    """Return scores (k, n) with the mean and spread over firms that `fixed` has in the same row, within 0–100."""
    mean, spread = _moments(scores, 1)
    to_mean, to_spread = _moments(fixed, 1)
    scale = np.where(spread > _CONSTANT, to_spread / np.maximum(spread, _CONSTANT), 0.0)
    return np.clip(to_mean[:, None] + (scores - mean[:, None]) * scale[:, None], 0.0, 100.0)


def _moments(points: Floats, axis: int) -> tuple[Floats, Floats]:
    """Return mean and standard deviation along an axis, NaN and 0 where it holds nothing."""
    given = ~np.isnan(points)
    count = given.sum(axis=axis).astype(np.float64)
    mean = ratio(np.where(given, points, 0.0).sum(axis=axis), count)
    away = np.where(given, points - np.expand_dims(np.nan_to_num(mean), axis), 0.0)
    return mean, np.sqrt(np.nan_to_num(ratio((away * away).sum(axis=axis), count)))


def _filled(field: Field, points: Floats, nothing: Floats, imputation: Imputation) -> Floats:
    blank = field.applies & np.isnan(points)
    if imputation is Imputation.SHARE or not blank.any():
        return points
    if imputation is Imputation.NOTHING:
        return np.where(blank, nothing, points)
    return np.where(blank, _medians(field, points), points)


def _medians(field: Field, points: Floats) -> Floats:
    """Return for each firm the median of its sector for each item, of all firms where its sector has too few answers."""
    frame = pd.DataFrame(points)
    by_sector = frame.groupby(field.sector)
    of_all = frame.median().to_numpy()
    medians = by_sector.median()
    told = np.where(by_sector.count().to_numpy() >= LEAST_FIRMS, medians.to_numpy(), of_all)
    spread: Floats = told[np.searchsorted(medians.index.to_numpy(), field.sector)]
    return spread


def _score(earned: Floats, weight: Floats, answered: Floats, applicable: Floats, minimum: float) -> Floats:
    return np.where(enough(answered, applicable, minimum) & (answered > 0.5), 100.0 * ratio(earned, weight), np.nan)
