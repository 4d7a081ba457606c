"""The published progress status: values by the formula, at its documented corners, and on the data of its authors' own tests.

Series named below are those of tests/assets/progress-calculation in open-sdg/sdg-build; what they give was computed by hand from
the documented formula to 40 digits, because those files hold no expected results.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.progress.status import Seen, Wanted, calendar_year, status

EXACT = 1e-9


def of(base, current, target, year=2030, direction=1, limit=None):
    return status(Seen(*base), Seen(*current), Wanted(direction, target, year, limit))


def test_that_thirty_to_fifty_towards_seventy_is_more_than_what_is_needed():
    """Growth 2/3 a year against √(7/3) − 1 needed."""
    found = of((2025, 0.3), (2026, 0.5), 0.7, 2027)
    assert found.observed_growth == pytest.approx(2 / 3, abs=EXACT)
    assert found.required_growth == pytest.approx(0.5275252316519467, abs=EXACT)
    assert found.value == pytest.approx(1.263762615825973, abs=EXACT)
    assert found.score == pytest.approx(4.741229988583345, abs=EXACT)
    assert found.status == "status.substantial_progress"


def test_that_thirty_to_thirty_five_is_limited():
    found = of((2025, 0.3), (2026, 0.35), 0.7, 2027)
    assert found.value == pytest.approx(0.3159406539564933, abs=EXACT)
    assert found.score == pytest.approx(-1.1835700771594792, abs=EXACT)
    assert found.status == "status.limited_progress"


def test_that_their_series_3_3_3_whose_target_is_zero_deteriorates():
    """1.55 in 2015 to 1.82 in 2019, wanted down to 0 (taken as 0.001) by 2030."""
    found = of((2015, 1.55), (2019, 1.82), 0, direction=-1)
    assert found.target == 0.001
    assert found.observed_growth == pytest.approx(0.0409621113152473, abs=EXACT)
    assert found.required_growth == pytest.approx(-0.38721063409482145, abs=EXACT)
    assert found.value == pytest.approx(-0.10578767138192197, abs=EXACT)
    assert found.score == pytest.approx(4.1667 * -0.10578767138192197 - 2.5, abs=EXACT)
    assert found.status == "status.deterioration"


def test_that_their_series_3_1_1_has_its_target_achieved_whatever_the_trend():
    """7.06 in 2015 to 7.53 in 2019, wanted at or below 70."""
    found = of((2015, 7.060817171907362), (2019, 7.526112923948628), 70, direction=-1)
    assert (found.status, found.score) == ("status.target_achieved", 5.0)
    assert found.value < 0


def test_that_their_series_17_8_1_without_a_target_is_moderate():
    """91.3 in 2018 to 92.3 in 2020, wanted up."""
    found = of((2018, 91.3), (2020, 92.3), None)
    assert found.value == pytest.approx(0.005461537066022024, abs=EXACT)
    assert found.score == pytest.approx(250 * 0.005461537066022024 - 1.25, abs=EXACT)
    assert (found.status, found.required_growth) == ("status.moderate_progress", None)


def test_that_a_natural_limit_lowers_the_thresholds():
    """At 91.3 of 100 the factor is 1 − 0.913^4.44 = 0.3324…, and the same growth is substantial."""
    found = of((2018, 91.3), (2020, 92.3), None, limit=100)
    assert found.score == pytest.approx(3.2143179356272462, abs=EXACT)
    assert found.status == "status.substantial_progress"


def test_that_their_series_1_1_1_by_default_wanted_down_sinks_to_the_floor():
    found = of((2020, 100), (2021, 120), None, direction=-1)
    assert (found.value, found.score) == (pytest.approx(-0.2, abs=EXACT), -5.0)
    assert found.status == "status.deterioration"


@pytest.mark.parametrize(
    ("ratio", "score", "name"),
    [
        (1.3, 5.0, "substantial_progress"),
        (0.95, 2.5, "substantial_progress"),
        (0.6, 0.0, "moderate_progress"),
        (0.0, -2.5, "limited_progress"),
        (-0.6, -5.0, "deterioration"),
    ],
)
def test_that_documented_corners_of_the_ratio_give_their_scores(ratio, score, name):
    """From 1 to 4 in two years takes a growth of 1, so what was seen in one year is the ratio; published slopes have 4 decimals."""
    found = of((2025, 1.0), (2026, 1.0 + ratio + (1e-12 if ratio else 0.0)), 4.0, 2027)
    assert (found.score, found.status) == (pytest.approx(score, abs=2e-4), f"status.{name}")


def test_that_a_limit_kept_is_the_best_score_and_lost_is_not():
    assert of((2025, 1.0), (2026, 1.0), None, limit=1.0).score == 5.0
    assert of((2025, 1.0), (2026, 0.9), None, limit=1.0).score == -5.0


def test_that_a_base_of_zero_is_taken_as_a_thousandth():
    assert of((2025, 0.0), (2026, 0.5), 0.7, 2027).observed_growth == pytest.approx(499)


@pytest.mark.parametrize(
    ("base", "current", "target", "year"),
    [
        ((2026, 0.3), (2026, 0.5), 0.7, 2027),  # one year only
        ((2025, -1.0), (2026, 1.0), 2.0, 2027),  # across zero
        ((2025, 0.3), (2026, 0.5), 0.7, 2025),  # the target year is the base year
        ((2027, 0.3), (2026, 0.5), 0.7, 2030),  # the base lies ahead
    ],
)
def test_that_what_has_no_growth_is_not_available(base, current, target, year):
    found = of(base, current, target, year)
    assert (found.value, found.score, found.status) == (None, None, "status.not_available")


def test_that_falling_from_a_base_that_was_the_target_is_the_worst_without_a_number():
    found = of((2025, 0.7), (2026, 0.5), 0.7, 2027)
    assert (found.value, found.score, found.status) == (None, -5.0, "status.deterioration")


def test_that_a_wave_belongs_to_the_calendar_year_it_ends_in():
    assert [calendar_year(time) for time in (2027.0, 2026.4959, 2026.0027)] == [2026.0, 2026.0, 2026.0]


@given(
    st.floats(0, 1, allow_subnormal=False),
    st.floats(0, 1, allow_subnormal=False),
    st.floats(0, 1, allow_subnormal=False),
    st.integers(2020, 2035),
    st.sampled_from((1, -1)),
)
def test_that_no_share_gives_anything_but_a_score_within_bounds(base, current, target, year, direction):
    found = of((2024, base), (2026, current), target, year, direction)
    assert found.score is None or -5 <= found.score <= 5
    assert (found.score is None) == (found.status == "status.not_available")
