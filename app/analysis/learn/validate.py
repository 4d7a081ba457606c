"""The plain model and its honest test: out-of-fold accuracy beside the majority, with the error of the difference."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from app.analysis.answers import Bools
from app.analysis.learn.features import Features
from app.domain.task import Progress

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

FOLDS = 5
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Taught:
    """Firms with an observed level: their rows in `features`, level places, CV groups, and whether the level is taught.

    A level too rare to learn is not taught, but its firms stay in the test, where model and baseline must miss them.
    """

    features: Features
    rows: Ints
    levels: Ints
    groups: npt.NDArray[np.object_]
    taught: Bools


@dataclass(frozen=True, slots=True)
class Validation:
    """Mean accuracies over folds, quadratic kappa of the out-of-fold predictions, and the error of the gain."""

    folds: int
    accuracy: float
    baseline: float
    kappa: float | None
    gain_error: float

    @property
    def better(self) -> bool:
        """Return whether the model beats its baseline by more than one standard error."""
        return self.accuracy - self.baseline > self.gain_error


def make_model(features: Features, seed: int) -> Pipeline:
    """Return an unfitted pipeline: one-hot answers, standardised amounts, multinomial logistic regression (L2, C = 1)."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import Pipeline, make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    amounts = make_pipeline(SimpleImputer(strategy="median", keep_empty_features=True), StandardScaler())
    answers = OneHotEncoder(handle_unknown="ignore", dtype=np.float64)
    columns = ColumnTransformer(
        [
            ("answers", answers, list(features.closed)),
            ("amounts", amounts, list(features.numeric)),
            ("flags", "passthrough", list(features.flags)),
        ]
    )
    return Pipeline([("columns", columns), ("model", LogisticRegression(max_iter=2000, random_state=seed))])


def validate(taught: Taught, seed: int) -> Generator[Progress, None, Validation | None]:
    """Cross-validate over groups, yielding a Progress first and a fold; None when some fold would have to learn from one level.

    Everything fitted (encoding, medians, scales, weights) is fitted inside the fold.
    """
    yield Progress("progress.assess.validate", 0, FOLDS)
    folds = _folds(taught, seed)
    predicted, majority = np.full(len(taught.rows), -1), np.full(len(taught.rows), -1)
    for done, (learn, test) in enumerate(folds):
        yield Progress("progress.assess.validate", done, len(folds))
        learn = learn[taught.taught[learn]]
        counts = np.bincount(taught.levels[learn])
        if np.count_nonzero(counts) < 2:
            return None
        model = fit(taught, learn, seed)
        predicted[test] = model.predict(taught.features.frame.iloc[taught.rows[test]])
        majority[test] = counts.argmax()
    return _summary(taught, [test for _, test in folds], predicted, majority)


def fit(taught: Taught, learn: Ints, seed: int) -> Pipeline:
    """Return the pipeline fitted on the firms at `learn` (indices into `taught`), the same on any number of cores.

    One thread: sums split over threads differ in their last bits and so stop the solver at another step; and for tables
    this narrow the threads wait for one another (measured on two busy cores: 14 s against 0.2 s for 8,000 firms).
    """
    from threadpoolctl import threadpool_limits

    frame = taught.features.frame.iloc[taught.rows[learn]]
    with threadpool_limits(1):
        return make_model(taught.features, seed).fit(frame, taught.levels[learn])


def _folds(taught: Taught, seed: int) -> list[tuple[Ints, Ints]]:
    from sklearn.model_selection import StratifiedGroupKFold

    common = np.bincount(taught.levels).argmax()
    strata = np.where(taught.taught, taught.levels, common)  # a level of three firms cannot be stratified over five folds
    splitter = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    split = splitter.split(np.zeros((len(strata), 1)), strata, taught.groups)
    return [(learn, test) for learn, test in split if len(test)]


def _summary(taught: Taught, tests: list[Ints], predicted: Ints, majority: Ints) -> Validation:
    right, base = predicted == taught.levels, majority == taught.levels
    accuracies = np.array([right[test].mean() for test in tests])
    baselines = np.array([base[test].mean() for test in tests])
    return Validation(
        folds=len(tests),
        accuracy=float(accuracies.mean()),
        baseline=float(baselines.mean()),
        kappa=_kappa(taught.levels, predicted),
        gain_error=max(_fold_error(accuracies - baselines), _firm_error(right, base)),
    )


def _fold_error(gains: npt.NDArray[np.float64]) -> float:
    """Return the standard error of the mean gain over overlapping training sets.

    Nadeau, C. & Bengio, Y. (2003), "Inference for the generalization error", Machine Learning 52: the variance over
    folds times (1/k + n_test/n_train), here 1/k + 1/(k − 1).
    """
    k = len(gains)
    return float(gains.std(ddof=1) * np.sqrt(1 / k + 1 / (k - 1)))


def _firm_error(right: Bools, base: Bools) -> float:
    """Return the standard error of the mean paired difference over firms, which five folds may understate."""
    difference = right.astype(np.float64) - base.astype(np.float64)
    return float(difference.std(ddof=1) / np.sqrt(len(difference)))


def _kappa(levels: Ints, predicted: Ints) -> float | None:
    """Return Cohen's kappa with quadratic weights (Cohen 1968), None where both sides name one level only."""
    from sklearn.metrics import cohen_kappa_score

    if len({*levels.tolist(), *predicted.tolist()}) < 2:
        return None
    return float(cohen_kappa_score(levels, predicted, weights="quadratic"))
