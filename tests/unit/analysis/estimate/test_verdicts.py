"""Plain verdicts and what many comparisons at once ask for."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import test_proportions_2indep as two_proportions

from app.analysis.estimate import compare, wilson
from app.analysis.estimate.verdicts import holm
from app.domain.assessment import TOTAL
from app.domain.estimate import Estimate, Method, SectorEstimate, Verdict


def sector(key: str, hits: int, n: int, whole: bool = False) -> SectorEstimate:
    low, high = (hits / n, hits / n) if whole else wilson(hits, n)
    error = 0.0 if whole else math.sqrt(hits / n * (1 - hits / n) / n) or (high - low) / 3.92
    at_least = {"L2": Estimate(hits / n, error, low, high, n, None if whole else n, n if whole else None)}
    return SectorEstimate(key, "2026", Method.RUBRIC, "", n, 0, {}, at_least, None)


def verdicts(*estimates: SectorEstimate) -> dict[str, Verdict]:
    return {one.sector: one.verdict for one in compare(estimates)}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 1), max_size=20))
def test_that_holm_equals_statsmodels(tests):
    if tests:
        assert holm(tests) == pytest.approx(multipletests(tests, method="holm")[1])
    assert len(holm(tests)) == len(tests)


def test_that_no_correction_helps_a_test_or_changes_the_order_of_two():
    tests = [0.04, 0.01, 1.0, 0.01, 0.5, 0.0]
    found = holm(tests)
    assert all(after >= before for before, after in zip(tests, found, strict=True))
    assert [p for _, p in sorted(zip(tests, found, strict=True))] == sorted(found)
    assert max(found) <= 1.0


def test_that_p_is_that_of_the_score_test():
    one = compare([sector("C", 30, 50), sector("G", 20, 60)])[0]
    assert one.p == pytest.approx(two_proportions(30, 50, 20, 60, method="score", correction=False).pvalue, rel=1e-6)
    assert (one.sector, one.against) == ("C", TOTAL)
    assert one.difference.value == pytest.approx(0.6 - 1 / 3)


def test_that_far_apart_differs_and_close_with_few_cannot_tell():
    assert verdicts(sector("C", 45, 50), sector("G", 10, 60)) == {"C": Verdict.DIFFERS, "G": Verdict.DIFFERS}
    assert set(verdicts(sector("C", 5, 10), sector("G", 6, 11)).values()) == {Verdict.CANNOT_TELL}


def test_that_the_same_is_said_only_of_what_is_surely_close():
    assert set(verdicts(sector("C", 1000, 2000), sector("G", 1010, 2000)).values()) == {Verdict.SAME}
    wide = compare([sector("C", 1000, 2000), sector("G", 1010, 2000)], matters=0.005)
    assert {one.verdict for one in wide} == {Verdict.CANNOT_TELL}


def test_that_what_is_small_for_sure_does_not_differ_for_being_significant():
    gap = compare([sector("C", 10500, 20000), sector("G", 10000, 20000)])[0]
    assert gap.adjusted < 1e-4
    assert gap.verdict is Verdict.SAME


def test_that_one_of_twenty_equal_sectors_is_not_picked_out_by_chance():
    """p = 0.03 alone, and 0.6 after Holm."""
    sectors = [sector("A", 65, 100), *(sector(chr(66 + place), 54, 100) for place in range(19))]
    found = compare(sectors)[0]
    assert found.p < 0.05 < found.adjusted
    assert found.verdict is Verdict.CANNOT_TELL


def test_that_censuses_differ_for_sure_where_they_differ_enough():
    assert set(verdicts(sector("C", 2, 4, whole=True), sector("G", 1, 20, whole=True)).values()) == {Verdict.DIFFERS}
    assert set(verdicts(sector("C", 2, 4, whole=True), sector("G", 10, 20, whole=True)).values()) == {Verdict.SAME}


def test_that_a_sector_of_three_cannot_tell_whatever_it_shows():
    assert verdicts(sector("C", 3, 3), sector("G", 1, 900))["C"] is Verdict.CANNOT_TELL


def test_that_all_or_none_breaks_nothing():
    found = compare([sector("C", 0, 10), sector("G", 0, 12), sector("I", 9, 9)])
    assert all(0 <= one.p <= one.adjusted <= 1 for one in found)
    assert found[2].verdict is Verdict.DIFFERS
    none = compare([sector("C", 0, 10), sector("G", 0, 12)])
    assert [one.p for one in none] == [1.0, 1.0]


def test_that_volunteers_and_lone_sectors_cannot_tell_and_say_why():
    blunt = Estimate(0.5, n=9, reason="estimate.reason.volunteers")
    pair = [SectorEstimate(key, "2026", Method.RUBRIC, "", 9, 0, {}, {"L2": blunt}, None) for key in "CG"]
    one = compare(pair)[0]
    assert (one.p, one.verdict, one.difference.reason) == (None, Verdict.CANNOT_TELL, "estimate.reason.volunteers")
    (lone,) = compare([sector("C", 5, 9)])
    assert (lone.difference.value, lone.difference.reason) == (None, "estimate.reason.nothing_to_compare")


def test_that_firms_of_unknown_sector_are_among_the_others_and_not_held_against_them():
    found = compare([sector("C", 10, 20), sector("", 20, 20)])
    assert [one.sector for one in found] == ["C"]
    assert found[0].difference.value == -0.5
