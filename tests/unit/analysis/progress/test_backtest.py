"""The rolling origin: what is forecast from what, and that no forecast sees what it is held against."""

from __future__ import annotations

import numpy as np
import pytest

from app.analysis.progress.backtest import backtest, side_by_side
from app.analysis.progress.forecast.laid_down import PRIOR
from app.domain.backtest import SeriesTable
from app.domain.task import run_to_end


def table(*values: tuple[float, ...], errors: float | None = None, a_year: int = 1) -> SeriesTable:
    times = tuple(tuple(2010.0 + step / a_year for step in range(len(each))) for each in values)
    given = None if errors is None else tuple(tuple(errors for _ in each) for each in values)
    return SeriesTable("x.csv", tuple(str(at) for at in range(len(values))), times, values, given, False)


def rows(made: SeriesTable, horizons=(1,)):
    return {(row.horizon, row.length): row for row in run_to_end(backtest(made, horizons, PRIOR))}


def test_that_every_origin_with_something_ahead_is_a_case():
    found = rows(table((0.1, 0.2, 0.25, 0.3, 0.4, 0.45, 0.5), (0.2, 0.3, 0.4)), (1, 4))
    assert {key: (row.cases, row.series) for key, row in found.items()} == {
        (1, "2"): (2, 2),
        (1, "3_4"): (2, 1),
        (1, "5_9"): (2, 1),
        (1, "all"): (6, 2),
        (4, "2"): (1, 1),
        (4, "3_4"): (1, 1),
        (4, "all"): (2, 1),
    }


def test_that_the_three_plain_forecasts_are_the_last_value_and_two_least_squares_lines():
    row = rows(table((0.1, 0.2, 0.5)))[(1, "2")]
    odds = [np.log(share / (1 - share)) for share in (0.1, 0.2)]
    curve = 1 / (1 + np.exp(-(2 * odds[1] - odds[0])))
    assert row.naive == pytest.approx(0.3)
    assert row.linear == pytest.approx(0.2)
    assert row.logit == pytest.approx(0.5 - curve)


def test_that_a_forecast_knows_nothing_of_what_comes():
    calm = rows(table((0.2, 0.22, 0.24, 0.26), (0.3, 0.31, 0.33, 0.34)))[(1, "2")]
    wild = rows(table((0.2, 0.22, 0.24, 0.9), (0.3, 0.31, 0.33, 0.02)))[(1, "2")]
    assert calm == wild


def test_that_below_and_above_tell_on_which_side_an_interval_was_missed():
    up, down = (rows(table(*[(0.2, 0.2, end)] * 2, errors=0.01))[(1, "all")] for end in (0.9, 0.01))
    assert (up.coverage, up.below, up.above) == (0.0, 0.0, 1.0)
    assert (down.coverage, down.below, down.above) == (0.0, 1.0, 0.0)


def test_that_intervals_of_noisier_series_are_wider():
    calm, noisy = (rows(table((0.2, 0.22, 0.24), errors=error))[(1, "all")].width for error in (0.005, 0.05))
    assert noisy > 1.2 * calm


def test_that_standard_errors_become_the_firms_a_value_is_worth():
    series = side_by_side(table((0.2, 0.5), (0.1, 0.1, 0.1), errors=0.02))
    assert series.sizes[0, :2] == pytest.approx([400, 625])
    assert np.isnan(series.times[0, 2])


def test_that_noise_is_learnt_from_many_values_where_no_standard_errors_are_given():
    rng = np.random.default_rng(5)
    noisy, calm = (table(*[tuple(1 / (1 + np.exp(1 - rng.normal(0, noise, 12)))) for _ in range(20)]) for noise in (0.4, 0.02))
    wide, narrow = (rows(made)[(1, "10_19")] for made in (noisy, calm))
    assert wide.width > 1.5 * narrow.width
    assert wide.coverage > 0.7


def test_that_on_monthly_noise_about_a_level_forecasts_beat_the_last_value_and_cover():
    rng = np.random.default_rng(6)
    made = table(*[tuple(np.clip(rng.normal(0.3, 0.03, 12), 0.05, 0.95)) for _ in range(60)], errors=0.03, a_year=12)
    row = rows(made)[(1, "all")]
    assert row.forecast < 0.85 * row.naive
    assert 0.75 <= row.coverage <= 0.90


def test_that_no_series_long_enough_gives_no_row():
    assert rows(table((0.1, 0.2, 0.3)), (4,)) == {}
