"""A model after learning: from the table of firms to the chance of every level and the level called. One path for all models.

A level that was never learnt from keeps a floor, (firms seen at it + 1) / (firms + levels), Laplace's rule of succession: it is
never called, but never has the chance 0 either.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from app.analysis.learn.calibrate import Calibration
from app.analysis.learn.plain import Plain
from app.analysis.learn.table import Columns, Singles

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MAJORITY, RUBRIC, ORDINAL, BOOSTING = "majority", "rubric", "ordinal", "boosting"
MODELS = (MAJORITY, RUBRIC, ORDINAL, BOOSTING)  # in order of simplicity
ROUNDED = 9  # decimals of a chance: the last bits depend on how a machine sums


class Core(Protocol):
    """What differs between models."""

    def reached(self, table: Singles) -> Floats:
        """Return P(level ≥ k) for every class but the lowest, before calibration; (n, classes − 1)."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The majority baseline: the commonest level, and the shares of the classes as chances, for every firm alike.

    `above` (classes − 1,) is the share at each class or above.
    """

    above: Floats

    @property
    def commonest(self) -> int:
        """The place of the commonest class, the lowest of equals."""
        return int(np.argmax(-np.diff(np.concatenate([[1.0], self.above, [0.0]]))))

    def reached(self, table: Singles) -> Floats:
        """Return the same for every firm."""
        return np.tile(self.above, (len(table), 1))


@dataclass(frozen=True, slots=True)
class RubricTable:
    """The rubric's own cut-offs: the level called is the rubric's, its chances are what assessors gave to firms of that level.

    `above[level + 1]` are smoothed shares at each class or above, `above[0]` for firms without a level; `column` holds it.
    """

    above: Floats
    column: int

    def reached(self, table: Singles) -> Floats:
        """Return what assessors gave to firms of the same level by the rubric."""
        return self.above[self.levels(table) + 1]

    def levels(self, table: Singles) -> Ints:
        """Return the rubric's level, −1 where it has none."""
        return np.nan_to_num(table[:, self.column], nan=-1.0).astype(np.int64)


@dataclass(frozen=True, slots=True)
class PlainModel:
    """Ordinal logistic regression on the plain inputs."""

    plain: Plain
    coefficients: Floats
    thresholds: Floats

    def reached(self, table: Singles) -> Floats:
        """Return σ(x·β − θ)."""
        from app.analysis.learn.proportional_odds import sigmoid

        return sigmoid((self.plain(table) @ self.coefficients)[:, None] - self.thresholds[None, :])


@dataclass(frozen=True, slots=True)
class Boosted:
    """Boosted cumulative models on the table itself, without the rubric's level in `skipped`."""

    estimator: Any
    skipped: int

    def reached(self, table: Singles) -> Floats:
        """Return the chances of the cumulative models."""
        found: Floats = self.estimator.at_least(np.delete(table, self.skipped, axis=1))
        return found

    def staged(self, table: Singles, rounds: tuple[int, ...]) -> list[Floats]:
        """Return the chances as they were after each of `rounds`."""
        found: list[Floats] = self.estimator.staged(np.delete(table, self.skipped, axis=1), rounds)
        return found


@dataclass(frozen=True, slots=True)
class Fitted:
    """`classes` are the level places learnt from, `floor` (levels,) what each other level keeps (0 at the classes)."""

    kind: str
    columns: Columns
    classes: Ints
    floor: Floats
    core: Core
    calibration: Calibration

    def raw(self, table: Singles) -> Floats:
        """Return P(level ≥ k) over the classes before calibration; (n, classes − 1)."""
        return self.core.reached(table)

    def answer(self, table: Singles) -> tuple[Floats, Ints]:
        """Return the calibrated chances of all levels (n, levels) and the level places called (n,)."""
        return self.finish(table, self.calibrated(self.raw(table)))

    def calibrated(self, raw: Floats) -> Floats:
        """Return calibrated P(level ≥ k) over the classes from those before calibration."""
        return np.round(self.calibration(raw), ROUNDED)

    def finish(self, table: Singles, reached: Floats) -> tuple[Floats, Ints]:
        """Return chances and called levels from calibrated P(level ≥ k) over the classes."""
        median = self.classes[(reached >= 0.5).sum(axis=1)]
        if isinstance(self.core, Shares):
            median = np.full(len(table), self.classes[self.core.commonest])
        if isinstance(self.core, RubricTable):
            own = self.core.levels(table)
            median = np.where(own < 0, median, own)
        return self.spread(reached), median

    def spread(self, reached: Floats) -> Floats:
        """Return the chances of all levels from P(level ≥ k) over the classes, the floor of the others mixed in."""
        ones, zeros = np.ones((len(reached), 1)), np.zeros((len(reached), 1))
        bounded = np.hstack([ones, reached, zeros])
        chances = np.tile(self.floor, (len(reached), 1))
        chances[:, self.classes] = (1.0 - self.floor.sum()) * (bounded[:, :-1] - bounded[:, 1:])
        return chances


def floor_of(counts: Ints, classes: Ints) -> Floats:
    """Return what each level that is not a class keeps: (firms at it + 1) / (firms + levels); `counts` (levels,)."""
    floor: Floats = (counts + 1.0) / (counts.sum() + len(counts))
    floor[classes] = 0.0
    return floor
