"""The frozen value that the brief page is made of."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.brief import BriefPlan
from app.domain.words import Lang
from app.present.pages.values import Chip, Head


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """A section of the template: whether the brief has it, whether it can (`why` not), in the words of the page."""

    id: str
    words: str
    on: bool
    can: bool = True
    why: str = ""


@dataclass(frozen=True, slots=True)
class BriefPage:
    """简报: what may be chosen (`chips`: template, scope, language), the sections, the endings it can be written as.

    `standing` says how far it is signed and `signed` by whom; `is_part`: it tells of one township or sector.
    """

    head: Head
    chips: tuple[Chip, ...] = ()
    sections: tuple[SectionChoice, ...] = ()
    formats: tuple[str, ...] = ()
    standing: str = ""
    signed: tuple[str, ...] = ()
    is_part: bool = False
    plan: BriefPlan = BriefPlan()  # noqa: RUF009 - a frozen value
    lang: Lang = "zh"
