"""Exploratory types: shown where firms fall apart into them, refused in one cloud, in noise and where there is too little."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from app.analysis.learn import types
from app.analysis.learn.types import explore_types
from app.domain.rubric import Pillar
from tests.unit.analysis.small_study import LADDER, RUBRIC, W

PILLARS = ("a", "b", "c", "d", "e")
WIDE = replace(RUBRIC, pillars=tuple(Pillar(code, W, 1.0) for code in PILLARS))


def firms(points):
    columns = {f"p_{code}": np.clip(points[:, place], 0, 100) for place, code in enumerate(PILLARS)}
    return pd.DataFrame({"firm": [f"F{row:05d}" for row in range(len(points))], **columns})


def blobs(*centres, each=60, spread=10.0, seed=1):
    rng = np.random.default_rng(seed)
    return np.vstack([rng.normal(centre, spread, (each, len(PILLARS))) for centre in centres])


TWO = blobs([70, 70, 70, 30, 30], [30, 30, 30, 70, 70])


@pytest.fixture(scope="module")
def two():
    return explore_types(firms(TWO), WIDE, 7)


def test_that_two_clear_groups_are_found_with_their_centres(two):
    assert (two.k, two.n, two.refusal) == (2, 120, "")
    assert two.stability > 0.95 and two.silhouette > 0.5
    assert [each.n for each in two.types] == [60, 60]
    found = sorted(each.centre for each in two.types)
    assert np.allclose(found, [[30, 30, 30, 70, 70], [70, 70, 70, 30, 30]], atol=5)


def test_that_types_are_named_by_letters_the_largest_first_and_never_as_levels():
    found = explore_types(firms(np.vstack([TWO[:100], blobs([20, 80, 20, 80, 20], each=70, seed=2)])), WIDE, 7)
    assert [each.id for each in found.types] == ["A", "B", "C"]
    assert [each.n for each in found.types] == [70, 60, 40]


def test_that_the_order_of_rows_changes_nothing_and_a_second_run_is_the_same(two):
    turned = firms(TWO).sample(frac=1, random_state=5)
    assert explore_types(turned, WIDE, 7) == two
    assert explore_types(firms(TWO), WIDE, 7) == two


@pytest.mark.parametrize("seed", [1, 2])
def test_that_one_round_cloud_is_refused(seed):
    found = explore_types(firms(blobs([50] * 5, each=150, spread=15, seed=seed)), WIDE, 7)
    assert (found.types, found.silhouette) == ((), None)
    assert found.refusal == "types.refusal.not_stable"
    assert found.stability < types.LEAST_STABILITY


def test_that_noise_over_the_whole_range_is_refused():
    found = explore_types(firms(np.random.default_rng(3).random((200, 5)) * 100), WIDE, 7)
    assert found.refusal == "types.refusal.not_stable" and not found.types


@pytest.mark.parametrize("power", [1.0, 1.6])
def test_that_a_line_of_firms_from_low_to_high_is_one_cloud_though_it_parts_stably(power):
    rng = np.random.default_rng(4)
    line = rng.normal(0, 1, (250, 1)) + rng.normal(0, 0.45, (250, 5))
    found = explore_types(firms(100 * (1 / (1 + np.exp(-line))) ** power), WIDE, 7)
    assert found.stability > types.LEAST_STABILITY
    assert found.refusal == "types.refusal.one_cloud" and not found.types


def test_that_fewer_than_sixty_scored_firms_are_refused():
    few = firms(TWO)
    few.loc[few.index >= 59, [f"p_{code}" for code in PILLARS]] = np.nan
    found = explore_types(few, WIDE, 7)
    assert (found.n, found.refusal, found.stability) == (59, "types.refusal.few_firms", None)
    assert explore_types(few.iloc[:0], WIDE, 7).refusal == "types.refusal.few_firms"


def test_that_constant_pillars_are_left_out_and_nothing_is_sought_when_all_are():
    flat = TWO.copy()
    flat[:, 1:] = 40.0
    assert explore_types(firms(flat), WIDE, 7).refusal == "types.refusal.constant"
    flat = TWO.copy()
    flat[:, 4] = 40.0
    found = explore_types(firms(flat), WIDE, 7)
    assert len(found.types) == 2 and all(each.centre[4] == 40.0 for each in found.types)


def test_that_a_pillar_in_which_one_firm_alone_stands_out_breaks_nothing():
    odd = TWO.copy()
    odd[:, 3:] = 0.0
    odd[5, 4] = 100.0
    assert explore_types(firms(odd), WIDE, 7).n == 120


def test_that_a_rubric_without_pillars_is_refused(two):
    assert explore_types(firms(TWO), LADDER, 7).refusal == "types.refusal.no_pillars"


def test_that_a_pillar_few_firms_have_is_left_out_of_the_search_and_its_mean_never_made_up(two):
    some = firms(TWO)
    some.loc[some.index < 60, "p_e"] = np.nan
    found = explore_types(some, WIDE, 7)
    assert len(found.types) == 2 and found.n == 120
    last = sorted(each.centre[4] is None for each in found.types)
    assert last == [False, True]


def test_that_firms_without_a_searched_pillar_belong_to_no_type():
    some = firms(TWO)
    some.loc[some.index % 12 == 0, "p_a"] = np.nan
    found = explore_types(some, WIDE, 7)
    assert found.n == sum(each.n for each in found.types) == 110


def test_that_a_handful_of_odd_firms_is_no_type():
    odd = np.vstack([blobs([30] * 5, each=200, spread=3), blobs([95] * 5, each=6, spread=1)])
    found = explore_types(firms(odd), WIDE, 7)
    assert found.types == () and found.refusal


def test_that_every_firm_of_a_very_large_study_is_put_to_a_type(monkeypatch):
    monkeypatch.setattr(types, "_MOST_FIRMS", 100)
    monkeypatch.setattr(types, "_MOST_IN_SILHOUETTE", 50)
    found = explore_types(firms(blobs([70, 70, 70, 30, 30], [30, 30, 30, 70, 70], each=400)), WIDE, 7)
    assert found.n == 800 and [each.n for each in found.types] == [400, 400]


def test_that_every_refusal_has_its_sentence(resources):
    reasons = ("no_pillars", "few_firms", "constant", "not_stable", "no_structure", "one_cloud", "odd_firms")
    assert {f"types.refusal.{reason}" for reason in reasons} <= set(resources.words)
