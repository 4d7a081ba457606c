"""Real series read from a file, and how forecasts made from their beginnings held against what came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeriesTable:
    """Series of a file, each oldest first. Values and standard errors are fractions, whatever the file wrote.

    `errors` are None where the file has no column `se`. `percent`: the file wrote percent. `blank` rows without a value,
    `short` series of a single value, and `walled` series with a value of 0 or 100 % were left out; these are counts.
    """

    file: str
    names: tuple[str, ...]
    times: tuple[tuple[float, ...], ...]
    values: tuple[tuple[float, ...], ...]
    errors: tuple[tuple[float, ...], ...] | None
    percent: bool
    blank: int = 0
    short: int = 0
    walled: int = 0


@dataclass(frozen=True, slots=True)
class BacktestRow:
    """Forecasts `horizon` values ahead of series that were `length` long (a text key's end; "all": any).

    `cases` forecasts, `series` they are of; `coverage` the part of 80 % intervals that held what came, with the parts that came
    `below` and `above`; `width` their mean width; then mean absolute errors. Fractions throughout.
    """

    horizon: int
    length: str
    cases: int
    series: int
    coverage: float
    below: float
    above: float
    width: float
    forecast: float
    naive: float
    linear: float
    logit: float


@dataclass(frozen=True, slots=True)
class BacktestReport:
    """What a backtest found. `prior` are (name, value) of what was laid down, without the series of the origin `without`."""

    table: SeriesTable
    rows: tuple[BacktestRow, ...]
    prior: tuple[tuple[str, float], ...]
    without: str
