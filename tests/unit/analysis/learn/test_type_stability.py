"""How the search for types is held against chance: halves that agree, shuffled answers, and one plain cloud."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.learn.type_stability import falls_apart, fit_types, stability, standardised


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
    points = standardised(two())
    assert stability(points, 2, rng()) > 0.95
    assert stability(points, 2, rng(), shuffled=True) < 0.75


def test_that_too_many_types_are_less_stable_than_the_right_number():
    points = standardised(two())
    assert stability(points, 4, rng()) < stability(points, 2, rng()) - 0.2


def test_that_the_same_seed_gives_the_same_number():
    points = standardised(two())
    assert stability(points, 3, rng()) == stability(points, 3, rng())


@pytest.mark.parametrize(("apart", "found"), [(60.0, True), (40.0, True), (10.0, False), (0.0, False)])
def test_that_groups_fall_apart_where_they_stand_apart_and_one_cloud_does_not(apart, found):
    assert falls_apart(two(apart=apart), 2, 0.9, rng()) is found


def test_that_a_cloud_holds_about_as_much_as_the_line_of_firms_it_was_made_from():
    drawn = np.random.default_rng(6)
    line = np.clip(45 + 18 * (drawn.normal(0, 1, (300, 1)) + drawn.normal(0, 0.5, (300, 4))), 0, 100)
    assert not falls_apart(line, 2, 0.9, rng())
    assert falls_apart(line, 2, 1.2, rng())


def test_that_pillars_at_the_ends_of_the_scale_and_pillars_that_are_one_do_not_break_the_cloud():
    ends = np.where(np.random.default_rng(5).random((120, 3)) < 0.4, 0.0, 100.0)
    same = np.repeat(two()[:, :1], 3, axis=1)
    assert [falls_apart(points, 2, 9.0, rng()) for points in (ends, same)] == [True, True]


def test_that_a_fit_holds_as_many_types_as_asked():
    model = fit_types(standardised(two()), 3, rng())
    assert len(model.cluster_centers_) == 3
