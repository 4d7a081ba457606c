"""What the goals page shows: the wall, the checklist of evidence, the goal book; every text already worded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain.figure import Figure

if TYPE_CHECKING:
    from app.present.pages.values import Head, PageTable


@dataclass(frozen=True, slots=True)
class Record:
    """One record of evidence: `state` with its word, the document that shows it, a note, and who recorded it when."""

    state: str
    word: str
    document: str
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing that is to be done and has no number: its words, the newest record (None: nobody knows) and all, newest first.

    `mark` is the evidence it opens ("" for none), `verify` what is to be said of its wording, or "".
    """

    id: str
    words: str
    state: str
    word: str
    changed: str
    history: tuple[Record, ...] = ()
    verify: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistGroup:
    """An action, the supports, or the goals without a number: (state, word, how many) of what is inside, and how far in words."""

    id: str
    title: str
    told: str
    counts: tuple[tuple[str, str, int], ...]
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """佐证清单: a sentence on the whole, the groups, and the states there are as (state, word, what it means)."""

    headline: str = ""
    groups: tuple[ChecklistGroup, ...] = ()
    states: tuple[tuple[str, str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two goals that do not go together, in a sentence; both as (goal id, words)."""

    sentence: str
    upper: tuple[str, str]
    lower: tuple[str, str]


@dataclass(frozen=True, slots=True)
class BookView:
    """目标库: a sentence on the whole, a row a goal (row ids are goal ids), what clashes, and the layers as (id, words)."""

    headline: str = ""
    table: PageTable | None = None
    clashes: tuple[Clash, ...] = ()
    layers: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalsPage:
    """目标: the wall (None: there is nothing to hold against the goals yet), the checklist and the goal book."""

    head: Head
    wall: Figure | None = None
    checklist: Checklist = field(default_factory=Checklist)
    book: BookView = field(default_factory=BookView)
