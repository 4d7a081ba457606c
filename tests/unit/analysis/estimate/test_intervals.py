"""Intervals of shares, means and differences, with statsmodels as a yardstick."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from app.analysis.estimate import wilson
from app.analysis.estimate.design import declare
from app.analysis.estimate.domains import everyone, partition, ratios
from app.analysis.estimate.intervals import Drawn, difference, mean_estimate, share_estimate
from app.analysis.estimate.medians import medians
from app.domain.estimate import Estimate
from app.domain.study import Design


def test_that_a_plain_sample_has_very_nearly_wilsons_interval():
    """The variance divides by n − 1, hence 39 in place of 40."""
    found = share_estimate(0.3, 0.3 * 0.7 / 39, Drawn(40, 40.0, 39.0), 12)
    assert (found.low, found.high) == pytest.approx(wilson(0.3 * 39, 39))
    assert found.n_effective == pytest.approx(39)


def test_that_a_share_of_none_still_has_an_interval_and_an_error():
    found = share_estimate(0.0, 0.0, Drawn(12, 12.0, 11.0), 0)
    assert (found.low, found.high) == (0.0, pytest.approx(0.2425, abs=1e-4))
    assert found.se > 0.05


def test_that_a_share_known_of_all_firms_has_no_width():
    found = share_estimate(0.4, 0.0, Drawn(10, math.inf, 9.0, 10), 4)
    assert (found.se, found.low, found.high, found.n_effective) == (0.0, 0.4, 0.4, None)


def test_that_strata_that_agree_by_chance_make_nobody_sure():
    """Two firms in one stratum with, two in the other without: a variance of 0 that means nothing."""
    found = share_estimate(0.5, 0.0, Drawn(4, 4.0, 2.0), 2)
    assert found.high - found.low > 0.7


def test_that_unseen_firms_bound_what_the_interval_may_say():
    found = share_estimate(0.5, 0.25 / 8, Drawn(9, 90.0, 8.0, 10), 4)
    assert (found.low, found.high) == (0.4, 0.5)


@given(st.floats(0, 1), st.floats(0, 0.25), st.integers(1, 300), st.floats(0, 300), st.integers(0, 300))
def test_that_a_share_never_leaves_0_to_1_and_holds_its_value(value, variance, n, freedom, unseen):
    found = share_estimate(value, variance, Drawn(n, float(n), freedom, n + unseen + 1), round(value * n))
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_that_a_mean_of_one_firm_of_several_has_no_interval():
    found = mean_estimate(50.0, 0.0, Drawn(1, 1.0, 0.0), (0, 100))
    assert (found.value, found.se, found.low, found.reason) == (50.0, None, None, "estimate.reason.one_firm")


def test_that_a_mean_has_the_t_interval_within_its_scale():
    assert mean_estimate(50.0, 1.0, Drawn(6, 6.0, 5.0), (0, 100)).high == pytest.approx(52.5706, abs=1e-4)
    assert mean_estimate(99.5, 1.0, Drawn(6, 6.0, 5.0), (0, 100)).high == 100


def proportion(hits: int, n: int) -> Estimate:
    low, high = wilson(hits, n)
    return Estimate(hits / n, math.sqrt(hits / n * (1 - hits / n) / n), low, high, n, n)


pairs = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(pairs, pairs)
def test_that_the_difference_of_two_samples_is_newcombes(one, other):
    found = difference(proportion(*one), proportion(*other))
    expected = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-9)


def test_that_going_together_narrows_a_difference():
    one, other = proportion(30, 50), proportion(20, 50)
    apart, together = difference(one, other), difference(one, other, 0.6)
    assert together.high - together.low < apart.high - apart.low
    assert together.se == pytest.approx(math.sqrt(one.se**2 + other.se**2 - 1.2 * one.se * other.se))


def test_that_a_difference_is_as_silent_as_what_it_is_made_of():
    blunt = Estimate(0.5, n=9, reason="estimate.reason.volunteers")
    found = difference(blunt, proportion(3, 10))
    assert (found.value, found.low, found.reason) == (pytest.approx(0.2), None, "estimate.reason.volunteers")
    assert difference(replace(blunt, value=None), blunt).value is None


def test_that_a_group_is_a_domain_and_not_a_survey_of_its_own():
    """Ten firms, of whom a chance four are of the group: its variance counts that the four were not planned."""
    y, of = np.array([1.0, 0, 1, 0] + [0.0] * 6), np.array([1] * 4 + [0] * 6)
    design = declare(Design.SAMPLE, np.full(10, 5.0), np.zeros(10, dtype=np.int64), np.array([50.0]))
    found = ratios(y, design, partition(of, 2, design))
    assert found.variance[1] == pytest.approx(0.8 * 10 / 9 * (4 * 0.25) / 16)


def test_that_a_stratum_that_weighs_most_of_all_leaves_few_degrees_of_freedom():
    """Cochran's eq. 5.16 by hand: 20 firms of weight 1 and 5 of weight 10, against 23 by plain counting."""
    weights, strata = np.array([1.0] * 20 + [10.0] * 5), np.array([0] * 20 + [1] * 5)
    found = everyone(declare(Design.SAMPLE, weights, strata))
    assert found.freedom[0] == 23
    assert found.settled[0] == pytest.approx(520**2 / (20**2 / 19 + 500**2 / 4))


def test_that_rows_that_stand_for_several_alike_give_what_the_several_do():
    y, strata, weights = np.array([1.0, 1, 1, 0, 0, 1]), np.array([0, 0, 0, 0, 1, 1]), np.array([2.0, 2, 2, 2, 3, 3])
    long = declare(Design.SAMPLE, weights, strata, np.array([8.0, 6.0]))
    short = replace(long, weights=weights[[0, 3, 4, 5]], strata=strata[[0, 3, 4, 5]], times=np.array([3.0, 1, 1, 1]))
    whole, brief = everyone(long), everyone(short)
    assert (brief.firms[0], brief.total[0], brief.settled[0]) == pytest.approx((6, whole.total[0], whole.settled[0]))
    one, other = ratios(y, long, whole), ratios(y[[0, 3, 4, 5]], short, brief)
    assert (other.value[0], other.variance[0]) == pytest.approx((one.value[0], one.variance[0]))


def test_that_a_lonely_firm_counts_against_the_mean_of_all():
    y = np.array([1.0, 0.0, 0.0, 1.0])
    design = declare(Design.SAMPLE, np.ones(4), np.array([0, 0, 0, 1]))
    assert ratios(y, design, everyone(design)).variance[0] > 1 / 64


def test_that_medians_are_everyday_medians_and_know_when_they_know_little():
    design = declare(Design.SAMPLE, np.ones(4), np.zeros(4, dtype=np.int64))
    found = medians(np.array([1.0, 9.0, 3.0, 5.0]), design, everyone(design), (0, 100))
    assert (found.value[0], found.low[0], found.high[0]) == (4.0, 0.0, 100.0)
    alike = declare(Design.SAMPLE, np.ones(40), np.zeros(40, dtype=np.int64))
    level = medians(np.full(40, 7.0), alike, everyone(alike), (0, 100))
    assert (level.value[0], level.low[0]) == (7.0, 7.0)


def test_that_the_median_of_all_firms_has_no_width():
    design = declare(Design.CENSUS, np.ones(3), np.zeros(3, dtype=np.int64), np.array([3.0]))
    found = medians(np.array([1.0, 2.0, 9.0]), design, everyone(design), (0, 100))
    assert (found.low[0], found.value[0], found.high[0], found.error[0]) == (2.0, 2.0, 2.0, 0.0)
