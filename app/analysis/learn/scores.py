"""From what models said out of fold to the table of models, and the simplest that is as good as the best."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from app.analysis.learn.metrics import (
    Floats,
    Ints,
    brier_scores,
    calibration_error,
    confusion,
    corrected_error,
    macro_f1,
    quadratic_kappa,
    rank_scores,
)
from app.analysis.learn.nested import OUTER, OutOfFold, Validated
from app.domain.learning import ModelScore


def model_scores(validated: Validated, levels: Ints, count: int) -> dict[str, ModelScore]:
    """Return the score of each model tried, by name.

    `rps` is the mean over firms and repeats with its standard error over folds; kappa, F1 and calibration errors are those of
    each repeat's firms together, averaged: a fold of six firms has none worth the name.
    """
    return {kind: _score(kind, found, validated.folds, levels, count) for kind, found in validated.models.items()}


def chosen(scores: Mapping[str, ModelScore]) -> str:
    """Return the simplest model whose ranked probability score lies within one standard error of the best (Breiman, L. et al.,
    1984, Classification and Regression Trees, section 3.4.3). `scores` stand in order of simplicity."""
    tried = [score for score in scores.values() if score.rps is not None]
    best = min(tried, key=lambda score: score.rps or 0.0)
    bound = (best.rps or 0.0) + (best.rps_error or 0.0)
    return next(score.model for score in tried if (score.rps or 0.0) <= bound)


def _score(kind: str, found: OutOfFold, folds: Ints, levels: Ints, count: int) -> ModelScore:
    ranked = np.array([rank_scores(chances, levels) for chances in found.after])
    tables = [confusion(levels, called, count) for called in found.called]
    kappas = [kappa for kappa in map(quadratic_kappa, tables) if kappa is not None]
    off = np.abs(found.called - levels)
    return ModelScore(
        model=kind,
        kappa=float(np.mean(kappas)) if kappas else None,
        rps=float(ranked.mean()),
        rps_error=corrected_error(_by_fold(ranked, folds), 1 / (OUTER - 1)),
        macro_f1=float(np.mean([macro_f1(table) for table in tables])),
        brier=float(np.mean([brier_scores(chances, levels).mean() for chances in found.after])),
        accuracy=float((off == 0).mean()),
        adjacent=float((off <= 1).mean()),
        likeliest=float(np.mean([(chances.argmax(axis=1) == levels).mean() for chances in found.after])),
        ece_before=float(np.mean([calibration_error(chances, levels) for chances in found.before])),
        ece_after=float(np.mean([calibration_error(chances, levels) for chances in found.after])),
    )


def _by_fold(values: Floats, folds: Ints) -> Floats:
    """Return the mean of each fold of each repeat that holds a firm."""
    means = [values[repeat, own == fold].mean() for repeat, own in enumerate(folds) for fold in np.unique(own)]
    return np.array(means, dtype=np.float64)
