"""图: values that say what to draw; screen, file and Office renderers draw the same value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.boundary import Area
from app.domain.release import Provenance, ReleasedTable
from app.domain.wall import Wall


class FigureKind(StrEnum):
    """How a figure's table is drawn."""

    LEVELS = "levels"  # stacked bar a row: shares at L0…L4 (columns = levels), n per row
    RANKED = "ranked"  # a dot/bar a row with interval (one column)
    HEAT = "heat"  # rows × columns of scores 0–100
    TRAJECTORY = "trajectory"  # observed waves, required path, fan, targets
    DISTRIBUTION = "distribution"  # vertical bars with intervals (one row, columns = levels)
    PROFILE = "profile"  # a row a sector: scores, its class in words, a bar with interval, ranks (a role a column)
    RANKS = "ranks"  # a dot a row on a scale of ranks, with its interval (one column)
    PARTS = "parts"  # a bar a row: what one choice explains alone, and with what it interacts (two columns)
    MOVES = "moves"  # a row a sector: rank before and after, mean score before and after (four columns)
    STEPS = "steps"  # what a change is made of, one part after the other from zero (one column; the last row their sum)
    SPANS = "spans"  # a row a thing: a middle with low and high (column 1), further columns single ticks; targets are lines
    QUADRANT = "quadrant"  # a mark a row: exposure (column 1), control (2), firms (3), firms in each quarter (4–7)
    BALANCE = "balance"  # a row a sector: lost (≤ 0), gained (≥ 0) and net, each with its interval
    CALIBRATION = "calibration"  # a dot a row: chance given (column 1) against share that had it (column 2); key before|after-k
    CONFUSION = "confusion"  # counts, assessed (rows) × predicted (columns in the same order), then a column of row totals
    WALL = "wall"  # every goal as a tile (`wall`); the table holds the values of those that are measured
    BULLET = "bullet"  # a bar a goal with its interval (column 1) against its target (column 2); `said` holds its light
    SLOPE = "slope"  # a line a row between two moments (two columns), each end with its interval; `said` level 1 rose, −1 fell
    SCATTER = "scatter"  # a dot a row: across (column 1), up (column 2), both with intervals; the total's values are lines
    MULTIPLES = "multiples"  # a small chart a row on the same axes, columns = levels; the total as an outline in each
    TILES = "tiles"  # a tile a row in a near-square grid (one column), coloured by its value and bearing it
    AREAS = "areas"  # the same rows as outlined areas (`areas`)


@dataclass(frozen=True, slots=True)
class Series:
    """Points over time for a trajectory: (time as decimal year, value, low, high), low/high None where not given.

    `role` earlier (observed before a break) | observed | path | fan | upper (where firms' plans lead) | reference.
    A reference has an `id`, the decimal years from which it was asked otherwise, and `sentence`: its definition for a hover;
    `bound`: its points are lower bounds.
    """

    role: str
    label: str
    points: tuple[tuple[float, float, float | None, float | None], ...]
    id: str = ""
    breaks: tuple[float, ...] = ()
    sentence: str = ""
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A target mark of a trajectory: fraction at a decimal year, with its wording and evidence id; `own`: what it is about."""

    time: float
    value: float
    label: str
    evidence: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """A moment of a trajectory that has no value: `kind` break (the series does not go on) | words (a goal without a number)."""

    kind: str
    time: float
    label: str
    sentence: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said in words about one row of a figure: its class as `text`, `level` the place of it among the levels (-1: cannot
    tell), `sentence` for a hover; `imputed`: its bar rests on more than observed levels and is hatched."""

    row: str
    text: str
    level: int
    sentence: str
    imputed: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `title` is the finding in one sentence; `alt` is the sentence for who cannot see it.

    `chosen` is the key of the row that is lit, or "". `roles` says of each column of a profile whether it holds a score, class,
    share or rank; `said` holds what stands in words beside its rows; `keys` are further sentences of its key. `flags` are moments
    of a trajectory; `unit` is fraction, or count where its numbers are in `unit_word`. `areas` are the outlines of a map's rows.
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
    roles: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    keys: tuple[str, ...] = ()
    wall: Wall | None = None
    flags: tuple[Flag, ...] = ()
    unit: str = "fraction"
    unit_word: str = ""
    areas: tuple[Area, ...] = ()
