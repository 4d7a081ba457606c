"""One view of a page: what it says in a sentence, then figures and tables in rows, then what to know about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.figure import Figure

if TYPE_CHECKING:
    from app.present.pages.values import NextStep, PageTable


@dataclass(frozen=True, slots=True)
class Listing:
    """A table with its title and, under it, notes. `opens` says that row ids are evidence marks (""-ids open nothing).

    `most` rows stand on screen at once; the rest is scrolled to.
    """

    id: str
    title: str
    table: PageTable
    notes: tuple[str, ...] = ()
    opens: bool = False
    most: int = 18


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences under a title, where there is nothing to draw or a figure needs words."""

    id: str
    title: str
    sentences: tuple[str, ...]


Part = Figure | Listing | Passage


@dataclass(frozen=True, slots=True)
class Section:
    """`headline` is the finding, or why there is none, with the `step` that changes it; `rows` of parts side by side."""

    headline: str
    rows: tuple[tuple[Part, ...], ...] = ()
    notes: tuple[str, ...] = ()
    step: NextStep | None = None


def parts_of(section: Section) -> tuple[Part, ...]:
    """Return the parts in reading order."""
    return tuple(part for row in section.rows for part in row)
