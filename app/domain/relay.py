"""上报包: sums that left a place as released, so that a city and a province can add them up; never a row of a firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.words import Words

VERSION = 1  # of the package as it is written
ALL = "*"  # the row of all sectors and the column of all firms
PROTECTIONS = HIDE, ROUND = ("hide", "round")  # how firms in a package are protected, the usual way first


class Rank(StrEnum):
    """Whose package it is, from the bottom up: 县, 市, 省."""

    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"

    @property
    def above(self) -> Rank:
        """The rank that merges packages of this one; a province is its own."""
        ranks = tuple(Rank)
        return ranks[min(ranks.index(self) + 1, len(ranks) - 1)]


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its administrative code (GB/T 2260), name and rank."""

    code: str
    name: str
    rank: Rank


@dataclass(frozen=True, slots=True)
class RelayCell:
    """A sum over `n` firms: `value`, and `base` the firms that these stand for (n itself but for a sample).

    It is told by `told` of the `of` places it is about; where none tells it, it carries no number at all.
    """

    n: int | None = None
    value: float | None = None
    base: float | None = None
    told: int = 0
    of: int = 1

    def __post_init__(self) -> None:
        numbers = (self.n, self.value, self.base)
        if not 0 <= self.told <= self.of or self.of < 1:
            raise ValueError("a cell is told by none up to all of its places")
        if (self.told == 0) != all(each is None for each in numbers) or (self.told > 0 and any(each is None for each in numbers)):
            raise ValueError("a cell that nobody tells carries a number, or one that is told carries none")
        if any(each is not None and not 0 <= each < 1e15 for each in numbers):
            raise ValueError("a sum is below 0 or beyond all firms")

    @property
    def is_whole(self) -> bool:
        """Whether every place tells it."""
        return self.told == self.of


@dataclass(frozen=True, slots=True)
class RelayRow:
    """A row: the code of a sector ("" not known, ALL the sum of all), and cells in column order."""

    key: str
    cells: tuple[RelayCell, ...]


@dataclass(frozen=True, slots=True)
class RelayTable:
    """Sums by sector. `unit` firms | score | people | money says what `value` counts (scores are 0–100 a firm).

    `sums` name columns that others add up to; the row ALL adds up all rows in every column. `rounded`: firms of each place were
    rounded to this multiple, or a smaller one; 0 says that they are exact.
    """

    id: str
    unit: str
    columns: tuple[str, ...]
    rows: tuple[RelayRow, ...]
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rounded: int = 0

    def cell(self, row: str, column: str) -> RelayCell | None:
        """Return a cell, None where the table has no such row or column."""
        if column not in self.columns:
            return None
        place = self.columns.index(column)
        return next((each.cells[place] for each in self.rows if each.key == row), None)


@dataclass(frozen=True, slots=True)
class Member:
    """A package that was merged: whose it was, whose key signed it, the hash of its content, and how many places it spoke for."""

    code: str
    name: str
    rank: Rank
    fingerprint: str
    content: str
    created: str
    places: int = 1


@dataclass(frozen=True, slots=True)
class RelayContent:
    """What is signed. `instrument`, `rubric` id and version; `dates` of the wave, the first and the last where several places
    were merged; `frame` firms in the frame by sector, empty where it is not known; `labels` words of the codes, as `sector.C`;
    `dropped` tables that could not be protected, `carried` those of an earlier package that changed by too few firms to tell
    again, `unrounded` those that were to be rounded and hide numbers instead; `stage` how far the results are signed ("" a draft,
    `changed` since approval); `journal` the hash they rest on.
    """

    place: Place
    instrument: tuple[str, str]
    rubric: tuple[str, str]
    wave: str
    dates: tuple[str, str]
    design: str
    tables: tuple[RelayTable, ...]
    policy: str
    journal: str
    program: str
    created: str
    synthetic: bool = False
    who: str = ""
    stage: str = ""
    frame: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, Words] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    unrounded: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()

    @property
    def places(self) -> int:
        """How many places it speaks for."""
        return sum(member.places for member in self.members) or 1

    def table(self, id_: str) -> RelayTable | None:
        """Return a table, or None."""
        return next((table for table in self.tables if table.id == id_), None)


@dataclass(frozen=True, slots=True)
class RelayPackage:
    """A content whose signature was checked: `key` the public key (hex), `fingerprint` its short form, and the content's hash."""

    content: RelayContent
    key: str
    fingerprint: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Leak:
    """A hidden number that the other numbers of a package bound too closely: between `low` and `high` firms."""

    table: str
    row: str
    column: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RelaySheet:
    """A sheet of a workbook: `rows` of texts and numbers, `formats` of the columns, and lines on where it comes from."""

    name: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]
    formats: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told: a text key and what fills its places."""

    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What the receiver knows of a place: the fingerprint of its key and since when (ISO day)."""

    name: str
    fingerprint: str
    since: str
