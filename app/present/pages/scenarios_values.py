"""The frozen values of the scenarios page."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.figure import Figure
from app.domain.targets import Lever
from app.present.pages.section import Listing, Passage, Section
from app.present.pages.values import Head


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing of a group of firms that can be chosen: its `field`, its title, and (value, words); the first is "any"."""

    field: str
    title: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal that scenarios can be held against: its words, and the last day (ISO) by which a lever may act."""

    id: str
    words: str
    last: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A scenario as it was saved."""

    name: str
    goal: str
    note: str
    levers: tuple[Lever, ...]


@dataclass(frozen=True, slots=True)
class LeverLine:
    """What one lever on screen does: how many firms it could move, what that adds, or why it cannot be told (`wrong`)."""

    available: str
    effect: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Supposed:
    """What the scenarios of a goal and the one on screen lead to; `lines` one a lever on screen, `result` of all of them."""

    goal: str
    headline: str
    lines: tuple[LeverLine, ...] = ()
    result: str = ""
    figure: Figure | None = None
    table: Listing | None = None
    assumed: Passage | None = None
    need: Section = Section("")  # noqa: RUF009 - a frozen value


@dataclass(frozen=True, slots=True)
class ScenariosPage:
    """情景: what can be chosen, what was saved, and what the first goal's scenarios lead to."""

    head: Head
    goals: tuple[GoalChoice, ...] = ()
    fields: tuple[Choice, ...] = ()
    reaches: tuple[tuple[str, str], ...] = ()
    saved: tuple[Saved, ...] = ()
    supposed: Supposed = Supposed("", "")
