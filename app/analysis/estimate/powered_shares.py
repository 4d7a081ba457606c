"""Shares of all firms from predictions for each and from the few that were visited: the arithmetic, for many sectors at once.

Estimator: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, §6.3 (difference estimator); with predictions made
without the firm itself, Zrnic, T. & Candès, E. (2024), "Cross-prediction-powered inference", PNAS 121.
Trust in the model: Angelopoulos, A., Duchi, J. & Zrnic, T. (2023), "PPI++: efficient prediction-powered inference", §6.
Variance: Deville, J.-C. (1999), "Variance estimation for complex statistics and estimators", Survey Methodology 25, §5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Settled by simulation over 4, 8 and 14 sectors, five models and two designs; bench_coverage.py shows what they give.
_LENT = 30.0  # degrees of freedom that all sectors together lend to the error of each
_DOUBT = 2.0  # firms on which the model is taken to be worthless before any is seen
_SMOOTH = 2.0  # firms at the share of all sectors that each share is drawn toward, where only its variance is at stake
_SPREAD = 0.5  # part of the predictions' variance that stays where a share is 0 or 1


@dataclass(frozen=True, slots=True)
class Visited:
    """The drawn firms. `group` (n,) places of their sectors 0 … H − 1, `weight` (n,) sums to 1 in a sector (Hájek), `open` (n,)
    is 1 − π, `member` (H, n) is 1 where a firm is of a sector; `n` (H,) firms, `scale` (H,) the variance of a weighted mean of
    errors of variance 1."""

    group: Ints
    weight: Floats
    open: Floats
    member: Floats
    n: Floats
    scale: Floats


@dataclass(frozen=True, slots=True)
class Shares:
    """Estimated shares and what their intervals need, each (H, m): `value` before it is held within 0–1, `variance`, `still` the
    part of it that no share makes vanish, `unit` the variance of one plain draw, `freedom` degrees of freedom."""

    value: Floats
    variance: Floats
    still: Floats
    unit: Floats
    freedom: Floats


def visited(group: Ints, probability: Floats, groups: int) -> Visited:
    """Return the drawn firms with the weights that their inclusion probabilities (n,) below 1 give them within each sector."""
    member = np.zeros((groups, len(group)))
    member[group, np.arange(len(group))] = 1.0
    raw = 1 / probability
    weight = raw / (member @ raw)[group]
    return Visited(group, weight, 1 - probability, member, member.sum(axis=1), member @ (weight**2 * (1 - probability)))


def trust(drawn: Visited, hits: Floats, predicted: Floats) -> Floats:
    """Return how much of each prediction to use, (m,), 0–1: the slope of hits (n, m) on predictions within sectors.

    It gives the least variance; a model that knows nothing gets about 0 and costs nothing. Every firm counts as it does for
    the variance of its sector, and all sectors share one slope, as twenty firms could not tell theirs. No prediction is ever
    blown up: where the visited hardly differ in it, a slope of 20 has been seen, and then two firms speak for a county.
    """
    counts = (drawn.n[drawn.group] * drawn.weight**2 * drawn.open)[:, None]
    one, other = _centred(drawn, predicted), _centred(drawn, hits)
    spread, joint = (counts * one**2).sum(axis=0), (counts * one * other).sum(axis=0)
    known = spread > 1e-9 * np.maximum((counts * predicted**2).sum(axis=0), 1e-300)
    slope: Floats = np.where(known, np.clip(joint / np.where(known, spread, 1.0), 0.0, 1.0), 0.0)
    return slope


def corrected(drawn: Visited, hits: Floats, predicted: Floats, mean: Floats, spread: Floats) -> Shares:
    """Return the mean prediction of each sector plus the weighted mean error of its drawn firms.

    `hits` and `predicted` (n, m) of the drawn firms; `mean` and `spread` (H, m) mean and variance of the predictions of all firms
    for which the drawn ones speak. The error's variance in a sector is drawn toward what it is in all, as a part of that of a
    plain draw (Smyth 2004, "Linear models and empirical Bayes methods", SAGMB 3, §3): few firms show no error by chance.
    """
    errors = hits - predicted
    value = mean + (drawn.member * drawn.weight) @ errors
    near = np.clip(value, 0.0, 1.0)
    own, freedom = _own_variance(drawn, errors), np.maximum(drawn.n - 1, 0.0)[:, None]
    part = ((freedom * own).sum(axis=0) + _DOUBT / 4) / ((freedom * near * (1 - near)).sum(axis=0) + _DOUBT / 4)
    n = drawn.n[:, None]
    everywhere = ((n * near).sum(axis=0) + 0.5) / (n.sum() + 1)
    smooth = (n * near + _SMOOTH * everywhere) / (n + _SMOOTH)
    unit = smooth * (1 - smooth)
    moderated = (_LENT * part * unit + freedom * own) / (_LENT + freedom)
    scale = drawn.scale[:, None]
    still = scale * np.minimum(_SPREAD * spread, moderated)
    return Shares(value, scale * moderated, still, unit, np.broadcast_to(_LENT + freedom, value.shape))


def together(shares: Shares, parts: Floats) -> Shares:
    """Return the shares of all sectors as one (1, m); `parts` (H,) sum to 1. Degrees of freedom: Satterthwaite (1946)."""
    weights, squares = parts[:, None], (parts**2)[:, None]
    value = (weights * shares.value).sum(axis=0, keepdims=True)
    variance = (squares * shares.variance).sum(axis=0, keepdims=True)
    near = np.clip((weights * np.clip(shares.value, 0, 1)).sum(axis=0, keepdims=True), 0.0, 1.0)
    unit = np.maximum(near * (1 - near), (weights * shares.unit).sum(axis=0, keepdims=True))
    fourth = ((squares * shares.variance) ** 2 / shares.freedom).sum(axis=0, keepdims=True)
    freedom = np.where(fourth > 0, variance**2 / np.where(fourth > 0, fourth, 1.0), shares.freedom.sum(axis=0, keepdims=True))
    return Shares(value, variance, (squares * shares.still).sum(axis=0, keepdims=True), unit, freedom)


def interval(shares: Shares, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Return (low, high), each (H, m): every share that the estimate would not be surprising for.

    As Wilson (1927) does, the variance is that of the share in question and not of the estimate: it shrinks toward 0 and 1, so
    that the interval is short and lopsided there and never passes them. Unlike a plain count, an estimate moved by predictions
    keeps some variance even where nobody is at the level (`still`). Quantiles of Student's t.
    """
    from scipy.special import stdtrit

    square = stdtrit(shares.freedom, 0.5 + confidence / 2) ** 2
    near = np.clip(shares.value, 0.0, 1.0)
    unit = np.where(shares.unit > 0, shares.unit, 1.0)  # 0 where everybody is known: then there is no variance either
    moving, fixed = square * (shares.variance - shares.still) / unit, square * shares.still
    first, second, third = 1 + moving, 2 * near + moving, near**2 - fixed
    root = np.sqrt(np.maximum(second**2 - 4 * first * third, 0.0))
    low, high = (second - root) / (2 * first), (second + root) / (2 * first)
    return np.clip(np.minimum(low, near), 0.0, 1.0), np.clip(np.maximum(high, near), 0.0, 1.0)


def _centred(drawn: Visited, values: Floats) -> Floats:
    centred: Floats = values - ((drawn.member * drawn.weight) @ values)[drawn.group]
    return centred


def _own_variance(drawn: Visited, errors: Floats) -> Floats:
    """Return the variance of one firm's error in each sector (H, m), so that times `scale` it is that of their weighted mean.

    Deville's approximation for a fixed number drawn with unequal probabilities: deviations count by 1 − π.
    """
    weighted = _centred(drawn, errors) * drawn.weight[:, None]
    opened = drawn.member * drawn.open
    middle = (opened @ weighted) / np.maximum(drawn.member @ drawn.open, 1e-300)[:, None]
    squares = opened @ (weighted - middle[drawn.group]) ** 2
    small = (drawn.n / np.maximum(drawn.n - 1, 1.0))[:, None]
    variance: Floats = small * squares / np.where(drawn.scale > 0, drawn.scale, 1.0)[:, None]
    return variance
