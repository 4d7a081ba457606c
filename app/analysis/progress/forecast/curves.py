"""The logistic curve, Bass's curve and the damped local trend: for series of five waves and more."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.analysis.progress.forecast.laid_down import BASS_P, BASS_Q, LEVELLING, Prior
from app.analysis.progress.forecast.models import Model, filtered, settled, single
from app.analysis.progress.forecast.scales import Scale, bass, logit
from app.analysis.progress.forecast.series import Floats, Prepared
from app.analysis.progress.forecast.state import Setting, State

LOW_CEILINGS = (0.9, 0.75, 0.6, 0.45, 0.3)
_CLEARLY = 6.635 / 2  # gain in log likelihood: a likelihood ratio test of one parameter at 1 %
_ROOM = 0.95  # a ceiling nearer than this to a share already seen is no ceiling
_PACES = (0.5, 1.0, 2.0)
_NOISES = (0.5, 2.0)


def logistic(waves: Prepared, prior: Prior) -> Model:
    """The logistic curve K / (1 + e^−b(t−t0)) with its ceiling K at 100 % unless the waves clearly want a lower one.

    Few waves cannot tell a ceiling from a pause, so K is taken from a short list, and one below 100 % only where it passes a
    likelihood ratio test at 1 % against 100 % in the same model, whose pace may wander.
    """
    ceiling, best = np.ones((len(waves.times), 1)), _likelihood(waves, logit(), settled(waves, logit(), prior))
    least, highest = best + _CLEARLY, np.nanmax(np.maximum(waves.inner, waves.working), axis=1)
    for lower in LOW_CEILINGS:
        fits = highest < _ROOM * lower
        if not fits.any():
            continue
        scale = logit("logistic", np.where(fits, lower, 1.0)[:, None])
        found = _likelihood(waves, scale, settled(waves, scale, prior))
        better = fits & (found > least)
        ceiling, least = np.where(better[:, None], lower, ceiling), np.where(better, found, least)
    scale = logit("logistic", ceiling)
    state = settled(waves, scale, prior)
    middle = state.last - state.level[:, 0] / np.where(np.abs(state.pace[:, 0]) < 1e-6, np.nan, state.pace[:, 0])
    return single(scale, state, (("ceiling", ceiling[:, 0]), ("pace", state.pace[:, 0]), ("midpoint", middle)))


def bass_curve(waves: Prepared, prior: Prior) -> Model:
    """Bass's curve with q / p as published on average, since few waves cannot tell them apart; p + q starts there too."""
    ratio = BASS_Q / BASS_P
    scale = bass(ratio)
    state = settled(waves, scale, prior, BASS_P + BASS_Q)
    p = state.pace[:, 0] / (1 + ratio)
    return single(scale, state, (("p", p), ("q", ratio * p)))


def local_trend(waves: Prepared, prior: Prior) -> Model:
    """The damped local linear trend in logits, over a coarse grid of how much pace and waves stray, weighed by likelihood."""
    passing, noise = (np.array(each)[None] for each in zip(*((p, n) for p in _PACES for n in _NOISES), strict=True))
    none = np.zeros_like(passing)
    setting = Setting(none, none, prior.pace * passing, LEVELLING + none, prior.noise * noise)
    state = filtered(waves, logit(), setting)
    weights = np.exp(state.likelihood - state.likelihood.max(axis=1, keepdims=True))
    weights = weights / weights.sum(axis=1, keepdims=True)
    told = [(name, (weights * values).sum(axis=1)) for name, values in (("pace", state.pace), ("strays", setting.passing))]
    return replace(single(logit("local_trend"), state, tuple(told)), weights=weights)


def _likelihood(waves: Prepared, scale: Scale, state: State) -> Floats:
    """Log likelihood of the shares after the first (G,): that on the scale, carried over by its slope."""
    carried: Floats = state.likelihood[:, 0] + np.nansum(np.log(scale.slope(waves.inner[:, 1:])), axis=1)
    return carried
