"""The band in which the next published value should fall: the true share's, and the value's own sampling error and noise."""

from __future__ import annotations

import numpy as np

from app.analysis.progress.forecast.combine import quantile
from app.analysis.progress.forecast.models import Model
from app.analysis.progress.forecast.series import Floats
from app.analysis.progress.forecast.trends import SIDES, Trends

_WIDEST = 1e6
_EDGE = 0.005  # nearer to a wall, errors are those of this share


def observed_bands(trends: Trends, times: Floats, sizes: Floats, noise: float) -> tuple[Floats, Floats, Floats]:
    """Return low, middle and high (G,) of the 80 % band for values seen at `times` (G,) in samples worth `sizes` (G,) firms.

    `noise` is that of a value beyond its sampling error, in logits.
    """
    at = [_seen(model, times[:, None], sizes[:, None], noise) for model in trends.models]
    low, middle, high = (quantile(trends.models, at, side)[:, 0] for side in SIDES)
    return low, middle, high


def _seen(model: Model, times: Floats, sizes: Floats, noise: float) -> tuple[Floats, Floats]:
    mean, deviation = model.ahead(times)
    share = np.clip(model.scale.back(mean), _EDGE, 1 - _EDGE)
    inner = share * (1 - share)
    with np.errstate(divide="ignore", over="ignore"):  # a share at its ceiling
        strayed = model.scale.slope(share) ** 2 * (inner / sizes + (noise * inner) ** 2)
    return mean, np.minimum(np.sqrt(deviation**2 + strayed), _WIDEST)
