"""The logistic curve, Bass's curve and the damped local trend: for series of five waves and more."""

from __future__ import annotations

import numpy as np

from app.analysis.progress.forecast.laid_down import BASS_P, BASS_Q, LEVELLING, Prior
from app.analysis.progress.forecast.models import Model, filtered, settled, single
from app.analysis.progress.forecast.scales import Scale, bass, logit
from app.analysis.progress.forecast.series import Floats, Prepared
from app.analysis.progress.forecast.state import Setting, State

LOW_CEILINGS = (0.8, 0.6, 0.4)
_CLEARLY = 6.635 / 2  # gain in log likelihood: a likelihood ratio test of one parameter at 1 %
CURVES_FROM = 5  # waves: fewer cannot tell one curve from another
_STILL = 1e-6  # logits a year: a curve that stands still has no midpoint
_ROOM = 0.95  # a ceiling nearer than this to a share already seen is no ceiling
_STRAYS = (0.5, 1.0, 2.0)  # of what is laid down


def logistic(waves: Prepared, prior: Prior, s_curve: Model) -> Model:
    """The logistic curve K / (1 + e^−b(t−t0)) with its ceiling K at 100 % unless the waves clearly want a lower one.

    Few waves cannot tell a ceiling from a pause, so K is taken from a short list, and one below 100 % only where it passes a
    likelihood ratio test at 1 % against 100 % (`s_curve`, the line in logits) in the same model, whose pace may change.
    """
    ceiling, least = np.ones((len(waves.times), 1)), _likelihood(waves, s_curve.scale, s_curve.state) + _CLEARLY
    highest = np.nanmax(np.maximum(waves.inner, waves.working), axis=1)
    for lower in LOW_CEILINGS:
        rows = (highest < _ROOM * lower) & (waves.counts >= CURVES_FROM)
        if not rows.any():
            continue
        some, scale = waves.of(rows), logit("logistic", lower)
        found = _likelihood(some, scale, settled(some, scale, prior))
        better = found > least[rows]
        ceiling[rows] = np.where(better[:, None], lower, ceiling[rows])
        least[rows] = np.maximum(found, least[rows])
    scale = logit("logistic", ceiling)
    state = settled(waves, scale, prior) if ceiling.min(initial=1.0) < 1 else s_curve.state
    middle = state.last - state.level[:, 0] / np.where(np.abs(state.pace[:, 0]) < _STILL, np.nan, state.pace[:, 0])
    return single(scale, state, (("ceiling", ceiling[:, 0]), ("pace", state.pace[:, 0]), ("midpoint", middle)))


def bass_curve(waves: Prepared, prior: Prior) -> Model:
    """Bass's curve with q / p as published on average, since few waves cannot tell them apart; p + q starts there too."""
    ratio = BASS_Q / BASS_P
    scale = bass(ratio)
    state = settled(waves, scale, prior, BASS_P + BASS_Q)
    p = state.pace[:, 0] / (1 + ratio)
    return single(scale, state, (("p", p), ("q", ratio * p)))


def local_trend(waves: Prepared, prior: Prior) -> Model:
    """The damped local linear trend in logits, over a coarse grid of how much the pace strays, weighed by likelihood."""
    passing = prior.pace * np.array([_STRAYS])
    none = np.zeros_like(passing)
    state = filtered(waves, logit(), Setting(none, none, passing, LEVELLING + none, prior.noise + none))
    weights = np.exp(state.likelihood - state.likelihood.max(axis=1, keepdims=True))
    mixed = state.mixed(weights / weights.sum(axis=1, keepdims=True))
    told = (("pace", mixed.pace[:, 0]), ("strays", mixed.setting.passing[:, 0]))
    return single(logit("local_trend"), mixed, told)


def _likelihood(waves: Prepared, scale: Scale, state: State) -> Floats:
    """Log likelihood of the shares after the first (G,): that on the scale, carried over by its slope."""
    carried: Floats = state.likelihood[:, 0] + np.nansum(np.log(scale.slope(waves.inner[:, 1:])), axis=1)
    return carried
