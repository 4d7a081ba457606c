"""Weights that people set: which are refused with a sentence, and what the others do to index and ranks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.index import check_weighting, default_weighting, rank_moves, score_firms, with_weighting
from app.analysis.index.aggregate import combine
from app.domain.errors import UserError
from app.domain.judgement import Aggregation, Weighting
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, RUBRIC, responses

pytestmark = pytest.mark.filterwarnings("error")
ARITHMETIC, GEOMETRIC = Aggregation.ARITHMETIC, Aggregation.GEOMETRIC


def weighing(aggregation=ARITHMETIC, **weights) -> Weighting:
    return Weighting("v1", tuple(weights.items()), aggregation, "because")


def scored(weighting=None, **answers) -> pd.DataFrame:
    return score_firms(responses(answers), INSTRUMENT, RUBRIC, "2026", weighting)


@pytest.mark.parametrize(
    ("weights", "code", "params"),
    [
        ((("use", 1.0), ("date", 1.0)), "unknown", {"pillar": "date", "known": "use, data"}),
        ((("use", 1.0),), "missing", {"pillars": "data"}),
        ((("use", 1.0), ("use", 2.0), ("data", 1.0)), "twice", {"pillar": "use"}),
        ((("use", 1.0), ("data", -0.5)), "negative", {"pillar": "data", "weight": "-0.5"}),
        ((("use", 1.0), ("data", float("nan"))), "not_a_number", {"pillar": "data"}),
        ((("use", float("inf")), ("data", 1.0)), "not_a_number", {"pillar": "use"}),
        ((("use", 1e308), ("data", 1e308)), "too_large", {"pillar": "use", "weight": "1e+308", "most": "1,000,000"}),
        ((("use", 0.0), ("data", 0.0)), "all_zero", {}),
        ((), "missing", {"pillars": "use, data"}),
    ],
)
def test_that_weights_that_cannot_be_used_are_refused_with_a_sentence(weights, code, params, zh, en):
    with pytest.raises(UserError) as refused:
        check_weighting(Weighting("v1", weights, ARITHMETIC, ""), RUBRIC)
    assert (refused.value.code, refused.value.params) == (f"weights.{code}", params)
    for texts in (zh, en):
        assert texts(f"error.{refused.value.code}", **params)


def test_that_a_ladder_has_nothing_to_weigh():
    with pytest.raises(UserError) as refused:
        check_weighting(weighing(use=1.0), LADDER)
    assert refused.value.code == "weights.no_pillars"
    assert rank_moves(pd.DataFrame(), LADDER, weighing(use=1.0)) == ()


def test_that_weights_that_do_not_sum_to_one_are_scaled_and_it_is_said():
    checked = check_weighting(weighing(data=30.0, use=10.0), RUBRIC)
    assert checked.weighting.weights == (("use", 0.25), ("data", 0.75))
    assert (checked.total, checked.note) == (40.0, "weights.normalised")
    assert check_weighting(weighing(use=0.333333, data=0.666667), RUBRIC).note == ""


def test_that_the_rubrics_own_weights_change_nothing():
    answers = {
        "use": ["yes", "no"],
        "tools": ["a", "a|b"],
        "stage": ["s1", None],
        "line": ["planned", "yes"],
        "spend": [50.0, 9.0],
    }
    own = default_weighting(RUBRIC)
    assert own.weights == (("use", pytest.approx(2 / 3)), ("data", pytest.approx(1 / 3)))
    assert not check_weighting(own, RUBRIC).note
    pd.testing.assert_frame_equal(scored(own, **answers), scored(**answers))


def test_that_a_rubric_with_other_weights_scores_by_them():
    heavy = with_weighting(RUBRIC, weighing(use=1.0, data=3.0))
    assert [pillar.weight for pillar in heavy.pillars] == [0.25, 0.75]
    firm = scored(weighing(use=1.0, data=3.0), use=["yes"], tools=["a"], stage=["s2"], line=["no"], spend=[50.0]).iloc[0]
    assert firm["index"] == pytest.approx(0.25 * 75 + 0.75 * 50)


def test_that_a_pillar_of_weight_zero_counts_for_nothing_but_is_still_scored():
    firm = scored(weighing(use=0.0, data=1.0), use=["yes"], tools=["a"], stage=["s2"], line=["no"], spend=[50.0]).iloc[0]
    assert (firm["p_use"], firm["index"]) == (75.0, 50.0)


def test_that_no_level_stands_on_pillars_that_all_weigh_nothing():
    firm = scored(weighing(use=0.0, data=1.0), use=["yes"], tools=["a"], stage=["s1"]).iloc[0]  # data: one of three
    assert np.isnan(firm["index"])
    assert pd.isna(firm["level"])
    assert (firm["basis"], firm["answered"]) == ("none", pytest.approx(3 / 5))


def test_that_a_rubric_whose_pillars_all_weigh_nothing_gives_no_index_and_no_warning():
    weightless = replace(RUBRIC, pillars=tuple(replace(pillar, weight=0.0) for pillar in RUBRIC.pillars))
    answers = {"use": ["yes", None], "tools": ["a", None], "stage": ["s1", None], "line": ["yes", None], "spend": [1.0, None]}
    table = score_firms(responses(answers), INSTRUMENT, weightless, "2026")
    assert table[["index", "index_worst", "index_best"]].isna().all(axis=None)
    assert table[["level", "level_worst", "level_best"]].isna().all(axis=None)
    assert table["p_use"][0] == 75.0
    assert default_weighting(weightless).weights == (("use", 0.0), ("data", 0.0))


def test_that_the_geometric_mean_is_as_computed_by_hand():
    """use 75, data 50 with weights 2 : 1: (75² · 50)^(1/3) = 65.5185."""
    firm = scored(weighing(GEOMETRIC, use=2.0, data=1.0), use=["yes"], tools=["a"], stage=["s2"], line=["no"], spend=[50.0]).iloc[
        0
    ]
    assert firm["index"] == pytest.approx((75 * 75 * 50) ** (1 / 3))


@settings(max_examples=50, deadline=None)
@given(
    score=st.floats(1, 100),
    weights=st.lists(st.floats(0, 1e6), min_size=1, max_size=7).filter(any),
    aggregation=st.sampled_from(list(Aggregation)),
)
def test_that_a_firm_equally_strong_everywhere_has_that_index_whatever_the_weights(score, weights, aggregation):
    (index,) = combine(np.full((len(weights), 1), score), np.array(weights), aggregation)
    assert index == pytest.approx(score, abs=1e-6)


def test_that_one_pillar_at_zero_does_not_wipe_out_a_firm():
    """data 0 counts as one point: √(100 · 1) = 10."""
    firm = scored(
        weighing(GEOMETRIC, use=1.0, data=1.0), use=["yes"], tools=["a|b"], stage=["s0"], line=["no"], spend=[0.0]
    ).iloc[0]
    assert (firm["p_use"], firm["p_data"]) == (100.0, 0.0)
    assert firm["index"] == pytest.approx(10.0)


def scores(sector: str, use: float, data: float, n: int = 5) -> pd.DataFrame:
    """Firms of a sector with these pillars, and the index of equal weights."""
    return pd.DataFrame({"sector": [sector] * n, "p_use": use, "p_data": data, "index": (use + data) / 2})


def test_that_ranks_move_as_computed_by_hand():
    """A (80, 20), B (50, 44), C (30, 90): equal weights 50, 47, 60; data four times: 32, 45.2, 78; the small sector is not ranked."""
    firms = pd.concat([scores("A", 80, 20), scores("B", 50, 44), scores("C", 30, 90), scores("D", 99, 99, 4), scores("", 1, 1)])
    moves = rank_moves(firms, RUBRIC, weighing(use=1.0, data=4.0))
    assert [(move.key, move.before, move.after) for move in moves] == [("C", 1, 1), ("A", 2, 3), ("B", 3, 2), ("D", 0, 0)]
    assert [move.index_before for move in moves[:3]] == [60.0, 50.0, 47.0]
    assert [move.index_after for move in moves[:3]] == [pytest.approx(value) for value in (78.0, 32.0, 45.2)]


def test_that_firms_without_an_index_move_no_rank():
    firms = pd.concat([scores("A", 80, 20), scores("B", 50, 44)])
    unscored = scores("B", 100, 100).assign(index=np.nan)
    assert rank_moves(pd.concat([firms, unscored]), RUBRIC, weighing(use=1.0, data=1.0)) == rank_moves(
        firms, RUBRIC, weighing(use=1.0, data=1.0)
    )
    assert rank_moves(unscored, RUBRIC, weighing(use=1.0, data=1.0)) == ()
