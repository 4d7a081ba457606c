"""放行报告: what a release shows, what it keeps back and why, and how closely the closest hidden number can be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableCount:
    """Cells of one table that rest on firms: shown (of these `small` ones marked), hidden by a rule and as partners of those."""

    table: str
    title: str
    shown: int
    small: int
    primary: int
    secondary: int

    @property
    def hidden(self) -> int:
        """Return how many of its cells are hidden."""
        return self.primary + self.secondary


@dataclass(frozen=True, slots=True)
class Interval:
    """What an attacker can tell of the hidden number of firms that is bounded most closely; `high` None: nothing bounds it."""

    group: str
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class ReleaseReport:
    """How a release was made safe: by which `policy`, table by table; tables `dropped` with the text key of the reason.

    `held` are (mark, release) of statistics kept back because beside an earlier release they would give firms away; `optimal`:
    no cheaper choice of partners exists; `audit` is the closest interval (None: nothing is hidden); `exposed` how many hidden
    numbers earlier releases give away whatever is done now. `offer_rounding`: rounded, the release would keep back nothing.
    """

    policy: str
    tables: tuple[TableCount, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    held: tuple[tuple[str, str], ...] = ()
    optimal: bool = True
    audit: Interval | None = None
    exposed: int = 0

    @property
    def hidden(self) -> int:
        """Return how many cells are hidden."""
        return sum(table.hidden for table in self.tables)

    @property
    def offer_rounding(self) -> bool:
        """Whether something earlier stands in the way of this release as it is."""
        return bool(self.held) or self.exposed > 0
