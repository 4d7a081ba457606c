"""What moved since the firms learnt from, and for whom the model is wrong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from app.analysis.learn.drift import drift
from app.analysis.learn.group_errors import group_errors
from app.analysis.learn.table import learnt_columns, make_table, unseen_shares
from tests.unit.analysis.learn.county import county


def told(before, after, columns):
    return {one.feature: one for one in drift(before, after, columns, {})}


@pytest.fixture(scope="module")
def made():
    case = county(4000, 1000, 6, seed=3)
    columns = learnt_columns(case.answers, case.taught)
    return make_table(case.answers, columns, case.taught), make_table(case.answers, columns), columns


def test_that_the_same_kind_of_firms_has_not_drifted(made):
    before, after, columns = made
    found = told(before, after, columns)
    assert all(one.state == "ok" and one.psi < 0.05 for one in found.values())
    assert "rubric" not in found


def test_that_a_shift_is_watched_and_a_large_one_stops(made):
    before, after, columns = made
    shifted = after.copy()
    shifted[:, 0] = np.minimum(shifted[:, 0] + np.where(np.random.default_rng(0).random(len(after)) < 0.4, 0.25, 0), 1)
    shifted[:, 1] = np.minimum(shifted[:, 1] + 0.5, 1)
    found = told(before, shifted, columns)
    assert (found["Q0"].state, found["Q1"].state, found["Q2"].state) == ("watch", "stop", "ok")
    assert found["Q1"].psi > 0.25 > found["Q0"].psi > 0.1


def test_that_more_blanks_are_drift_too(made):
    before, after, columns = made
    blanker = after.copy()
    blanker[: len(after) // 2, 2] = np.nan
    assert told(before, blanker, columns)["Q2"].state == "stop"


def test_that_a_draw_toward_some_firms_is_no_drift_once_each_counts_for_those_it_stands_for(made):
    _, after, columns = made
    rng = np.random.default_rng(2)
    chances = np.where(after[:, 0] > 0.5, 0.4, 0.05)
    drawn = rng.random(len(after)) < chances
    assert told(after[drawn], after, columns)["Q0"].state == "stop"
    weighed = {one.feature: one for one in drift(after[drawn], after, columns, {}, 1 / chances[drawn])}
    assert weighed["Q0"].state == "ok"


def test_that_few_firms_do_not_drift_by_chance(made):
    _, after, columns = made
    rng = np.random.default_rng(1)
    states = [one.state for _ in range(20) for one in told(after[rng.choice(4000, 40)], after, columns).values()]
    assert np.mean([state == "ok" for state in states]) > 0.9


def test_that_the_index_is_that_of_its_definition():
    case = county(100, 100, 4)
    columns = learnt_columns(case.answers, case.taught)
    before, after = np.full((2, 1000, len(columns.names)), np.nan, dtype=np.float32)
    before[:, 0], after[:, 0] = np.repeat([0, 1], [500, 500]), np.repeat([0, 1], [800, 200])
    expected = (0.3) * np.log(0.8 / 0.5) + (-0.3) * np.log(0.2 / 0.5)
    assert told(before, after, columns)["Q0"].psi == pytest.approx(expected, rel=0.02)


def test_that_an_answer_nobody_learnt_from_gave_is_counted():
    case = county(300, 100, 4)
    rows = case.taught[(case.features.frame["sector"] != "J").to_numpy()[case.taught]]
    columns = learnt_columns(case.answers, rows)
    share = float((case.features.frame["sector"] == "J").mean())
    assert unseen_shares(case.answers, columns) == {"sector": pytest.approx(share)}


def test_that_bias_is_told_by_group_with_its_interval():
    facts = pd.DataFrame({"size": ["small"] * 30 + ["large"] * 30 + ["micro"] * 4, "sector": ["C"] * 64})
    levels = np.array([2] * 64)
    called = np.array([3, 2, 2] * 10 + [1, 2, 2] * 10 + [2] * 4)
    found = {one.value: one for one in group_errors(facts, levels, called)}
    assert set(found) == {"small", "large", "micro"}  # one sector alone says nothing
    assert found["small"].bias == pytest.approx(1 / 3)
    assert found["small"].low > 0 > found["large"].high
    assert found["large"].accuracy == pytest.approx(2 / 3)
    assert (found["micro"].n, found["micro"].bias, found["micro"].accuracy) == (4, None, None)


def test_that_a_field_nobody_asked_is_left_out():
    assert group_errors(pd.DataFrame({"size": ["a"] * 20 + ["b"] * 20}), np.zeros(40, int), np.zeros(40, int))[0].field == "size"
