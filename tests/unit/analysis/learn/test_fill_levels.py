"""The classifier: honest on noise, useful on signal, silent where it must be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from app.analysis.assess import assess_wave
from app.analysis.index import score_firms
from app.analysis.learn import fill_levels, validate
from app.domain.responses import Responses
from app.domain.task import run_to_end
from tests.unit.analysis.small_study import INSTRUMENT, LADDER, WAVE, responses, shuffled

PREDICTORS = ("sector", "use", "tools", "income", "employees")
RUBRIC = replace(LADDER, predictors=PREDICTORS)


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
    return firms, *run_to_end(fill_levels(firms, given, INSTRUMENT, rubric, seed))


def test_that_a_clear_signal_fills_the_blanks_and_marks_them_as_the_models():
    before, after, report = filled(survey(400, 1, link=0.95))
    blank = before["level"].isna()
    assert report.refusal is None
    assert report.accuracy > report.baseline_accuracy + 0.3
    assert report.kappa > 0.5
    assert report.n_predicted + report.n_abstained == blank.sum()
    assert report.n_predicted > 0.8 * blank.sum()
    filled_in = after["basis"] == "model"
    assert (filled_in <= blank).all()
    assert after.loc[filled_in, "probability"].ge(0.5).all()
    assert after.loc[~filled_in, "probability"].isna().all()
    assert filled_in.sum() == report.n_predicted


def test_that_the_model_is_fitted_on_one_thread_and_so_alike_on_every_machine(monkeypatch):
    make, threads = validate.make_model, []

    def watched(features, seed):
        model = make(features, seed)
        fit = model.fit
        model.fit = lambda *table: threads.extend(pool["num_threads"] for pool in threadpool_info()) or fit(*table)
        return model

    monkeypatch.setattr(validate, "make_model", watched)
    with threadpool_limits(4):
        filled(survey(400, 1, link=0.95))
    assert threads
    assert set(threads) == {1}


def test_that_an_observed_level_is_never_touched():
    before, after, _ = filled(survey(400, 2, link=0.95))
    observed = before["level"].notna()
    pd.testing.assert_frame_equal(before[observed], after[observed])
    assert list(after.columns) == list(before.columns)
    assert after["level"].dtype == before["level"].dtype


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_that_noise_scores_within_chance_and_fills_nothing(seed):
    before, after, report = filled(survey(600, seed, link=0.0))
    assert abs(report.accuracy - 1 / 3) < 0.1
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


def test_that_the_same_seed_gives_the_same_report_and_the_seed_is_kept():
    given = survey(300, 8, link=0.8)
    assert filled(given, seed=11)[2] == filled(given, seed=11)[2]
    assert filled(given, seed=11)[2].seed == 11


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
    assert filled(few, replace(LADDER, predictors=("division",)))[2].accuracy > 0.7


@pytest.mark.parametrize(
    ("given", "rubric", "reason"),
    [
        (survey(100, 1, 0.9, blank=0.0), RUBRIC, "nothing_to_fill"),
        (survey(100, 1, 0.9), replace(LADDER, predictors=("stage",)), "no_predictors"),
        (survey(40, 1, 0.9), RUBRIC, "too_few_firms"),
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


def test_that_a_level_too_rare_to_learn_is_named_never_predicted_and_counted_as_missed():
    _, after, report = filled(with_rare(300, 6))
    assert report.left_out == ("L3",)
    assert dict(report.classes)["L3"] == 6
    assert "L3" not in after.loc[after["basis"] == "model", "level"].tolist()
    assert report.accuracy == pytest.approx(1 - 6 / report.n_train, abs=1e-3)


def test_that_it_abstains_where_no_level_is_likelier_than_not():
    _, after, report = filled(survey(600, 16, link=0.35))
    assert report.refusal is None
    assert report.n_abstained > 10
    assert after["probability"].min() >= 0.5


def test_that_predicted_levels_are_never_learnt_from():
    given = survey(300, 17, link=0.9)
    _, once, report = filled(given)
    _, again = run_to_end(fill_levels(once, given, INSTRUMENT, RUBRIC, 0))
    assert report.n_predicted > 0
    assert again == report


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
    _, after, report = filled(
        replace(given, values=values), replace(RUBRIC, predictors=(*PREDICTORS, "spend", "size", "no_such_item"))
    )
    assert report.refusal is None
    assert "no_such_item" not in report.predictors
    assert after["probability"].dropna().between(0.5, 1).all()


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


def test_that_an_assessment_reports_predictions_beside_the_observed_levels():
    given = survey(400, 15, 0.95)
    steps = []
    found = run_to_end(assess_wave(given, INSTRUMENT, RUBRIC, WAVE, 0), steps.append)
    assert found.total.n_model == found.classifier.n_predicted > 0
    assert found.total.n_level == given.values["stage"].notna().sum()
    assert found.total.shares["L0"].count == (given.values["stage"] == "s0").sum()
    assert {step.step for step in steps} == {
        f"progress.assess.{name}" for name in ("score", "predictors", "validate", "predict", "profiles")
    }
