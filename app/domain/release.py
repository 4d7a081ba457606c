"""可发布表: an aggregate that passed disclosure control; the only numbers a writer or a figure for export accepts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import Texts


class CellStatus(StrEnum):
    """Whether a cell may be shown: as is, marked for a small n, or hidden (‡)."""

    SHOWN = "shown"
    SMALL = "small"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Cell:
    """One aggregate. HIDDEN cells carry no value at all. `unit` fraction | score | count | money | pp.

    `evidence` names the mark for the evidence panel, e.g. `share|2026|C|L2+`.
    """

    status: CellStatus
    unit: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: key, label, and cells in column order; `n` firms it speaks of where cells rest on fewer (visits)."""

    key: str
    label: str
    cells: tuple[Cell, ...]
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What every figure and table prints: measure, sample, weighting, interval, as-of date, source, note (design §6.3)."""

    measure: str
    sample: str
    weighting: str
    interval: str
    as_of: str
    instrument: str
    source: str
    note: str = ""
    synthetic: bool = False

    def lines(self, texts: Texts) -> tuple[str, ...]:
        """Return the labelled lines to print under a figure or table, empty ones left out."""
        parts = (
            ("measure", self.measure),
            ("sample", self.sample),
            ("weighting", self.weighting),
            ("interval", self.interval),
            ("as_of", self.as_of),
            ("instrument", self.instrument),
            ("source", self.source),
            ("note", self.note),
        )
        lines = tuple(texts("provenance.line", label=texts(f"provenance.{key}"), text=text) for key, text in parts if text)
        return (texts("provenance.synthetic"), *lines) if self.synthetic else lines


@dataclass(frozen=True, slots=True)
class ReleasedTable:
    """An aggregate table after disclosure control. Made only by `analysis.disclosure.release`.

    `total` names the row that sums the others, if any; `hidden` counts primary and secondary hidden cells. `across`: the first
    column sums the others.
    """

    id: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    policy: str
    hidden: int
    total: str = ""
    across: bool = False


class Manner(StrEnum):
    """How tables are made safe: each for itself, not at all yet (only to look at all of them together), or all together."""

    ALONE = "alone"
    DRAFT = "draft"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is kept back so that all tables of a release are safe together and beside earlier ones.

    `groups` of firms of which nothing is told (keys of `domain.statistic.Group`, or the place of a cell without a mark), `marks`
    of single numbers, `tables` left out whole, with the text key of the reason.
    """

    groups: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    tables: tuple[tuple[str, str], ...] = ()
