"""The forecast method against any real series, outside every study."""

from __future__ import annotations

import re
from dataclasses import astuple, fields
from pathlib import Path

from app.analysis.progress.backtest import backtest as rolling
from app.analysis.progress.forecast.laid_down import Prior, prior_of
from app.domain.backtest import BacktestReport
from app.domain.errors import UserError
from app.domain.task import Progress, Task
from app.files.resource_forecast import read_measured
from app.files.resources import resources_folder
from app.files.series_file import read_series

HORIZONS = "1,4"
_FARTHEST = 1000


def backtest(path: Path, horizons: str = HORIZONS, without: str = "") -> Task[BacktestReport]:
    """Return how forecasts held against the series of `path`, `horizons` ("1,4") values ahead.

    `without` leaves what was measured on the series of one origin out of what is laid down, so that they do not tell on
    themselves. UserError `series.*`, `backtest.horizons`, `backtest.without`, `backtest.no_case`.
    """
    steps = _steps(horizons)
    measured = read_measured(resources_folder() / "forecast" / "pace.toml")
    origins = tuple(dict.fromkeys(each.origin for each in measured))
    if without and without not in origins:
        raise UserError("backtest.without", id=without, known=", ".join(origins))
    yield Progress("progress.open", detail=path.name)
    table, prior = read_series(path), prior_of(measured, without)
    rows = yield from rolling(table, steps, prior)
    if not rows:
        raise UserError("backtest.no_case", file=path.name, horizons=horizons, least=2 + min(steps))
    return BacktestReport(table, rows, tuple(zip((each.name for each in fields(Prior)), astuple(prior), strict=True)), without)


def _steps(horizons: str) -> tuple[int, ...]:
    parts = [part.strip() for part in re.split("[,，、]", horizons)]
    if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= _FARTHEST for part in parts):
        raise UserError("backtest.horizons", value=horizons)
    return tuple(dict.fromkeys(int(part) for part in parts))
