"""A predictor that by itself gives the level away: most often the level in other words, and no reason to be proud."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.analysis.learn.metrics import Ints, confusion, quadratic_kappa
from app.analysis.learn.tune import Lesson
from app.domain.learning import Leak

LEAK = 0.9
TOO_GOOD = 0.9  # an accuracy that no survey of firms has ever allowed
_GRAINS = 20  # quantiles into which a number is cut


def leaks(lesson: Lesson, folds: Ints) -> tuple[Leak, ...]:
    """Return the columns whose own quadratic kappa with the levels reaches LEAK, the strongest first.

    A value is read as the middle level of the firms of other folds (n,) that share it, so that a column with a value of its own
    for each firm proves nothing. The rubric's level is such a column too: assessors who copy it teach nothing.
    """
    found = [(name, _alone(lesson.table[:, place], lesson, folds)) for place, name in enumerate(lesson.columns.names)]
    strong = [Leak(name, round(kappa, 6)) for name, kappa in found if kappa >= LEAK]
    return tuple(sorted(strong, key=lambda leak: (-leak.score, leak.feature)))


def _alone(values: npt.NDArray[np.float32], lesson: Lesson, folds: Ints) -> float:
    grains = _grains(values)
    called = np.zeros(len(grains), dtype=np.int64)
    for fold in np.unique(folds):
        inside = folds == fold
        called[inside] = _middle(grains[~inside], lesson.levels[~inside], lesson.count)[grains[inside]]
    return quadratic_kappa(confusion(lesson.levels, called, lesson.count)) or 0.0


def _grains(values: npt.NDArray[np.float32]) -> Ints:
    """Return values as numbers from 1, blanks 0; more than _GRAINS distinct ones by quantiles."""
    known = ~np.isnan(values)
    distinct = np.unique(values[known])
    if len(distinct) > _GRAINS:
        distinct = np.unique(np.quantile(values[known], np.linspace(0, 1, _GRAINS + 1)[:-1]))
    place = np.searchsorted(distinct, values, side="right")
    grains: Ints = np.where(known, np.minimum(place, _GRAINS), 0).astype(np.int64)
    return grains


def _middle(grains: Ints, levels: Ints, count: int) -> Ints:
    """Return the median level of each grain, of all firms where nobody has it; (_GRAINS + 1,)."""
    table = np.zeros((_GRAINS + 1, count))
    np.add.at(table, (grains, levels), 1.0)
    everyone = table.sum(axis=0)
    table = np.where(table.sum(axis=1, keepdims=True) > 0, table, everyone)
    middle: Ints = (np.cumsum(table, axis=1) < 0.5 * table.sum(axis=1, keepdims=True)).sum(axis=1)
    return middle
