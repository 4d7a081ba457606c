"""The index under other choices: three sectors and three pillars against numbers computed by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.analysis.index.choices import Choices, Imputation, Normalisation, Space
from app.analysis.index.draws import batches, firm_ranks, means_of
from app.analysis.index.variants import normalised, variant
from tests.unit.analysis.index.test_sobol import FIELD, SECTORS

PLAIN, STANDARD, RANK = Normalisation
SHARE, MEDIAN, NOTHING = Imputation


def chosen(weights=(1.0, 1.0, 1.0), normalisation=PLAIN, imputation=SHARE, geometric=False, dropped=-1) -> Choices:
    one = [np.array([int(value)]) for value in (normalisation, imputation, geometric, dropped)]
    return Choices(np.array([weights]), *one)


def sectors_under(field=FIELD, **choice) -> list[float]:
    ((_, index),) = [batch for batch in batches(field, chosen(**choice)) if len(batch[0])]
    return means_of(index, SECTORS)[0].tolist()


@pytest.mark.parametrize(
    ("choice", "by_hand"),
    [
        ({}, (50.0, 140 / 3, 110 / 3)),
        ({"weights": (3.0, 1.0, 1.0)}, (62.0, 44.0, 58.0)),
        ({"geometric": True}, (80000 ** (1 / 3), 96000 ** (1 / 3), 9000 ** (1 / 3))),
        ({"dropped": 0}, (35.0, 50.0, 10.0)),
        ({"dropped": 1, "weights": (3.0, 9.0, 1.0)}, (65.0, 40.0, 70.0)),
        ({"dropped": 2, "geometric": True}, (4000**0.5, 2400**0.5, 900**0.5)),
    ],
)
def test_that_each_choice_gives_the_index_computed_by_hand(choice, by_hand):
    assert sectors_under(**choice) == pytest.approx(by_hand)


def test_that_places_are_put_back_to_the_mean_and_spread_of_their_pillar():
    """Lowest, middle and highest place lie √1.5 spreads apart; pillars have means 70, 40, 23.33 and spreads 21.60, 21.60, 12.47."""
    one, three = 21.60247 * 1.5**0.5, 12.47219 * 1.5**0.5
    middle = (70 + 40 + 70 / 3) / 3
    by_hand = (middle, middle + three / 3, middle - three / 3)
    assert sectors_under(normalisation=RANK) == pytest.approx(by_hand, abs=1e-4)
    alone = variant(FIELD, RANK, SHARE).scores[0]
    assert alone[[0, 5, 10]] == pytest.approx([70.0, 70 - one, 70 + one], abs=1e-4)


def test_that_standard_scores_of_single_items_change_nothing_and_of_several_weigh_them_alike():
    assert sectors_under(normalisation=STANDARD) == pytest.approx((50.0, 140 / 3, 110 / 3))
    points = np.column_stack((np.linspace(0, 1, 11), np.linspace(0.1, 0, 11)))  # one item moves ten times as much as the other
    field = replace(FIELD, points=points, applies=np.ones((11, 2), bool), pillar=np.zeros(2, int), pillars=1, weights=np.ones(2))
    field = replace(field, sector=np.zeros(11, int))
    assert np.ptp(variant(field, PLAIN, SHARE).scores) == pytest.approx(45.0)
    assert np.ptp(variant(field, STANDARD, SHARE).scores) == pytest.approx(0.0, abs=1e-9)


def test_that_levels_can_still_be_cut_as_pillars_keep_mean_and_spread():
    rng = np.random.default_rng(3)
    points = rng.random((200, 6)) ** np.linspace(0.7, 1.6, 6)
    points[rng.random((200, 6)) < 0.1] = np.nan
    field = replace(
        FIELD,
        points=points,
        applies=np.ones((200, 6), bool),
        pillar=np.array([0, 0, 0, 1, 1, 1]),
        pillars=2,
        weights=np.ones(6),
        sector=np.zeros(200, int),
    )
    fixed = variant(field, PLAIN, SHARE).scores
    for normalisation in (STANDARD, RANK):
        other = variant(field, normalisation, SHARE).scores
        assert np.nanmean(other, axis=1) == pytest.approx(np.nanmean(fixed, axis=1), abs=0.3)
        assert np.nanstd(other, axis=1) == pytest.approx(np.nanstd(fixed, axis=1), abs=0.5)
        assert (np.isnan(other) == np.isnan(fixed)).all()
        assert np.nanmin(other) >= 0 and np.nanmax(other) <= 100


def test_that_items_are_made_comparable_by_standard_scores_or_places():
    points, nothing = normalised(FIELD.points, STANDARD)
    assert points.mean(axis=0) == pytest.approx([0.0] * 3, abs=1e-12)
    assert points.std(axis=0) == pytest.approx([1.0] * 3)
    assert nothing == pytest.approx(-FIELD.points.mean(axis=0) / FIELD.points.std(axis=0))
    places, nothing = normalised(FIELD.points, RANK)
    assert places[[0, 5, 10], 0] == pytest.approx([1 / 2, 1 / 6, 5 / 6])
    assert nothing.tolist() == [0.0] * 3


def test_that_a_constant_item_tells_nothing_and_gives_no_warning(recwarn):
    points = np.column_stack((np.full(6, 0.4), np.linspace(0, 1, 6)))
    assert normalised(points, STANDARD)[0][:, 0].tolist() == [0.0] * 6
    assert normalised(points, RANK)[0][:, 0] == pytest.approx([0.5] * 6)
    field = replace(FIELD, points=points, applies=np.ones((6, 2), bool), pillar=np.arange(2), weights=np.ones(2), pillars=2)
    field = replace(field, sector=np.zeros(6, int))
    for normalisation in (STANDARD, RANK):
        assert variant(field, normalisation, SHARE).scores[0] == pytest.approx([40.0] * 6)
    assert not recwarn.list


def test_that_a_blank_shares_its_weight_or_counts_as_the_sectors_median_or_as_nothing():
    """A firm of B leaves item 2 blank; ten firms of its sector answer 0.6 or more."""
    blank = np.repeat(FIELD.points, 2, axis=0)
    blank[10, 1], blank[11, 1] = np.nan, 0.9
    field = replace(FIELD, points=blank, applies=np.ones((30, 3), bool), sector=np.repeat(FIELD.sector, 2))
    firm = {kind: variant(field, PLAIN, kind).scores[:, 10] for kind in Imputation}
    assert np.isnan(firm[SHARE][1])
    assert firm[MEDIAN] == pytest.approx([40.0, 60.0, 40.0])
    assert firm[NOTHING] == pytest.approx([40.0, 0.0, 40.0])


def test_that_a_median_of_too_few_answers_is_that_of_all_firms():
    blank = FIELD.points.copy()
    blank[5:9, 1] = np.nan  # one answer left in B
    assert variant(replace(FIELD, points=blank), PLAIN, MEDIAN).scores[1, 5] == pytest.approx(50.0)


def test_that_what_does_not_apply_is_never_filled():
    points, applies = FIELD.points.copy(), FIELD.applies.copy()
    points[5, 1], applies[5, 1] = np.nan, False
    for kind in Imputation:
        assert np.isnan(variant(replace(FIELD, points=points, applies=applies), PLAIN, kind).scores[1, 5])


def test_that_a_pillar_needs_its_least_answers_without_the_item_left_out_too():
    """Three items in one pillar, two of them answered: 2/3 suffices; without an answered one 1/2 does not."""
    points = np.array([[1.0, 0.0, np.nan]])
    field = replace(
        FIELD, points=points, applies=np.ones((1, 3), bool), pillar=np.zeros(3, int), sector=np.zeros(1, int), pillars=1
    )
    found = variant(field, PLAIN, SHARE)
    assert found.scores[0, 0] == 50.0
    assert np.isnan(found.without[:2, 0]).all()
    assert found.without[2, 0] == 50.0


def test_that_equal_firms_share_the_better_rank_and_weights_stand_for_firms():
    ranks = firm_ranks(np.array([[50.0, 70.0, 50.0, np.nan, 10.0]]), np.array([2.0, 1.0, 1.0, 1.0, 3.0]))
    assert ranks[0, [0, 1, 2, 4]].tolist() == [2.0, 1.0, 2.0, 5.0]
    assert np.isnan(ranks[0, 3])


def test_that_draws_stay_within_what_is_varied():
    space = Space(("weights", "normalisation", "imputation", "aggregation", "dropped"), np.array([2.0, 1.0]), 4)
    assert space.columns == (2, 1, 1, 1, 1)
    choices = space.choose(np.random.default_rng(1).random((4000, 6)))
    assert (choices.weights.min(axis=0) >= [1.5, 0.75]).all() and (choices.weights.max(axis=0) <= [2.5, 1.25]).all()
    assert set(choices.dropped) == {-1, 0, 1, 2, 3}
    assert (choices.dropped == -1).mean() == pytest.approx(0.5, abs=0.03)
    for values, n in ((choices.normalisation, 3), (choices.imputation, 3), (choices.aggregation, 2)):
        assert np.bincount(values, minlength=n) / len(values) == pytest.approx([1 / n] * n, abs=0.04)
    only = Space(("aggregation",), np.array([2.0, 1.0]), 4).choose(np.array([[0.1], [0.9]]))
    assert only.weights.tolist() == [[2.0, 1.0]] * 2
    assert (only.aggregation.tolist(), only.dropped.tolist(), only.normalisation.tolist()) == ([0, 1], [-1, -1], [0, 0])
