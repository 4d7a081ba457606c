"""Shares from predictions and visits: exact where everything is known, honest where little is, and nobody dropped."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.estimate.powered import FEW_IN_SECTOR, LEAST, NOBODY_DRAWN, Population, powered_estimates
from app.analysis.estimate.powered_firms import FEW_FOR_MODEL, LEAST_FOR_MODEL, NO_HELP, NO_MODEL
from app.analysis.estimate.powered_shares import trust, visited
from app.domain.assessment import TOTAL
from app.domain.estimate import Method

CODES = ("L0", "L1", "L2", "L3")


def firms(n=600, seed=0, drawn=150, sectors=("C", "A", ""), noise=0.7, model=True):
    """Firms of four levels, of which `drawn` were visited with unequal probabilities; returns the population and all true levels."""
    rng = np.random.default_rng(seed)
    seen = rng.normal(size=n)
    levels = np.clip(np.round(1.2 + seen + rng.normal(0, noise, n)), 0, 3).astype(np.int64)
    distance = np.exp(-0.5 * ((np.arange(4) - (1.2 + seen)[:, None]) / max(noise, 0.2)) ** 2)
    chances = distance / distance.sum(axis=1, keepdims=True)
    sizes = rng.uniform(0.5, 1.5, n)
    probability = drawn * sizes / sizes.sum()
    taken = rng.random(n) < probability
    known = np.where(taken, probability, np.nan)
    names = np.array(sectors, dtype=object)[rng.integers(0, len(sectors), n)]
    return Population(names, np.where(taken, levels, -1), known, chances if model else None), levels


def of(estimates, sector):
    return next(estimate for estimate in (*estimates[0], estimates[1]) if estimate.sector == sector)


def test_that_a_sector_assessed_whole_is_exact():
    population, levels = firms()
    whole = replace(population, levels=levels, probability=np.ones(600))
    for sector in ("A", "C", "", TOTAL):
        made = of(powered_estimates(whole, "w", CODES), sector)
        mine = levels[population.sectors == sector] if sector != TOTAL else levels
        for place, code in enumerate(CODES):
            share = made.shares[code]
            assert share.value == share.low == share.high == pytest.approx((mine == place).mean(), abs=1e-9)
            assert share.se == 0.0
        assert made.n_firms == made.n_labelled == len(mine)


def test_that_without_a_model_the_share_is_the_weighted_mean_of_the_visited():
    population, _ = firms(model=False)
    made = of(powered_estimates(population, "w", CODES), "A")
    mine = (population.sectors == "A") & (population.levels >= 0)
    weights = 1 / population.probability[mine]
    for place, code in enumerate(CODES):
        assert made.at_least[code].value == pytest.approx(np.average(population.levels[mine] >= place, weights=weights))
    assert (made.method, made.reason) == (Method.LABELLED, NO_MODEL)


def test_that_the_error_of_a_plain_draw_is_that_of_the_textbook():
    rng = np.random.default_rng(1)
    taken, levels = rng.permutation(1000) < 200, (rng.random(1000) < 0.4).astype(np.int64)
    population = Population(np.full(1000, "A", dtype=object), np.where(taken, levels, -1), np.where(taken, 0.2, np.nan), None)
    share = powered_estimates(population, "w", ("L0", "L1"))[1].shares["L1"]
    value = levels[taken].mean()
    assert share.value == pytest.approx(value)
    assert share.se == pytest.approx(np.sqrt(0.8 * value * (1 - value) / 199), rel=0.02)  # Cochran (1977), §3.2
    assert share.low == pytest.approx(value - 1.97 * share.se, abs=0.01)


def test_that_a_model_that_is_always_right_leaves_hardly_any_error_but_some():
    population, levels = firms(seed=3)
    made = powered_estimates(replace(population, chances=np.eye(4)[levels]), "w", CODES)[1]
    for place, code in enumerate(CODES[1:], 1):
        share = made.at_least[code]
        assert share.value == pytest.approx((levels >= place).mean(), abs=1e-6)
        assert 0.002 < share.high - share.low < 0.05
    assert (made.method, made.reason) == (Method.PPI, "")


def test_that_a_model_of_use_shortens_the_intervals_and_a_useless_one_costs_nothing():
    def width(population):
        made = powered_estimates(population, "w", CODES)
        return np.mean([each.high - each.low for sector in made[0] for each in sector.at_least.values()])

    population, _ = firms(n=2000, drawn=250)
    alone = width(replace(population, chances=None))
    assert width(population) < 0.85 * alone
    stranger = replace(population, chances=population.chances[np.random.default_rng(1).permutation(2000)])
    assert width(stranger) == pytest.approx(alone, rel=0.03)


def test_that_a_model_that_says_the_same_of_every_firm_is_of_no_help_and_not_used():
    population, _ = firms()
    flat = powered_estimates(replace(population, chances=np.full((600, 4), 0.25)), "w", CODES)
    alone = powered_estimates(replace(population, chances=None), "w", CODES)
    assert (flat[1].method, flat[1].reason) == (Method.LABELLED, NO_HELP)
    assert flat[1].shares == alone[1].shares


def test_that_a_level_nobody_visited_has_still_a_width_and_no_share_below_nought():
    population, levels = firms(seed=2)
    low = np.minimum(levels, 1)
    made = powered_estimates(replace(population, levels=np.where(population.levels >= 0, low, -1)), "w", CODES)
    for sector in (*made[0], made[1]):
        top = sector.at_least["L3"]
        assert top.value >= top.low >= 0.0
        assert top.high > top.value
        assert top.high > 0.003


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(12, 400), st.booleans(), st.floats(0.0, 3.0))
def test_that_shares_sum_to_one_never_rise_with_the_level_and_stand_within_their_interval(seed, drawn, model, noise):
    population, _ = firms(seed=seed, drawn=drawn, model=model, noise=noise)
    made = powered_estimates(population, "w", CODES)
    for sector in (*made[0], made[1]):
        if sector.method is Method.RUBRIC:
            continue
        above = [sector.at_least[code] for code in CODES]
        assert sum(share.value for share in sector.shares.values()) == pytest.approx(1.0, abs=1e-6)
        assert above[0].value == 1.0
        assert all(one.value >= other.value for one, other in pairwise(above))
        for each in (*above, *sector.shares.values()):
            assert 0.0 <= each.low <= each.value <= each.high <= 1.0
            assert np.isfinite([each.se, each.n_effective]).all()


def test_that_firms_chosen_by_hand_change_no_share():
    population, _ = firms()
    chosen = np.flatnonzero(np.isnan(population.probability))[:100]
    told = population.levels.copy()
    told[chosen] = 3
    assert powered_estimates(replace(population, levels=told), "w", CODES) == powered_estimates(population, "w", CODES)


def test_that_firms_known_before_the_draw_speak_for_themselves_alone():
    population, _ = firms(n=400, drawn=100, sectors=("A",), model=False)
    more = 200  # known before, all at the top
    wide = Population(
        np.full(600, "A", dtype=object),
        np.r_[population.levels, np.full(more, 3)],
        np.r_[population.probability, np.ones(more)],
        None,
    )
    before, after = (powered_estimates(each, "w", CODES)[1].at_least["L3"] for each in (population, wide))
    assert after.value == pytest.approx((200 + 400 * before.value) / 600)
    assert after.high - after.low == pytest.approx((before.high - before.low) * 400 / 600, rel=0.01)


def test_that_a_sector_of_few_visits_says_so_and_still_counts_in_the_total(resources):
    population, _ = firms(n=900, sectors=("A", "A", "A", "A", "B"), drawn=150)
    small = np.flatnonzero((population.sectors == "B") & (population.levels >= 0))
    levels, probability = population.levels.copy(), population.probability.copy()
    levels[small[LEAST - 1 :]], probability[small[LEAST - 1 :]] = -1, np.nan
    made = powered_estimates(replace(population, levels=levels, probability=probability), "w", CODES)
    few = of(made, "B")
    assert (few.method, few.reason, few.sector_class) == (Method.RUBRIC, FEW_IN_SECTOR, None)
    assert all(share.value is None and share.reason == FEW_IN_SECTOR for share in few.shares.values())
    assert few.n_firms == (population.sectors == "B").sum()
    assert of(made, "A").method is Method.PPI
    assert made[1].n_labelled == (levels >= 0).sum()
    assert made[1].shares["L3"].value == pytest.approx(powered_estimates(population, "w", CODES)[1].shares["L3"].value, abs=0.05)
    assert {FEW_IN_SECTOR, NOBODY_DRAWN, NO_MODEL, NO_HELP, FEW_FOR_MODEL} <= set(resources.words)


@pytest.mark.parametrize("left", [0, 1])
def test_that_a_sector_nobody_reached_is_spoken_for_in_the_total_by_the_smallest_other(left):
    population, _ = firms(n=900, sectors=("A", "A", "B", "Z"))
    gone = np.flatnonzero((population.sectors == "Z") & (population.levels >= 0))[left:]
    levels, probability = population.levels.copy(), population.probability.copy()
    levels[gone], probability[gone] = -1, np.nan
    total = powered_estimates(replace(population, levels=levels, probability=probability), "w", CODES)[1]
    assert total.n_firms == 900
    assert all(0 < share.low < share.value < share.high < 1 for share in total.shares.values())


def test_that_too_few_visits_to_check_a_model_leave_it_aside():
    population, _ = firms()
    taken = np.flatnonzero((population.levels >= 0) & (population.sectors == "A"))[: LEAST_FOR_MODEL - 1]
    levels, probability = np.full(600, -1), np.full(600, np.nan)
    levels[taken], probability[taken] = population.levels[taken], population.probability[taken]
    made = powered_estimates(replace(population, levels=levels, probability=probability), "w", CODES)
    assert (of(made, "A").method, of(made, "A").reason) == (Method.LABELLED, FEW_FOR_MODEL)


def test_that_nobody_drawn_gives_no_number_and_says_why():
    population, _ = firms()
    nobody = replace(population, levels=np.full(600, -1), probability=np.full(600, np.nan))
    made = powered_estimates(nobody, "w", CODES)
    assert {(sector.method, sector.reason) for sector in (*made[0], made[1])} == {(Method.RUBRIC, NOBODY_DRAWN)}
    empty = Population(np.array([], dtype=object), np.array([], dtype=np.int64), np.array([]), None)
    sectors, total = powered_estimates(empty, "w", CODES)
    assert (sectors, total.method, total.n_firms) == ((), Method.RUBRIC, 0)


def test_that_firms_the_model_cannot_tell_are_counted_with_the_mean_of_their_sector():
    population, _ = firms()
    blank = population.chances.copy()
    blank[np.arange(600) % 3 == 0] = np.nan
    blank[population.sectors == "C"] = np.nan
    made = powered_estimates(replace(population, chances=blank), "w", CODES)
    assert made[1].n_firms == 600 and made[1].n_labelled == (population.levels >= 0).sum()
    assert made[1].method is Method.PPI
    assert of(made, "C").shares["L1"].value is not None
    nothing = powered_estimates(replace(population, chances=np.full((600, 4), np.nan)), "w", CODES)
    assert nothing[1].reason == NO_MODEL


def test_that_the_order_of_firms_changes_nothing():
    population, _ = firms()
    order = np.random.default_rng(9).permutation(600)
    mixed = Population(
        *(part[order] for part in (population.sectors, population.levels, population.probability, population.chances))
    )
    assert powered_estimates(mixed, "w", CODES) == powered_estimates(population, "w", CODES)


def test_that_the_unknown_sector_stands_last_and_each_sector_has_a_class():
    made = powered_estimates(firms()[0], "2026", CODES)
    assert [sector.sector for sector in made[0]] == ["A", "C", ""]
    assert {sector.wave for sector in made[0]} == {"2026"}
    assert sum(chance for _, chance in made[1].sector_class.chances) == pytest.approx(1.0)


def test_that_no_prediction_is_blown_up_where_the_visited_hardly_differ_in_it():
    drawn = visited(np.zeros(100, dtype=np.int64), np.full(100, 0.1), 1)
    hits, predicted = np.zeros((100, 1)), np.full((100, 1), 0.01)
    hits[:2], predicted[:2] = 1.0, 0.06
    assert trust(drawn, hits, predicted).tolist() == [1.0]
    assert trust(drawn, hits, 1 - predicted).tolist() == [0.0]
