"""What five waves and more may say: ceilings only where they are clear, Bass's numbers, a trend that levels off."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.progress.forecast import fit_trends
from tests.unit.analysis.progress.forecast.samples import logistic, one, together

YEARS = 2015 + np.arange(16) / 2


def parameters(trends, model: str) -> dict[str, float]:
    told = next(each for each in trends.forecasts(2030.0, 0.5, True)[0] if each.model == model)
    return dict(told.parameters)


def test_that_a_ceiling_is_taken_where_the_waves_have_clearly_reached_it():
    shares = 0.4 * logistic(1.6 * (YEARS - 2017))
    assert parameters(fit_trends(one(YEARS, shares, 10**6)), "logistic")["ceiling"] == pytest.approx(0.44, abs=0.01)


@pytest.mark.parametrize("n", [100, 10**6])
def test_that_an_s_curve_on_its_way_keeps_the_ceiling_of_all_firms(n):
    assert parameters(fit_trends(one(YEARS, logistic(0.4 * (YEARS - 2022)), n)), "logistic")["ceiling"] == 1.0


def test_that_basss_numbers_are_found_where_the_waves_follow_his_curve():
    t = YEARS - 2012
    shares = (1 - np.exp(-0.5 * t)) / (1 + 12.667 * np.exp(-0.5 * t))
    found = parameters(fit_trends(one(YEARS, shares, 10**6)), "bass")
    assert found["p"] + found["q"] == pytest.approx(0.5, abs=0.03)
    assert found["q"] / found["p"] == pytest.approx(0.38 / 0.03)


def test_that_the_damped_trend_levels_off_while_the_lines_run_on():
    told = {
        each.model: each.middle for each in fit_trends(one(YEARS, logistic(0.4 * (YEARS - 2022)))).forecasts(2040.0, 0.5, True)[0]
    }
    assert told["local_trend"] < told["logit"] - 0.05


def test_that_two_to_four_waves_have_two_models_and_five_have_five():
    series = together(
        one([2020, 2021], [0.2, 0.3]),
        one(range(2018, 2022), [0.1, 0.15, 0.2, 0.3]),
        one(range(2017, 2022), [0.1, 0.12, 0.15, 0.2, 0.3]),
    )
    names = [[each.model for each in told] for told in fit_trends(series).forecasts(2025.0, 0.5, True)]
    assert names[0] == names[1] == ["linear", "logit", "all"]
    assert names[2] == ["linear", "logit", "logistic", "bass", "local_trend", "all"]


def test_that_a_short_series_is_forecast_alike_alone_and_beside_a_long_one():
    short, long = one([2020, 2021], [0.2, 0.3]), one(range(2017, 2022), [0.1, 0.12, 0.15, 0.2, 0.3])
    alone, beside = fit_trends(short), fit_trends(together(short, long))
    assert beside.chances(2024.0, 0.5, True)[0] == pytest.approx(alone.chances(2024.0, 0.5, True)[0])
    assert np.array(beside.fans(2024.0)[0]) == pytest.approx(np.array(alone.fans(2024.0)[0]))
