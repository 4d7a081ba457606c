"""A measure's change between two waves, taken apart for all firms and by group; or why it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.estimate import Change
from app.domain.goals import Measure

GROUPINGS = ("sector", "size", "township")


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """What changed of `measure` from wave `before` to wave `after`: all firms (TOTAL) first, then the groups that both have.

    `by` sector | size | township; each change's `sector` is the key of its group and its `level` the measure's id. Without
    changes `reason` is a text key (`change.cannot.*`) with the values of its places.
    """

    measure: Measure
    by: str
    before: str
    after: str
    changes: tuple[Change, ...] = ()
    reason: str = ""
    reason_values: tuple[tuple[str, str], ...] = ()
