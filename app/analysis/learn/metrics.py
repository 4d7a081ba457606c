"""How good chances and called levels are, level by level in their order; plain arrays in, one number out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.analysis.learn.agreement import weighted_kappa
from app.domain.learning import CalibrationBin

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

BINS = 10


def reached(chances: Floats) -> Floats:
    """Return P(level ≥ 1), …, P(level ≥ k − 1) from the chances of k levels; shape (n, k − 1)."""
    above: Floats = np.cumsum(chances[:, ::-1], axis=1)[:, ::-1][:, 1:]
    return above


def rank_scores(chances: Floats, levels: Ints) -> Floats:
    """Return the ranked probability score of each firm, 0 best and 1 worst: mean over thresholds of (P(≥ k) − [level ≥ k])².

    Source: Epstein, E. S. (1969), "A scoring system for probability forecasts of ranked categories", J. Appl. Meteorology 8.
    """
    above = reached(chances)
    truth = levels[:, None] >= np.arange(1, chances.shape[1])
    score: Floats = ((above - truth) ** 2).mean(axis=1)
    return score


def brier_scores(chances: Floats, levels: Ints) -> Floats:
    """Return each firm's Brier score, summed over levels: 0 best, 2 worst (Brier, G. W., 1950, Monthly Weather Review 78)."""
    score: Floats = ((chances - np.eye(chances.shape[1])[levels]) ** 2).sum(axis=1)
    return score


def confusion(levels: Ints, called: Ints, count: int) -> Ints:
    """Return counts of firms by assessed (rows) and called level (columns); shape (count, count)."""
    table: Ints = np.bincount(levels * count + called, minlength=count * count).reshape(count, count)
    return table


def quadratic_kappa(table: Ints) -> float | None:
    """Return quadratic weighted kappa (Cohen, J., 1968, Psychological Bulletin 70) of a table of counts.

    None where chance alone leaves nothing to disagree on, as when one level is always given and always called.
    """
    kappa = float(weighted_kappa(table.astype(np.float64)))
    return kappa if np.isfinite(kappa) else None


def macro_f1(table: Ints) -> float:
    """Return the mean F1 over the levels that occur; a level never called has 0."""
    hits, given, called = np.diag(table), table.sum(axis=1), table.sum(axis=0)
    f1 = 2 * hits / np.maximum(given + called, 1)
    return float(f1[given > 0].mean())


def calibration_error(chances: Floats, levels: Ints) -> float:
    """Return the expected calibration error: |share that reached a level − mean chance given| by bins of width 0.1, weighted
    by firms, then averaged over the thresholds (Naeini, Cooper & Hauskrecht, 2015, AAAI, section 2.2)."""
    above = reached(chances)
    truth = levels[:, None] >= np.arange(1, chances.shape[1])
    errors = [_binned_error(above[:, k], truth[:, k]) for k in range(above.shape[1])]
    return float(np.mean(errors))


def calibration_bins(chances: Floats, levels: Ints) -> tuple[CalibrationBin, ...]:
    """Return bins of width 0.1 over all thresholds together; `n` counts pairs of firm and threshold, empty bins are left out."""
    above = reached(chances)
    truth = levels[:, None] >= np.arange(1, chances.shape[1])
    place, given, true = _binned(above.ravel(), truth.ravel())
    return tuple(CalibrationBin(float(g / n), float(t / n), int(n)) for n, g, t in zip(place, given, true, strict=True) if n > 0)


def corrected_error(by_fold: Floats, test_share: float) -> float:
    """Return the standard error of a mean over repeated folds, whose training sets overlap: √((1/J + t) s²), where `test_share`
    t is firms tested on over firms learnt from (Nadeau, C. & Bengio, Y., 2003, Machine Learning 52, section 3)."""
    if len(by_fold) < 2:
        return float("inf")
    return float(np.sqrt((1 / len(by_fold) + test_share) * np.var(by_fold, ddof=1)))


def _binned(chance: Floats, truth: npt.NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    place = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    sums = [np.bincount(place, weights=weights, minlength=BINS) for weights in (np.ones(len(chance)), chance, truth)]
    count, given, true = np.asarray(sums, dtype=np.float64)
    return count, given, true


def _binned_error(chance: Floats, truth: npt.NDArray[np.bool_]) -> float:
    _, given, true = _binned(chance, truth)
    return float(np.abs(given - true).sum() / len(chance))
