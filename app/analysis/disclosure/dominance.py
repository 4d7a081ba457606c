"""The dominance rule: a sum that a few firms make up gives those firms away, however many others are in it.

The (n, k) rule of Hundepool et al., Handbook on Statistical Disclosure Control, §4.2: unsafe where the n largest contributions
are more than k of the sum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Dominance:
    """Unsafe where the `largest` contributions are more than `share` (0–1) of the sum."""

    largest: int = 2
    share: float = 0.85

    @property
    def id(self) -> str:
        """Return the rule as a short mark, e.g. `(2,85) dominance`."""
        return f"({self.largest},{self.share * 100:g}) dominance"


def dominated(contributions: Floats, of: Codes, count: int, rule: Dominance | None = None) -> Bools:
    """Return for each group 0 … count − 1 whether a few firms make up its sum; shape (count,).

    `contributions` (n,) are what firms add to the sum, at least 0 and never missing; `of` (n,) is their group. A sum of 0 is made
    up by nobody. Raises ValueError for a contribution below 0 or missing.
    """
    if not (contributions >= 0).all():
        raise ValueError("a contribution to a sum is below 0 or missing")
    said = rule or Dominance()
    some = contributions > 0
    values, groups = contributions[some], of[some]
    whole = np.bincount(groups, values, minlength=count)
    top = np.bincount(groups, np.where(_ranks(values, groups, count) < said.largest, values, 0.0), minlength=count)
    found: Bools = top > said.share * whole
    return found


def leading(values: Floats, of: Codes, count: int, places: int) -> Floats:
    """Return the largest `places` values of each group 0 … count − 1, falling, 0 where it has fewer; shape (count, places)."""
    found = np.zeros((count, places))
    ranks = _ranks(values, of, count)
    kept = ranks < places
    found[of[kept], ranks[kept]] = values[kept]
    return found


def _ranks(values: Floats, of: Codes, count: int) -> Codes:
    """Return the rank of each value in its group, 0 the largest; shape (n,)."""
    falling = np.argsort(-values)
    order = falling[
        np.argsort(of[falling].astype(np.int16 if count < 1 << 15 else np.int64), kind="stable")
    ]  # short codes sort fast
    groups = of[order]
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[order] = np.arange(len(values)) - np.searchsorted(groups, np.arange(count))[groups]
    return ranks
