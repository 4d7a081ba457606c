"""目标墙: every goal as a tile, already worded, in columns of deadlines and bands of layers; a value that any renderer draws."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """Words on a tile, the evidence id they open ("" for none) and the sentence a hover reads out; `label` stands before."""

    text: str
    evidence: str = ""
    sentence: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bullet:
    """A value against its target, all as fractions 0–1 of the bar; bounds None where no interval may be given."""

    value: float
    low: float | None
    high: float | None
    target: float
    evidence: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One goal. `sign` is what stands before it: a Light (on_track …) or what evidence shows (done | under_way | none | unknown).

    `measured` tiles hold a value from the answers and are drawn large; of the others `value` is what was reported or found.
    `numbers` are those that follow from the value: gap, pace, probability; `bounds` the interval and n of the value.
    """

    goal: str
    layer: str
    horizon: int
    sign: str
    head: Part
    wording: Part
    document: Part
    target: Part
    value: Part
    bounds: Part = Part("")
    numbers: tuple[Part, ...] = ()
    reason: str = ""
    badges: tuple[Part, ...] = ()
    bullet: Bullet | None = None
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many tiles bear a sign."""

    sign: str
    word: str
    n: int


@dataclass(frozen=True, slots=True)
class Band:
    """A layer of goals: its name and how its goals stand."""

    layer: str
    title: str
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Wall:
    """Columns as (horizon, title), bands from the top down, tiles in reading order, and what the signs mean as (sign, words).

    `notes` are further sentences of the legend: the thresholds and what a bar shows.
    """

    horizons: tuple[tuple[int, str], ...]
    bands: tuple[Band, ...]
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()
