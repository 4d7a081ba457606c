"""Weights: post-stratification, raking, trimming and what unequal weights cost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.estimate.design import declare, post_stratify, rake
from app.analysis.estimate.weighting import check_weights, post_weights, rake_weights, trim
from app.domain.errors import UserError
from app.domain.study import Design

positive = st.lists(st.floats(0.01, 100), min_size=1, max_size=30).map(np.array)


@pytest.mark.parametrize("wrong", [0.0, -1.0, np.nan, np.inf])
def test_that_weights_that_are_no_weights_are_counted_and_refused(wrong):
    with pytest.raises(UserError) as caught:
        check_weights(np.array([1.0, wrong, 2.0]))
    assert (caught.value.code, caught.value.params) == ("estimate.weights", {"wrong": "1", "n": "3"})


def test_that_a_group_stands_for_its_total():
    found = post_weights(np.array([1.0, 3.0, 5.0]), np.array([0, 0, 1]), np.array([8.0, 10.0]))
    assert found.tolist() == [2, 6, 10]


def test_that_a_group_without_answers_is_refused_and_not_forgotten():
    with pytest.raises(UserError, match="empty_group"):
        post_weights(np.ones(2), np.array([0, 0]), np.array([8.0, 10.0]))


def test_that_raking_meets_both_margins_of_a_table_worked_by_hand():
    """A 2 × 2 table of ones to rows (3, 1) and columns (2, 2): the product of the margins."""
    rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    raked = rake_weights(np.ones(4), [rows, columns], [np.array([3.0, 1.0]), np.array([2.0, 2.0])])
    assert raked.converged
    assert raked.weights == pytest.approx([1.5, 1.5, 0.5, 0.5])


def test_that_margins_that_contradict_each_other_are_said_not_to_converge():
    rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    totals = [np.array([3.0, 1.0]), np.array([9.0, 9.0])]
    assert not rake_weights(np.ones(4), [rows, columns], totals).converged
    design = rake(declare(Design.SAMPLE, np.ones(4), np.zeros(4, dtype=np.int64)), [rows, columns], totals)
    assert design.notes == ("estimate.note.not_raked",)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=9, max_size=40), st.data())
def test_that_raked_weights_sum_to_every_margin(pairs, data):
    rows, columns = (np.array([*[pair[side] for pair in pairs], 0, 1, 2], dtype=np.int64) for side in (0, 1))
    true = np.array(data.draw(st.lists(st.floats(0.5, 9), min_size=len(rows), max_size=len(rows))))
    totals = [np.bincount(margin, true, minlength=3) for margin in (rows, columns)]
    raked = rake_weights(np.ones(len(rows)), [rows, columns], totals)
    if raked.converged:
        for margin, wanted in zip((rows, columns), totals, strict=True):
            assert np.bincount(margin, raked.weights, minlength=3) == pytest.approx(wanted, rel=1e-9)


@given(positive)
def test_that_trimmed_weights_keep_their_sum_and_stay_within_bounds(weights):
    found = trim(weights)
    mean = weights.mean()
    assert found.min() >= 0.3 * mean * (1 - 1e-9)
    assert found.max() <= 3 * mean * (1 + 1e-9)
    assert found.sum() == pytest.approx(weights.sum(), rel=1e-6)


def test_that_even_weights_are_not_touched():
    weights = np.array([1.0, 2.0, 2.5])
    assert trim(weights).tolist() == weights.tolist()


def test_that_one_giant_is_cut_and_the_rest_raised():
    found = trim(np.array([1.0] * 9 + [91.0]))
    assert found[9] == pytest.approx(30)
    assert found[0] == pytest.approx(70 / 9)


def test_that_post_stratifying_takes_the_variance_between_groups_away():
    """All of the variance lies between the groups whose totals are known: nothing is left."""
    from app.analysis.estimate.domains import everyone, ratios

    groups = np.array([0, 0, 0, 1, 1])
    design = declare(Design.SAMPLE, np.full(5, 10.0), np.zeros(5, dtype=np.int64))
    posted = post_stratify(design, groups, np.array([25.0, 25.0]))
    found = ratios((groups == 1).astype(float), posted, everyone(posted))
    assert (found.value[0], found.variance[0]) == (pytest.approx(0.5), 0.0)
