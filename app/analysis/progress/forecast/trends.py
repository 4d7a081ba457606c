"""Where shares are heading: all models of all series, their mixture, its fans and chances."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.analysis.progress.forecast.laid_down import PRIOR, Prior
from app.analysis.progress.forecast.mixture import below, quantiles, weights
from app.analysis.progress.forecast.models import Model, counted, curve, linear, seen_pace
from app.analysis.progress.forecast.series import Floats, Series, prepare
from app.domain.progress import Forecast

_TENTH = 1.2815515655446004  # the normal's 90 % point: an 80 % band
_LEVELS = (0.1, 0.5, 0.9)
_STEPS_A_YEAR = 4

Point = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Trends:
    """G series with their models. Everything is a probability about the true share, sampling error of a later wave apart.

    `pace` (G,) is a fraction (or unit) a year and `pace_logit` (G,) logits a year (NaN for what is no share), as seen: of the
    least-squares line through all waves, nothing laid down. Arguments `due` (decimal year), `target` and `upwards` are numbers or arrays (G,).
    """

    models: tuple[Model, ...]
    last: Floats
    pace: Floats
    pace_logit: Floats

    def chances(self, due: Floats | float, target: Floats | float, upwards: Floats | bool) -> Floats:
        """Return the probability that the target is reached at `due` (G,), of the mixture the light rests on."""
        parts = self._chances(self._at(due), target, upwards)
        mixed: Floats = (weights(self.models) * parts).sum(axis=0)
        return mixed

    def forecasts(self, due: Floats | float, target: Floats | float, upwards: Floats | bool) -> tuple[tuple[Forecast, ...], ...]:
        """Return for each series what each model gives at `due`, "all" (the mixture) last."""
        at = self._at(due)
        parts = self._chances(at, target, upwards)
        chances = [*parts, (weights(self.models) * parts).sum(axis=0)]
        bands = [
            [model.scale.back(mean + side * _TENTH * sd)[:, 0] for side in (0, -1, 1)]
            for model, (mean, sd) in zip(self.models, at, strict=True)
        ]
        low, middle, high = (each[:, 0] for each in quantiles(self.models, at, _LEVELS))
        table = [
            np.stack([*band, chance], axis=1).tolist()
            for band, chance in zip([*bands, [middle, low, high]], chances, strict=True)
        ]
        names = [model.name for model in self.models] + ["all"]
        told = [_told(model) for model in self.models] + [[()] * len(self.last)]
        serves = [model.serves.tolist() for model in self.models] + [[True] * len(self.last)]
        places = range(len(names))
        return tuple(
            tuple(_forecast(names[k], table[k][g], told[k][g]) for k in places if serves[k][g]) for g in range(len(self.last))
        )

    def fans(self, due: Floats | float) -> tuple[tuple[Point, ...], ...]:
        """Return for each series (time, low, middle, high) in steps of a quarter from its newest wave to `due`: an 80 % band."""
        until = np.maximum(np.broadcast_to(np.asarray(due, dtype=np.float64), self.last.shape), self.last)
        steps = np.maximum(np.ceil((until - self.last) * _STEPS_A_YEAR - 1e-9).astype(int), 1)
        parts = np.minimum(np.arange(steps.max(initial=1) + 1) / steps[:, None], 1.0)
        times = self.last[:, None] + parts * (until - self.last)[:, None]
        bands = quantiles(self.models, [model.ahead(times) for model in self.models], _LEVELS)
        table = np.stack([times, *bands], axis=2).tolist()
        return tuple(tuple(map(tuple, rows[: step + 1])) for rows, step in zip(table, steps.tolist(), strict=True))

    def _at(self, due: Floats | float) -> list[tuple[Floats, Floats]]:
        times = np.broadcast_to(np.asarray(due, dtype=np.float64), self.last.shape)[:, None]
        return [model.ahead(times) for model in self.models]

    def _chances(self, at: list[tuple[Floats, Floats]], target: Floats | float, upwards: Floats | bool) -> Floats:
        aim = np.broadcast_to(np.asarray(target, dtype=np.float64), self.last.shape)[:, None]
        under = np.array([below(model, each, aim)[:, 0] for model, each in zip(self.models, at, strict=True)])
        reached: Floats = np.where(upwards, 1 - under, under)
        return reached


def fit_trends(series: Series, bounded: bool = True, prior: Prior = PRIOR) -> Trends:
    """Return the trends of all series (times differing within each). Not `bounded`: a count or amount, a straight line alone."""
    waves = prepare(series, bounded)
    models = (linear(waves, prior), curve(waves, prior)) if bounded else (counted(waves, prior),)
    paces = [seen_pace(waves, model.scale) for model in models]
    return Trends(models, waves.last, paces[0], paces[1] if bounded else np.full_like(waves.last, np.nan))


def _forecast(name: str, values: list[float], parameters: tuple[tuple[str, float], ...]) -> Forecast:
    middle, low, high, chance = values
    return Forecast(name, middle, low, high, chance, parameters)


def _told(model: Model) -> list[tuple[tuple[str, float], ...]]:
    names = [name for name, _ in model.parameters]
    return [tuple(zip(names, values, strict=True)) for values in np.stack([v for _, v in model.parameters], axis=1).tolist()]
