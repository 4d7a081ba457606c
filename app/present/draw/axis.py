"""Share axes: from zero, never past 100 %, in round steps."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.domain.numbers import percent
from app.domain.release import Cell

_STEPS = (0.05, 0.1, 0.2, 0.25)
_MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class ShareAxis:
    """An axis of shares from 0 to `top`, with ticks."""

    top: float
    ticks: tuple[float, ...]

    def part(self, share: float) -> float:
        """Return how far along the axis a share stands, 0–1."""
        return min(share / self.top, 1.0)


def share_axis(cells: list[Cell]) -> ShareAxis:
    """Return the axis that holds all values and intervals."""
    highest = max((cell.high or cell.value or 0.0 for cell in cells), default=0.0)
    for step in _STEPS:
        count = math.ceil(round(min(max(highest, 0.05), 1.0) / step, 6))
        if count < _MOST_TICKS or step == _STEPS[-1]:
            top = min(count * step, 1.0)
            return ShareAxis(top, tuple(round(k * step, 4) for k in range(count + 1) if k * step <= top + 1e-9))
    return ShareAxis(1.0, (0.0, 0.5, 1.0))


def tick_text(share: float) -> str:
    """Return a tick's label."""
    return percent(share)
