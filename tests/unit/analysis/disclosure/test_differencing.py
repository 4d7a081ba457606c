"""Two safe numbers a few units apart: when they give the few away, and when their digits do not allow it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.disclosure.differencing import LeakKind, Told, differences


def share(n, k, digits=1, mark="share|C"):
    return Told(mark, "fraction", n, round(k / n, digits + 2), 0.5 * 10.0 ** -(digits + 2))


def test_that_one_firm_more_shows_its_answer_where_digits_tell_the_counts():
    (leak,) = differences([share(100, 40)], [share(101, 41)], 5)
    assert (leak.kind, leak.units, leak.low, leak.high) == (LeakKind.DIFFERENCE, 1, 1, 1)
    assert differences([share(100, 40)], [share(101, 40)], 5)[0].high == 0


def test_that_fewer_digits_leave_both_possible():
    assert not differences([share(1000, 400, 0)], [share(1001, 401, 0)], 5)
    assert differences([share(1000, 400, 1)], [share(1001, 401, 1)], 5)  # 40.0 % of 1000 is 400 exactly
    assert not differences([share(3000, 1200, 1)], [share(3001, 1201, 1)], 5)  # 1199 … 1201 and 1199 … 1202


def test_that_a_firm_that_left_is_shown_as_one_that_came_is():
    (leak,) = differences([share(101, 41)], [share(100, 40)], 5)
    assert (leak.units, leak.low, leak.high) == (1, 1, 1)


def test_that_as_many_firms_as_the_threshold_protect_each_other():
    assert differences([share(100, 40)], [share(104, 44)], 5)
    assert not differences([share(100, 40)], [share(105, 45)], 5)


def test_that_some_but_not_all_of_few_is_safe():
    assert differences([share(100, 40)], [share(103, 41)], 5)[0].low == 1  # at least one said yes: none is excluded
    wide = Told("share|C", "fraction", 103, 0.40, 0.02)
    assert not differences([share(100, 40)], [wide], 5)


def test_that_counts_are_exact_and_other_marks_and_units_are_not_compared():
    now = Told("count|C", "count", 101, 41)
    assert differences([Told("count|C", "count", 100, 40)], [now], 5)[0].low == 1
    assert not differences([Told("count|D", "count", 100, 40)], [now], 5)
    assert not differences([Told("count|C", "fraction", 100, 0.4)], [now], 5)


def test_that_weighted_numbers_are_not_sums_of_units():
    old, new = (Told("share|C", "fraction", n, 0.4, 0.0005, weighted=True) for n in (100, 101))
    assert not differences([old], [new], 5)


def test_that_a_mean_shows_a_single_score_within_its_digits():
    old, new = Told("score|C", "score", 20, 50.0, 0.05), Told("score|C", "score", 21, 52.0, 0.05)
    (leak,) = differences([old], [new], 5)
    assert leak.low == pytest.approx(21 * 51.95 - 20 * 50.05) and leak.high == pytest.approx(21 * 52.05 - 20 * 49.95)
    rough = [Told("score|C", "score", each.n, each.value, 0.5) for each in (old, new)]
    assert not differences(rough[:1], rough[1:], 5)  # ± 0.5 of 20 firms is 20 points


def test_that_a_sum_shows_a_single_firms_money():
    old, new = Told("money|C", "money", 20, 1000.0, 0.5), Told("money|C", "money", 21, 1300.0, 0.5)
    assert differences([old], [new], 5)[0].low == 299.0
    blurred = [Told("money|C", "money", each.n, each.value, 50.0) for each in (old, new)]
    assert not differences(blurred[:1], blurred[1:], 5)


def test_that_an_answer_changed_among_the_same_firms_is_shown():
    (leak,) = differences([share(100, 40)], [share(100, 41)], 5)
    assert leak.kind is LeakKind.CHANGED and (leak.units, leak.low, leak.high) == (1, 1, 1)
    assert not differences([share(100, 40)], [share(100, 40)], 5)
    assert not differences([share(100, 40)], [share(100, 45)], 5)


def test_that_a_leak_is_told_once_and_every_release_before_is_looked_at():
    before = [share(100, 40), share(100, 40), share(90, 36)]
    assert len(differences(before, [share(101, 41)], 5)) == 1
    assert len(differences([share(99, 40), *before], [share(101, 41)], 5)) == 2


def possible(whole, parts, units):
    """What numerators of the units between print alike, by trying all."""
    ranges = [[k for k in range(each.n + 1) if abs(each.value - k / each.n) <= each.half + 1e-12] for each in (whole, *parts)]
    left = {k - sum(others) for k, *others in product(*ranges)}
    return sorted(k for k in left if 0 <= k <= units)


@settings(max_examples=200, deadline=None)
@given(st.integers(5, 60), st.integers(1, 4), st.data(), st.sampled_from([0, 1]))
def test_that_a_share_leaks_exactly_when_none_or_all_is_impossible(n, more, data, digits):
    k, joined = data.draw(st.integers(0, n)), data.draw(st.integers(0, more))
    old, new = share(n, k, digits), share(n + more, k + joined, digits)
    left = possible(new, [old], more)
    found = differences([old], [new], 5)
    assert bool(found) == (left[0] > 0 or left[-1] < more)
    if found:
        assert (found[0].low, found[0].high) == (left[0], left[-1])
