"""The local linear trend, for many series and several settings at once: a small Kalman filter in continuous time.

Level and pace as Harvey describes them (Forecasting, Structural Time Series Models and the Kalman Filter, 1989, §2.3, §9.2
for waves at uneven times): the level follows the pace, the pace wanders, each wave is the level with a known sampling error.
Without damping the pace is a random walk, and the level an integrated one. With it the pace falls back toward no change at a
rate of `damping` a year (an Ornstein–Uhlenbeck process), the continuous form of the damped trend of Gardner and McKenzie
(1985, Management Science 31(10)), whose forecasts level off instead of running on for ever.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.progress.forecast.series import Flags, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What is laid down, each broadcastable to (G, P) for P settings.

    `pace` and `spread`: mean and standard deviation of a pace of which nothing is known yet, a year. `wander`: standard
    deviation by which the pace changes in a year. `noise`: of a wave beyond its sampling error. `damping`: a year.
    """

    pace: Floats
    spread: Floats
    wander: Floats
    noise: Floats
    damping: Floats


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """Level and pace at the newest wave (`last` (G,)), their variances and covariance, and the log likelihood, each (G, P)."""

    setting: Setting
    last: Floats
    level: Floats
    pace: Floats
    level_variance: Floats
    covariance: Floats
    pace_variance: Floats
    likelihood: Floats

    def ahead(self, times: Floats) -> tuple[Floats, Floats]:
        """Return mean and variance of the level at `times` (G, T), each (G, T, P); at the newest wave where one is earlier."""
        wait = np.maximum(times - self.last[:, None], 0.0)[:, :, None]
        damping, wander = (np.asarray(each)[..., None, :] for each in (self.setting.damping, self.setting.wander))
        reach, _ = _fading(wait, damping)
        shaken, _, _ = _shaking(wait, damping, wander)
        mean = self.level[:, None] + reach * self.pace[:, None]
        variance = self.level_variance[:, None] + 2 * reach * self.covariance[:, None] + reach**2 * self.pace_variance[:, None]
        return mean, variance + shaken


def run(times: Floats, values: Floats, variances: Floats, known: Flags, setting: Setting) -> State:
    """Return the state after all waves. `times`, `values`, `variances` (on the scale) and `known` are (G, W), oldest first.

    The first wave gives the level. The likelihood is that of the waves after it.
    """
    shape = np.broadcast_shapes((len(times), 1), *(np.shape(each) for each in _parts(setting)))
    mean, spread, wander, noise, damping = (np.broadcast_to(each, shape) for each in _parts(setting))
    level, pace = np.broadcast_to(values[:, :1], shape), mean
    a, b, c = variances[:, :1] + noise**2, np.zeros(shape), spread**2
    likelihood = np.zeros(shape)
    for wave in range(1, times.shape[1]):
        there = known[:, wave, None]
        wait = np.where(there, times[:, wave, None] - times[:, wave - 1, None], 0.0)
        reach, kept = _fading(wait, damping)
        q1, q2, q3 = _shaking(wait, damping, wander)
        level, pace = level + reach * pace, kept * pace
        a, b, c = a + 2 * reach * b + reach**2 * c + q1, kept * (b + reach * c) + q2, kept**2 * c + q3
        surprise = np.where(there, values[:, wave, None] - level, 0.0)
        expected = a + np.where(there, variances[:, wave, None], 0.0) + noise**2
        gain1, gain2 = np.where(there, a / expected, 0.0), np.where(there, b / expected, 0.0)
        level, pace = level + gain1 * surprise, pace + gain2 * surprise
        likelihood = likelihood - np.where(there, np.log(2 * np.pi * expected) + surprise**2 / expected, 0.0) / 2
        c, b, a = c - gain2 * b, b - gain1 * b, a - gain1 * a
    last = np.nanmax(times, axis=1)
    return State(setting, last, level, pace, a, b, c, likelihood)


def _parts(setting: Setting) -> tuple[Floats, ...]:
    return setting.pace, setting.spread, setting.wander, setting.noise, setting.damping


def _fading(wait: Floats, damping: Floats) -> tuple[Floats, Floats]:
    """How many years of its pace the level moves in `wait` years, and what part of the pace is left after them."""
    lasting = damping <= 0
    rate = np.where(lasting, 1.0, damping)
    kept = np.where(lasting, 1.0, np.exp(-rate * wait))
    return np.where(lasting, wait, (1 - kept) / rate), kept


def _shaking(wait: Floats, damping: Floats, wander: Floats) -> tuple[Floats, Floats, Floats]:
    """Variance of level, covariance and variance of pace that wandering adds in `wait` years."""
    lasting = damping <= 0
    rate = np.where(lasting, 1.0, damping)
    kept = np.exp(-rate * wait)
    square = np.asarray(wander) ** 2
    level = np.where(lasting, wait**3 / 3, (wait - 2 * (1 - kept) / rate + (1 - kept**2) / (2 * rate)) / rate**2)
    both = np.where(lasting, wait**2 / 2, (1 - kept) ** 2 / (2 * rate**2))
    pace = np.where(lasting, wait, (1 - kept**2) / (2 * rate))
    return square * np.maximum(level, 0.0), square * both, square * pace
