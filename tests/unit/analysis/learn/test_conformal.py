"""Sets of levels: they hold the true level as often as they say, for rare levels too, and admit what they cannot tell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.learn.conformal import LEAST, TOO_FEW, Thresholds, conformal_report, conformal_sets, thresholds, tie_breaks

CODES = ("L0", "L1", "L2", "L3", "L4")
EVEN, RARE = (0.2, 0.25, 0.25, 0.18, 0.12), (0.22, 0.3, 0.28, 0.17, 0.03)


def firms(rng, n, shares=EVEN, noise=0.5, sure=1.0):
    """Chances (n, 5) from a score that sees the level through `noise`; `sure` below 1 claims more than it knows."""
    from scipy.stats import norm

    cuts = norm.ppf(np.cumsum(shares)[:-1]) * np.sqrt(1 + noise**2)
    seen = rng.normal(size=n)
    levels = ((seen + noise * rng.normal(size=n))[:, None] > cuts).sum(axis=1)
    upto = norm.cdf((cuts - seen[:, None]) / (noise * sure))
    return np.diff(np.c_[np.zeros(n), upto, np.ones(n)], axis=1), levels


def covered(draws, n, tested=1000, ties=False, change=lambda chances: chances, **kind):
    """Coverage overall and by level, over `draws` calibration sets of n firms, on firms that were not in them."""
    rng, hits = np.random.default_rng(3), []
    for _ in range(draws):
        chances, levels = firms(rng, n + tested, **kind)
        chances = change(chances)
        noise = rng.random(n + tested) if ties else None
        bounds = thresholds(chances[:n], levels[:n], ties=noise[:n] if ties else None)
        low, high = conformal_sets(chances[n:], bounds, noise[n:] if ties else None)
        hits.append(np.c_[levels[n:], (low <= levels[n:]) & (levels[n:] <= high)])
    table = np.concatenate(hits)
    return table[:, 1].mean(), [table[table[:, 0] == level, 1].mean() for level in range(5)]


@pytest.mark.parametrize("n", [100, 200, 500])
def test_that_ninety_percent_sets_hold_the_level_of_nine_firms_in_ten(n):
    overall, by_level = covered(80, n)
    assert 0.88 <= overall <= 0.92
    assert min(by_level) >= 0.87


@pytest.mark.parametrize("n", [100, 200, 500])
def test_that_a_level_of_three_percent_of_the_firms_is_covered_too(n):
    overall, by_level = covered(80, n, shares=RARE)
    assert 0.88 <= overall <= 0.92
    assert min(by_level) >= 0.85


def test_that_a_model_too_sure_of_itself_is_covered_all_the_same():
    overall, by_level = covered(80, 300, sure=0.2)
    assert 0.88 <= overall <= 0.92
    assert min(by_level) >= 0.87


def test_that_chances_in_few_steps_cover_no_more_than_they_should():
    def coarse(chances):
        return np.eye(5)[np.argmax(chances, axis=1)] * 0.6 + 0.08  # five different answers in all

    assert covered(40, 500, change=coarse)[0] > 0.92
    assert 0.88 <= covered(40, 500, ties=True, change=coarse)[0] <= 0.92


def test_that_the_report_tells_beforehand_what_new_firms_then_show():
    rng = np.random.default_rng(5)
    told = [conformal_report(*firms(rng, 200), CODES).coverage for _ in range(100)]
    assert np.mean(told) == pytest.approx(covered(80, 200)[0], abs=0.015)


def test_that_the_report_does_not_test_a_firm_against_its_own_score():
    chances = np.full((100, 2), 0.5)
    levels = np.repeat([0, 1], 50)
    chances[:50, 0] = np.linspace(0.01, 0.49, 50)
    chances[:50, 1] = 1 - chances[:50, 0]
    report = conformal_report(chances, levels, ("L0", "L1"))
    bounds = thresholds(chances, levels)
    ordered = np.sort(chances[:50, 1])
    by_hand = [chances[i, 1] <= np.quantile(np.delete(chances[:50, 1], i), 0.9, method="weibull") for i in range(50)]
    assert bounds.quantiles[0] == pytest.approx(np.quantile(ordered, 0.9, method="weibull"))
    assert report.coverage_by_level[0] == ("L0", pytest.approx(np.mean(by_hand)), 50)


def test_that_below_a_hundred_assessed_firms_every_set_holds_every_level_and_says_why(resources):
    chances, levels = firms(np.random.default_rng(0), LEAST - 1)
    refused = thresholds(chances, levels)
    assert refused == Thresholds((None,) * 5, 0.1, LEAST - 1, TOO_FEW)
    low, high = conformal_sets(chances, refused)
    assert (low == 0).all() and (high == 4).all()
    assert conformal_report(chances, levels, CODES) is None
    assert TOO_FEW in resources.words


def test_that_a_level_of_eight_firms_is_never_left_out_and_one_of_nine_may_be():
    chances, _ = firms(np.random.default_rng(1), 200)
    for count, never in ((8, True), (9, False)):
        levels = np.r_[np.full(count, 4), np.arange(200 - count) % 4]
        bounds = thresholds(chances, levels)
        assert (bounds.quantiles[4] is None) is never
        assert (conformal_sets(chances, bounds)[1] == 4).all() or not never


def test_that_a_level_nobody_was_found_at_is_never_left_out():
    chances, levels = firms(np.random.default_rng(1), 200)
    levels[levels == 4] = 3
    report = conformal_report(chances, levels, CODES)
    assert report.coverage_by_level[4] == ("L4", None, 0)
    assert report.thresholds[4] == ("L4", None)


@given(
    st.lists(st.lists(st.floats(0.001, 1), min_size=5, max_size=5), min_size=1, max_size=20),
    st.lists(st.floats(0, 1), min_size=5, max_size=5),
)
def test_that_no_set_is_empty_and_low_never_passes_high(rows, bounds):
    chances = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    low, high = conformal_sets(chances, Thresholds(tuple(bounds), 0.1, 100))
    assert ((low >= 0) & (low <= high) & (high <= 4)).all()


def test_that_an_empty_set_becomes_the_likeliest_level():
    low, high = conformal_sets(np.array([[0.1, 0.2, 0.3, 0.4]]), Thresholds((0.0,) * 4, 0.1, 100))
    assert (low.tolist(), high.tolist()) == ([3], [3])


def test_that_a_firm_without_chances_may_stand_anywhere_and_calibrates_nothing():
    chances, levels = firms(np.random.default_rng(2), 300)
    blank = np.r_[chances, np.full((50, 5), np.nan)]
    bounds = thresholds(blank, np.r_[levels, np.zeros(50, dtype=np.int64)])
    assert bounds == thresholds(chances, levels)
    low, high = conformal_sets(blank, bounds)
    assert (low[300:] == 0).all() and (high[300:] == 4).all()


def test_that_the_order_of_firms_changes_no_bound_and_no_set():
    rng = np.random.default_rng(4)
    chances, levels = firms(rng, 300)
    chances, keys = np.round(chances, 1), tuple(f"f{i}" for i in range(300))
    order = rng.permutation(300)
    ties, mixed = tie_breaks(keys, 7), tie_breaks(tuple(keys[i] for i in order), 7)
    straight, shuffled = thresholds(chances, levels, ties=ties), thresholds(chances[order], levels[order], ties=mixed)
    assert straight == shuffled
    ends = np.array(conformal_sets(chances, straight, ties))
    assert (ends[:, order] == np.array(conformal_sets(chances[order], shuffled, mixed))).all()
    assert (tie_breaks(keys, 8) != ties).all()
