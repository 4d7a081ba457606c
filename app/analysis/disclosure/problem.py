"""A release as an attacker sees it: numbers that may be hidden, and the sums between them that everybody knows.

The frame of Fischetti and Salazar-González (2001): values a ≥ 0 of all cells of all tables of a release, linear relations
M a = 0 between them, and for each unsafe cell how far from its value an attacker's interval must at least reach. Whoever knows
the shown cells and the relations can bound a hidden cell by linear programming; nobody must be able to do so too tightly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Relation:
    """Σ coefficient · cell = 0, over cells by place."""

    cells: tuple[int, ...]
    coefficients: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """`values` (n,) of all cells, not rounded, that meet the relations; `low`, `high` (n,) what anybody knows about each although
    it is hidden (0 and ∞ where nothing); `cost` (n,) what hiding each loses; `unsafe` (n,) hidden by the primary rules; `below`,
    `above`, `width` (n,) how far under and over its value, and how wide, the attacker's interval of an unsafe cell must be;
    `fixed` (n,) cells that are known whatever is done now (released earlier) and cannot be hidden.

    `seen_low`, `seen_high` (n,) what a shown cell, a fixed one too, tells: the range of numbers that would have been printed
    alike. None: every shown cell tells its value exactly, which is never less safe. `alone` (n,) cells that rest on one firm,
    which knows them and so sees through them; None: no such firm is looked at.
    """

    values: Floats
    low: Floats
    high: Floats
    cost: Floats
    unsafe: Bools
    below: Floats
    above: Floats
    width: Floats
    fixed: Bools
    relations: tuple[Relation, ...]
    seen_low: Floats | None = None
    seen_high: Floats | None = None
    alone: Bools | None = None

    def known(self, hidden: Bools) -> Bounds:
        """Return what is known of each cell before any relation is used, if the cells `hidden` (n,) are."""
        seen_low = self.values if self.seen_low is None else self.seen_low
        seen_high = self.values if self.seen_high is None else self.seen_high
        return Bounds(
            np.where(hidden, self.low, np.maximum(seen_low, self.low)),
            np.where(hidden, self.high, np.minimum(seen_high, self.high)),
        )


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an attacker can say of each cell: `low` and `high` (n,), equal to the value for shown cells
    that are printed exactly."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Protection:
    """`hidden` (n,) all cells hidden, primary and secondary; `bounds` of each after that; `exposed` (n,) unsafe cells that no
    hiding protects enough: the table they stand in is to be dropped, or rounded. `optimal`: no cheaper pattern exists; else the
    time allowed ran out and it is only a good one.
    """

    hidden: Bools
    bounds: Bounds
    exposed: Bools
    optimal: bool
