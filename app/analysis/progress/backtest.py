"""Forecasts from the beginnings of real series, held against what came: rolling origin, every origin, all series at once.

At each origin only what was known by then is used. Beside our forecasts stand three that anybody could make: the last value,
a straight line and a line in logits, both by ordinary least squares through all values so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.analysis.progress.forecast.laid_down import Prior
from app.analysis.progress.forecast.noise import learnt_noise
from app.analysis.progress.forecast.observed import observed_bands
from app.analysis.progress.forecast.series import Floats, Ints, Series
from app.analysis.progress.forecast.trends import fit_trends
from app.domain.backtest import BacktestRow, SeriesTable
from app.domain.task import Progress, Task

LENGTHS = (("2", 2, 2), ("3_4", 3, 4), ("5_9", 5, 9), ("10_19", 10, 19), ("20", 20, 10**9))
ALL = "all"
_CENSUS = 1e9  # firms that a value without sampling error is worth


@dataclass(frozen=True, slots=True, eq=False)
class Cases:
    """Forecasts of one horizon from one length of series, each array (N,); `series` are row numbers."""

    horizon: int
    length: int
    series: Ints
    came: Floats
    low: Floats
    middle: Floats
    high: Floats
    naive: Floats
    linear: Floats
    logit: Floats


def backtest(table: SeriesTable, horizons: Sequence[int], prior: Prior) -> Task[tuple[BacktestRow, ...]]:
    """Return the rows of each horizon (values of the same series ahead), by length of the series at the origin, then all.

    Rows without a case are left out; no row at all when no series is long enough.
    """
    series = side_by_side(table)
    counts = np.isfinite(series.times).sum(axis=1)
    cases: list[Cases] = []
    for length in range(2, int(counts.max())):
        yield Progress("progress.backtest", length - 1, int(counts.max()) - 2)
        cases += _from_length(series, counts, length, horizons, prior)
    rows = [_row(cases, horizon, *bin_) for horizon in horizons for bin_ in (*LENGTHS, (ALL, 0, 10**9))]
    return tuple(row for row in rows if row is not None)


def side_by_side(table: SeriesTable) -> Series:
    """Return the file's series as arrays; a series is worth as many firms as its values' median p(1 − p) / se² says."""
    width = max(map(len, table.times))
    times, values = _padded(table.times, width), _padded(table.values, width)
    if table.errors is None:
        return Series(times, values, np.where(np.isnan(times), np.nan, _CENSUS), np.zeros_like(values))
    errors = _padded(table.errors, width)
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.minimum(values * (1 - values) / errors**2, _CENSUS)
    return Series(times, values, sizes, errors)


def _padded(rows: Sequence[Sequence[float]], width: int) -> Floats:
    return np.array([[*row, *[np.nan] * (width - len(row))] for row in rows], dtype=np.float64)


def _from_length(series: Series, counts: Ints, length: int, horizons: Sequence[int], prior: Prior) -> list[Cases]:
    """All forecasts from the first `length` values of every series that goes on after them."""
    on = np.flatnonzero(counts > length)
    begun = Series(*(each[on, :length] for each in (series.times, series.shares, series.sizes, series.errors)))
    laid = learnt_noise(begun, prior)
    trends = fit_trends(begun, True, laid)
    sizes = np.nanmedian(begun.sizes, axis=1)
    found = []
    for horizon in horizons:
        there = counts[on] >= length + horizon
        if not there.any():
            continue
        due = np.where(there, series.times[on, min(length + horizon, series.times.shape[1]) - 1], begun.times[:, -1])
        bands = observed_bands(trends, due, sizes, laid.noise)
        odds = _line(begun.times, np.log(begun.shares / (1 - begun.shares)), due)
        lines = (np.clip(_line(begun.times, begun.shares, due), 0.0, 1.0), 1 / (1 + np.exp(-np.clip(odds, -700.0, 700.0))))
        told = [each[there] for each in (*bands, begun.shares[:, -1], *lines)]
        found.append(Cases(horizon, length, on[there], series.shares[on[there], length + horizon - 1], *told))
    return found


def _line(times: Floats, values: Floats, due: Floats) -> Floats:
    """The ordinary least-squares line through all values (G, L), at `due` (G,)."""
    centre, level = times.mean(axis=1), values.mean(axis=1)
    away = times - centre[:, None]
    pace = (away * values).sum(axis=1) / (away**2).sum(axis=1)
    line: Floats = level + pace * (due - centre)
    return line


def _row(cases: Sequence[Cases], horizon: int, name: str, least: int, most: int) -> BacktestRow | None:
    mine = [each for each in cases if each.horizon == horizon and least <= each.length <= most]
    if not mine:
        return None
    columns = ("series", "came", "low", "middle", "high", "naive", "linear", "logit")
    series, came, low, middle, high, *others = (np.concatenate([getattr(each, column) for each in mine]) for column in columns)
    below, above = float((came < low).mean()), float((came > high).mean())
    errors = [float(np.abs(guess - came).mean()) for guess in (middle, *others)]
    width = float((high - low).mean())
    return BacktestRow(horizon, name, len(came), len(np.unique(series)), 1 - below - above, below, above, width, *errors)
