"""What an estimate is: a number with how sure it is, what it rests on, and what it may be compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """Where a sector's shares come from."""

    PPI = "ppi"  # all predictions, corrected by the assessed firms through their inclusion probabilities
    LABELLED = "labelled"  # assessed firms only
    RUBRIC = "rubric"  # levels by the rubric or as given, with the survey's own design


class Verdict(StrEnum):
    """What a comparison says in plain words."""

    DIFFERS = "differs"
    SAME = "same"  # surely closer together than what would matter
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share (0–1), mean, median or difference with its 95 % interval; `se` its standard error.

    None where nothing may be said; `reason` is then a text key. `n` firms behind it, `n_effective` what they are worth as
    independent draws, `frame` the firms they stand for (None: unknown).
    """

    value: float | None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    n_effective: float | None = None
    frame: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SectorClass:
    """The class of a sector: the highest level that at least `share` of its firms reach; `probability` that it is this one.

    `chances` gives the probability of every level, lowest first; probabilities are None where no interval may be given.
    """

    level: str
    probability: float | None
    chances: tuple[tuple[str, float], ...] = ()
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class RankInterval:
    """The rank of `key` (1: highest) and the 5–95 % interval of it; `ranked` is False below the least firms (then 0, 0, 0)."""

    key: str
    rank: int
    low: int
    high: int
    ranked: bool = True


@dataclass(frozen=True, slots=True)
class SectorEstimate:
    """What can be said of one sector (TOTAL for all) in one wave beyond its plain counts.

    `shares[level]` and `at_least[level]` of firms; `mean` and `median` of the index 0–100; `shrunk` the share at L2 or above
    drawn toward all firms as far as few answers demand. `reason` is a text key when a better method had to be left.
    """

    sector: str
    wave: str
    method: Method
    reason: str
    n_firms: int
    n_labelled: int
    shares: Mapping[str, Estimate]
    at_least: Mapping[str, Estimate]
    sector_class: SectorClass | None
    mean: Estimate | None = None
    median: Estimate | None = None
    shrunk: Estimate | None = None
    rank: RankInterval | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One sector held against another, or against all others (`against` TOTAL): the difference, its p value before and after
    the correction for many comparisons, and the verdict."""

    sector: str
    against: str
    difference: Estimate
    p: float | None
    adjusted: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """A share's change between two waves, taken apart; the parts add up to `total` exactly.

    `same` what the same firms did, `entered` and `left` what coming and going did, `mix` what the changed weight of sectors
    did. `interval` is that of the same firms' change; `n_same`, `n_entered`, `n_left` count firms. `whole` is the interval of
    the whole change, in which coming and going have their part.
    """

    sector: str
    before: str
    after: str
    level: str
    total: float
    same: float
    entered: float
    left: float
    mix: float
    interval: Estimate
    n_same: int
    n_entered: int
    n_left: int
    verdict: Verdict
    whole: Estimate | None = None
