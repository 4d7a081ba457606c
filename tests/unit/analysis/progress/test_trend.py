"""Two models side by side: neither passes 100 %, and a census is not a certainty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.progress.trend import fit_trend
from app.domain.goals import Observation


def seen(time: float, value: float, error: float = 0.01, n: int = 1000) -> Observation:
    return Observation(str(time), time, value, value - 2 * error, value + 2 * error, n, None, error)


def test_that_two_waves_give_the_straight_line_between_them():
    trend = fit_trend([seen(2025, 0.30), seen(2026, 0.42)])
    assert trend.pace == pytest.approx(0.12)
    assert trend.linear.at(2028)[0] == pytest.approx(0.66)


def test_that_a_constant_logit_pace_is_recovered():
    """Logits −1, 0, 1 → 2 after another year: 88.1 %."""
    trend = fit_trend([seen(2024, 0.26894142, n=10**9), seen(2025, 0.5, n=10**9), seen(2026, 0.73105858, n=10**9)])
    assert trend.logit.at(2027)[0] == pytest.approx(2.0, abs=1e-6)


def test_that_line_and_curve_disagree_as_the_european_series_shows():
    """8.0, 13.5, 20.0 % in 2023–25: the line says about half by 2030, the curve more than three quarters."""
    fan = fit_trend([seen(2023, 0.0803), seen(2024, 0.1348), seen(2025, 0.1995)])
    line, curve = fan.linear.at(2030)[0], fan.logit.at(2030)[0]
    assert line == pytest.approx(0.497, abs=0.01)
    assert curve == pytest.approx(1.23, abs=0.25)  # logit of 77.4 % is 1.23
    assert fan.probability(2030, 0.6) == pytest.approx(0.5, abs=0.35)


def test_that_a_wave_without_sampling_error_is_still_no_certainty():
    trend = fit_trend([seen(2025, 0.30, 0.0), seen(2026, 0.50, 0.0)])
    assert 0.5 < trend.probability(2028, 0.80) < 0.99


def test_that_nearer_waves_count_more_when_they_are_surer():
    loose = fit_trend([seen(2024, 0.9, 0.3), seen(2025, 0.3), seen(2026, 0.4)])
    assert loose.pace == pytest.approx(0.1, abs=0.01)


shares = st.floats(0, 1)
errors = st.floats(0, 0.2)


@given(shares, shares, errors, errors, st.floats(0.3, 5), st.floats(0, 15))
def test_that_no_projection_leaves_the_range_and_bands_are_ordered(first, second, error1, error2, span, ahead):
    trend = fit_trend([seen(2020, first, error1), seen(2020 + span, second, error2)])
    fan = trend.fan(2020 + span + ahead)
    assert all(0 <= low <= middle <= high <= 1 for _, low, middle, high in fan)
    assert fan[0][0] == pytest.approx(2020 + span)
    assert fan[-1][0] == pytest.approx(2020 + span + ahead)


@given(shares, shares, errors, st.floats(0.01, 0.98))
def test_that_a_higher_target_is_never_likelier(first, second, error, target):
    trend = fit_trend([seen(2025, first, error), seen(2026, second, error)])
    near, far = trend.probability(2028, target), trend.probability(2028, target + 0.01)
    assert 0 <= far <= near + 1e-12 <= 1 + 1e-12
    assert trend.probability(2028, target, upwards=False) == pytest.approx(1 - near)
