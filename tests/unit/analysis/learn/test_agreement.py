"""How far assessors agree: against hand-counted tables, a yardstick, and what must not change it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.learn.agreement import LEAST, agreement_of, pair_agreements, weighted_kappa

TABLE = np.array([[11, 3, 1, 0], [1, 8, 3, 0], [0, 1, 10, 2], [0, 0, 2, 8]], dtype=float)


def ratings_of(table, one="甲", other="乙"):
    pairs = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(int(n))]
    return {firm: {one: i, other: j} for firm, (i, j) in enumerate(pairs)}


def test_that_kappa_is_that_of_the_yardstick():
    from statsmodels.stats.inter_rater import cohens_kappa

    yardstick = cohens_kappa(TABLE, wt="quadratic")
    found = agreement_of(ratings_of(TABLE, "乙", "甲"), 4)
    assert found.firms == 50
    assert found.agree == pytest.approx(37 / 50)
    assert found.kappa == pytest.approx(yardstick.kappa, abs=1e-12)
    assert found.low == pytest.approx(yardstick.kappa_low, abs=0.04)
    assert found.high == pytest.approx(yardstick.kappa_upp, abs=0.04)


def test_that_kappa_of_a_table_counted_by_hand_is_right():
    assert weighted_kappa(np.array([[2.0, 1.0], [1.0, 2.0]])) == pytest.approx(1 / 3)


def test_that_full_agreement_gives_one_and_no_interval():
    found = agreement_of({firm: {"甲": firm % 3, "乙": firm % 3} for firm in range(30)}, 5)
    assert (found.agree, found.kappa, found.low, found.high) == (1.0, 1.0, None, None)


def test_that_one_level_for_all_leaves_kappa_unsaid():
    found = agreement_of({firm: {"甲": 2, "乙": 2} for firm in range(30)}, 5)
    assert (found.agree, found.kappa) == (1.0, None)


def test_that_nobody_judged_twice_gives_nothing():
    assert agreement_of({1: {"甲": 2}, 2: {"乙": 1}}, 5) is None
    assert pair_agreements({1: {"甲": 2}}, 5) == ()


def test_that_few_firms_get_no_interval():
    few = {firm: {"甲": firm % 3, "乙": (firm + firm // 4) % 3} for firm in range(LEAST - 1)}
    found = agreement_of(few, 5)
    assert found.kappa is not None
    assert (found.low, found.high) == (None, None)


def test_that_three_assessors_are_told_pair_by_pair_and_a_firm_weighs_once():
    ratings = {firm: {"甲": firm % 5, "乙": firm % 5, "丙": (firm + 1) % 5} for firm in range(20)}
    pairs = pair_agreements(ratings, 5)
    assert {frozenset((pair.one, pair.other)): pair.agreement.agree for pair in pairs} == {
        frozenset("甲乙"): 1.0,
        frozenset("甲丙"): 0.0,
        frozenset("乙丙"): 0.0,
    }
    whole = agreement_of(ratings, 5)
    assert whole.firms == 20
    assert whole.agree == pytest.approx(1 / 3)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40), st.randoms())
def test_that_the_order_of_firms_changes_nothing(pairs, chance):
    ratings = {firm: {"甲": one, "乙": other} for firm, (one, other) in enumerate(pairs)}
    order = list(ratings)
    chance.shuffle(order)
    assert agreement_of({firm: ratings[firm] for firm in order}, 5) == agreement_of(ratings, 5)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=LEAST, max_size=40))
def test_that_the_interval_holds_what_it_is_about(pairs):
    found = agreement_of({firm: {"甲": one, "乙": other} for firm, (one, other) in enumerate(pairs)}, 5)
    assert 0 <= found.agree <= 1
    if found.low is not None:
        assert -1 <= found.low <= found.high <= 1
