"""How the search for types is held against chance: halves that agree, shuffled answers, and one plain cloud."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.learn.type_stability import CLOUDS, fit_types, stability, standardised, tightness


def rng():
    return np.random.default_rng(11)


def two(n=80, apart=40.0):
    drawn = np.random.default_rng(2).normal(50, 8, (2 * n, 4))
    drawn[:n, :2] += apart / 2
    drawn[n:, :2] -= apart / 2
    return np.clip(drawn, 0, 100)


def test_that_standardised_columns_have_mean_zero_and_spread_one():
    scaled = standardised(two())
    assert np.allclose(scaled.mean(axis=0), 0) and np.allclose(scaled.std(axis=0), 1)


def test_that_two_groups_are_parted_alike_and_shuffled_answers_are_not():
    found = stability(standardised(two()), 2, rng())
    assert found.stability > 0.95
    assert found.shuffled < 0.8
    assert found.gain == pytest.approx(found.stability - found.shuffled)


def test_that_too_many_types_are_less_stable_than_the_right_number():
    points = standardised(two())
    assert stability(points, 4, rng()).stability < stability(points, 2, rng()).stability - 0.2


def test_that_the_same_seed_gives_the_same_numbers():
    points = standardised(two())
    assert stability(points, 3, rng()) == stability(points, 3, rng())
    assert tightness(two(), 2, rng()) == tightness(two(), 2, rng())


def test_that_groups_further_apart_are_tighter_and_one_cloud_is_as_tight_as_any():
    near, far = tightness(two(apart=25.0), 2, rng()), tightness(two(apart=60.0), 2, rng())
    assert far < near < 1.0
    assert tightness(two(apart=0.0), 2, rng()) == pytest.approx(1.0, abs=0.1)


def test_that_pillars_at_the_ends_of_the_scale_and_pillars_that_are_one_do_not_break_the_cloud():
    ends = np.where(np.random.default_rng(5).random((120, 3)) < 0.4, 0.0, 100.0)
    same = np.repeat(two()[:, :1], 3, axis=1)
    assert all(np.isfinite(tightness(points, 2, rng())) for points in (ends, same))


def test_that_a_fit_holds_as_many_types_as_asked():
    model = fit_types(standardised(two()), 3, rng())
    assert len(model.cluster_centers_) == 3 and CLOUDS >= 20
