"""图: values that say what to draw; screen, file and Office renderers draw the same value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.release import Provenance, ReleasedTable


class FigureKind(StrEnum):
    """How a figure's table is drawn."""

    LEVELS = "levels"  # stacked bar a row: shares at L0…L4 (columns = levels), n per row
    RANKED = "ranked"  # a dot/bar a row with interval (one column)
    HEAT = "heat"  # rows × columns of scores 0–100
    TRAJECTORY = "trajectory"  # observed waves, required path, fan, targets
    DISTRIBUTION = "distribution"  # vertical bars with intervals (one row, columns = levels)


@dataclass(frozen=True, slots=True)
class Series:
    """Points over time for a trajectory: (time as decimal year, value, low, high), low/high None where not given.

    `role` observed | path | fan | reference.
    """

    role: str
    label: str
    points: tuple[tuple[float, float, float | None, float | None], ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A target mark of a trajectory: fraction at a decimal year, with its wording and evidence id."""

    time: float
    value: float
    label: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `title` is the finding in one sentence; `alt` is the sentence for who cannot see it.

    `chosen` is the key of the row that is lit, or "".
    """

    id: str
    kind: FigureKind
    title: str
    subtitle: str
    table: ReleasedTable
    provenance: Provenance
    alt: str
    series: tuple[Series, ...] = ()
    targets: tuple[Target, ...] = ()
    chosen: str = ""
