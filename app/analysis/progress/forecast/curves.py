"""The logistic curve, Bass's curve and the damped local trend: for series of five waves and more."""

from __future__ import annotations

import numpy as np

from app.analysis.progress.forecast.laid_down import BASS_P, BASS_Q, DAMPING, LEVELLING, Prior
from app.analysis.progress.forecast.models import Model, filtered, per_logit, settled, single
from app.analysis.progress.forecast.scales import Scale, bass, logit
from app.analysis.progress.forecast.series import Floats, Prepared
from app.analysis.progress.forecast.state import Setting, State

HEIGHTS = (1.1, 1.3, 1.6)  # times the highest share seen: ceilings that are tried
_NO_CEILING = 0.95  # a ceiling above is not told from 100 %
_CLEARLY = 6.635 / 2  # gain in log likelihood: a likelihood ratio test of one parameter at 1 %
_AS_LAID_DOWN = np.ones((1, 1))  # paces below a ceiling, in logits of the part of it
CURVES_FROM = 5  # waves: fewer cannot tell one curve from another
_STRAYS = (0.4, 0.75, 1.5)  # of what is laid down; their mean square is 1


def logistic(waves: Prepared, prior: Prior, s_curve: Model) -> Model:
    """The logistic curve K / (1 + e^−b(t−t0)) with its ceiling K at 100 % unless the waves clearly want a lower one.

    Few waves cannot tell a ceiling from a pause, so K is tried at three heights over the highest share seen, and one below
    100 % is taken only where it passes a likelihood ratio test at 1 % against 100 % (`s_curve`, the line in logits) in the same
    model, whose pace may change.
    """
    ceiling, least = np.ones((len(waves.times), 1)), _likelihood(waves, s_curve.scale, s_curve.state) + _CLEARLY
    highest = np.nanmax(np.maximum(waves.inner, waves.working), axis=1)  # both must lie below a ceiling
    for height in HEIGHTS:
        rows = (height * highest < _NO_CEILING) & (waves.counts >= CURVES_FROM)
        if not rows.any():
            continue
        some, lower = waves.of(rows), height * highest[rows, None]
        scale = logit("logistic", lower)
        found = _likelihood(some, scale, settled(some, scale, prior, _AS_LAID_DOWN))
        better = found > least[rows]
        ceiling[rows] = np.where(better[:, None], lower, ceiling[rows])
        least[rows] = np.maximum(found, least[rows])
    scale = logit("logistic", ceiling)
    state = settled(waves, scale, prior, _AS_LAID_DOWN) if ceiling.min(initial=1.0) < 1 else s_curve.state
    return single(scale, state, (("ceiling", ceiling[:, 0]), ("pace", state.pace[:, 0])))


def bass_curve(waves: Prepared, prior: Prior) -> Model:
    """Bass's curve with q / p as published on average, since few waves cannot tell the two apart.

    p + q, its pace, starts at the published mean, give or take as much.
    """
    ratio, usual = BASS_Q / BASS_P, np.array([[BASS_P + BASS_Q]])
    scale = bass(ratio)
    by, one = per_logit(waves, scale), np.ones((1, 1))
    state = filtered(waves, scale, Setting(usual, usual, prior.passing * by, DAMPING * one), prior.noise)
    p = state.pace[:, 0] / (1 + ratio)
    return single(scale, state, (("p", p), ("q", ratio * p)))


def local_trend(waves: Prepared, prior: Prior) -> Model:
    """The damped local linear trend in logits, over a coarse grid of how much the pace strays, weighed by likelihood."""
    passing = prior.pace * np.array([_STRAYS])
    none = np.zeros_like(passing)
    state = filtered(waves, logit(), Setting(none, none, passing, LEVELLING + none), prior.noise)
    weights = np.exp(state.likelihood - state.likelihood.max(axis=1, keepdims=True))
    mixed = state.mixed(weights / weights.sum(axis=1, keepdims=True))
    told = (("pace", mixed.pace[:, 0]), ("strays", mixed.setting.passing[:, 0]))
    return single(logit("local_trend"), mixed, told)


def _likelihood(waves: Prepared, scale: Scale, state: State) -> Floats:
    """Log likelihood of the shares after the first (G,): that on the scale, carried over by its slope."""
    carried: Floats = state.likelihood[:, 0] + np.nansum(np.log(scale.slope(waves.inner[:, 1:])), axis=1)
    return carried
