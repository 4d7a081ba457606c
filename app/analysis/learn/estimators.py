"""The two ordinal estimators with the interface of scikit-learn. Imported lazily: this module loads scikit-learn.

Both give P(level ≥ k) that falls with k, and call the *median* level: the number of thresholds that are likelier reached than
not. The likeliest level would not do: it may fall where every cumulative chance rises.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn import config_context
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from app.analysis.learn.proportional_odds import maximise, sigmoid

Floats = npt.NDArray[np.float64]


class _Ordinal(ClassifierMixin, BaseEstimator):
    """What both share: levels are the sorted classes, and everything follows from the cumulative chances."""

    def at_least(self, X: Any) -> Floats:
        """Return P(level ≥ k) for every class but the lowest; shape (n, k − 1)."""
        raise NotImplementedError

    def predict_proba(self, X: Any) -> Floats:
        """Return the chance of every class, lowest first; shape (n, k)."""
        reached = self.at_least(X)
        ends = np.ones((len(reached), 1)), np.zeros((len(reached), 1))
        bounded = np.hstack([ends[0], reached, ends[1]])
        return bounded[:, :-1] - bounded[:, 1:]

    def predict(self, X: Any) -> npt.NDArray[Any]:
        """Return the median class: it never falls where a cumulative chance rises."""
        check_is_fitted(self)
        called: npt.NDArray[Any] = self.classes_[(self.at_least(X) >= 0.5).sum(axis=1)]
        return called

    def _places(self, y: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """Set `classes_` and return the place of each label among them; ValueError below two classes."""
        check_classification_targets(y)
        self.classes_, places = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"{type(self).__name__} needs 2 classes; the data has 1 class")
        return places.astype(np.int64)


class OrdinalLogistic(_Ordinal):
    """Proportional odds regression (McCullagh 1980, section 2) with an L2 penalty, scaled inside, and the same on every run.

    `C` is the inverse of the penalty on standardised columns (inf: none). `monotone` marks columns whose coefficient may not
    be negative. Fitted: `coef_` (p,) and `thresholds_` (k − 1,) on the scale of the data, `classes_`, `n_iter_`.
    """

    def __init__(self, C: float = 1.0, monotone: Any = None) -> None:
        self.C = C
        self.monotone = monotone

    def fit(self, X: Any, y: Any) -> OrdinalLogistic:
        """Fit to finite X (n, p) and ordered labels y; ValueError on NaN, infinities or a single class."""
        X, y = validate_data(self, X, y, dtype=np.float64)
        places = self._places(y)
        mean, spread = X.mean(axis=0), X.std(axis=0)
        scale = np.where(spread > 1e-12 * np.maximum(1.0, np.abs(mean)), spread, 1.0)
        monotone = np.zeros(X.shape[1], dtype=bool) if self.monotone is None else np.asarray(self.monotone, dtype=bool)
        if monotone.shape != (X.shape[1],):
            raise ValueError(f"monotone has {monotone.size} entries for {X.shape[1]} columns")
        found = maximise((X - mean) / scale, places, 1.0 / self.C, monotone)
        self.coef_ = found.coefficients / scale
        self.thresholds_ = found.thresholds + mean @ self.coef_
        self.n_iter_ = max(1, found.steps)
        return self

    def at_least(self, X: Any) -> Floats:
        """Return P(level ≥ k) = σ(x·β − θ); shape (n, k − 1)."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype=np.float64)
        return sigmoid((X @ self.coef_)[:, None] - self.thresholds_[None, :])


class FrankHall(_Ordinal):
    """Cumulative binary models (Frank, E. & Hall, M., 2001, "A simple approach to ordinal classification", ECML, section 2)
    around gradient boosting with monotone constraints; missing values need no filling.

    `monotone` holds 1 for columns of which more never lowers the level, 0 for free ones; `categorical` marks columns of codes.
    A running minimum makes the chances consistent; a minimum of rising functions rises, so the order is kept.
    """

    def __init__(
        self,
        depth: int = 3,
        rate: float = 0.1,
        rounds: int = 50,
        monotone: Any = None,
        categorical: Any = None,
        random_state: int | None = 0,
    ) -> None:
        self.depth = depth
        self.rate = rate
        self.rounds = rounds
        self.monotone = monotone
        self.categorical = categorical
        self.random_state = random_state

    def __sklearn_tags__(self) -> Any:
        """Say that a blank needs no filling."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        return tags

    def fit(self, X: Any, y: Any) -> FrankHall:
        """Fit one boosted model a threshold; ValueError on infinities or a single class."""
        X, y = validate_data(self, X, y, dtype=[np.float64, np.float32], ensure_all_finite="allow-nan")
        places = self._places(y)
        with config_context(skip_parameter_validation=True):  # ours are sound, and looking costs a tenth of a small fit
            self.models_ = [self._model(X.shape).fit(X, places >= k) for k in range(1, len(self.classes_))]
        return self

    def _model(self, shape: tuple[int, int]) -> HistGradientBoostingClassifier:
        return HistGradientBoostingClassifier(
            max_iter=self.rounds,
            learning_rate=self.rate,
            max_depth=self.depth,
            max_bins=32,
            min_samples_leaf=max(1, min(10, shape[0] // 20)),
            l2_regularization=1.0,
            monotonic_cst=None if self.monotone is None else np.asarray(self.monotone, dtype=np.int8),
            categorical_features=None if self.categorical is None else np.asarray(self.categorical, dtype=bool),
            early_stopping=False,
            random_state=self.random_state,
        )

    def at_least(self, X: Any) -> Floats:
        """Return P(level ≥ k), falling with k; shape (n, k − 1)."""
        X = self._table(X)
        reached = np.column_stack([model.predict_proba(X)[:, 1] for model in self.models_])
        return np.minimum.accumulate(reached, axis=1)

    def staged(self, X: Any, rounds: Sequence[int]) -> list[Floats]:
        """Return P(level ≥ k) as it was after each of `rounds`, which a model fitted to so many rounds would give as well."""
        X = self._table(X)
        odds = np.zeros((len(rounds), len(X), len(self.models_)))
        for place, model in enumerate(self.models_):
            for done, given in enumerate(model.staged_decision_function(X), start=1):
                if done in rounds:
                    odds[list(rounds).index(done), :, place] = given
        return [np.minimum.accumulate(sigmoid(each), axis=1) for each in odds]

    def _table(self, X: Any) -> npt.NDArray[Any]:
        check_is_fitted(self)
        table: npt.NDArray[Any] = validate_data(
            self, X, reset=False, dtype=[np.float64, np.float32], ensure_all_finite="allow-nan"
        )
        return table
