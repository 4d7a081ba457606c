"""The primary rules: which cells are unsafe by themselves, and how far from its value an attacker's interval must reach.

Hundepool et al., Handbook on Statistical Disclosure Control (2nd ed.), §4.2.1, the tables of sensitivity rules and of upper
protection levels. X is the sum of a cell, x₁ ≥ x₂ ≥ … what its firms add to it:

- (n,k) dominance: unsafe where x₁ + … + xₙ > k·X; level (x₁ + … + xₙ)/k − X.
- p % and (p,q): unsafe where X − x₁ − x₂ < p/q·x₁; level p/q·x₁ − (X − x₁ − x₂).

The lower level is the upper one, as is usual, but for what lies below 0. Where only the number of firms makes a cell unsafe the
handbook asks no more than that it is not told exactly; here a firm's share of it must not be told within p either.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from app.analysis.disclosure.dominance import Dominance, leading
from app.analysis.disclosure.problem import Bools, Floats

Codes = npt.NDArray[np.int64]
_P = 0.10
_LEAST = np.finfo(np.float64).tiny


@dataclass(frozen=True, slots=True)
class Rules:
    """Unsafe: cells on fewer than `threshold` firms; sums that `dominance` or the p % rule finds (None: not asked).

    `p` 0–1 is how closely a firm's number may be told afterwards, `q` 0–1 how closely others know it before.
    """

    threshold: int = 5
    dominance: Dominance | None = field(default_factory=Dominance)
    p: float | None = _P
    q: float = 1.0

    def __post_init__(self) -> None:
        if not (self.p is None or 0 < self.p < self.q <= 1):
            raise ValueError("p and q of the rules must be 0 < p < q ≤ 1")

    @property
    def id(self) -> str:
        """Return the rules as a short mark, e.g. `n<5; (2,85) dominance; p 10 %`."""
        parts = [f"n<{self.threshold}"]
        if self.dominance is not None:
            parts.append(self.dominance.id)
        if self.p is not None:
            parts.append(f"p {self.p * 100:g} %" if self.q == 1 else f"(p,q) {self.p * 100:g},{self.q * 100:g} %")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Needs:
    """For each cell (n,): whether it is `unsafe`, and how far `below` and `above` its value and how wide its interval must be.

    `alone`: it rests on one firm. What goes into a `Problem` under the same names.
    """

    unsafe: Bools
    below: Floats
    above: Floats
    width: Floats
    alone: Bools


def needs_of_counts(firms: Floats, rules: Rules | None = None) -> Needs:
    """Return the needs of cells that count firms (n,): 1 … threshold − 1 is unsafe, to be told no closer than `threshold`."""
    said = rules or Rules()
    unsafe: Bools = (firms > 0) & (firms < said.threshold)
    none = np.zeros(len(firms))
    return Needs(unsafe, none, none.copy(), np.where(unsafe, float(said.threshold), 0.0), firms == 1)


def needs_of_sums(contributions: Floats, of: Codes, count: int, rules: Rules | None = None) -> Needs:
    """Return the needs of sums of what firms add (m,), each ≥ 0, by group `of` (m,): for groups 0 … count − 1.

    A group of too few firms whose sum is 0 must not be told to be 0: its interval must be as wide as the least that is added
    anywhere. Raises ValueError for a contribution below 0 or missing.
    """
    if not (contributions >= 0).all():
        raise ValueError("a contribution to a sum is below 0 or missing")
    said = rules or Rules()
    firms = np.bincount(of, minlength=count)
    whole = np.bincount(of, contributions, minlength=count).astype(np.float64)
    few: Bools = (firms > 0) & (firms < said.threshold)
    some = contributions > 0
    levels = [
        level
        for level in (_dominance(contributions, of, whole, said), _closeness(contributions, of, whole, said))
        if level is not None
    ]
    levels.append(np.where(few, (_P if said.p is None else said.p) / said.q * whole, -1.0))
    unsafe: Bools = few | np.logical_or.reduce([level > 0 for level in levels])
    above = np.where(unsafe, np.maximum.reduce([np.zeros(count), *levels]), 0.0)
    least = float(contributions[some].min()) if some.any() else 0.0
    return Needs(unsafe, np.minimum(above, whole), above, np.where(unsafe & (whole == 0), least, 0.0), firms == 1)


def _dominance(contributions: Floats, of: Codes, whole: Floats, rules: Rules) -> Floats | None:
    """Return the upper protection level of the (n,k) rule for each group, above 0 where it is unsafe."""
    if rules.dominance is None:
        return None
    top = leading(contributions, of, len(whole), rules.dominance.largest).sum(axis=1)
    return np.where(top > rules.dominance.share * whole, np.maximum(top / rules.dominance.share - whole, _LEAST), -1.0)


def _closeness(contributions: Floats, of: Codes, whole: Floats, rules: Rules) -> Floats | None:
    """Return the upper protection level of the p % or (p,q) rule for each group, above 0 where it is unsafe."""
    if rules.p is None:
        return None
    first, second = leading(contributions, of, len(whole), 2).T
    level: Floats = rules.p / rules.q * first - (whole - first - second)
    return level
