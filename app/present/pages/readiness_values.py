"""The frozen values of the further views of the readiness page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.present.pages.section import Section

if TYPE_CHECKING:
    from app.present.pages.values import PageTable


@dataclass(frozen=True, slots=True)
class NativeCard:
    """One candidate: `met` and `missed` criteria in words, `quotes` as (question, what the firm wrote), `state` candidate |
    confirmed | rejected; `firm` says which firm a confirmation is about: its credit code, or its name and township."""

    id: str
    name: str
    line: str
    state: str
    state_word: str
    met: tuple[str, ...]
    missed: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]
    wave: str
    firm: str
    sector: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class NativesView:
    """智能原生候选: the finding, the rule in words, a table whose row ids name the cards; `table` None where there are none."""

    headline: str
    rule: tuple[str, ...] = ()
    table: PageTable | None = None
    cards: tuple[NativeCard, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadinessViews:
    """What stands behind the profile: who stands at which level, ranks and comparisons, the change, candidates, types."""

    levels: Section = field(default_factory=lambda: Section(""))
    ranking: Section = field(default_factory=lambda: Section(""))
    changes: Section = field(default_factory=lambda: Section(""))
    natives: NativesView = field(default_factory=lambda: NativesView(""))
    kinds: Section = field(default_factory=lambda: Section(""))
