"""What is told of a classifier: the models tried, the errors of the one taken, and what to be wary of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version

import numpy as np

from app.analysis.learn.case import LEAST_PER_LEVEL, LearnCase
from app.analysis.learn.drift import drift
from app.analysis.learn.fitted import MAJORITY, ORDINAL, RUBRIC
from app.analysis.learn.group_errors import group_errors
from app.analysis.learn.leaks import TOO_GOOD, leaks
from app.analysis.learn.metrics import Ints, calibration_bins, confusion
from app.analysis.learn.nested import OUTER, Budget, OutOfFold, Validated, nested_steps
from app.analysis.learn.predict import Predicted
from app.analysis.learn.sets import Sets, sets_report
from app.analysis.learn.stability import MOST_FIRMS as MOST_REFITTED
from app.analysis.learn.stability import stability_steps
from app.analysis.learn.table import make_table, unseen_shares
from app.analysis.learn.tune import Lesson
from app.domain.assessment import ClassifierReport
from app.domain.learning import ModelScore

REFUSED = {MAJORITY: "refusal.not_better", RUBRIC: "refusal.rubric_is_enough"}
_ERROR_SHOWN = 0.1  # calibration error above which a chance should not be shown
_STABLE = 0.9
_LIBRARIES = ("numpy", "scipy", "scikit-learn", "skops")


@dataclass(frozen=True, slots=True)
class Class:
    """The firms learnt from, by key: `rows` in the case's frame, what they look like, the outer folds (repeats, n), the models to
    try, whether folds hold out whole places, the seed, and how thoroughly they are tested."""

    rows: Ints
    lesson: Lesson
    folds: Ints
    kinds: tuple[str, ...]
    by_place: bool
    seed: int
    budget: Budget

    @property
    def steps(self) -> int:
        """How many fits there are before the last model."""
        return self.nested_steps + stability_steps(self.kinds, self.budget)

    @property
    def nested_steps(self) -> int:
        """How many of them are in nested cross-validation."""
        return nested_steps(self.kinds, self.budget.repeats)


@dataclass(frozen=True, slots=True)
class Taken:
    """The model taken: its name, its sets, and what it says of all firms."""

    kind: str
    sets: Sets
    predicted: Predicted


def libraries() -> tuple[tuple[str, str], ...]:
    """Return the versions of what computed the model."""
    return tuple((name, version(name)) for name in _LIBRARIES)


def refused_report(case: LearnCase, seed: int, refusal: str | None) -> ClassifierReport:
    """Return the report of a classifier that did not run."""
    counts = np.bincount(case.taught_levels, minlength=len(case.levels))
    classes = tuple((code, int(count)) for code, count in zip(case.levels, counts, strict=True) if count)
    return ClassifierReport(
        model=ORDINAL,
        baseline=MAJORITY,
        n_train=len(case.taught),
        n_predicted=0,
        n_abstained=int(case.blank.sum()),
        folds=0,
        accuracy=None,
        baseline_accuracy=None,
        kappa=None,
        classes=classes,
        predictors=(),
        seed=seed,
        refusal=refusal,
        left_out=tuple(code for code, count in classes if count < LEAST_PER_LEVEL),
        labels_from=case.labels_from,
        levels=case.levels,
        libraries=libraries(),
    )


def learned_report(
    case: LearnCase, taught: Class, validated: Validated, scores: Mapping[str, ModelScore], taken: Taken
) -> ClassifierReport:
    """Return the report of the model `taken` beside all others.

    Confusion, calibration, sets and group errors are those of the first repeat, in which each firm was tested once.
    """
    kind, predicted = taken.kind, taken.predicted
    baseline = min((scores[name] for name in (MAJORITY, RUBRIC) if name in scores), key=lambda score: score.rps or 0.0)
    single = case.blank & (predicted.low >= 0) & (predicted.low == predicted.high) & (kind not in REFUSED)
    report = replace(
        refused_report(case, taught.seed, REFUSED.get(kind)),
        model=kind,
        baseline=baseline.model,
        n_train=len(taught.rows),
        n_predicted=int(single.sum()),
        n_abstained=int(case.blank.sum() - single.sum()),
        folds=OUTER,
        repeats=taught.budget.repeats,
        accuracy=scores[kind].accuracy,
        baseline_accuracy=baseline.accuracy,
        kappa=scores[kind].kappa,
        predictors=taught.lesson.columns.predictors,
        scores=tuple(scores.get(name, ModelScore(name, refusal="refusal.no_rubric_level")) for name in taught.budget.models),
    )
    report = _with_errors(report, case, taught, (validated.models[kind], taken.sets))
    return replace(report, warnings=tuple(_warnings(report, taught, len(case.taught))))


def _with_errors(report: ClassifierReport, case: LearnCase, taught: Class, tested: tuple[OutOfFold, Sets]) -> ClassifierReport:
    (out, sets), lesson, answers = tested, taught.lesson, case.answers
    keys = case.firms["firm"].astype(str).to_numpy(dtype=object)[taught.rows]
    table = confusion(lesson.levels, out.called[0], lesson.count)
    unseen = unseen_shares(answers, lesson.columns)
    weights = None if case.stands_for is None else case.stands_for[taught.rows]
    return replace(
        report,
        confusion=tuple(tuple(int(cell) for cell in row) for row in table),
        calibration_before=calibration_bins(out.before[0], lesson.levels),
        calibration_after=calibration_bins(out.after[0], lesson.levels),
        conformal=sets_report(sets, out.after[0], lesson.levels, keys, case.levels),
        groups=group_errors(case.facts.iloc[taught.rows], lesson.levels, out.called[0]),
        drift=drift(lesson.table, make_table(answers, lesson.columns), lesson.columns, unseen, weights),
        leaks=leaks(lesson, taught.folds[0]),
    )


def _warnings(report: ClassifierReport, taught: Class, assessed: int) -> Iterator[str]:
    """Yield the text keys of what to be wary of."""
    score = next(score for score in report.scores if score.model == report.model)
    best = max(score.accuracy or 0.0 for score in report.scores)
    if report.leaks or best > TOO_GOOD:
        yield "learn.warning.leak"
    if report.left_out:
        yield "learn.warning.left_out"
    if set(report.levels) - {code for code, _ in report.classes}:
        yield "learn.warning.level_without_firms"
    if not taught.by_place:
        yield "learn.warning.by_firm"
    if min(score.stability_seed or 0.0, score.stability_rows or 0.0) < _STABLE:
        yield "learn.warning.unstable"
    if (score.ece_after or 0.0) > _ERROR_SHOWN:
        yield "learn.warning.uncalibrated"
    if report.conformal is None:
        yield "learn.warning.few_for_sets"
    if any(one.state == "stop" for one in report.drift):
        yield "learn.warning.drift"
    if any(one.unseen > 0.05 for one in report.drift):
        yield "learn.warning.unseen"
    if len(taught.rows) < assessed:
        yield "learn.warning.sampled"
    if len(taught.rows) > MOST_REFITTED:
        yield "learn.warning.stability_sampled"
