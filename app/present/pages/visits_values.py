"""The frozen values the visits page is made of; every text in them is already worded."""

from __future__ import annotations

from dataclasses import dataclass

from app.present.pages.values import Fact, Head, PageTable


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """One level somebody may give: its code, its name, and what it means in a sentence."""

    code: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class DrawForm:
    """What the form to draw a list suggests: `n` of at most `most` firms; `note` says who can be drawn."""

    n: int
    most: int
    note: str


@dataclass(frozen=True, slots=True)
class VisitListView:
    """The newest list: its id, a title, how it was drawn in a sentence, and its firms in the order of the road.

    Row ids of `table` are response positions, "" for a firm whose answers are gone.
    """

    id: str
    title: str
    note: str
    table: PageTable


@dataclass(frozen=True, slots=True)
class Side:
    """One assessor's view of a firm; `place` is where it was read from, "" where it was typed in."""

    who: str
    level: str
    when: str
    why: str
    evidence: str
    place: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A firm on which assessors disagree: `position` as text, `firm` as judgements name it, what is known of it, what rubric
    and model say, the two sides."""

    position: str
    wave: str
    firm: str
    name: str
    known: str
    computed: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class VisitsPage:
    """走访: the list to drive by, what assessors found, where they disagree, what people noted beside the levels.

    `form` is None for a wave that is not the newest, from which alone is drawn.
    `agreement` says in a sentence how far two assessors agree; `suggestions` are names of firms that are likely meant when a
    label is typed in; `stale` says that levels are to be computed anew first, "" when they are not. Row ids of `labels` and
    `overrides` are response positions, "" where nobody is meant.
    """

    head: Head
    wave: str = ""
    stale: str = ""
    facts: tuple[Fact, ...] = ()
    form: DrawForm | None = None
    list: VisitListView | None = None
    labels: PageTable | None = None
    agreement: str = ""
    disagreements: tuple[Disagreement, ...] = ()
    overrides: PageTable | None = None
    levels: tuple[LevelChoice, ...] = ()
    suggestions: tuple[str, ...] = ()
