"""Wilson's interval against published values, and the limits of the finite-population correction."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.estimate import effective_size, kish_size, wilson, wilson_share


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(3, 10, 0.108, 0.603), (35, 50, 0.562, 0.809), (140, 200, 0.633, 0.759), (0, 12, 0.0, 0.242), (12, 12, 0.758, 1.0)],
)
def test_that_the_interval_equals_known_values(count, n, low, high):
    assert wilson(count, n) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def test_that_one_firm_says_almost_nothing():
    assert wilson(1, 1) == (pytest.approx(0.2065, abs=1e-4), 1.0)
    assert wilson(0, 0) == (0.0, 1.0)


def test_that_a_full_frame_leaves_no_sampling_error():
    assert wilson(7, 20, frame=20) == (0.35, 0.35)
    assert effective_size(20, 20) == math.inf


def test_that_the_correction_is_wilson_on_the_effective_size():
    """n = 50 of N = 99: n_eff = 50·98/49 = 100."""
    assert effective_size(50, 99) == pytest.approx(100)
    assert wilson(20, 50, frame=99) == pytest.approx(wilson_share(0.4, 100))


def test_that_a_huge_frame_changes_nothing_and_an_impossible_one_is_ignored():
    assert wilson(20, 50, frame=10**9) == pytest.approx(wilson(20, 50), abs=1e-6)
    assert wilson(20, 50, frame=40) == wilson(20, 50)
    assert wilson(20, 50, frame=0) == wilson(20, 50)


def test_that_one_unseen_firm_moves_the_share_by_no_more_than_itself():
    assert wilson(50, 99, frame=100) == (0.5, 0.51)


def test_that_kish_counts_equal_weights_fully_and_one_giant_as_one():
    assert kish_size(10, 10) == 10
    assert kish_size(1000 + 9, 1000**2 + 9) == pytest.approx(1.018, abs=1e-3)
    assert kish_size(0, 0) == 0


counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, st.integers(0, 2000))
def test_that_the_interval_holds_the_share_within_bounds(pair, unseen):
    count, n = pair
    low, high = wilson(count, n, n + unseen)
    assert 0 <= low <= count / n <= high <= 1


@given(counts, st.integers(1, 500))
def test_that_a_smaller_frame_never_widens_the_interval(pair, unseen):
    count, n = pair
    narrow, wide = wilson(count, n, n + unseen), wilson(count, n, n + 2 * unseen)
    assert wide[0] <= narrow[0] + 1e-12
    assert narrow[1] <= wide[1] + 1e-12
    plain = wilson(count, n)
    assert narrow[1] - narrow[0] <= plain[1] - plain[0] + 1e-12


@given(counts)
def test_that_more_hits_move_both_bounds_up(pair):
    count, n = pair
    if count < n:
        assert wilson(count, n)[0] < wilson(count + 1, n)[0]
        assert wilson(count, n)[1] < wilson(count + 1, n)[1]


@given(counts)
def test_that_the_complement_mirrors_the_interval(pair):
    count, n = pair
    low, high = wilson(count, n)
    assert wilson(n - count, n) == (pytest.approx(1 - high), pytest.approx(1 - low))
