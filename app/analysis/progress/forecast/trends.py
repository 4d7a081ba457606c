"""Where shares are heading: all models of all series, what they say together, its fans and chances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import compress, repeat

import numpy as np

from app.analysis.progress.forecast.combine import At, below, combined_below, own_quantile, quantile
from app.analysis.progress.forecast.curves import CURVES_FROM, bass_curve, local_trend, logistic
from app.analysis.progress.forecast.laid_down import PRIOR, Prior
from app.analysis.progress.forecast.models import Model, counted, linear, s_curve, seen_pace
from app.analysis.progress.forecast.series import Floats, Prepared, Series, prepare
from app.domain.progress import Forecast

TENTH = 1.2815515655446004  # the normal's 90 % point: an 80 % band
SIDES = (-TENTH, 0.0, TENTH)
_STEPS_A_YEAR = 4

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
        return reached(combined_below(self.models, self._at(due), self._column(target)), upwards)

    def forecasts(self, due: Floats | float, target: Floats | float, upwards: Floats | bool) -> tuple[tuple[Forecast, ...], ...]:
        """Return for each series what each model gives at `due`, "all" (their combination) last."""
        at, aim = self._at(due), self._column(target)
        columns = [
            _column(
                model.name, [own_quantile(model, each, side) for side in SIDES], reached(below(model, each, aim), upwards), model
            )
            for model, each in zip(self.models, at, strict=True)
        ]
        bands = [quantile(self.models, at, side) for side in SIDES]
        columns.append(_column("all", bands, reached(combined_below(self.models, at, aim), upwards)))
        serves = np.array([*(model.voice > 0 for model in self.models), np.ones(len(self.last), dtype=bool)])
        rows = zip(*columns, strict=True)
        if serves.all():
            return tuple(rows)
        return tuple(tuple(compress(row, those)) for row, those in zip(rows, serves.T.tolist(), strict=True))

    def fans(self, due: Floats | float) -> tuple[tuple[Point, ...], ...]:
        """Return for each series (time, low, middle, high) in steps of a quarter from its newest wave to `due`: an 80 % band."""
        until = np.maximum(self._column(due), self.last[:, None])
        steps = np.maximum(np.ceil((until - self.last[:, None]) * _STEPS_A_YEAR - 1e-9), 1)
        parts = np.minimum(np.arange(int(steps.max(initial=1)) + 1) / steps, 1.0)
        times = self.last[:, None] + parts * (until - self.last[:, None])
        at = [model.ahead(times) for model in self.models]
        columns = (times, *(quantile(self.models, at, side) for side in SIDES))
        points: list[Point] = list(zip(*(each.ravel().tolist() for each in columns), strict=True))
        starts = range(0, len(points), times.shape[1])
        return tuple(tuple(points[start : start + int(n) + 1]) for start, n in zip(starts, steps[:, 0].tolist(), strict=True))

    def _at(self, due: Floats | float) -> list[At]:
        times = self._column(due)
        return [model.ahead(times) for model in self.models]

    def _column(self, value: Floats | float) -> Floats:
        return np.broadcast_to(np.asarray(value, dtype=np.float64), self.last.shape)[:, None]


def fit_trends(series: Series, bounded: bool = True, prior: Prior = PRIOR) -> Trends:
    """Return the trends of all series (times differing within each). Not `bounded`: a count or amount, a straight line alone."""
    waves = prepare(series, bounded)
    models = _models(waves, prior) if bounded else (counted(waves, prior),)
    curved = seen_pace(waves, models[1].scale) if bounded else np.full_like(waves.last, np.nan)
    return Trends(models, waves.last, seen_pace(waves), curved)


def _models(waves: Prepared, prior: Prior) -> tuple[Model, ...]:
    """Two lines; beside them three curves for the series that are long enough.

    The logistic curve is the line in logits again unless the waves want a ceiling: the two share one voice.
    """
    curve, calm = s_curve(waves, prior)
    straight, long = linear(waves, prior, calm), np.where(waves.counts >= CURVES_FROM, 1.0, 0.0)
    if not long.any():
        return straight, curve
    voiced = (
        (curve, 1 - long / 2),
        (logistic(waves, prior, curve.state), long / 2),
        (bass_curve(waves, prior, calm), long),
        (local_trend(waves, prior), long),
    )
    return straight, *(replace(model, voice=voice) for model, voice in voiced)


def reached(under: Floats, upwards: Floats | bool) -> Floats:
    """Turn the probability of a value below the target (G, 1) into that of reaching it (G,)."""
    chance: Floats = np.where(upwards, 1 - under[:, 0], under[:, 0])
    return chance


def _column(name: str, bands: list[Floats], chances: Floats, model: Model | None = None) -> list[Forecast]:
    """What one model gives for each series; `bands` are low, middle and high (G, 1)."""
    low, middle, high = (band[:, 0].tolist() for band in bands)
    told = repeat((), len(low)) if model is None else _told(model)
    return list(map(Forecast, repeat(name), middle, low, high, chances.tolist(), told))


def _told(model: Model) -> Iterator[Parameters]:
    named = (zip(repeat(name), values.tolist()) for name, values in model.parameters)
    return zip(*named, strict=True)
