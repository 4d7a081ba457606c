"""The models: each a line on its scale whose pace may wander, fitted to every series at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.progress.forecast.laid_down import DAMPING, Prior
from app.analysis.progress.forecast.scales import Scale, logit, plain, unit
from app.analysis.progress.forecast.series import Floats, Prepared
from app.analysis.progress.forecast.state import Setting, State, run

CALM = (0.35, 0.7, 1.0, 1.55)  # of what is laid down; their mean square is 1
_LEAST_PART = 1e-6  # of its size: an error of a count that was reported without one
_OPEN = 3.0  # of its size a year: so wide that the pace of a count is hardly drawn toward nil


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """One model fitted to G series, its state of one setting; `voice` (G,) is how much it counts, 0 where it may not speak.

    `parameters` are (name, values (G,)).
    """

    name: str
    scale: Scale
    state: State
    voice: Floats
    parameters: tuple[tuple[str, Floats], ...] = ()

    def ahead(self, times: Floats) -> tuple[Floats, Floats]:
        """Return mean and standard deviation on the scale at `times` (G, T), each (G, T)."""
        mean, variance = self.state.ahead(times)
        return mean, np.sqrt(variance)


def s_curve(waves: Prepared, prior: Prior) -> tuple[Model, Floats]:
    """A straight line in logits: the S-curve of adoption with ceiling 100 %; and how calm each series is (as `gauged`)."""
    state, calm = gauged(waves, logit(), prior, np.ones((1, 1)))
    return single(logit(), state, (("pace", state.pace[:, 0]), ("calm", calm[:, 0]))), calm


def linear(waves: Prepared, prior: Prior, calm: Floats) -> Model:
    """A straight line in the share."""
    state = settled(waves, plain(), prior, per_logit(waves, plain()), calm)
    return single(plain(), state, (("pace", state.pace[:, 0]),))


def counted(waves: Prepared, prior: Prior) -> Model:
    """A straight line in a count or amount; how its pace wanders is laid down in parts of its mean size, whatever the unit.

    What was measured on published shares says nothing of how fast things are counted that begin at nought, so its pace is taken
    as it was seen.
    """
    size = np.nanmean(np.abs(waves.inner), axis=1, keepdims=True)
    size = np.where(size > 0, size, 1.0)
    floored = replace(waves, errors=np.maximum(waves.errors, size * _LEAST_PART))
    state, calm = gauged(floored, unit(), replace(prior, lasting=_OPEN, noise=0.0), size)
    return single(unit(), state, (("pace", state.pace[:, 0]), ("calm", calm[:, 0])))


def gauged(waves: Prepared, scale: Scale, prior: Prior, stretch: Floats) -> tuple[State, Floats]:
    """Run the filter over a coarse grid of how much the pace passes, weighed by likelihood.

    Return the state of the mixture and the factor (G, 1) on what is laid down that it amounts to: below 1 for a series whose
    pace has kept calm. `stretch` as in `settled`.
    """
    factors = np.array([CALM])
    many = settled(waves, scale, prior, stretch, factors)
    weights = by_likelihood(many.likelihood)
    state = many.mixed(weights)
    return state, np.sqrt((weights * factors**2).sum(axis=1, keepdims=True))


def by_likelihood(likelihood: Floats) -> Floats:
    """Return the weights (G, P) of settings that are alike before anything is seen."""
    weights = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
    shared: Floats = weights / weights.sum(axis=1, keepdims=True)
    return shared


def single(scale: Scale, state: State, parameters: tuple[tuple[str, Floats], ...]) -> Model:
    """Return a model of one setting that speaks for every series."""
    return Model(scale.name, scale, state, np.ones(len(state.last)), parameters)


def settled(waves: Prepared, scale: Scale, prior: Prior, stretch: Floats, calm: Floats | float = 1.0) -> State:
    """Run the filter with what is laid down, turned from logits into the scale by `stretch`; what passes times `calm`."""
    one = np.ones((1, 1))
    setting = Setting(0 * one, prior.lasting * stretch, prior.passing * stretch * calm, DAMPING * one)
    return filtered(waves, scale, setting, prior.noise)


def filtered(waves: Prepared, scale: Scale, setting: Setting, noise: float) -> State:
    """Run the filter over the waves on `scale`; errors, and `noise` in logits, are carried over at the working shares."""
    strayed = noise * waves.working * (1 - waves.working)
    variances = scale.slope(waves.working) ** 2 * (waves.errors**2 + strayed**2)
    return run(waves.times, scale.of(waves.inner), variances, waves.known, setting)


def seen_pace(waves: Prepared, scale: Scale | None = None) -> Floats:
    """Return the pace of the weighted least-squares line through all waves, a year (G,): as observed, or on `scale`."""
    values, slope = (waves.shares, 1.0) if scale is None else (scale.of(waves.inner), scale.slope(waves.working))
    weight = np.where(waves.known, (slope * np.maximum(waves.errors, _LEAST_PART)) ** -2.0, 0.0)
    total = weight.sum(axis=1, keepdims=True)
    away, above = (
        np.where(waves.known, each - np.nansum(weight * each, axis=1, keepdims=True) / total, 0.0)
        for each in (waves.times, values)
    )
    pace: Floats = (weight * away * above).sum(axis=1) / (weight * away**2).sum(axis=1)
    return pace


def per_logit(waves: Prepared, scale: Scale) -> Floats:
    """How much of the scale a logit is at the newest working share (G, 1)."""
    share = waves.working_last[:, None]
    stretch: Floats = scale.slope(share) * share * (1 - share)
    return stretch
