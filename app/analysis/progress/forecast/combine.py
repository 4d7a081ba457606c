"""What the models say together: the mean of their quantiles, and the chance that follows from it.

Probabilities are not averaged: a linear pool of forecasts that are each calibrated is too wide (Ranjan and Gneiting 2010,
J. Royal Statistical Society B 72(1)), while the mean of quantiles stays as sharp as its members and keeps their shape
(Lichtendahl, Grushka-Cockayne and Winkler 2013, Management Science 59(7)). Equal weights: they are hard to beat by
estimated ones (Smith and Wallis 2009, Oxford Bulletin of Economics and Statistics 71(3)).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.progress.forecast.models import Model
from app.analysis.progress.forecast.series import Floats

At = tuple[Floats, Floats]  # mean and standard deviation on a model's scale

_FAR = 9.0  # standard deviations: no chance is told closer to 0 or 1 than this
_ROUNDS = 24  # halvings of that: a millionth of a standard deviation


def normal(deviations: Floats) -> Floats:
    """Return the normal distribution function."""
    from scipy.special import ndtr  # loads when first needed

    chance: Floats = ndtr(deviations)
    return chance


def below(model: Model, at: At, share: Floats) -> Floats:
    """Return one model's probability of a value below `share` (shapes alike)."""
    mean, deviation = at
    return normal((model.scale.of(share) - mean) / deviation)


def own_quantile(model: Model, at: At, deviations: float) -> Floats:
    """Return one model's quantile at so many normal deviations from its middle, shaped as the mean."""
    mean, deviation = at
    return model.scale.back(mean + deviations * deviation)


def weights(models: Sequence[Model]) -> Floats:
    """Return the weight of each model for each series (K, G), by its voice."""
    voices = np.array([model.voice for model in models])
    shared: Floats = voices / voices.sum(axis=0)
    return shared


def quantile(models: Sequence[Model], at: Sequence[At], deviations: Floats | float) -> Floats:
    """Return the mean of the models' quantiles at so many normal deviations from their middles, shaped as the means (G, T)."""
    parts = zip(models, at, weights(models)[:, :, None], strict=True)
    together: Floats = sum(
        (weight * model.scale.back(mean + deviations * deviation) for model, (mean, deviation), weight in parts),
        np.zeros_like(at[0][0]),
    )
    return together


def combined_below(models: Sequence[Model], at: Sequence[At], share: Floats) -> Floats:
    """Return the probability of a value below `share` (G, T): the level whose mean quantile it is, found by bisection."""
    low, high = np.full_like(at[0][0], -_FAR), np.full_like(at[0][0], _FAR)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        under = quantile(models, at, middle) < share
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return normal((low + high) / 2)
