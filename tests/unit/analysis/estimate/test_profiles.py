"""Sector profiles against direct counts."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd

from app.analysis.estimate import profiles, wilson
from app.domain.assessment import TOTAL, IntervalKind
from app.domain.study import Design
from tests.unit.analysis.small_study import LADDER, RUBRIC, WAVE


def firms(levels: list[str | None], sectors: list[str], basis: list[str] | None = None, index=None) -> pd.DataFrame:
    n = len(levels)
    return pd.DataFrame(
        {
            "position": range(n),
            "sector": sectors,
            "level": pd.Categorical(levels, categories=["L0", "L1", "L2", "L3", "L4"], ordered=True),
            "index": index or [np.nan] * n,
            "basis": pd.Categorical(basis or ["none" if level is None else "rubric" for level in levels]),
            "p_use": [10.0 * place for place in range(n)],
            "p_data": [np.nan] * n,
        }
    )


MIXED = firms(["L0", "L2", "L2", "L4", None, "L1"], ["C", "C", "C", "C", "C", "G"], index=[10, 50, 52, 90, None, 25])


def test_that_shares_equal_a_direct_count():
    (c, g), total = profiles(MIXED, WAVE, RUBRIC)
    assert (c.sector, c.n, c.n_level, c.interval) == ("C", 5, 4, IntervalKind.WILSON)
    assert {level: share.value for level, share in c.shares.items()} == {"L0": 0.25, "L1": 0, "L2": 0.5, "L3": 0, "L4": 0.25}
    assert {level: share.count for level, share in c.at_least.items()} == {"L0": 4, "L1": 3, "L2": 3, "L3": 1, "L4": 1}
    assert (c.shares["L2"].low, c.shares["L2"].high) == wilson(2, 4)
    assert (g.n, g.shares["L1"].value) == (1, 1.0)
    assert (total.sector, total.n, total.n_level, total.at_least["L2"].value) == (TOTAL, 6, 5, 0.6)


def test_that_pillars_and_the_median_skip_what_is_not_scored():
    (c, _), _ = profiles(MIXED, WAVE, RUBRIC)
    assert c.median_index == 51.0
    assert c.pillars == {"use": 20.0, "data": None}


def test_that_firms_of_unknown_sector_keep_a_row_of_their_own_at_the_end():
    sectors, total = profiles(firms(["L1", "L1", "L2"], ["", "C", ""]), WAVE, RUBRIC)
    assert [(profile.sector, profile.n) for profile in sectors] == [("C", 1), ("", 2)]
    assert total.n == 3


def test_that_volunteers_get_no_interval():
    sectors, total = profiles(MIXED, replace(WAVE, design=Design.VOLUNTEER, frame={"C": 9, "G": 2}), RUBRIC)
    for profile in (*sectors, total):
        assert profile.interval is IntervalKind.NONE
        assert all(share.low is None and share.high is None for share in profile.shares.values())


def test_that_the_frame_narrows_the_interval_and_a_full_one_closes_it():
    (c, g), total = profiles(MIXED, replace(WAVE, frame={"C": 8, "G": 1}), RUBRIC)
    assert c.interval is IntervalKind.WILSON_FPC
    assert (c.shares["L2"].low, c.shares["L2"].high) == wilson(2, 4, 8)
    assert (g.shares["L1"].low, g.shares["L1"].high) == (1.0, 1.0)
    assert (total.frame, total.interval) == (9, IntervalKind.WILSON_FPC)


def test_that_a_sector_of_the_frame_without_answers_is_shown_as_empty():
    sectors, total = profiles(MIXED, replace(WAVE, frame={"C": 8, "G": 1, "H": 40}), RUBRIC)
    silent = next(profile for profile in sectors if profile.sector == "H")
    assert (silent.n, silent.n_level, silent.frame, silent.median_index) == (0, 0, 40, None)
    assert math.isnan(silent.shares["L0"].value)
    assert silent.shares["L0"].low is None
    assert total.frame == 49


def test_that_a_frame_that_lacks_a_sector_is_unknown_for_the_total():
    (c, g), total = profiles(MIXED, replace(WAVE, frame={"C": 8}), RUBRIC)
    assert (c.frame, g.frame, total.frame) == (8, None, None)
    assert (g.interval, total.interval) == (IntervalKind.WILSON, IntervalKind.WILSON)


def test_that_a_frame_smaller_than_the_answers_gives_the_plain_interval():
    (c, _), _ = profiles(MIXED, replace(WAVE, frame={"C": 3, "G": 1}), RUBRIC)
    assert c.interval is IntervalKind.WILSON
    assert (c.shares["L2"].low, c.shares["L2"].high) == wilson(2, 4)


def test_that_predicted_levels_stand_beside_the_shares_and_not_in_them():
    table = firms(["L1", "L3", "L4", None], ["C"] * 4, ["rubric", "rubric", "model", "none"])
    (c,), _ = profiles(table, WAVE, RUBRIC)
    assert (c.n, c.n_level, c.n_model) == (4, 2, 1)
    assert c.shares["L4"].count == 0
    assert c.at_least["L1"].value == 1.0


def test_that_ladder_levels_count_as_observed():
    table = firms(["L1", "L3"], ["C", "C"], ["ladder", "ladder"])
    (c,), _ = profiles(table, WAVE, replace(LADDER, pillars=RUBRIC.pillars))
    assert c.n_level == 2


def test_that_no_firms_at_all_give_only_an_empty_total():
    sectors, total = profiles(firms([], []), WAVE, RUBRIC)
    assert sectors == ()
    assert (total.n, total.n_level) == (0, 0)
