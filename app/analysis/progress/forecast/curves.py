"""The logistic curve, Bass's curve and the damped local trend: for series of five waves and more."""

from __future__ import annotations

import numpy as np

from app.analysis.progress.forecast.laid_down import BASS_P, BASS_Q, DAMPING, LEVELLING, Prior
from app.analysis.progress.forecast.models import CALM, Model, by_likelihood, filtered, per_logit, settled, single
from app.analysis.progress.forecast.scales import Scale, bass, logit
from app.analysis.progress.forecast.series import Floats, Prepared
from app.analysis.progress.forecast.state import Setting, State

HEIGHTS = (1.1, 1.3, 1.6)  # times the highest share seen: ceilings that are tried
_NO_CEILING = 0.95  # a ceiling above is not told from 100 %
_CLEARLY = 6.635 / 2  # gain in log likelihood: a likelihood ratio test of one parameter at 1 %
_AS_LAID_DOWN = np.ones((1, 1))  # paces below a ceiling, in logits of the part of it
CURVES_FROM = 5  # waves: fewer cannot tell one curve from another


def logistic(waves: Prepared, prior: Prior, whole: State) -> Model:
    """The logistic curve K / (1 + e^−b(t−t0)) with its ceiling K at 100 % unless the waves clearly want a lower one.

    Few waves cannot tell a ceiling from a pause, so K is tried at three heights over the highest share seen, and one below
    100 % is taken only where it passes a likelihood ratio test at 1 % against 100 % in the same model, whose pace may change.
    `whole` is the state of the line in logits, which is the curve with ceiling 100 %.
    """
    ceiling, highest = np.ones((len(waves.times), 1)), np.nanmax(np.maximum(waves.inner, waves.working), axis=1)
    tried = (min(HEIGHTS) * highest < _NO_CEILING) & (waves.counts >= CURVES_FROM)  # both shares must lie below a ceiling
    least = np.full(len(tried), np.inf)
    least[tried] = _likelihood(waves.of(tried), logit(), prior) + _CLEARLY
    for height in HEIGHTS:
        rows = tried & (height * highest < _NO_CEILING)
        lower = height * highest[rows, None]
        found = _likelihood(waves.of(rows), logit("logistic", lower), prior)
        better = found > least[rows]
        ceiling[rows] = np.where(better[:, None], lower, ceiling[rows])
        least[rows] = np.maximum(found, least[rows])
    scale = logit("logistic", ceiling)
    state = settled(waves, scale, prior, _AS_LAID_DOWN) if ceiling.min(initial=1.0) < 1 else whole
    return single(scale, state, (("ceiling", ceiling[:, 0]), ("pace", state.pace[:, 0])))


def bass_curve(waves: Prepared, prior: Prior, calm: Floats) -> Model:
    """Bass's curve with q / p as published on average, since few waves cannot tell the two apart.

    p + q, its pace, starts at the published mean, give or take as much.
    """
    ratio, usual = BASS_Q / BASS_P, np.array([[BASS_P + BASS_Q]])
    scale, one = bass(ratio), np.ones((1, 1))
    passing = prior.passing * per_logit(waves, scale) * calm
    state = filtered(waves, scale, Setting(usual, usual, passing, DAMPING * one), prior.noise)
    p = state.pace[:, 0] / (1 + ratio)
    return single(scale, state, (("p", p), ("q", ratio * p)))


def local_trend(waves: Prepared, prior: Prior) -> Model:
    """The damped local linear trend in logits, over a coarse grid of how much the pace strays, weighed by likelihood."""
    passing = prior.pace * np.array([CALM])
    none = np.zeros_like(passing)
    state = filtered(waves, logit(), Setting(none, none, passing, LEVELLING + none), prior.noise)
    mixed = state.mixed(by_likelihood(state.likelihood))
    return single(logit("local_trend"), mixed, (("pace", mixed.pace[:, 0]), ("strays", mixed.setting.passing[:, 0])))


def _likelihood(waves: Prepared, scale: Scale, prior: Prior) -> Floats:
    """Log likelihood of the shares after the first (G,): that on the scale, carried over by its slope."""
    state = settled(waves, scale, prior, _AS_LAID_DOWN)
    carried: Floats = state.likelihood[:, 0] + np.nansum(np.log(scale.slope(waves.inner[:, 1:])), axis=1)
    return carried
