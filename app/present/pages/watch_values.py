"""The frozen values of the page of what is watched: agents, their register, jobs, models."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.present.pages.section import Section

if TYPE_CHECKING:
    from app.present.draw.firms import FirmQuadrant
    from app.present.pages.values import Fact, Head, PageTable


@dataclass(frozen=True, slots=True)
class RegisterView:
    """智能体台账: internal. Row ids are response positions; `export` is the command that writes it, of `wave`.

    `internal` are the mark and the sentence that say who may see it.
    """

    headline: str
    internal: tuple[str, str]
    table: PageTable | None = None
    quadrant: FirmQuadrant | None = None
    export: str = ""
    wave: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WatchPage:
    """关注: agents, the register behind them, jobs, models."""

    head: Head
    facts: tuple[Fact, ...] = ()
    agents: Section = field(default_factory=lambda: Section(""))
    register: RegisterView = field(default_factory=lambda: RegisterView("", ("", "")))
    jobs: Section = field(default_factory=lambda: Section(""))
    models: Section = field(default_factory=lambda: Section(""))
