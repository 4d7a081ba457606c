"""Differences: two safe numbers about groups that differ by a few units give those few away.

Hundepool et al., Handbook on Statistical Disclosure Control (2nd ed.), §5.2 (disclosure by differencing). What is printed is
rounded, so an attacker knows each numerator only within a range: k ∈ n·[v − h, v + h]. The difference of two such ranges is
what is known of the units that are in one group and not in the other. Nothing here knows who they are, and no register need
keep it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_TINY = 1e-9
_RANGE = {"fraction": (0.0, 1.0), "score": (0.0, 100.0), "count": (0.0, 1.0), "money": (0.0, math.inf)}
"""What one unit can add to the numerator, by the unit of a cell."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number as printed: its `mark`, `unit` fraction | score (means) | count | money (sums), the `n` units of its group, and
    `half` the half-width of its rounding in that unit (0: printed exactly).

    `n` of a count is its group's, not the count itself; `weighted` numbers do not add up from units and are not compared.
    """

    mark: str
    unit: str
    n: int
    value: float
    half: float = 0.0
    weighted: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether its numerator counts units."""
        return self.unit in ("fraction", "count")

    @property
    def numerator(self) -> tuple[float, float]:
        """Return the least and the largest numerator that prints so: units, points or money summed over the group."""
        times = 1 if self.unit in ("count", "money") else self.n
        least, most = ((self.value + way * self.half) * times for way in (-1, 1))
        low, high = _RANGE[self.unit]
        least, most = max(least, low * self.n), min(most, high * self.n)
        if self.is_whole:
            # a printed number that no count rounds to (weights not told) is left as wide as it is
            whole = math.ceil(least - _TINY * self.n), math.floor(most + _TINY * self.n)
            return whole if whole[0] <= whole[1] else (math.floor(least), math.ceil(most))
        return least, most


class LeakKind(StrEnum):
    """Whether two releases differ by few units, or few answers changed."""

    DIFFERENCE = "difference"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Leak:
    """What `mark` now gives away with `others`: that the numerator of `units` units lies in `low` … `high`.

    For CHANGED, how much it changed at the least and at the most, and the fewest units that can have done so.
    """

    kind: LeakKind
    mark: str
    others: tuple[str, ...]
    units: int
    low: float
    high: float


def differences(earlier: Iterable[Told], now: Sequence[Told], threshold: int, close: float = 0.10) -> tuple[Leak, ...]:
    """Return the leaks of numbers `now` against those of the same mark told `earlier`, in any release before.

    The smaller group is taken to be part of the larger one, which is the worst that can be. `close` 0–1: a mean or a sum of the
    units between must not be told within this share of the scale, or of itself.
    """
    before: dict[str, list[Told]] = {}
    for told in earlier:
        before.setdefault(told.mark, []).append(told)
    found = (_between(old, new, threshold, close) for new in now for old in before.get(new.mark, ()))
    return tuple(dict.fromkeys(leak for leak in found if leak is not None))


def _between(old: Told, new: Told, threshold: int, close: float) -> Leak | None:
    if old.weighted or new.weighted or old.unit != new.unit:
        return None
    if old.n == new.n:
        return _changed(old, new, threshold)
    large, small = (new, old) if new.n > old.n else (old, new)
    low, high = _less(large, [small])
    return _leak(LeakKind.DIFFERENCE, new, (old.mark,), (large.n - small.n, low, high), (threshold, close))


def _less(whole: Told, parts: Sequence[Told]) -> tuple[float, float]:
    """Return what is known of the numerator of a group less its parts."""
    least, most = whole.numerator
    ranges = [part.numerator for part in parts]
    units = whole.n - sum(part.n for part in parts)
    low, high = _RANGE[whole.unit]
    return max(least - sum(high for _, high in ranges), low * units), min(most - sum(low for low, _ in ranges), high * units)


def _changed(old: Told, new: Told, threshold: int) -> Leak | None:
    """Return the leak of equally many units of whom so few can have answered otherwise, or been replaced, that it shows whose."""
    if not new.is_whole:
        return None  # a mean or a sum tells by how much somebody's number was changed, but not the number
    (old_least, old_most), (least, most) = old.numerator, new.numerator
    low, high = least - old_most, most - old_least
    fewest = int(max(low, -high, 0))
    if not 0 < fewest < threshold:
        return None
    return Leak(LeakKind.CHANGED, new.mark, (old.mark,), fewest, low, high)


def _leak(
    kind: LeakKind, told: Told, others: tuple[str, ...], known: tuple[int, float, float], rule: tuple[int, float]
) -> Leak | None:
    """Return the leak if `known` (units, low, high) is too close for few units."""
    units, low, high = known
    threshold, close = rule
    if not 0 < units < threshold or not _is_close(told, units, (low, high), close):
        return None
    return Leak(kind, told.mark, others, units, low, high)


def _is_close(told: Told, units: int, known: tuple[float, float], close: float) -> bool:
    low, high = known
    if low > high + _TINY * max(told.n, 1):
        return False  # no such units: the groups are not one within the other
    if told.is_whole:
        return low > 0 or high < units
    if told.unit == "money":
        return high - low < 2 * close * max(abs(low), abs(high))
    least, most = _RANGE[told.unit]
    return high - low < 2 * close * (most - least) * units
