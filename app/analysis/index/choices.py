"""The choices an index rests on, and other sets of them drawn at random."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from app.analysis.answers import Floats
from app.domain.judgement import Aggregation

SPREAD = 0.25  # each pillar's weight is drawn between 75 % and 125 % of its own
DROPPING = 0.5  # in one draw of two an item is left out: mostly one keeps the rubric's items
FACTORS = ("weights", "normalisation", "aggregation", "imputation", "dropped")


class Normalisation(IntEnum):
    """How points of items are made comparable."""

    GOALPOSTS = 0  # as the rubric has them
    STANDARD = 1  # items count by standard scores: each tells firms apart as much as any other
    RANK = 2  # items count by the firm's place among all


class Imputation(IntEnum):
    """What a blank answer to an applicable item counts for."""

    SHARE = 0  # nothing: its weight is shared, as the rubric has it
    MEDIAN = 1  # the median answer of the sector
    NOTHING = 2  # no points: who does not answer has nothing to show


AGGREGATIONS = (Aggregation.ARITHMETIC, Aggregation.GEOMETRIC)


@dataclass(frozen=True, slots=True)
class Choices:
    """Sets of choices, one a row: `weights` (d, k) of pillars; `normalisation`, `imputation`, `aggregation` (place in
    AGGREGATIONS) and `dropped` (column of the item left out, −1 none), of shape (d,)."""

    weights: Floats
    normalisation: npt.NDArray[np.int64]
    imputation: npt.NDArray[np.int64]
    aggregation: npt.NDArray[np.int64]
    dropped: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.weights)

    def taken(self, rows: npt.NDArray[np.intp]) -> Choices:
        """Return the choices of these rows."""
        return Choices(*(getattr(self, name)[rows] for name in self.__slots__))

    @property
    def kinds(self) -> npt.NDArray[np.int64]:
        """A number for each row that is the same where normalisation, imputation and aggregation are."""
        return (self.normalisation * len(Imputation) + self.imputation) * len(AGGREGATIONS) + self.aggregation


@dataclass(frozen=True, slots=True)
class Space:
    """What may be drawn: which `factors` are varied, the rubric's pillar weights, and how many items may be left out."""

    factors: tuple[str, ...]
    weights: Floats
    items: int

    @property
    def columns(self) -> tuple[int, ...]:
        """How many uniform numbers each factor takes: one, but one a pillar for the weights."""
        return tuple(len(self.weights) if factor == "weights" else 1 for factor in self.factors)

    def choose(self, uniform: Floats) -> Choices:
        """Return the choices that rows of uniform numbers (d, sum of `columns`) stand for; what is not varied is the rubric's."""
        parts = dict(zip(self.factors, np.split(uniform, np.cumsum(self.columns)[:-1], axis=1), strict=True))
        n = len(uniform)

        def place(factor: str, among: int) -> npt.NDArray[np.int64]:
            return (parts[factor][:, 0] * among).astype(np.int64) if factor in parts else np.zeros(n, dtype=np.int64)

        weights = np.tile(self.weights, (n, 1))
        if "weights" in parts:
            weights = weights * (1.0 - SPREAD + 2.0 * SPREAD * parts["weights"])
        dropped = np.full(n, -1, dtype=np.int64)
        if "dropped" in parts:
            luck = (parts["dropped"][:, 0] - (1.0 - DROPPING)) / DROPPING
            dropped = np.where(luck >= 0.0, (luck * self.items).astype(np.int64), -1)
        return Choices(
            weights,
            place("normalisation", len(Normalisation)),
            place("imputation", len(Imputation)),
            place("aggregation", len(AGGREGATIONS)),
            dropped,
        )
