"""Pillars, index and gated levels against numbers computed by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.index import score_firms
from app.domain.assessment import FIRM_SCORE_COLUMNS
from app.domain.condition import Condition
from app.domain.robustness import BOUND_COLUMNS
from app.domain.rubric import Gate, ItemScore
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, RUBRIC, W, responses, shuffled


def scored(rubric=RUBRIC, **answers) -> pd.DataFrame:
    firms = {name: answers.pop(name) for name in ("sector", "wave", "counted", "firm") if name in answers}
    return score_firms(responses(answers, **firms), INSTRUMENT, rubric, "2026")


def test_that_a_full_answer_scores_as_computed_by_hand():
    """use: (1 + 1/2)/2 = 75; data: (1/2 + 1/4 + 50/100)/3 = 41.67; index (2·75 + 41.67)/3 = 63.89."""
    firm = scored(use=["yes"], tools=["a"], stage=["s1"], line=["planned"], spend=[50.0]).iloc[0]
    assert firm["p_use"] == 75.0
    assert firm["p_data"] == pytest.approx(41.6666667)
    assert firm["index"] == pytest.approx(63.8888889)
    assert (firm["level"], firm["uncapped"], firm["gate"], firm["basis"]) == ("L3", "L3", "", "rubric")
    assert firm["answered"] == 1.0


def test_that_the_frame_has_the_columns_of_the_contract():
    table = scored(use=["yes"], tools=["a"])
    assert list(table.columns) == [*FIRM_SCORE_COLUMNS, "p_use", "p_data", *BOUND_COLUMNS]
    assert list(table["level"].cat.categories) == ["L0", "L1", "L2", "L3", "L4"]
    assert table["level"].cat.ordered


def test_that_a_sector_question_drops_out_for_other_sectors_and_its_weight_is_shared():
    """Without `line` data is (1/2 + 1/2)/2 = 50 for a firm of sector I."""
    table = scored(sector=["C", "I"], use=["yes"] * 2, tools=["a|b"] * 2, stage=["s1"] * 2, line=["no"] * 2, spend=[50.0] * 2)
    assert table["p_data"].tolist() == [pytest.approx(100 / 3), 50.0]


def test_that_a_sector_question_counts_for_an_unknown_sector_only_where_answered():
    table = scored(sector=["", ""], use=["yes"] * 2, stage=["s2"] * 2, line=[None, "no"], spend=[100.0] * 2)
    assert table["p_data"].tolist() == [100.0, pytest.approx(200 / 3)]
    assert table["answered"].tolist() == [pytest.approx(3 / 4), pytest.approx(4 / 5)]


def test_that_not_applicable_drops_out_but_dont_know_counts_as_unanswered():
    table = scored(use=["na", "unknown"], tools=["a|b", "a|b"], stage=["s2", "s2"], line=["yes"] * 2, spend=[100.0] * 2)
    assert table["p_use"].tolist() == [100.0, 100.0]
    assert table["answered"].tolist() == [1.0, pytest.approx(4 / 5)]


def test_that_a_pillar_with_too_few_answers_is_not_scored_and_the_index_rests_on_the_other():
    firm = scored(use=["yes"], tools=["none"], stage=["s2"]).iloc[0]  # data: 1 of 3 < 0.5
    assert np.isnan(firm["p_data"])
    assert firm["index"] == firm["p_use"] == 50.0
    assert firm["answered"] == pytest.approx(3 / 5)


def test_that_too_few_answers_give_no_level():
    firm = scored(use=["yes"], tools=["a"], stage=[None]).iloc[0]  # 2 of 5
    assert np.isnan(firm["index"])
    assert pd.isna(firm["level"])
    assert (firm["basis"], firm["gate"]) == ("none", "")
    assert firm["p_use"] == 75.0


def test_that_the_minimum_is_reached_at_exactly_its_share():
    assert scored(replace(RUBRIC, minimum_answered=0.6), use=["no"], tools=["none"], stage=["s0"]).iloc[0]["level"] == "L0"
    assert pd.isna(scored(replace(RUBRIC, minimum_answered=0.61), use=["no"], tools=["none"], stage=["s0"]).iloc[0]["level"])


def test_that_a_gate_caps_the_level_and_is_named():
    rich = {"tools": ["a|b"], "stage": ["s2"], "line": ["yes"], "spend": [100.0]}
    capped = scored(use=["planned"], **rich).iloc[0]
    assert (capped["uncapped"], capped["level"], capped["gate"]) == ("L3", "L1", "g2")
    assert scored(use=["yes"], **rich).iloc[0]["level"] == "L4"


def test_that_a_gate_with_a_blank_answer_does_not_hold():
    firm = scored(use=[None], tools=["a|b"], stage=["s2"], line=["yes"], spend=[100.0]).iloc[0]
    assert (firm["uncapped"], firm["level"], firm["gate"]) == ("L4", "L1", "g2")


def test_that_a_higher_gate_caps_only_its_own_level():
    """use 100, data (1 + 0 + 1)/3 = 66.7: index 88.9, but L4 asks for data ≥ 90."""
    firm = scored(use=["yes"], tools=["a|b"], stage=["s2"], line=["no"], spend=[100.0]).iloc[0]
    assert (firm["uncapped"], firm["level"], firm["gate"]) == ("L4", "L3", "g4")


def test_that_of_several_failing_gates_the_lowest_is_named():
    gates = (Gate("g4", "L4", Condition("pillar", item="data", at_least=101), W), *RUBRIC.gates[:1])
    firm = scored(replace(RUBRIC, gates=gates), use=["no"], tools=["a|b"], stage=["s2"], line=["yes"], spend=[100.0]).iloc[0]
    assert (firm["level"], firm["gate"]) == ("L1", "g2")


def test_that_a_gate_above_the_firms_level_is_not_blamed():
    firm = scored(use=["no"], tools=["none"], stage=["s0"], line=["no"], spend=[0.0]).iloc[0]
    assert (firm["level"], firm["gate"]) == ("L0", "")


def test_that_options_of_a_multi_select_add_up_to_at_most_one():
    points = ItemScore("tools", "use", "options", points=(("a", 0.7), ("b", 0.6), ("none", 0.0)))
    rubric = replace(RUBRIC, scores=(points,), pillars=RUBRIC.pillars[:1], gates=())
    table = scored(rubric, tools=["a", "a|b", "none", "c", None])
    assert table["p_use"].iloc[:3].tolist() == [70.0, 100.0, 0.0]
    assert table["p_use"].iloc[3:].isna().all()


def test_that_goalposts_may_run_downwards_and_clip():
    rubric = replace(
        RUBRIC, scores=(ItemScore("spend", "use", "goalposts", low=100.0, high=0.0),), pillars=RUBRIC.pillars[:1], gates=()
    )
    table = scored(rubric, spend=[0.0, 25.0, 200.0, np.inf])
    assert table["p_use"].tolist()[:3] == [100.0, 75.0, 0.0]
    assert np.isnan(table["p_use"].iloc[3])


def test_that_steps_earn_the_points_of_the_first_bound_not_below_the_number():
    steps = ItemScore("spend", "use", "steps", steps=((0.1, 0.0), (0.2, 0.25), (1.0, 1.0)))
    rubric = replace(RUBRIC, scores=(steps,), pillars=RUBRIC.pillars[:1], gates=())
    table = scored(rubric, spend=[0.0, 0.1, 0.100001, 0.2, 0.9, 7.0, None])
    assert table["p_use"].tolist()[:6] == [0.0, 0.0, 25.0, 25.0, 100.0, 100.0]
    assert np.isnan(table["p_use"].iloc[6])


def test_that_a_score_counts_only_where_its_condition_surely_holds():
    """`tools` is asked of users alone: elsewhere, and where use is blank, it neither earns nor is missed."""
    of_users = replace(RUBRIC.scores[1], applies=Condition("answer", item="use", includes=("yes",)))
    rubric = replace(RUBRIC, scores=(RUBRIC.scores[0], of_users), pillars=RUBRIC.pillars[:1], gates=(), minimum_answered=1.0)
    table = scored(rubric, use=["yes", "no", None, "yes"], tools=["a", "a|b", "a|b", None])
    assert table["p_use"].tolist()[:2] == [75.0, 0.0]
    assert table["p_use"].iloc[2:].isna().all()
    assert table["answered"].tolist() == [1.0, 1.0, 0.0, 0.5]


def test_that_only_counted_firms_of_the_wave_are_scored():
    table = scored(use=["yes"] * 3, tools=["a"] * 3, wave=["2025", "2026", "2026"], counted=[True, True, False])
    assert table["position"].tolist() == [1]


def test_that_a_ladder_gives_the_level_straight_and_no_index():
    table = scored(LADDER, stage=["s0", "s2", None])
    assert table["level"].iloc[:2].tolist() == ["L0", "L3"]
    assert table["basis"].tolist() == ["ladder", "ladder", "none"]
    assert table["index"].isna().all()
    assert table["answered"].tolist() == [1.0, 1.0, 0.0]


def test_that_a_wave_without_firms_gives_an_empty_table():
    assert len(score_firms(responses({"use": ["yes"]}), INSTRUMENT, RUBRIC, "2031")) == 0
    assert len(score_firms(responses({"use": ["yes"]}), INSTRUMENT, LADDER, "2031")) == 0


answer_rows = st.lists(
    st.tuples(
        st.sampled_from(["yes", "no", "planned", "unknown", "na", None]),
        st.sampled_from(["a", "a|b", "a|b|c", "none", None]),
        st.sampled_from(["s0", "s1", "s2", None]),
        st.sampled_from(["yes", "no", "na", None]),
        st.one_of(st.none(), st.floats(allow_nan=False)),
        st.sampled_from(["C", "I", ""]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(answer_rows, st.integers(0, 100))
def test_that_scores_stay_in_range_and_do_not_depend_on_the_order_of_rows(rows, seed):
    use, tools, stage, line, spend, sector = zip(*rows, strict=True)
    given_ = responses({"use": use, "tools": tools, "stage": stage, "line": line, "spend": spend}, sector=sector)
    table = score_firms(given_, INSTRUMENT, RUBRIC, "2026")
    turned = score_firms(shuffled(given_, seed), INSTRUMENT, RUBRIC, "2026").sort_values("firm", ignore_index=True)
    index = table["index"].dropna()
    assert index.between(0, 100).all()
    assert (table["level"].cat.codes <= table["uncapped"].cat.codes).all()
    assert (table["level"].isna() == table["index"].isna()).all()
    assert ((table["gate"] != "") == (table["level"].cat.codes < table["uncapped"].cat.codes)).all()
    pd.testing.assert_frame_equal(table.drop(columns="position"), turned.drop(columns="position"))


@settings(max_examples=40, deadline=None)
@given(answer_rows)
def test_that_a_better_answer_never_lowers_the_index(rows):
    _, tools, stage, line, spend, sector = zip(*rows, strict=True)
    rest = {"tools": tools, "stage": stage, "line": line, "spend": spend}
    worse = score_firms(responses({"use": ["no"] * len(rows), **rest}, sector=sector), INSTRUMENT, RUBRIC, "2026")
    better = score_firms(responses({"use": ["yes"] * len(rows), **rest}, sector=sector), INSTRUMENT, RUBRIC, "2026")
    known = worse["index"].notna()
    assert (better.loc[known, "index"] >= worse.loc[known, "index"]).all()
    assert (better["level"].cat.codes >= worse["level"].cat.codes).all()
