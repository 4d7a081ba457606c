"""Fills the levels of firms that left too much blank, where a plain model earns it, and says when it does not.

A predicted level stands only where the rubric gave none; it never replaces an observed level (design §6.6).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from app.analysis.index.levels import level_codes
from app.analysis.learn.features import Features, make_features
from app.analysis.learn.validate import FOLDS, Ints, Taught, fit, validate
from app.domain.assessment import Basis, ClassifierReport
from app.domain.instrument import Instrument
from app.domain.responses import Responses
from app.domain.rubric import Rubric
from app.domain.task import Progress, Task

LEAST_FIRMS = 50  # below, five folds test on fewer than ten firms each
LEAST_PER_LEVEL = 10  # below, a level is not taught
LEAST_TOWNSHIPS = 5  # from here on, folds hold out whole townships
MOST_FIRMS = 10_000  # drawn by seed: a plain model's accuracy no longer moves, and a million firms stay within seconds
LEAST_PROBABILITY = 0.5  # below, the model abstains


@dataclass(frozen=True, slots=True)
class _Case:
    """All firms of the wave in order of their key, with level places (−1: none observed) and predictors."""

    firms: pd.DataFrame
    levels: Ints
    townships: npt.NDArray[np.object_]
    features: Features
    codes: tuple[str, ...]
    seed: int


def fill_levels(
    firms: pd.DataFrame, responses: Responses, instrument: Instrument, rubric: Rubric, seed: int
) -> Task[tuple[pd.DataFrame, ClassifierReport]]:
    """Return firm scores with predicted levels (basis "model", `probability`) where none was observed, and the report.

    Logistic regression on the rubric's predictors, cross-validated by firm, and by township where there are five. It
    fills nothing, and `report.refusal` says why, when there are too few firms or levels, or when it does not beat the
    majority by more than one standard error. Below LEAST_PROBABILITY, or with no predictor answered, it abstains.
    """
    yield Progress("progress.assess.predictors", 0, FOLDS)
    case = _case(firms, responses, instrument, rubric, seed)
    taught = _taught(case)
    report = _report(case, taught)
    refusal = _refusal(case, taught)
    if refusal is not None:
        return firms, replace(report, refusal=refusal)
    return (yield from _learn(case, taught, report, firms))


def _learn(
    case: _Case, taught: Taught, report: ClassifierReport, firms: pd.DataFrame
) -> Generator[Progress, None, tuple[pd.DataFrame, ClassifierReport]]:
    found = yield from validate(taught, case.seed)
    if found is None:
        return firms, replace(report, refusal="refusal.one_level_in_a_fold")
    report = replace(
        report,
        folds=found.folds,
        accuracy=found.accuracy,
        baseline_accuracy=found.baseline,
        kappa=found.kappa,
    )
    if not found.better:
        return firms, replace(report, refusal="refusal.not_better")
    yield Progress("progress.assess.predict", FOLDS, FOLDS)
    rows, level, probability = _predict(case, taught)
    abstained = int((case.levels < 0).sum()) - len(rows)
    filled = _fill(firms, case.firms["position"].to_numpy()[rows], level, probability)
    return filled, replace(report, n_predicted=len(rows), n_abstained=abstained)


def _case(firms: pd.DataFrame, responses: Responses, instrument: Instrument, rubric: Rubric, seed: int) -> _Case:
    """Sort by firm, so that the order in which files arrived cannot change a fold or a level."""
    ordered = firms.sort_values(["firm", "position"], kind="stable", ignore_index=True)
    positions = ordered["position"].to_numpy(dtype=np.int64)
    codes = level_codes(rubric)
    observed = ordered["basis"].astype(str).isin((str(Basis.RUBRIC), str(Basis.LADDER))).to_numpy()
    places = pd.Categorical(ordered["level"], categories=list(codes)).codes.astype(np.int64)
    townships = responses.firms["township"].take(positions).astype(object)
    return _Case(
        firms=ordered,
        levels=np.where(observed, places, -1),
        townships=townships.where(townships.notna(), "").to_numpy(dtype=object),
        features=make_features(positions, responses, instrument, rubric),
        codes=codes,
        seed=seed,
    )


def _taught(case: _Case) -> Taught:
    rows = np.flatnonzero(case.levels >= 0)
    if len(rows) > MOST_FIRMS:
        rows = np.sort(np.random.default_rng(case.seed).choice(rows, MOST_FIRMS, replace=False))
    levels = case.levels[rows]
    common = np.bincount(levels, minlength=len(case.codes)) >= LEAST_PER_LEVEL
    return Taught(case.features, rows, levels, _groups(case, rows), common[levels])


def _groups(case: _Case, rows: Ints) -> npt.NDArray[np.object_]:
    """Return the CV group of each row: its township where at least five are known, else its firm."""
    firms: npt.NDArray[np.object_] = ("firm:" + case.firms["firm"].astype(str)).to_numpy(dtype=object)[rows]
    townships = case.townships[rows]
    named = townships != ""
    if len(set(townships[named].tolist())) < LEAST_TOWNSHIPS:
        return firms
    return np.where(named, townships, firms)


def _refusal(case: _Case, taught: Taught) -> str | None:
    if not (case.levels < 0).any():
        return "refusal.nothing_to_fill"
    if not case.features.names:
        return "refusal.no_predictors"
    if len(taught.rows) < LEAST_FIRMS:
        return "refusal.too_few_firms"
    if len(np.unique(taught.levels)) < 2:
        return "refusal.one_level"
    if len(np.unique(taught.levels[taught.taught])) < 2:
        return "refusal.levels_too_rare"
    return None


def _report(case: _Case, taught: Taught) -> ClassifierReport:
    counts = np.bincount(taught.levels, minlength=len(case.codes))
    classes = tuple((code, int(count)) for code, count in zip(case.codes, counts, strict=True) if count)
    return ClassifierReport(
        model="logistic_regression",
        baseline="majority",
        n_train=len(taught.rows),
        n_predicted=0,
        n_abstained=int((case.levels < 0).sum()),
        folds=0,
        accuracy=None,
        baseline_accuracy=None,
        kappa=None,
        classes=classes,
        predictors=case.features.names,
        seed=case.seed,
        left_out=tuple(code for code, count in classes if count < LEAST_PER_LEVEL),
    )


def _predict(case: _Case, taught: Taught) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
    """Return the rows the model is sure enough of, their level places and probabilities."""
    model = fit(taught, np.flatnonzero(taught.taught), case.seed)
    blank = np.flatnonzero((case.levels < 0) & case.features.known)
    if not len(blank):
        return blank, blank, np.zeros(0)
    chances = model.predict_proba(case.features.frame.iloc[blank])
    best = np.round(chances.max(axis=1), 6)  # the last bits depend on how many threads summed
    sure = best >= LEAST_PROBABILITY
    return blank[sure], model.classes_[chances.argmax(axis=1)][sure], best[sure]


def _fill(firms: pd.DataFrame, positions: Ints, level: Ints, probability: npt.NDArray[np.float64]) -> pd.DataFrame:
    """Return the firm scores with these levels set at these positions; the rest untouched."""
    row_of = pd.Index(firms["position"]).get_indexer(pd.Index(positions))
    places = firms["level"].cat.codes.to_numpy().astype(np.int64).copy()
    kinds = firms["basis"].cat.codes.to_numpy().astype(np.int64).copy()
    chance = firms["probability"].to_numpy(dtype=np.float64).copy()
    places[row_of], chance[row_of] = level, probability
    kinds[row_of] = firms["basis"].cat.categories.get_loc(str(Basis.MODEL))
    return firms.assign(
        level=pd.Categorical.from_codes(places, dtype=firms["level"].dtype),
        basis=pd.Categorical.from_codes(kinds, dtype=firms["basis"].dtype),
        probability=chance,
    )
