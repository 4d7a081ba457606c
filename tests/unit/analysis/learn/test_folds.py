"""Folds: nobody on both sides, every fold its share, the same in any order."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.learn.folds import group_keys, grouped_folds


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4)), min_size=10, max_size=120), st.integers(0, 5))
def test_that_no_group_is_on_both_sides(rows, seed):
    groups, levels = (np.array(column) for column in zip(*rows, strict=True))
    folds = grouped_folds(groups, levels, 5, seed)
    assert all(len(set(folds[groups == group])) == 1 for group in set(groups.tolist()))


def test_that_the_order_of_rows_changes_no_fold_and_the_seed_does():
    rng = np.random.default_rng(0)
    groups, levels = rng.integers(0, 60, 300), rng.integers(0, 5, 300)
    order = rng.permutation(300)
    folds = grouped_folds(groups, levels, 5, 1)
    np.testing.assert_array_equal(grouped_folds(groups[order], levels[order], 5, 1), folds[order])
    assert (grouped_folds(groups, levels, 5, 2) != folds).any()


def test_that_single_firms_are_dealt_out_level_by_level():
    levels = np.repeat([0, 1, 2], [50, 30, 20])
    folds = grouped_folds(np.arange(100), levels, 5, 3)
    assert np.bincount(folds).tolist() == [20] * 5
    assert all(np.bincount(folds[levels == 2], minlength=5) == 4)


def test_that_a_few_townships_come_in_another_order_under_another_seed():
    groups = np.repeat(np.arange(8), [40, 41, 42, 43, 44, 45, 46, 47])
    levels = np.zeros(len(groups), dtype=int)
    assert len({tuple(grouped_folds(groups, levels, 3, seed)) for seed in range(6)}) > 3


def test_that_whole_townships_are_groups_from_five_on_and_a_firm_is_never_parted():
    firms = np.array(["a", "b", "c", "d", "e", "f", "a"], dtype=object)
    places = np.array(["t1", "t2", "t3", "t4", "t5", "", "t2"], dtype=object)
    keys, by_place = group_keys(firms, places)
    assert by_place
    assert keys.tolist() == ["t1", "t2", "t3", "t4", "t5", "firm:f", "t1"]
    keys, by_place = group_keys(firms, np.array(["t1", "t2", "t3", "t4", "", "", "t2"], dtype=object))
    assert not by_place
    assert keys[0] == keys[6] == "firm:a"
