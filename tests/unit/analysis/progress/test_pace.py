"""Paces in points, logits and firms; the required way; plans; counts."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.progress.aim import aim_of
from app.analysis.progress.counts import are_possible, reported
from app.analysis.progress.pace import band_of, required, with_observed
from app.analysis.progress.path import quarters, required_path, upper_scenario
from app.domain.goals import Conversion, Goal, GoalKind, Layer, Measure, Observation
from app.domain.progress import Band, Pace
from app.domain.targets import Reported
from tests.unit.analysis.small_study import W, uses_ai

MEASURE = Measure("use", W, uses_ai(), None, "firms", True, "own", "1", uses_ai())
GOAL = Goal("g", Layer.STATE, GoalKind.RATE, 2027, ">", 0.7, "", W, "d", "2025", W, (), "use", W, "s", False)
NOW = Observation("2025", 2026.0, 0.3, 0.25, 0.35, 200, 1000, 0.025, 0.2)
HALF = Conversion(0.3, 0.7, "own", True)


def needed(latest=NOW, goal=GOAL, measure=MEASURE):
    return required(goal, measure, aim_of(goal), latest)


def test_that_thirty_to_seventy_in_two_years_is_twenty_points_or_0_85_logits_a_year():
    """The anchor of the research notes: +20 points, or +0.85 logit, a year."""
    found = needed()
    assert found.required == pytest.approx(20.0)
    assert found.required_logit == pytest.approx(0.8473, abs=1e-4)


def test_that_firms_are_those_of_the_frame_where_it_is_known_and_the_target_must_be_passed():
    """0.4 of 1,000 firms are 400, one more for "more than"; eight quarters are left."""
    found = needed()
    assert (found.firms, found.base) == (401.0, "frame")
    assert found.per_quarter == pytest.approx(401 / 8)
    assert needed(goal=replace(GOAL, operator=">=")).firms == 400.0
    assert needed(replace(NOW, frame=None)).base == "counted"
    assert needed(replace(NOW, frame=None)).firms == 81.0


def test_that_weighted_measures_and_goals_of_at_most_have_no_number_of_firms():
    assert needed(measure=replace(MEASURE, weight="employees")).firms is None
    assert needed(goal=replace(GOAL, operator="<", value=0.1)).firms is None
    assert needed(goal=replace(GOAL, operator="<", value=0.1)).required == pytest.approx(-10.0)


def test_that_nothing_is_required_after_the_deadline_and_zero_when_there_already():
    assert needed(replace(NOW, time=2028.5)) == Pace()
    there = needed(replace(NOW, value=0.8))
    assert (there.required, there.required_logit, there.firms) == (0.0, 0.0, 0.0)
    assert with_observed(there, 5.0, 0.2).ratio is None


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_that_none_and_all_have_no_logit(value):
    assert needed(replace(NOW, value=value)).required_logit is None


def test_that_less_than_a_quarter_asks_for_no_more_than_all_firms_a_quarter():
    found = needed(replace(NOW, time=2027.9))
    assert found.per_quarter == found.firms


@pytest.mark.parametrize(
    ("ratio", "band"),
    [
        (0.95, Band.ON_COURSE),
        (0.9499, Band.SLIGHTLY_BEHIND),
        (0.6, Band.SLIGHTLY_BEHIND),
        (0.0, Band.FAR_BEHIND),
        (-0.01, Band.BACKWARDS),
    ],
)
def test_that_bands_begin_at_their_bounds(ratio, band):
    assert band_of(ratio) is band


def test_that_a_falling_share_has_a_negative_ratio_and_a_falling_goal_a_positive_one():
    assert with_observed(needed(), -4.0, -0.2).band is Band.BACKWARDS
    down = needed(goal=replace(GOAL, operator="<=", value=0.1))
    assert with_observed(down, -5.0, None).ratio == pytest.approx(0.5)


def test_that_counts_are_paced_in_their_unit():
    goal = replace(GOAL, kind=GoalKind.COUNT, value=20.0, unit="家", operator=">=", measure="")
    found = required(goal, None, aim_of(goal), Observation("", 2026.0, 6.0, 6.0, 6.0, 0, None, 0.0))
    assert (found.required, found.required_logit, found.firms) == (7.0, None, None)


def test_that_the_straight_way_gains_the_same_each_quarter():
    way = required_path(GOAL, aim_of(GOAL), NOW)
    assert (way[0], way[-1]) == ((2026.0, 0.3), (2028.0, 0.7))
    assert {round(after - before, 12) for (_, before), (_, after) in pairwise(way)} == {0.05}


def test_that_the_s_curve_is_straight_in_logits_and_steepest_in_the_middle():
    """Through 30 % and 70 % its middle is 50 %."""
    way = required_path(replace(GOAL, path="s_curve"), aim_of(GOAL), NOW)
    assert way[4] == (2027.0, pytest.approx(0.5))
    steps = [after - before for (_, before), (_, after) in pairwise(way)]
    assert max(steps) in (steps[3], steps[4])
    assert (way[0][1], way[-1][1]) == (0.3, 0.7)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_that_an_s_curve_from_none_or_all_is_straight(value):
    way = required_path(replace(GOAL, path="s_curve"), aim_of(GOAL), replace(NOW, value=value))
    assert way[4][1] == pytest.approx((value + 0.7) / 2)


@given(st.floats(2020, 2040), st.floats(2020, 2040))
def test_that_quarters_run_from_start_to_end_without_a_step_back(start, end):
    times = quarters(start, end)
    if end <= start:
        assert times == []
    else:
        assert (times[0], times[-1]) == (start, end)
        assert all(before < after <= before + 0.25 + 1e-6 for before, after in pairwise(times))


def test_that_plans_lead_to_thirty_to_seventy_percent_of_them_within_half_a_year_and_stay():
    """0.3 + 0.2 × 0.3 … 0.3 + 0.2 × 0.7."""
    way = upper_scenario(MEASURE, NOW, HALF, 2028.0)
    assert way == (
        (2026.0, 0.3, 0.3),
        (2026.5, pytest.approx(0.36), pytest.approx(0.44)),
        (2028.0, pytest.approx(0.36), pytest.approx(0.44)),
    )


def test_that_plans_never_pass_all_firms_nor_the_deadline():
    full = upper_scenario(MEASURE, replace(NOW, value=0.9, planned=0.9), HALF, 2026.25)
    assert full[-1] == (2026.25, pytest.approx(0.95), pytest.approx(0.95))


def test_that_without_plans_assumption_or_time_there_is_no_upper_scenario():
    assert upper_scenario(MEASURE, replace(NOW, planned=None), HALF, 2028.0) == ()
    assert upper_scenario(MEASURE, NOW, None, 2028.0) == ()
    assert upper_scenario(MEASURE, NOW, HALF, 2025.0) == ()


COUNT = replace(GOAL, kind=GoalKind.COUNT, value=20.0, unit="家", measure="")


def test_that_of_a_day_the_last_figure_holds_and_one_taken_back_is_gone():
    said = [("2025-12-31", 4.0), ("2026-06-30", 9.0), ("2026-06-30", 8.0), ("2026-03-31", 6.0), ("2026-03-31", None)]
    figures = [Reported("g", date, value, "s", "a", "2026-07-01") for date, value in said]
    found = reported(COUNT, [*figures, Reported("other", "2026-01-01", 1.0, "s", "a", "d")], "2026-12-31")
    assert [(each.value, each.wave, each.standard_error, each.n) for each in found] == [(4.0, "", 0.0, 0), (8.0, "", 0.0, 0)]
    assert len(reported(COUNT, figures, "2026-01-31")) == 1


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf")])
def test_that_figures_that_cannot_be_are_known_as_such(value):
    seen = replace(NOW, value=value)
    assert not are_possible(COUNT, [seen])
    assert not are_possible(GOAL, [replace(NOW, value=1.5)])
    assert are_possible(COUNT, [replace(NOW, value=1.5)])
