"""Chances put right after the fact, threshold by threshold, without changing the order of firms.

P' = σ(a · logit P + b) with a > 0, learnt from chances out of fold (Platt, J., 1999, "Probabilistic outputs for support vector
machines", on the logit scale as in Kull, Silva Filho & Flach, 2017, AISTATS, section 3). Two numbers a threshold: isotonic steps
on a few hundred firms would answer 0 and 1, and 0 is never true of a level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.learn.proportional_odds import sigmoid

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_EDGE = 1e-4  # chances are looked at no closer to 0 and 1 than this
_FLATTEST = 0.05  # the least slope: firms keep their order
_PRIOR = 10.0  # pull of slope and shift to 1 and 0: no effect with hundreds of firms, a hold with few


@dataclass(frozen=True, slots=True)
class Calibration:
    """`slopes` and `shifts` (k − 1,) on the logit scale."""

    slopes: Floats
    shifts: Floats

    def __call__(self, reached: Floats) -> Floats:
        """Return calibrated P(level ≥ k), falling with k; each rises with the one given. Shape (n, k − 1)."""
        straightened = sigmoid(_logit(reached) * self.slopes + self.shifts)
        return np.minimum.accumulate(straightened, axis=1)


def unchanged(thresholds: int) -> Calibration:
    """Return the calibration that leaves chances as they are."""
    return Calibration(np.ones(thresholds), np.zeros(thresholds))


def calibrate(reached: Floats, places: Ints) -> Calibration:
    """Return the calibration learnt from P(level ≥ k) out of fold (n, k − 1) and the levels' places 0 … k − 1.

    A threshold on one side of which there is nobody keeps its chances.
    """
    fits = [_fit(_logit(reached[:, k]), places > k) for k in range(reached.shape[1])]
    return Calibration(np.array([slope for slope, _ in fits]), np.array([shift for _, shift in fits]))


def _logit(chance: Floats) -> Floats:
    inside = np.clip(chance, _EDGE, 1 - _EDGE)
    odds: Floats = np.log(inside / (1 - inside))
    return odds


def _fit(odds: Floats, truth: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Return slope and shift of the largest penalised likelihood; where the slope is too flat, the best shift at the flattest."""
    if truth.all() or not truth.any():
        return 1.0, 0.0
    terms = np.column_stack([odds, np.ones(len(odds))])
    slope, shift = _newton(terms, truth, np.array([1.0, 0.0]), free=2)
    if slope >= _FLATTEST:
        return slope, shift
    return _newton(terms[:, ::-1], truth, np.array([0.0, _FLATTEST]), free=1)[::-1]


def _newton(terms: Floats, truth: npt.NDArray[np.bool_], start: Floats, free: int) -> tuple[float, float]:
    """Return two weights after Newton's steps on the `free` first of them, each halved until the loss falls."""
    rest = np.where(np.arange(2) < free, start, 0.0)  # what the weights are drawn to
    weights, before = start, _loss(terms, truth, start, rest)
    for _ in range(50):
        chance = sigmoid(terms @ weights)
        gradient = (terms.T @ (chance - truth) + _PRIOR * (weights - rest))[:free]
        curve = (terms.T * (chance * (1 - chance))) @ terms + _PRIOR * np.eye(2)
        step = np.append(np.linalg.solve(curve[:free, :free], gradient), np.zeros(2 - free))
        while _loss(terms, truth, weights - step, rest) > before + 1e-12 and np.abs(step).max() > 1e-10:
            step = step / 2
        weights = weights - step
        before = _loss(terms, truth, weights, rest)
        if np.abs(step).max() < 1e-9:
            break
    return float(weights[0]), float(weights[1])


def _loss(terms: Floats, truth: npt.NDArray[np.bool_], weights: Floats, rest: Floats) -> float:
    score = terms @ weights
    return float(np.logaddexp(0.0, score).sum() - score[truth].sum() + 0.5 * _PRIOR * ((weights - rest) ** 2).sum())
