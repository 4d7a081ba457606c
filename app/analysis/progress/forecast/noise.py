"""How far waves stray beyond their sampling error, learnt from many series where it is not laid down."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.analysis.progress.forecast.curves import CURVES_FROM
from app.analysis.progress.forecast.laid_down import Prior
from app.analysis.progress.forecast.models import settled
from app.analysis.progress.forecast.scales import logit
from app.analysis.progress.forecast.series import Series, prepare

NOISES = (0.02, 0.05, 0.1, 0.2, 0.4)  # logits


def learnt_noise(series: Series, prior: Prior) -> Prior:
    """Return `prior`, its noise replaced where it says too little: none is laid down, or the series carry no sampling errors.

    Fewer than five values cannot tell noise from a pace that changes; with them the noise stays as laid down.
    The noise is the root mean square over a coarse grid, each value weighed by the likelihood of all series together under
    the S-curve with what is laid down about paces.
    """
    if series.times.shape[1] < CURVES_FROM or (prior.noise > 0 and bool(np.nanmax(series.errors) > 0)):
        return prior
    waves = prepare(series, True)
    told = np.array([settled(waves, logit(), replace(prior, noise=noise), np.ones((1, 1))).likelihood.sum() for noise in NOISES])
    weights = np.exp(told - told.max())
    return replace(prior, noise=float(np.sqrt((weights * np.square(NOISES)).sum() / weights.sum())))
