"""What every fan and every chance owes: bounds, order, no preference of direction, and one story told by all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.progress.forecast import Series, fit_trends
from tests.unit.analysis.progress.forecast.samples import one

shares = st.lists(st.floats(0, 1), min_size=2, max_size=7)
sizes = st.integers(1, 10**6)
aheads = st.floats(0, 15)


def yearly(values) -> list[float]:
    return [2020.0 + step for step in range(len(values))]


@given(shares, sizes, aheads)
def test_that_no_fan_leaves_the_range_and_its_bands_are_in_order(values, n, ahead):
    due = 2019.0 + len(values) + ahead
    (fan,) = fit_trends(one(yearly(values), values, n)).fans(due)
    table = np.array(fan)
    assert np.isfinite(table).all()
    assert ((table[:, 1:] >= 0) & (table[:, 1:] <= 1)).all()
    assert (np.diff(table[:, 1:], axis=1) >= 0).all()
    assert table[0, 0] == 2019.0 + len(values)
    assert table[-1, 0] == pytest.approx(due)
    assert (np.diff(table[:, 0]) <= 0.25 + 1e-9).all()


@given(shares, sizes, st.floats(0.5, 10), st.floats(0.01, 0.98), st.floats(0.001, 0.01))
def test_that_a_higher_target_is_never_likelier_and_both_directions_make_one(values, n, ahead, target, more):
    trends, due = fit_trends(one(yearly(values), values, n)), 2019.0 + len(values) + ahead
    near, far = (float(trends.chances(due, aim, True)[0]) for aim in (target, target + more))
    assert 0 <= far <= near + 1e-6 <= 1 + 2e-6
    assert float(trends.chances(due, target, False)[0]) == pytest.approx(1 - near)


@given(shares, st.randoms())
def test_that_the_order_of_waves_does_not_matter(values, shuffler):
    times = yearly(values)
    pairs = list(zip(times, values, strict=True))
    shuffler.shuffle(pairs)
    mixed_times, mixed = zip(*pairs, strict=True)
    due = times[-1] + 3
    straight, mixed_up = fit_trends(one(times, values)), fit_trends(one(mixed_times, mixed))
    assert np.array(mixed_up.fans(due)) == pytest.approx(np.array(straight.fans(due)))
    assert mixed_up.pace == pytest.approx(straight.pace)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=4), sizes, st.floats(0.02, 0.98))
def test_that_a_share_and_the_rest_are_mirror_images_while_there_are_only_lines(values, n, target):
    due = 2022.0 + len(values)
    rest = [1 - value for value in values]
    forward, mirrored = fit_trends(one(yearly(values), values, n)), fit_trends(one(yearly(values), rest, n))
    assert mirrored.chances(due, 1 - target, False) == pytest.approx(forward.chances(due, target, True), abs=1e-6)
    fan, other = (np.array(each.fans(due)[0]) for each in (forward, mirrored))
    assert other[:, 1:] == pytest.approx(1 - fan[:, :0:-1], abs=1e-6)


@pytest.mark.parametrize("waves", [2, 3, 5, 8])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.7])
def test_that_a_share_that_stands_still_stays_put(share, waves):
    trends = fit_trends(one(yearly(range(waves)), [share] * waves))
    (fan,) = trends.fans(2022.0 + waves)
    assert trends.pace == pytest.approx(0, abs=1e-12)
    assert max(abs(middle - share) for _, _, middle, _ in fan) < 0.015


@pytest.mark.parametrize("values", [[0, 0], [1, 1, 1], [0, 1], [1, 0], [0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1], [0, 0, 1, 1, 0]])
@pytest.mark.parametrize("n", [1, 50, 10**6])
def test_that_shares_of_nothing_and_of_all_give_finite_numbers(values, n):
    trends = fit_trends(one(yearly(values), values, n))
    due = 2025.0 + len(values)
    assert np.isfinite(np.array(trends.fans(due))).all()
    assert np.isfinite([each.probability for each in trends.forecasts(due, 0.5, True)[0]]).all()
    assert np.isfinite([trends.pace, trends.pace_logit]).all()


def test_that_a_share_of_nothing_among_few_firms_is_no_certainty():
    few, many = (float(fit_trends(one([2020, 2021], [0, 0], n)).chances(2023.0, 0.05, True)[0]) for n in (10, 100_000))
    assert few > 0.2 > 0.02 > many


def test_that_fan_forecasts_and_chances_tell_one_story():
    trends = fit_trends(one(range(2016, 2022), [0.1, 0.12, 0.2, 0.22, 0.3, 0.33]))
    due, low, middle, high = trends.fans(2025.4)[0][-1]
    told = trends.forecasts(2025.4, 0.5, True)[0][-1]
    assert (told.low, told.middle, told.high) == pytest.approx((low, middle, high))
    assert due == pytest.approx(2025.4)
    assert told.probability == pytest.approx(trends.chances(2025.4, 0.5, True)[0])
    for aim, chance in ((low, 0.9), (middle, 0.5), (high, 0.1)):
        assert float(trends.chances(2025.4, aim, True)[0]) == pytest.approx(chance, abs=1e-4)


def test_that_the_combination_lies_between_its_models():
    for told in fit_trends(one([2020, 2021, 2022], [0.1, 0.2, 0.35])).forecasts(2028.0, 0.7, True):
        for name in ("low", "middle", "high"):
            own = [getattr(each, name) for each in told[:-1]]
            assert min(own) <= getattr(told[-1], name) <= max(own)


def test_that_line_and_curve_disagree_as_the_european_series_shows():
    """8.0, 13.5, 20.0 % in 2023–25: the line says about half by 2030, the curve far more; the fan holds both."""
    trends = fit_trends(one([2023, 2024, 2025], [0.0803, 0.1348, 0.1995], 100_000))
    line, curve, both = trends.forecasts(2030.0, 0.6, True)[0]
    assert line.middle < 0.5 < curve.middle
    assert both.low < line.middle < curve.middle < both.high
    assert trends.pace == pytest.approx(0.0596, abs=0.002)
    assert trends.pace_logit == pytest.approx(0.52, abs=0.02)


def test_that_two_waves_give_the_pace_between_them():
    trends = fit_trends(one([2025, 2026.5], [0.30, 0.42]))
    assert trends.pace == pytest.approx(0.08)
    assert trends.pace_logit == pytest.approx((np.log(0.42 / 0.58) - np.log(0.3 / 0.7)) / 1.5, abs=0.002)


def test_that_a_census_is_no_certainty():
    trends = fit_trends(one([2025, 2026], [0.30, 0.50], error=0.0))
    assert 0.5 < float(trends.chances(2028.0, 0.70, True)[0]) < 0.95


def test_that_fewer_firms_make_a_wider_fan_and_a_chance_nearer_to_even():
    fans, chances = [], []
    for n in (30, 100, 1000):
        trends = fit_trends(one([2024, 2025, 2026], [0.2, 0.3, 0.4], n))
        fans.append(trends.fans(2028.0)[0][-1])
        chances.append(float(trends.chances(2028.0, 0.45, True)[0]))
    widths = [high - low for _, low, _, high in fans]
    assert widths[0] > widths[1] > widths[2]
    assert 0.5 < chances[0] < chances[1] < chances[2]


def test_that_a_deadline_that_is_over_is_told_as_of_the_newest_wave():
    trends = fit_trends(one([2024, 2025], [0.2, 0.3]))
    assert [time for time, *_ in trends.fans(2020.0)[0]] == [2025.0, 2025.0]
    assert trends.chances(2020.0, 0.25, True) == pytest.approx(trends.chances(2025.0, 0.25, True))


def test_that_targets_and_deadlines_may_differ_between_series():
    both = Series(
        *(np.repeat(getattr(one([2024, 2025], [0.2, 0.3]), name), 2, axis=0) for name in ("times", "shares", "sizes", "errors"))
    )
    trends = fit_trends(both)
    mixed = trends.chances(np.array([2027.0, 2030.0]), np.array([0.4, 0.7]), np.array([True, False]))
    assert mixed[0] == pytest.approx(trends.chances(2027.0, 0.4, True)[0])
    assert mixed[1] == pytest.approx(trends.chances(2030.0, 0.7, False)[1])
    assert [fan[-1][0] for fan in trends.fans(np.array([2027.0, 2030.0]))] == [2027.0, 2030.0]


@given(st.lists(st.floats(1, 500), min_size=2, max_size=6), st.floats(0.001, 10_000))
def test_that_counts_are_forecast_alike_in_any_unit(values, unit):
    due = 2023.0 + len(values)
    plain = fit_trends(one(yearly(values), values, error=2.0), bounded=False)
    scaled = fit_trends(one(yearly(values), [unit * value for value in values], error=2.0 * unit), bounded=False)
    assert np.array(scaled.fans(due)[0])[:, 1:] == pytest.approx(
        unit * np.array(plain.fans(due)[0])[:, 1:], rel=1e-6, abs=1e-6 * unit
    )
    assert scaled.chances(due, 300.0 * unit, True) == pytest.approx(plain.chances(due, 300.0, True), abs=1e-6)


def test_that_counts_have_one_straight_line_and_no_walls():
    trends = fit_trends(one([2024, 2025], [3, 4], error=0.0), bounded=False)
    assert [each.model for each in trends.forecasts(2027.0, 5.0, True)[0]] == ["linear", "all"]
    assert trends.fans(2035.0)[0][-1][3] > 10
    assert trends.pace == pytest.approx(1.0)
    assert np.isnan(trends.pace_logit).all()


def test_that_a_count_of_nothing_is_forecast_without_a_nan():
    trends = fit_trends(one([2024, 2025], [0, 0], error=0.0), bounded=False)
    assert [middle for _, _, middle, _ in trends.fans(2026.0)[0]] == pytest.approx([0.0] * 5)
    assert np.isfinite(np.array(trends.fans(2026.0))).all()
    assert float(trends.chances(2026.0, 5.0, True)[0]) < 0.01
