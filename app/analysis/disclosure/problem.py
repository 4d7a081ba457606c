"""A release as an attacker sees it: numbers that may be hidden, and the sums between them that everybody knows.

The frame of Fischetti and Salazar-González (2001): values a ≥ 0 of all cells of all tables of a release, linear relations
M a = 0 between them, and for each unsafe cell how far from its value an attacker's interval must at least reach. Anybody who knows
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
    """`values` (n,) of all cells; `low`, `high` (n,) what anybody knows about each beforehand (0 and ∞ where nothing; around the
    printed value where it is rounded); `cost` (n,) what hiding each loses; `unsafe` (n,) hidden by the primary rules; `below`,
    `above`, `width` (n,) how far under and over its value, and how wide, the attacker's interval of an unsafe cell must be;
    `fixed` (n,) cells that are known whatever is done now (released earlier) and cannot be hidden.
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


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an attacker can say of each cell: `low` and `high` (n,), equal to the value for shown cells."""

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
