"""What the models say together: the mean of their probabilities, and the quantiles of that mixture.

Equal weights: in practice they are hard to beat by estimated ones (Stock and Watson 2004, Journal of Forecasting 23;
Smith and Wallis 2009, Oxford Bulletin of Economics and Statistics 71), and a linear pool is wide where models disagree.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.analysis.progress.forecast.models import Model
from app.analysis.progress.forecast.series import Floats

_ROUNDS = 30


def normal(z: Floats) -> Floats:
    """Return the normal distribution function."""
    from scipy.special import ndtr  # loads when first needed

    chance: Floats = ndtr(z)
    return chance


def below(model: Model, at: tuple[Floats, Floats], share: Floats) -> Floats:
    """Return the probability that the model's value lies below `share` (shapes alike)."""
    mean, deviation = at
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (model.scale.of(share) - mean) / deviation
    return normal(np.where(np.isnan(z), 0.0, z))


def weights(models: Sequence[Model]) -> Floats:
    """Return the weight of each model for each series (K, G): equal among those that serve it."""
    serve = np.array([model.serves for model in models], dtype=np.float64)
    shared: Floats = serve / serve.sum(axis=0)
    return shared


def quantiles(models: Sequence[Model], at: Sequence[tuple[Floats, Floats]], levels: Sequence[float]) -> list[Floats]:
    """Return the mixture's quantiles, one array shaped as the means for each level; bisection between the models' own."""
    from scipy.special import ndtri  # loads when first needed

    shares = weights(models)[:, :, None]
    found = []
    for level in levels:
        own = np.array([model.scale.back(mean + ndtri(level) * sd) for model, (mean, sd) in zip(models, at, strict=True)])
        serves = shares > 0
        low, high = np.where(serves, own, np.inf).min(axis=0), np.where(serves, own, -np.inf).max(axis=0)
        for _ in range(_ROUNDS):
            middle = (low + high) / 2
            under = sum(share * below(model, each, middle) for model, each, share in zip(models, at, shares, strict=True))
            low, high = np.where(under < level, middle, low), np.where(under < level, high, middle)
        found.append((low + high) / 2)
    return found
