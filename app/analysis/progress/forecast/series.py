"""Several series side by side, made ready for the models: sorted, without zero errors, with finite logits."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# A tenth of a point at a half, less near the walls: a wave without sampling error (a census) is not the only one that counts
LEAST_ERROR = 0.001
_HALF = 0.5  # of a firm
_RIDGE = 1.0  # logits a year: how far the rough line behind the working shares may lean without being held back much


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """`times` (decimal years), `shares` (fractions; or values, where they are no shares), `sizes` (firms counted) and
    `errors` (standard errors), each (G, W): G series of up to W waves, NaN where one is shorter.

    Observed waves first, at least two a series; their order does not matter. Sizes serve shares of 0 and 1, whose logit is
    not finite.
    """

    times: Floats
    shares: Floats
    sizes: Floats
    errors: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """Waves oldest first (G, W), padded with NaN; `known` says which are there.

    `shares` as observed, `inner` moved just inside (0, 1), `working` smoothed: at them errors are carried over to other
    scales. `errors` are standard errors in share (or unit). `last` and `working_last` (G,) belong to the newest wave.
    """

    times: Floats
    shares: Floats
    inner: Floats
    working: Floats
    errors: Floats
    known: Flags
    last: Floats
    working_last: Floats

    @property
    def counts(self) -> Ints:
        """Return the number of waves of each series (G,)."""
        counts: Ints = self.known.sum(axis=1)
        return counts

    def of(self, rows: Flags) -> Prepared:
        """Return some of the series."""
        return Prepared(*(getattr(self, each.name)[rows] for each in fields(self)))


def prepare(series: Series, bounded: bool) -> Prepared:
    """Return the series ready to be fitted.

    Shares are moved inside by the Haldane–Anscombe half, (x + ½) / (n + 1), which also takes the first-order bias from an
    empirical logit. A wave that is low by chance also looks surer than it is (its p(1 − p) is small); the variance is
    therefore taken at the geometric mean of what was seen and of a rough line through all waves.
    """
    order = np.argsort(series.times, axis=1, kind="stable")  # NaN goes last
    times, shares, sizes, errors = (
        np.take_along_axis(np.asarray(each, dtype=np.float64), order, axis=1)
        for each in (series.times, series.shares, series.sizes, series.errors)
    )
    known = np.isfinite(times)
    errors = np.where(known, np.nan_to_num(errors), np.nan)
    inner, working = shares, shares
    if bounded:
        inner = _inside(shares, sizes)
        errors = np.maximum(errors, LEAST_ERROR * 4 * inner * (1 - inner))
        at_wall = np.minimum(shares, 1 - shares) * sizes < _HALF  # there the usual formula shows no error
        errors = np.where(at_wall, np.maximum(errors, np.sqrt(inner * (1 - inner) / (sizes + 1))), errors)
        working = _rough(times, inner, errors, known)
        errors = errors * np.sqrt(working * (1 - working) / (inner * (1 - inner)))
    newest = known.sum(axis=1, keepdims=True) - 1
    last, working_last = (np.take_along_axis(each, newest, axis=1)[:, 0] for each in (times, working))
    return Prepared(times, shares, inner, working, errors, known, last, working_last)


def _inside(shares: Floats, sizes: Floats) -> Floats:
    inside: Floats = (np.clip(shares, 0.0, 1.0) * sizes + _HALF) / (sizes + 1)
    return inside


def _rough(times: Floats, inner: Floats, errors: Floats, known: Flags) -> Floats:
    """Shares near a straight line in logits through all waves, its pace held back when they hardly tell it (ridge).

    A wave that lies off the line by more than its error says is left where it is.
    """
    curved = np.log(inner / (1 - inner))
    weight = np.where(known, (inner * (1 - inner) / errors) ** 2, 0.0)
    total = weight.sum(axis=1, keepdims=True)
    centre, level = (np.nansum(weight * each, axis=1, keepdims=True) / total for each in (times, curved))
    away = np.where(known, times - centre, 0.0)
    spread = (weight * away**2).sum(axis=1, keepdims=True)
    pace = np.nansum(weight * away * (curved - level), axis=1, keepdims=True) / (spread + _RIDGE**-2)
    line = level + pace * away
    apart = (curved - line) ** 2
    nearer = line + (curved - line) * apart / (apart + np.where(weight > 0, 1 / np.where(weight > 0, weight, 1.0), 1.0))
    rough: Floats = np.where(known, 1 / (1 + np.exp(-np.clip(nearer, -12.0, 12.0))), np.nan)
    return rough
