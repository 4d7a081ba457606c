"""Where a share is heading: two plain models side by side, neither allowed past 0 or 100 %.

A straight line in the share, and a straight line in its logit (the S-curve of adoption with ceiling 100 %). They disagree
widely at long range, so both are shown as one fan and their probabilities are averaged. Each line is fitted by weighted
least squares over the waves. Two uncertainties are added: sampling, treated as independent between waves although the
same firms may answer in both, which overstates the error of change; and the pace itself, which may be half or one and a
half times what was seen, read as a 95 % range. The second keeps a census, which has no sampling error, from certainty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from app.domain.goals import Observation

_NORMAL = NormalDist()
_PACE_ERROR = 0.5 / _NORMAL.inv_cdf(0.975)  # pace × (0.5 … 1.5) as a 95 % range
_LEAST_ERROR = 0.001  # a tenth of a point: keeps a wave without sampling error from being the only one that counts
_FAN = _NORMAL.inv_cdf(0.9)  # an 80 % band
_STEPS_A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A fitted line in some scale: value at time t = level + pace · (t − centre), with variances (independent)."""

    centre: float
    level: float
    pace: float
    level_variance: float
    pace_variance: float
    last: float

    def at(self, time: float) -> tuple[float, float]:
        """Return (mean, standard deviation) at `time`, on the line's scale."""
        ahead = max(time - self.last, 0.0)
        variance = self.level_variance + self.pace_variance * (time - self.centre) ** 2
        return self.level + self.pace * (time - self.centre), math.sqrt(variance + (_PACE_ERROR * self.pace * ahead) ** 2)


@dataclass(frozen=True, slots=True)
class Trend:
    """The two lines through the same observations."""

    linear: Line
    logit: Line

    @property
    def pace(self) -> float:
        """Return the observed pace as a fraction a year (the straight line's)."""
        return self.linear.pace

    def probability(self, time: float, target: float, upwards: bool = True) -> float:
        """Return the probability 0–1 that the share reaches `target` at `time`, the mean of the two models."""
        linear = _beyond(self.linear.at(time), target)
        curved = _beyond(self.logit.at(time), logit(target))
        reached = (linear + curved) / 2
        return reached if upwards else 1 - reached

    def fan(self, until: float) -> tuple[tuple[float, float, float, float], ...]:
        """Return (time, low, middle, high) four times a year to `until`: the envelope of both models' 80 % bands."""
        start = self.linear.last
        times = np.linspace(start, until, max(2, math.ceil((until - start) * _STEPS_A_YEAR) + 1))
        return tuple(self._band(float(time)) for time in times)

    def _band(self, time: float) -> tuple[float, float, float, float]:
        quantiles = [
            [scale(mean + side * _FAN * deviation) for side in (-1, 0, 1)]
            for (mean, deviation), scale in ((self.linear.at(time), _clip), (self.logit.at(time), _share))
        ]
        (low1, middle1, high1), (low2, middle2, high2) = quantiles
        return time, min(low1, low2), (middle1 + middle2) / 2, max(high1, high2)


def fit_trend(observations: Sequence[Observation]) -> Trend:
    """Return the trend through at least two observations at different times that carry standard errors."""
    times = np.array([observation.time for observation in observations])
    shares = np.array([observation.value for observation in observations])
    sizes = np.array([observation.n for observation in observations], dtype=np.float64)
    errors = np.array([max(observation.standard_error or 0.0, _LEAST_ERROR) for observation in observations])
    inner = (shares * sizes + 0.5) / (sizes + 1)  # Haldane–Anscombe: a finite logit at 0 and 100 %
    curved = np.log(inner / (1 - inner))
    return Trend(_line(times, shares, errors), _line(times, curved, errors / (inner * (1 - inner))))


def logit(share: float) -> float:
    """Return ln(share / (1 − share)), ±infinity at 1 and 0."""
    if share <= 0:
        return -math.inf
    return math.inf if share >= 1 else math.log(share / (1 - share))


def chance_at_least(mean: float, deviation: float, target: float) -> float:
    """Return the normal probability of reaching `target`; 1 or 0 where there is no deviation."""
    if deviation <= 0 or math.isinf(target):
        return float(mean >= target)
    return 1 - _NORMAL.cdf((target - mean) / deviation)


def _beyond(at: tuple[float, float], target: float) -> float:
    return chance_at_least(*at, target)


def _line(times: np.ndarray, values: np.ndarray, errors: np.ndarray) -> Line:
    """Weighted least squares with known errors; centred, so that level and pace are independent."""
    weight = 1 / errors**2
    centre = float((weight * times).sum() / weight.sum())
    spread = float((weight * (times - centre) ** 2).sum())
    level = float((weight * values).sum() / weight.sum())
    pace = float((weight * (times - centre) * (values - level)).sum() / spread)
    return Line(centre, level, pace, float(1 / weight.sum()), 1 / spread, float(times.max()))


def _clip(share: float) -> float:
    return min(1.0, max(0.0, share))


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-500.0, min(500.0, log_odds))))
