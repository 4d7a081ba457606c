"""Firms that left too much blank: a level only where the model leaves no doubt, and never from the rubric's own levels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from app.analysis.index import score_firms
from app.analysis.learn import fill_levels, learn_case, learn_levels
from app.analysis.learn.nested import Budget
from app.domain.learning import LabelsFrom
from app.domain.responses import Responses
from app.domain.task import run_to_end
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, responses, shuffled
from tests.unit.analysis.small_study import RUBRIC as SCORED

PREDICTORS = ("sector", "use", "tools", "income", "employees")
RUBRIC = replace(LADDER, predictors=PREDICTORS)
PLAIN = Budget(1, 1, 0, ("majority", "ordinal"))


def survey(n: int, seed: int, link: float, blank: float = 0.2, steps: int = 3, **firms) -> Responses:
    """Firms whose ladder answer depends on `use`, `income` and `sector` with strength `link` (0: pure noise)."""
    rng = np.random.default_rng(seed)
    step = rng.integers(0, steps, n)
    told = rng.random(n) < link
    guess = np.where(told, step, rng.integers(0, steps, n))
    income = np.where(rng.random(n) < 0.1, np.nan, np.exp(2 + 2 * guess + rng.normal(0, 0.3, n)))
    stage = np.where(rng.random(n) < blank, None, np.char.add("s", step.astype(str)).astype(object))
    answers = {
        "use": np.where(guess == 2, "yes", "no"),
        "tools": np.array(["none", "a", "a|b"], dtype=object)[guess],
        "stage": stage,
        "income": [None if np.isnan(value) else value for value in income],
        "people": rng.integers(1, 500, n),
    }
    return responses(answers, sector=np.array(["A", "C", "I"], dtype=object)[rng.integers(0, 3, n)], **firms)


def filled(given: Responses, rubric=RUBRIC, seed=0):
    firms = score_firms(given, INSTRUMENT, rubric, "2026")
    learned = run_to_end(learn_levels(learn_case(firms, given, INSTRUMENT, rubric), seed, PLAIN))
    return firms, fill_levels(firms, learned), learned.report


def test_that_a_clear_ladder_fills_the_blanks_and_marks_them_as_the_models():
    before, after, report = filled(survey(400, 1, link=0.97))
    blank = before["level"].isna()
    assert report.refusal is None
    assert report.labels_from is LabelsFrom.LADDER
    assert report.accuracy > report.baseline_accuracy + 0.3
    assert report.n_predicted + report.n_abstained == blank.sum()
    assert report.n_predicted > 0.8 * blank.sum()
    filled_in = after["basis"] == "model"
    assert (filled_in <= blank).all()
    assert after.loc[filled_in, "probability"].between(0, 1).all()
    assert after.loc[~filled_in, "probability"].isna().all()
    assert filled_in.sum() == report.n_predicted


def test_that_an_observed_level_is_never_touched():
    before, after, _ = filled(survey(400, 2, link=0.95))
    observed = before["level"].notna()
    pd.testing.assert_frame_equal(before[observed], after[observed])
    assert list(after.columns) == list(before.columns)
    assert after["level"].dtype == before["level"].dtype


def test_that_levels_by_the_rubric_are_never_learnt_from():
    given = survey(200, 3, link=0.9)
    before, after, report = filled(given, SCORED)
    assert (before["basis"] == "rubric").sum() > 100
    assert report.refusal == "refusal.no_labels"
    assert (report.labels_from, report.n_train, report.accuracy) == (LabelsFrom.NONE, 0, None)
    pd.testing.assert_frame_equal(before, after)


@pytest.mark.parametrize("seed", [3, 4])
def test_that_noise_scores_within_chance_and_fills_nothing(seed):
    before, after, report = filled(survey(600, seed, link=0.0))
    assert abs(report.accuracy - 1 / 3) < 0.1
    assert all(abs(score.accuracy - 1 / 3) < 0.1 for score in report.scores if score.accuracy is not None)
    assert report.refusal == "refusal.not_better"
    assert report.n_predicted == 0
    pd.testing.assert_frame_equal(before, after)


def test_that_the_order_of_rows_changes_nothing():
    given = survey(300, 6, link=0.9)
    _, one, report = filled(given)
    _, other, again = filled(shuffled(given, 7))
    assert report == again
    columns = ["firm", "level", "basis", "probability"]
    pd.testing.assert_frame_equal(one[columns], other[columns].sort_values("firm", ignore_index=True))


def test_that_whole_townships_are_held_out_where_there_are_five():
    """A township that gives its firms' level away must not help: the model is tested on townships it never saw."""
    rng = np.random.default_rng(9)
    township = rng.integers(0, 25, 500)
    favourite = rng.integers(0, 3, 25)
    step = np.where(rng.random(500) < 0.9, favourite[township], rng.integers(0, 3, 500))
    stage = np.where(rng.random(500) < 0.1, None, np.char.add("s", step.astype(str)).astype(object))
    given = responses({"stage": stage}, township=[f"镇{place}" for place in township])
    rubric = replace(LADDER, predictors=("township",))
    assert filled(given, rubric)[2].refusal == "refusal.not_better"
    few = responses({"stage": stage}, township=[f"镇{place % 4}" for place in township], division=[f"{p}" for p in township])
    report = filled(few, replace(LADDER, predictors=("division",)))[2]
    assert report.scores[-1].likeliest > 0.7
    assert "learn.warning.by_firm" in report.warnings


