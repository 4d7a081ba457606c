"""Where shares are heading: all models of all series, their mixture, its fans and chances."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.progress.forecast.combine import At, below, combined_below, quantile
from app.analysis.progress.forecast.curves import bass_curve, local_trend, logistic
from app.analysis.progress.forecast.laid_down import PRIOR, Prior
from app.analysis.progress.forecast.models import Model, counted, curve, linear, seen_pace
from app.analysis.progress.forecast.series import Floats, Prepared, Series, prepare
from app.domain.progress import Forecast

TENTH = 1.2815515655446004  # the normal's 90 % point: an 80 % band
SIDES = (-TENTH, 0.0, TENTH)
_STEPS_A_YEAR = 4
CURVES_FROM = 5  # waves: fewer cannot tell one curve from another

Point = tuple[float, float, float, float]
Parameters = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Trends:
    """G series with their models. Everything is a probability about the true share, sampling error of a later wave apart.

    `pace` (G,) is a fraction (or unit) a year and `pace_logit` (G,) logits a year (NaN for what is no share), as seen: of the
    least-squares line through all waves, nothing laid down. Arguments `due` (decimal year), `target` and `upwards` are numbers
    or arrays (G,).
    """

    models: tuple[Model, ...]
    last: Floats
    pace: Floats
    pace_logit: Floats

    def chances(self, due: Floats | float, target: Floats | float, upwards: Floats | bool) -> Floats:
        """Return the probability that the target is reached at `due` (G,), of the combination the light rests on."""
        under = combined_below(self.models, self._at(due), self._column(target))[:, 0]
        reached: Floats = np.where(upwards, 1 - under, under)
        return reached

    def forecasts(self, due: Floats | float, target: Floats | float, upwards: Floats | bool) -> tuple[tuple[Forecast, ...], ...]:
        """Return for each series what each model gives at `due`, "all" (their combination) last."""
        at, aim = self._at(due), self._column(target)
        tables = []
        for model, each in zip(self.models, at, strict=True):
            tables.append(_table([quantile([model], [each], side) for side in SIDES], below(model, each, aim), upwards))
        columns = [
            _column_of(model.name, table, _told(model), model.serves.tolist())
            for model, table in zip(self.models, tables, strict=True)
        ]
        combined = combined_below(self.models, at, aim)
        whole = _table([quantile(self.models, at, side) for side in SIDES], combined, upwards)
        columns.append(_column_of("all", whole, [()] * len(whole), [True] * len(whole)))
        return tuple(tuple(each for each in row if each is not None) for row in zip(*columns, strict=True))

    def fans(self, due: Floats | float) -> tuple[tuple[Point, ...], ...]:
        """Return for each series (time, low, middle, high) in steps of a quarter from its newest wave to `due`: an 80 % band."""
        until = np.maximum(self._column(due), self.last[:, None])
        steps = np.maximum(np.ceil((until - self.last[:, None]) * _STEPS_A_YEAR - 1e-9), 1)
        parts = np.minimum(np.arange(int(steps.max(initial=1)) + 1) / steps, 1.0)
        times = self.last[:, None] + parts * (until - self.last[:, None])
        at = [model.ahead(times) for model in self.models]
        table = np.stack([times, *(quantile(self.models, at, side) for side in SIDES)], axis=2).tolist()
        return tuple(tuple(map(tuple, rows[: int(step) + 1])) for rows, step in zip(table, steps[:, 0].tolist(), strict=True))

    def _at(self, due: Floats | float) -> list[At]:
        times = self._column(due)
        return [model.ahead(times) for model in self.models]

    def _column(self, value: Floats | float) -> Floats:
        return np.broadcast_to(np.asarray(value, dtype=np.float64), self.last.shape)[:, None]


def fit_trends(series: Series, bounded: bool = True, prior: Prior = PRIOR) -> Trends:
    """Return the trends of all series (times differing within each). Not `bounded`: a count or amount, a straight line alone."""
    waves = prepare(series, bounded)
    models = _models(waves, prior) if bounded else (counted(waves, prior),)
    paces = [seen_pace(waves, model.scale) for model in models[:2]]
    return Trends(models, waves.last, paces[0], paces[1] if bounded else np.full_like(waves.last, np.nan))


def _models(waves: Prepared, prior: Prior) -> tuple[Model, ...]:
    """Two lines; beside them three curves for the series that are long enough."""
    lines = (linear(waves, prior), curve(waves, prior))
    long = waves.counts >= CURVES_FROM
    if not long.any():
        return lines
    return (*lines, *(replace(fit(waves, prior), serves=long) for fit in (logistic, bass_curve, local_trend)))


def _table(bands: list[Floats], under: Floats, upwards: Floats | bool) -> list[list[float]]:
    """Rows of low, middle, high and chance."""
    reached = np.where(upwards, 1 - under[:, 0], under[:, 0])
    rows: list[list[float]] = np.stack([*(band[:, 0] for band in bands), reached], axis=1).tolist()
    return rows


def _column_of(name: str, table: list[list[float]], told: list[Parameters], serves: list[bool]) -> list[Forecast | None]:
    """What one model gives for each series, None for those it does not serve."""
    rows = zip(table, told, serves, strict=True)
    return [Forecast(name, middle, low, high, chance, own) if serve else None for (low, middle, high, chance), own, serve in rows]


def _told(model: Model) -> list[Parameters]:
    names = [name for name, _ in model.parameters]
    return [tuple(zip(names, values, strict=True)) for values in np.stack([v for _, v in model.parameters], axis=1).tolist()]
