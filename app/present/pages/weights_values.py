"""The frozen values of the weights page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.figure import Figure
from app.present.pages.section import Section
from app.present.pages.values import Head

if TYPE_CHECKING:
    from app.present.pages.values import PageTable


RUBRIC = "rubric"  # the id of the rubric's own weights, where a version is named


@dataclass(frozen=True, slots=True)
class PillarWeight:
    """One pillar: its weight in force and that of the rubric itself, both as shares of 100."""

    code: str
    name: str
    weight: float
    own: float


@dataclass(frozen=True, slots=True)
class Way:
    """One way to make an index of pillars: its code, its name with what it does, and that in a full sentence."""

    code: str
    words: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Moves:
    """What the weights on screen do: the finding, and a row a sector with its rank before and after; no figure without ranks."""

    headline: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Editor:
    """What can be set: the pillars, the way they are added up (`way` in force) and what they do so far."""

    pillars: tuple[PillarWeight, ...] = ()
    ways: tuple[Way, ...] = ()
    way: str = ""
    moves: Moves = Moves("")


@dataclass(frozen=True, slots=True)
class WeightsPage:
    """权重: the editor, how far ranks and levels hold under other choices, whether what is added up belongs together, versions.

    `versions` has the ids of versions as row ids ("rubric" for the rubric's own weights); `in_force` is one of them; `flags`
    counts the things to look at.
    """

    head: Head
    editor: Editor = Editor()
    robustness: Section = Section("")  # noqa: RUF009 - a frozen value
    coherence: Section = Section("")  # noqa: RUF009 - a frozen value
    versions: PageTable | None = None
    in_force: str = ""
    flags: int = 0
