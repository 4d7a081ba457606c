"""Learns levels from the firms that people assessed, tests every model on firms it has not seen, and says what it found.

Nothing is learnt from the rubric's own levels: a model trained on its own rubric would only say the rubric again (design §6.6).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from app.analysis.learn.case import LearnCase, frequent, groups_of, in_order, refusal_of
from app.analysis.learn.fitted import Ints
from app.analysis.learn.nested import (
    FULL,
    Budget,
    OutOfFold,
    Validated,
    counted,
    models_for,
    one_level_in_a_fold,
    outer_folds,
    validate,
)
from app.analysis.learn.predict import LevelModel, Predicted, norms_of, predict_levels
from app.analysis.learn.report import Class, Taken, learned_report, refused_report
from app.analysis.learn.scores import chosen, model_scores
from app.analysis.learn.sets import learn_sets
from app.analysis.learn.stability import stability, stability_steps
from app.analysis.learn.table import learnt_columns, make_table
from app.analysis.learn.tune import Lesson, fits_of, tune
from app.domain.assessment import ClassifierReport
from app.domain.learning import LabelsFrom, ModelScore, learned_columns
from app.domain.task import Progress, Task

MOST_FIRMS = 5_000  # learnt from, drawn by seed: a plain model's error no longer moves, and all models are tested in two minutes


@dataclass(frozen=True, slots=True)
class Learned:
    """`columns` holds `learned_columns` for every firm of the case, in its order and with its index; `model` None where nothing
    was learnt. Of the firms learnt from, chances, level and set are out of fold: what the model says of a firm it has not seen.
    """

    report: ClassifierReport
    columns: pd.DataFrame
    model: LevelModel | None


def learn_levels(case: LearnCase, seed: int, budget: Budget = FULL) -> Task[Learned]:
    """Return what can be learnt from the levels that people gave, `report.refusal` saying why where it is nothing.

    Majority, the rubric's cut-offs, ordinal logistic regression and boosting are tested alike; the simplest within one standard
    error of the best is taken. Where that is a baseline, its chances stand in the columns, and `refusal` says that no model
    earned its place.
    """
    yield Progress("progress.assess.predictors", 0, 1)
    refusal = refusal_of(case)
    taught = _class(case, seed, budget) if refusal is None else None
    if taught is not None:
        refusal = _refusal(taught)
    if taught is None or refusal is not None:
        return Learned(refused_report(case, seed, refusal), _unlearnt(case), None)
    steps = counted(validate(taught.lesson, taught.kinds, taught.folds, seed), "progress.learn.validate", 0, taught.steps)
    validated = yield from steps
    scores = model_scores(validated, taught.lesson.levels, len(case.levels))
    scores = yield from _with_stability(taught, scores)
    return (yield from _conclude(case, taught, validated, scores))


def _class(case: LearnCase, seed: int, budget: Budget) -> Class:
    order = in_order(case, case.taught)
    rows, levels = case.taught[order], case.taught_levels[order]
    if len(rows) > MOST_FIRMS:
        drawn = np.sort(np.random.default_rng(seed).choice(len(rows), MOST_FIRMS, replace=False))
        rows, levels = rows[drawn], levels[drawn]
    answers, count = case.answers, len(case.levels)
    columns = learnt_columns(answers, rows)
    groups, by_place = groups_of(case, rows)
    lesson = Lesson(make_table(answers, columns, rows), columns, levels, groups, frequent(levels, count), count)
    return Class(rows, lesson, outer_folds(lesson, seed, budget.repeats), models_for(lesson, budget), by_place, seed, budget)


def _refusal(taught: Class) -> str | None:
    if not taught.lesson.columns.predictors:
        return "refusal.no_predictors"
    return "refusal.one_level_in_a_fold" if one_level_in_a_fold(taught.lesson, taught.folds) else None


def _with_stability(taught: Class, scores: dict[str, ModelScore]) -> Generator[Progress, None, dict[str, ModelScore]]:
    done, found = taught.nested_steps, {}
    for kind, score in scores.items():
        steps = stability(kind, taught.lesson, taught.lesson.table, taught.seed, taught.budget)
        by_seed, by_rows = yield from counted(steps, "progress.learn.stability", done, taught.steps)
        found[kind] = replace(score, stability_seed=by_seed, stability_rows=by_rows)
        done += stability_steps((kind,), taught.budget)
    return found


def _conclude(case: LearnCase, taught: Class, validated: Validated, scores: dict[str, ModelScore]) -> Task[Learned]:
    """Learn the chosen model from all firms, and ask it about every firm it has not seen."""
    kind = chosen(scores)
    out, keys = validated.models[kind], case.firms["firm"].astype(str).to_numpy(dtype=object)
    fitted = yield from counted(tune(kind, taught.lesson, taught.seed), "progress.learn.fit", 0, fits_of(kind))
    sets = learn_sets(out.after[0], taught.lesson.levels, keys[taught.rows], fitted.classes, _ends(case), taught.seed)
    answers, sectors = case.answers, case.firms["sector"].astype(object).fillna("").to_numpy(dtype=object)
    model = LevelModel(fitted, case.levels, sets, norms_of(answers, taught.lesson.columns, sectors))
    predicted = yield from predict_levels(model, answers, keys)
    predicted = _out_of_fold(predicted, taught.rows, out, sets(out.after[0], keys[taught.rows]))
    report = learned_report(case, taught, validated, scores, Taken(kind, sets, predicted))
    return Learned(report, _columns(case, predicted), model)


def _ends(case: LearnCase) -> tuple[int, int]:
    """Return the lowest and highest level a firm could be given: of a ladder those that answers gave, of assessors all."""
    if case.labels_from is LabelsFrom.LADDER:
        return int(case.taught_levels.min()), int(case.taught_levels.max())
    return 0, len(case.levels) - 1


def _out_of_fold(predicted: Predicted, rows: Ints, out: OutOfFold, ends: tuple[Ints, Ints]) -> Predicted:
    """Return the predictions with what was said out of fold of the firms learnt from, in the first repeat."""
    chances = predicted.chances.copy()
    called, low, high = predicted.called.copy(), predicted.low.copy(), predicted.high.copy()
    chances[rows], called[rows], low[rows], high[rows] = out.after[0], out.called[0], *ends
    return Predicted(chances, called, low, high)


def _columns(case: LearnCase, predicted: Predicted) -> pd.DataFrame:
    """Return `learned_columns`; levels as ordered categories."""
    label = np.full(len(case.firms), -1, dtype=np.int64)
    if case.labels_from is LabelsFrom.ASSESSORS:
        label[case.taught] = case.taught_levels
    places = (label, predicted.called, predicted.low, predicted.high)
    named = [pd.Categorical.from_codes(place, categories=list(case.levels), ordered=True) for place in places]
    columns = dict(zip(learned_columns(case.levels), (*named, *predicted.chances.T), strict=True))
    return pd.DataFrame(columns, index=case.firms.index)


def _unlearnt(case: LearnCase) -> pd.DataFrame:
    n, nothing = len(case.firms), np.full(len(case.firms), -1, dtype=np.int64)
    return _columns(case, Predicted(np.full((n, len(case.levels)), np.nan), nothing, nothing, nothing))