@pytest.mark.parametrize(
    ("given", "rubric", "reason"),
    [
        (survey(100, 1, 0.9, blank=0.0), RUBRIC, "nothing_to_fill"),
        (survey(100, 1, 0.9), replace(LADDER, predictors=("stage",)), "no_predictors"),
        (survey(30, 1, 0.9), RUBRIC, "too_few_firms"),
        (survey(120, 1, 0.9, steps=1), RUBRIC, "one_level"),
    ],
)
def test_that_it_refuses_with_a_reason(given, rubric, reason):
    before, after, report = filled(given, rubric)
    assert report.refusal == f"refusal.{reason}"
    assert (report.accuracy, report.n_predicted) == (None, 0)
    pd.testing.assert_frame_equal(before, after)


def with_rare(n: int, rare: int) -> Responses:
    """Two common levels, and `rare` firms of a third that look unlike all others, as do four blank ones."""
    given = survey(n, 12, 1.0, steps=2)
    stage, sector = given.values["stage"].astype(object).copy(), given.firms["sector"].copy()
    stage.iloc[: rare + 4] = ["s2"] * rare + [None] * 4
    sector.iloc[: rare + 4] = "Q"
    income = given.values["income"].where(given.values.index >= rare + 4, 1e12)
    values = given.values.assign(stage=pd.Categorical(stage), income=income)
    return replace(given, values=values, firms=given.firms.assign(sector=sector))


def test_that_a_level_too_rare_to_learn_is_named_never_called_and_counted_as_missed():
    _, after, report = filled(with_rare(300, 6))
    assert report.left_out == ("L3",)
    assert dict(report.classes)["L3"] == 6
    assert "L3" not in after.loc[after["basis"] == "model", "level"].tolist()
    assert report.accuracy == pytest.approx(1 - 6 / report.n_train, abs=0.03)
    assert {"learn.warning.left_out", "learn.warning.level_without_firms"} <= set(report.warnings)


def test_that_it_abstains_where_more_than_one_level_is_possible():
    _, after, report = filled(survey(600, 16, link=0.5))
    assert report.refusal is None
    assert report.n_abstained > 10
    assert (after["basis"] == "none").sum() == report.n_abstained


def test_that_rare_levels_alone_leave_nothing_to_learn():
    given = survey(100, 1, 0.9, steps=1)
    stage = given.values["stage"].astype(object).copy()
    stage.iloc[:5] = "s1"
    rare = replace(given, values=given.values.assign(stage=pd.Categorical(stage)))
    assert filled(rare)[2].refusal == "refusal.levels_too_rare"


def test_that_infinite_constant_and_wholly_blank_predictors_do_no_harm():
    given = survey(300, 13, 0.95)
    values = given.values.assign(
        people=np.inf, spend=np.nan, income=given.values["income"].where(given.values.index % 7 > 0, -np.inf)
    )
    whole = replace(given, values=values)
    _, after, report = filled(whole, replace(RUBRIC, predictors=(*PREDICTORS, "spend", "size", "no_such_item")))
    assert report.refusal is None
    assert not {"no_such_item", "people", "spend", "size"} & set(report.predictors)
    assert after["probability"].dropna().between(0, 1).all()


def test_that_it_abstains_where_nothing_is_known_of_a_firm():
    given = survey(300, 14, 0.95)
    blank = given.values["stage"].isna()
    empty = given.values.assign(
        use=given.values["use"].astype(object).where(~blank),
        tools=given.values["tools"].astype(object).where(~blank),
        income=given.values["income"].where(~blank),
        people=given.values["people"].where(~blank),
    )
    nameless = replace(given, values=empty, firms=given.firms.assign(sector=given.firms["sector"].where(~blank, "")))
    _, after, report = filled(nameless)
    assert report.refusal is None
    assert (report.n_predicted, report.n_abstained) == (0, int(blank.sum()))
    assert (after["basis"] != "model").all()
