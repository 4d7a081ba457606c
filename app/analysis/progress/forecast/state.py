"""The local linear trend, for many series and several settings at once: a small Kalman filter in continuous time.

Level and pace as Harvey describes them (Forecasting, Structural Time Series Models and the Kalman Filter, 1989, §2.3, and §9.2
for waves at uneven times): the level follows the pace, the pace changes, each wave is the level with a known sampling error.
The pace has two parts. The lasting one stays. The passing one strays from it and falls back at a rate of `damping` a year (an
Ornstein–Uhlenbeck process), the continuous form of the damped trend of Gardner and McKenzie (1985, Management Science
31(10)). With a lasting part the forecast runs on at it, without one it levels off.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.progress.forecast.series import Flags, Floats

_BLOCK = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What is laid down before a series is seen, each broadcastable to (G, P) for P settings.

    `pace` and `lasting`: mean and standard deviation of the lasting part, a year. `passing`: standard deviation of the passing
    part, `damping` its rate a year (above 0).
    """

    pace: Floats
    lasting: Floats
    passing: Floats
    damping: Floats


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """At the newest wave (`last` (G,)): level, lasting and passing pace, each (G, P), and the log likelihood (G, P).

    `spread` holds their covariances, six arrays (G, P): level, level–lasting, level–passing, lasting, lasting–passing, passing.
    """

    setting: Setting
    last: Floats
    level: Floats
    lasting: Floats
    passing: Floats
    spread: tuple[Floats, ...]
    likelihood: Floats

    @property
    def pace(self) -> Floats:
        """Return the pace at the newest wave (G, P)."""
        return self.lasting + self.passing

    def mixed(self, weights: Floats) -> State:
        """Return the one state (P = 1) that stands for all settings, weighed by `weights` (G, P); they share one damping.

        What comes after is linear in it, so mean and variance of the mixture are kept at every later time.
        """

        def mean(values: Floats) -> Floats:
            weighed: Floats = (weights * values).sum(axis=1, keepdims=True)
            return weighed

        points = (self.level, self.lasting, self.passing)
        means = [mean(each) for each in points]
        away = [each - middle for each, middle in zip(points, means, strict=True)]
        pairs = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
        spread = tuple(mean(each + away[i] * away[j]) for each, (i, j) in zip(self.spread, pairs, strict=True))
        laid, one = self.setting, np.ones_like(weights)
        passing = np.sqrt(mean(one * laid.passing**2))
        setting = Setting(mean(one * laid.pace), mean(one * laid.lasting), passing, laid.damping[:, :1])
        return State(setting, self.last, means[0], means[1], means[2], spread, mean(self.likelihood))

    def ahead(self, times: Floats) -> tuple[Floats, Floats]:
        """Return mean and variance of the level at `times` (G, T), of one setting; at the newest wave where one is earlier."""
        wait = np.maximum(times - self.last[:, None], 0.0)
        damping = self.setting.damping
        kept = np.exp(-damping * wait)
        reach = (1 - kept) / damping
        ll, lb, lu, bb, bu, uu = self.spread
        variance = ll + wait * (2 * lb + wait * bb + 2 * reach * bu) + reach * (2 * lu + reach * uu)
        mean = self.level + wait * self.lasting + reach * self.passing
        return mean, variance + _shaken(wait, kept, damping, self.setting.passing)


def run(times: Floats, values: Floats, variances: Floats, known: Flags, setting: Setting) -> State:
    """Return the state after all waves. `times`, `values`, `variances` (on the scale) and `known` are (G, W), oldest first.

    The first wave gives the level. The likelihood is that of the waves after it.
    """
    laid = (setting.pace, setting.lasting, setting.passing, setting.damping)
    shape = np.broadcast_shapes((len(times), 1), *(each.shape for each in laid))
    whole = tuple(np.broadcast_to(each, shape) for each in laid)
    rows = [
        slice(start, start + _BLOCK) for start in range(0, max(len(times), 1), _BLOCK)
    ]  # a block stays in the processor's cache
    parts = [_run(times[row], values[row], variances[row], known[row], tuple(each[row] for each in whole)) for row in rows]
    level, lasting, passing, likelihood, *spread = (np.concatenate(each) for each in zip(*parts, strict=True))
    return State(setting, np.max(times, axis=1, initial=-np.inf, where=known), level, lasting, passing, tuple(spread), likelihood)


def _run(times: Floats, values: Floats, variances: Floats, known: Flags, laid: tuple[Floats, ...]) -> tuple[Floats, ...]:
    """Level, lasting and passing pace, likelihood, and the six covariances after all waves."""
    pace, spread_b, spread_u, damping = laid
    shape = pace.shape
    zero = np.zeros(shape)
    mean: tuple[Floats, ...] = (np.broadcast_to(values[:, :1], shape), pace, zero)
    spread: tuple[Floats, ...] = (variances[:, :1] + zero, zero, zero, spread_b**2, zero, spread_u**2)
    likelihood = zero
    for wave in range(1, times.shape[1]):
        there = known[:, wave, None]
        wait = np.where(there, times[:, wave, None] - times[:, wave - 1, None], 0.0)
        mean, spread = _forward(mean, spread, wait, damping, spread_u)
        surprise = np.where(there, values[:, wave, None] - mean[0], 0.0)
        expected = spread[0] + np.where(there, variances[:, wave, None], 1.0)
        mean, spread = _learn(mean, spread, surprise, np.where(there, 1 / expected, 0.0))
        likelihood = likelihood - np.where(there, np.log(2 * np.pi * expected) + surprise**2 / expected, 0.0) / 2
    return (*mean, likelihood, *spread)


def _forward(
    mean: tuple[Floats, ...], spread: tuple[Floats, ...], wait: Floats, damping: Floats, passing: Floats
) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """Let `wait` years go by."""
    kept = np.exp(-damping * wait)
    reach = (1 - kept) / damping
    level, b, u = mean
    ll, lb, lu, bb, bu, uu = spread
    with_b, with_u = lb + wait * bb + reach * bu, lu + wait * bu + reach * uu
    fresh, square = 1 - kept**2, passing**2
    moved = (
        ll + wait * (lb + with_b) + reach * (lu + with_u) + _shaken(wait, kept, damping, passing),
        with_b,
        kept * with_u + square * (1 - kept) ** 2 / damping,
        bb,
        kept * bu,
        kept**2 * uu + square * fresh,
    )
    return (level + wait * b + reach * u, b, kept * u), moved


def _shaken(wait: Floats, kept: Floats, damping: Floats, passing: Floats) -> Floats:
    """Variance of the level that a fresh passing pace adds in `wait` years (the integral of an Ornstein–Uhlenbeck process)."""
    integral = 2 * wait - (4 * (1 - kept) - (1 - kept**2)) / damping
    added: Floats = passing**2 * np.maximum(integral, 0.0) / damping
    return added


def _learn(
    mean: tuple[Floats, ...], spread: tuple[Floats, ...], surprise: Floats, weight: Floats
) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """Take in a wave that differs by `surprise` from what was expected; `weight` is one over its variance, 0 for none."""
    ll, lb, lu, bb, bu, uu = spread
    gl, gb, gu = ll * weight, lb * weight, lu * weight
    level, b, u = mean
    learnt = (ll - gl * ll, lb - gl * lb, lu - gl * lu, bb - gb * lb, bu - gb * lu, uu - gu * lu)
    return (level + gl * surprise, b + gb * surprise, u + gu * surprise), learnt
