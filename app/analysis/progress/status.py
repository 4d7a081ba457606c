"""The progress status that open-sdg publishes, from the same formula, so that it can stand beside theirs.

Method and thresholds: Statistics Canada's methodology as documented with Open SDG 2.4 ("Progress Measurement Methodology for
the Sustainable Development Goals", docs/progress-methodology.md in open-sdg/open-sdg) and as computed by sdg-build
(sdg/ProgressMeasure.py); written anew from the description. It compares compound annual growth rates from a base year: what was
seen, with what would reach the target on time. It gives no interval and knows no ceiling, which is why no light rests on it.

Our base is the first wave since the last break of the series (theirs is 2015 unless stated otherwise); years are the calendar
years of the waves. Where their program would divide by nothing (a target equal to the base) the ratio is left out and the
status is the one its infinity gets.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.domain.progress import Status

_NOTHING = 0.001  # stands in for a base or target of zero, which has no growth rate
_HIGH, _MIDDLE = 0.95, 0.6  # of the ratio: substantial, moderate progress
_RATE_HIGH, _RATE_MIDDLE = 0.015, 0.005  # of the growth rate where there is no target
_NEAR = 4.44  # how sharply thresholds fall near a natural limit
_BEST = 5.0


@dataclass(frozen=True, slots=True)
class Seen:
    """A value in a calendar year."""

    year: float
    value: float


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted: up (+1) or down (−1), to `target` by `year`, or (target None) on and on, up to a natural `limit`."""

    direction: int
    target: float | None
    year: float
    limit: float | None = None


def status(base: Seen, current: Seen, wanted: Wanted) -> Status:
    """Return the published status with its components; `value`, `score` None and `status.not_available` where there is none."""
    target = _NOTHING if wanted.target == 0 else wanted.target
    achieved = target is not None and wanted.direction * (current.value - target) >= 0
    seen = _growth(base, current)
    ends = None if target is None else Seen(wanted.year, target)
    needed = None if seen is None or ends is None else _growth(base, ends)
    sign = wanted.direction * (-1 if base.value < 0 else 1)
    value, infinite = _progress(seen, needed, target is not None, sign)
    if target is None:
        near = _nearness(base.value, wanted.limit)
        name, score = _named(value, _RATE_HIGH * near, _RATE_MIDDLE * near), _rate_score(value, near)
    else:
        name, score = (
            _named(infinite if value is None else value, _HIGH, _MIDDLE),
            _ratio_score(infinite if value is None else value),
        )
    if achieved:
        name, score = "target_achieved", _BEST
    return Status(
        base.year, base.value, current.year, current.value, target, wanted.year, seen, needed, value, score, f"status.{name}"
    )


def calendar_year(time: float) -> float:
    """Return the calendar year that ends or runs at a decimal year: 2027.0 (the end of 31 December 2026) is 2026."""
    return float(math.ceil(time - 1e-9) - 1)


def _growth(base: Seen, end: Seen) -> float | None:
    """Compound annual growth from base to end; None from less than a year, or across zero."""
    start = base.value or _NOTHING
    if end.year - base.year < 1 or start * end.value < 0:
        return None
    ratio: float = (end.value / start) ** (1 / (end.year - base.year)) - 1
    return ratio


def _progress(seen: float | None, needed: float | None, has_target: bool, sign: int) -> tuple[float | None, float | None]:
    """The progress value, and the infinity in its place where the needed growth is none."""
    if seen is None or (has_target and needed is None):
        return None, None
    if needed is None:
        return sign * seen, None
    if needed == 0:
        return None, math.copysign(math.inf, sign * seen) if seen else None
    return sign * seen / abs(needed), None


def _nearness(base: float, limit: float | None) -> float:
    """What thresholds are multiplied by: 1 far from the limit, 0 at it."""
    if limit is None:
        return 1.0
    start, end = abs(base), abs(limit)
    if start >= 2 * end:
        return 1.0
    part: float = start / end if start <= end else (2 * end - start) / end
    near: float = 1 - part**_NEAR
    return near


def _named(value: float | None, high: float, middle: float) -> str:
    if value is None:
        return "not_available"
    if value >= high:
        return "substantial_progress"
    if value >= middle:
        return "moderate_progress"
    return "limited_progress" if value >= 0 else "deterioration"


def _ratio_score(ratio: float | None) -> float | None:
    """−5 … 5: −0.6 gives −5, 0.6 gives 0, 1.3 gives 5, in straight lines between; the slopes as published."""
    if ratio is None:
        return None
    if ratio >= _MIDDLE:
        return min(7.1429 * ratio - 4.2857, _BEST)
    return max(4.1667 * ratio - 2.5, -_BEST)


def _rate_score(rate: float | None, near: float) -> float | None:
    """−5 … 5 from a growth rate: −2 % gives −5, 0 −2.5, 0.5 % 0, 1.5 % 2.5 and 2 % 5, the positive ones times `near`."""
    if rate is None:
        return None
    if rate < 0:
        return max(125 * rate - 2.5, -_BEST)
    if near == 0:
        return _BEST
    if rate >= _RATE_HIGH * near:
        return min(500 * rate / near - 5, _BEST)
    return 250 * rate / near - 1.25 if rate >= _RATE_MIDDLE * near else 500 * rate / near - 2.5
