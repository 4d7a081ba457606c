"""Scores of chances and levels, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.learn import metrics as m

CHANCES = np.array([[0.2, 0.5, 0.3], [0.7, 0.2, 0.1]])
LEVELS = np.array([1, 2])


def test_that_the_ranked_probability_score_is_the_mean_of_squared_gaps_over_thresholds():
    np.testing.assert_allclose(m.rank_scores(CHANCES, LEVELS), [((0.8 - 1) ** 2 + 0.3**2) / 2, (0.7**2 + 0.9**2) / 2])
    assert m.rank_scores(np.eye(3)[[1]], np.array([1]))[0] == 0


def test_that_missing_by_two_levels_costs_more_than_by_one():
    sure = np.eye(4)[[0, 0, 0]]
    near, middle, far = m.rank_scores(sure, np.array([1, 2, 3]))
    assert near < middle < far == 1


def test_that_the_brier_score_sums_over_levels():
    np.testing.assert_allclose(m.brier_scores(CHANCES, LEVELS), [0.04 + 0.25 + 0.09, 0.49 + 0.04 + 0.81])


def test_that_confusion_has_assessed_levels_in_rows():
    table = m.confusion(np.array([0, 0, 2]), np.array([0, 1, 1]), 3)
    assert table.tolist() == [[1, 1, 0], [0, 0, 0], [0, 1, 0]]


def test_that_quadratic_kappa_is_one_for_agreement_nothing_for_chance_and_none_for_one_level():
    assert m.quadratic_kappa(np.diag([3, 4, 5])) == pytest.approx(1)
    assert m.quadratic_kappa(np.full((3, 3), 4)) == pytest.approx(0)
    assert m.quadratic_kappa(np.array([[5, 0], [0, 0]])) is None


def test_that_kappa_and_f1_equal_those_of_scikit_learn():
    from sklearn.metrics import cohen_kappa_score, f1_score

    rng = np.random.default_rng(0)
    one, other = rng.integers(0, 4, 200), rng.integers(0, 4, 200)
    table = m.confusion(one, other, 4)
    assert m.quadratic_kappa(table) == pytest.approx(cohen_kappa_score(one, other, weights="quadratic"))
    assert m.macro_f1(table) == pytest.approx(f1_score(one, other, average="macro"))


def test_that_honest_chances_have_no_calibration_error_and_boasts_have_much():
    rng = np.random.default_rng(0)
    chance = rng.random(20_000)
    truth = (rng.random(20_000) < chance).astype(int)
    honest = np.column_stack([1 - chance, chance])
    boast = np.column_stack([chance < 0.5, chance >= 0.5]).astype(float)
    assert m.calibration_error(honest, truth) < 0.02
    assert m.calibration_error(boast, truth) == pytest.approx(0.25, abs=0.02)
    bins = m.calibration_bins(honest, truth)
    assert len(bins) == 10
    assert sum(one.n for one in bins) == 20_000


def test_that_overlapping_training_sets_make_the_error_larger_than_that_of_independent_folds():
    folds = np.random.default_rng(0).normal(size=15)
    plain = folds.std(ddof=1) / np.sqrt(15)
    assert m.corrected_error(folds, 0.25) == pytest.approx(plain * np.sqrt(1 + 15 * 0.25))
    assert m.corrected_error(folds[:1], 0.25) == np.inf
