"""The class of a sector and how sure it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.estimate import sector_class, wilson
from app.domain.estimate import Estimate

LEVELS = ("L0", "L1", "L2", "L3", "L4")


def shares(*values: float, n: int = 40) -> dict[str, Estimate]:
    found = {"L0": Estimate(1.0, 0.0, 1.0, 1.0, n)}
    for level, value in zip(LEVELS[1:], values, strict=True):
        low, high = wilson(value * n, n)
        found[level] = Estimate(value, None, low, high, n)
    return found


def test_that_the_class_is_the_highest_level_that_half_of_the_firms_reach():
    assert sector_class(shares(0.9, 0.6, 0.45, 0.1), LEVELS).level == "L2"
    assert sector_class(shares(0.9, 0.6, 0.5, 0.1), LEVELS).level == "L3"
    assert sector_class(shares(0.4, 0.3, 0.2, 0.1), LEVELS).level == "L0"
    assert sector_class(shares(0.9, 0.6, 0.45, 0.1), LEVELS, share=0.4).level == "L3"


def test_that_the_chance_at_a_bound_of_the_interval_is_that_of_the_interval():
    low, high = wilson(24, 40)
    at_least = shares(1.0, 0.6, 0.0, 0.0)
    lower = dict(sector_class(at_least, LEVELS, share=low).chances)
    upper = dict(sector_class(at_least, LEVELS, share=high).chances)
    assert lower["L2"] + lower["L3"] + lower["L4"] == pytest.approx(0.975, abs=1e-9)
    assert upper["L2"] + upper["L3"] + upper["L4"] == pytest.approx(0.025, abs=1e-9)


def test_that_a_share_on_the_line_is_an_even_chance_and_no_width_is_certainty():
    assert dict(sector_class(shares(1.0, 0.5, 0.0, 0.0, n=400), LEVELS).chances)["L1"] == pytest.approx(0.5, abs=1e-6)
    sure = {level: Estimate(value, 0.0, value, value, 7) for level, value in zip(LEVELS, (1, 0.5, 0.5, 0.49, 0), strict=True)}
    found = sector_class(sure, LEVELS)
    assert (found.level, found.probability) == ("L2", 1.0)


def test_that_volunteers_get_a_class_and_no_probability():
    at_least = {level: Estimate(value, n=9) for level, value in zip(LEVELS, (1, 0.8, 0.6, 0.2, 0), strict=True)}
    assert sector_class(at_least, LEVELS) == sector_class(at_least, LEVELS).__class__("L2", None)


def test_that_no_share_is_no_class():
    assert sector_class(dict.fromkeys(LEVELS, Estimate(None, reason="estimate.reason.no_answers")), LEVELS) is None
    assert sector_class({}, ()) is None


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4), st.integers(1, 500), st.floats(0.05, 0.95))
def test_that_chances_are_chances_whatever_the_shares(values, n, share):
    found = sector_class(shares(*values, n=n), LEVELS, share)
    assert sum(chance for _, chance in found.chances) == pytest.approx(1)
    assert all(0 <= chance <= 1 for _, chance in found.chances)
    assert found.probability == dict(found.chances)[found.level]
