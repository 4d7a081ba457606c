"""Learning from assessors: out of fold, the same on every run, honest on noise, silent where it must be, stopped when asked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from app.analysis.learn import fill_levels, learn_levels
from app.analysis.learn.fitted import ORDINAL
from app.analysis.learn.learn import Learned
from app.analysis.learn.nested import Budget, counted, outer_folds, validate
from app.domain.learning import LabelsFrom, ModelScore, learned_columns
from app.domain.task import run_to_end
from tests.unit.analysis.learn.county import LEVELS, county, lesson_of, shuffled

PLAIN = Budget(1, 1, 0, ("majority", "rubric", "ordinal"))
ALL = Budget(1, 1, 0)


def learn(case, budget: Budget = PLAIN, seed: int = 0) -> Learned:
    return run_to_end(learn_levels(case, seed, budget))


@pytest.fixture(scope="module")
def case():
    return county(400, 300, seed=1, noise=0.3)


@pytest.fixture(scope="module")
def learned(case):
    return learn(case)


@pytest.fixture(scope="module")
def everything():
    """All four models, boosting among them."""
    return learn(county(200, 180, 8, seed=1, noise=0.3), ALL)


def score(found: Learned, model: str) -> ModelScore:
    return next(one for one in found.report.scores if one.model == model)


def test_that_every_model_is_told_beside_the_others_in_order_of_simplicity(everything):
    scores = everything.report.scores
    assert [one.model for one in scores] == ["majority", "rubric", "ordinal", "boosting"]
    assert all(None not in (s.rps, s.rps_error, s.brier, s.accuracy, s.ece_before, s.ece_after, s.stability_seed) for s in scores)
    assert score(everything, "ordinal").rps < score(everything, "rubric").rps < score(everything, "majority").rps
    assert score(everything, "majority").kappa == pytest.approx(0, abs=0.02)
    assert all(one.adjacent >= one.accuracy for one in scores)


def test_that_the_simplest_model_within_one_error_of_the_best_is_taken(everything):
    best = min(everything.report.scores, key=lambda one: one.rps)
    taken = score(everything, everything.report.model)
    assert taken.rps <= best.rps + best.rps_error
    before = everything.report.scores[: everything.report.scores.index(taken)]
    assert all(one.rps > best.rps + best.rps_error for one in before)


def test_that_the_report_says_what_it_rests_on(case, learned):
    report = learned.report
    assert (report.labels_from, report.n_train, report.folds, report.repeats) == (LabelsFrom.ASSESSORS, 300, 5, 1)
    assert sum(map(sum, report.confusion)) == 300
    assert [sum(row) for row in report.confusion] == np.bincount(case.taught_levels, minlength=5).tolist()
    assert {name for name, _ in report.libraries} >= {"scikit-learn", "numpy"}
    assert report.conformal.n == 300
    assert 0.85 < report.conformal.coverage < 0.95
    assert {group.field for group in report.groups} == {"size", "ownership", "township", "sector"}
    assert "Q0" in report.predictors


def test_that_the_columns_cover_every_firm_and_chances_add_up(case, learned):
    columns = learned.columns
    assert tuple(columns.columns) == learned_columns(LEVELS)
    assert columns.index.equals(case.firms.index)
    chances = columns[[f"q_{level}" for level in LEVELS]].to_numpy()
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert (columns["set_low"] <= columns["set_high"]).all()
    np.testing.assert_array_equal(np.flatnonzero(columns["label"].notna()), case.taught)
    np.testing.assert_array_equal(columns["label"].cat.codes.to_numpy()[case.taught], case.taught_levels)


def test_that_what_is_said_of_a_firm_learnt_from_was_said_without_its_own_level():
    """Turn the levels of one township upside down: what is said of its own firms may not change, of all others it must."""
    lesson = lesson_of(county(300, 300, seed=6))
    town = lesson.groups == 3
    turned = replace(lesson, levels=np.where(town, 4 - lesson.levels, lesson.levels))
    folds = outer_folds(lesson, 0, 1)
    one, other = (
        run_to_end(counted(validate(each, (ORDINAL,), folds, 0), "progress.learn.validate", 0, 1)).models[ORDINAL].after[0]
        for each in (lesson, turned)
    )
    np.testing.assert_allclose(one[town], other[town], atol=1e-6)
    assert not np.allclose(one[folds[0] != folds[0][town][0]], other[folds[0] != folds[0][town][0]], atol=1e-3)


def test_that_the_order_of_firms_and_labels_changes_nothing(case, learned):
    again = learn(shuffled(case, 5))
    assert again.report == learned.report
    order = np.random.default_rng(5).permutation(len(case.firms))
    pd.testing.assert_frame_equal(again.columns, learned.columns.iloc[order].reset_index(drop=True))


def test_that_the_seed_is_kept_and_repeats_the_run(case, learned):
    assert learned.report.seed == 0
    again = learn(case)
    assert again.report == learned.report
    pd.testing.assert_frame_equal(again.columns, learned.columns)


@pytest.mark.parametrize("seed", [2, 3])
def test_that_noise_scores_within_chance_and_no_model_earns_its_place(seed):
    found = learn(county(400, 300, 8, seed=seed, noise=np.inf))
    commonest = score(found, "majority").accuracy
    assert all(abs(one.accuracy - commonest) < 0.1 for one in found.report.scores if one.model == "ordinal")
    assert abs(score(found, "ordinal").kappa) < 0.1
    assert (found.report.model, found.report.refusal) == ("majority", "refusal.not_better")
    assert found.report.n_predicted == 0


def test_that_boosting_finds_nothing_in_noise_either():
    found = learn(county(250, 200, 5, seed=4, noise=np.inf), Budget(1, 1, 0, ("majority", "boosting")))
    assert abs(score(found, "boosting").kappa) < 0.1
    assert found.report.refusal == "refusal.not_better"


def test_that_the_rubric_stays_the_answer_where_assessors_only_repeat_it_and_that_is_told():
    case = county(250, 200, 8, seed=5)
    rubric = np.where(case.answers.rubric_levels < 0, 1, case.answers.rubric_levels)
    copied = replace(case, taught_levels=rubric[case.taught])
    report = learn(copied).report
    assert (report.model, report.refusal) == ("rubric", "refusal.rubric_is_enough")
    assert [leak.feature for leak in report.leaks] == ["rubric"]
    assert "learn.warning.leak" in report.warnings


def test_that_a_level_that_leaks_through_an_answer_is_named(case):
    points = case.matrix.points.copy()
    points[case.taught, 2] = case.taught_levels / 4
    leaky = replace(case, matrix=replace(case.matrix, points=points))
    report = learn(leaky).report
    assert report.leaks[0].feature == "Q2"
    assert report.leaks[0].score > 0.99
    assert "learn.warning.leak" in report.warnings


def test_that_a_number_of_its_own_for_each_firm_is_no_leak(case):
    frame = case.features.frame.assign(people=np.arange(400.0))
    report = learn(replace(case, features=replace(case.features, frame=frame))).report
    assert report.leaks == ()


def with_labels(case, levels):
    return replace(case, taught=case.taught[: len(levels)], taught_levels=np.asarray(levels))


@pytest.mark.parametrize(
    ("levels", "reason"),
    [
        ([0, 1] * 14, "too_few_firms"),
        ([2] * 60, "one_level"),
        ([2] * 60 + [3] * 9, "levels_too_rare"),
    ],
)
def test_that_it_refuses_with_a_reason_and_leaves_no_number(case, levels, reason):
    found = learn(with_labels(case, levels))
    assert found.report.refusal == f"refusal.{reason}"
    assert (found.report.accuracy, found.report.scores, found.model) == (None, (), None)
    assert found.columns.drop(columns="label").isna().all(axis=None)
    assert found.columns["label"].notna().sum() == len(levels)
    assert fill_levels(case.firms, found) is case.firms


def test_that_it_does_not_run_without_assessments(case):
    nobody = np.zeros(0, dtype=np.int64)
    found = learn(replace(case, taught=nobody, taught_levels=nobody, labels_from=LabelsFrom.NONE))
    assert found.report.refusal == "refusal.no_labels"


def test_that_it_refuses_where_nothing_differs_between_firms(case):
    n = len(case.firms)
    plain = replace(case.features, frame=pd.DataFrame(index=range(n)), closed=(), numeric=(), flags=())
    same = replace(case.matrix, points=np.ones_like(case.matrix.points))
    assert learn(replace(case, matrix=same, features=plain)).report.refusal == "refusal.no_predictors"


def test_that_infinite_and_constant_answers_do_no_harm(case):
    points = case.matrix.points.copy()
    points[::3, 0], points[::4, 1], points[:, 2], points[:, 3] = np.inf, -np.inf, 0.5, np.nan
    frame = case.features.frame.assign(people=np.where(np.arange(400) % 5 == 0, np.inf, case.features.frame["people"]))
    hurt = replace(case, matrix=replace(case.matrix, points=points), features=replace(case.features, frame=frame))
    report = learn(hurt).report
    assert report.refusal is None
    assert not {"Q2", "Q3"} & set(report.predictors)
    assert {"Q0", "Q1", "people"} <= set(report.predictors)


def test_that_a_rare_level_is_left_out_never_called_and_never_without_a_chance(case):
    levels = np.where(case.taught_levels == 4, 3, case.taught_levels)
    levels[:4] = 4
    found = learn(replace(case, taught_levels=levels))
    assert found.report.left_out == ("L4",)
    assert "L4" not in set(found.columns["predicted"].dropna())
    untaught = np.setdiff1d(np.arange(400), case.taught)
    assert found.columns["q_L4"].iloc[untaught].to_numpy() == pytest.approx((4 + 1) / (300 + 5))
    assert found.columns["q_L4"].min() > 0.002
    top = found.columns["set_high"] == "L3"
    assert not top.any()  # a set that reaches the highest level learnt reaches on to the one that could not be


def test_that_a_level_nobody_was_assessed_at_keeps_a_small_chance(case):
    found = learn(replace(case, taught_levels=np.minimum(case.taught_levels, 3)))
    assert found.columns["q_L4"].between(1e-4, 0.01).all()
    assert "learn.warning.level_without_firms" in found.report.warnings


def test_that_few_assessments_give_a_model_but_no_sets():
    report = learn(county(200, 60, seed=7, noise=0.2)).report
    assert report.conformal is None
    assert "learn.warning.few_for_sets" in report.warnings
    assert report.n_predicted == 0


def test_that_progress_moves_on_and_work_stops_when_asked(case):
    task = learn_levels(case, 0, PLAIN)
    steps = [next(task) for _ in range(12)]
    assert [step.done for step in steps[1:]] == list(range(1, 12))
    assert steps[-1].total > 12
    task.close()
    with pytest.raises(StopIteration):
        next(task)


def test_that_a_firm_of_which_nothing_is_known_has_no_chances(case):
    row = int(np.setdiff1d(np.arange(400), case.taught)[0])
    points, known = case.matrix.points.copy(), case.features.known.copy()
    points[row], known[row] = np.nan, False
    blank = replace(case, matrix=replace(case.matrix, points=points), features=replace(case.features, known=known))
    columns = learn(blank).columns.drop(columns="label")
    assert columns.iloc[row].isna().all()
    assert columns.drop(index=row).notna().all(axis=None)
