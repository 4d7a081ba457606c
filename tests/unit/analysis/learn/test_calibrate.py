"""Calibration puts chances right and never changes the order of firms."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.learn.calibrate import calibrate, unchanged
from app.analysis.learn.metrics import calibration_error


def sample(n: int, boast: float, seed: int = 0):
    """Chances of four levels that are `boast` times too sure on the logit scale, and the levels."""
    rng = np.random.default_rng(seed)
    odds = rng.normal(0, 1.5, n)[:, None] - np.array([-1.5, 0.0, 1.5])
    levels = (rng.random(n)[:, None] < 1 / (1 + np.exp(-odds))).sum(axis=1)
    return 1 / (1 + np.exp(-boast * odds)), levels


def chances_of(reached):
    return -np.diff(np.hstack([np.ones((len(reached), 1)), reached, np.zeros((len(reached), 1))]), axis=1)


def test_that_boasts_are_brought_down():
    reached, levels = sample(3000, 3.0)
    fresh, truth = sample(3000, 3.0, seed=1)
    fitted = calibrate(reached, levels)
    assert (np.abs(fitted.slopes - 1 / 3) < 0.1).all()
    assert calibration_error(chances_of(fitted(fresh)), truth) < 0.03 < calibration_error(chances_of(fresh), truth)


@settings(deadline=None, max_examples=25)  # the first run loads scipy
@given(st.integers(0, 50), st.floats(0.2, 4))
def test_that_firms_keep_their_order_at_every_threshold(seed, boast):
    reached, levels = sample(60, boast, seed)
    after = calibrate(reached, levels)(reached)
    order = np.argsort(reached[:, 0])
    assert (np.diff(after[order], axis=0) >= -1e-12).all()
    assert (np.diff(after, axis=1) <= 1e-12).all()


def test_that_misleading_chances_are_flattened_and_not_turned_round():
    reached, levels = sample(500, 1.0)
    assert (calibrate(1 - reached[:, ::-1], levels).slopes > 0).all()


def test_that_a_threshold_with_nobody_beyond_keeps_its_chances():
    reached, levels = sample(200, 2.0)
    fitted = calibrate(reached, np.minimum(levels, 1))
    assert (fitted.slopes[1], fitted.shifts[1]) == (1.0, 0.0)
    np.testing.assert_allclose(unchanged(3)(reached), np.clip(reached, 1e-4, 1 - 1e-4))


def test_that_slope_and_shift_are_where_an_optimiser_of_another_kind_finds_them():
    from scipy.optimize import minimize

    from app.analysis.learn.calibrate import _PRIOR

    reached, levels = sample(80, 1.5, seed=3)
    odds, truth = np.log(reached[:, 1] / (1 - reached[:, 1])), levels > 1

    def loss(weights):
        score = weights[0] * odds + weights[1]
        return np.logaddexp(0, score).sum() - score[truth].sum() + 0.5 * _PRIOR * ((weights - [1, 0]) ** 2).sum()

    best = minimize(loss, [1.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10}).x
    fitted = calibrate(reached, levels)
    np.testing.assert_allclose([fitted.slopes[1], fitted.shifts[1]], best, atol=1e-5)
