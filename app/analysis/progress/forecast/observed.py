"""The band in which the next published value should fall: the true share's, and the value's own sampling error and noise."""

from __future__ import annotations

import numpy as np

from app.analysis.progress.forecast.combine import quantile
from app.analysis.progress.forecast.models import Model
from app.analysis.progress.forecast.series import Floats
from app.analysis.progress.forecast.trends import SIDES, Trends


def observed_bands(trends: Trends, times: Floats, sizes: Floats) -> tuple[Floats, Floats, Floats]:
    """Return low, middle and high (G,) of the 80 % band for values seen at `times` (G,) in samples worth `sizes` (G,) firms."""
    at = [_seen(model, times[:, None], sizes[:, None]) for model in trends.models]
    low, middle, high = (quantile(trends.models, at, side)[:, 0] for side in SIDES)
    return low, middle, high


def _seen(model: Model, times: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    mean, deviation = model.ahead(times)
    share = np.clip(model.scale.back(mean), 0.005, 0.995)
    noise = model.state.setting.noise**2
    with np.errstate(invalid="ignore"):
        sampled = model.scale.slope(share) ** 2 * share * (1 - share) / sizes
    return mean, np.sqrt(deviation**2 + noise + np.where(np.isfinite(sampled), sampled, 0.0))
