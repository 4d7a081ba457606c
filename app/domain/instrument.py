"""A set of questions as data (问卷): items, their options, and how the answers are to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.words import Words


class ItemType(StrEnum):
    """How an answer is read and stored (storage in brackets; see `domain.responses`)."""

    TEXT = "text"  # free text [string]
    DATE = "date"  # a day, month or year [ISO text as exact as written: 2026-06-30, 2026-06, 2026]
    CODE = "code"  # unified social credit code [string, exact]
    INDUSTRY = "industry"  # GB/T 4754 code, name or free text [string as received; the sector is derived]
    YES_NO = "yes_no"  # [yes | no | planned | unknown | na]
    SINGLE = "single"  # one option [option code]
    LADDER = "ladder"  # one of ordered options, lowest first [option code]
    MULTI = "multi"  # several options [option codes joined by |, in option order; exclusive option alone]
    NUMBER = "number"  # [float]
    COUNT = "count"  # people or things [float]
    MONEY = "money"  # [float, 万元]
    PERCENT = "percent"  # [float, fraction 0–1]


class Role(StrEnum):
    """What an item means to the program, whatever its code."""

    NAME = "name"
    CREDIT_CODE = "credit_code"
    INDUSTRY = "industry"
    TOWNSHIP = "township"
    EMPLOYEES = "employees"
    REVENUE = "revenue"
    ASSETS = "assets"
    SIZE = "size"  # the size class the firm says it has; the computed one is what counts
    LEVEL = "level"  # a ladder whose answer *is* the level (imported, not computed)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a closed item; `exclusive` ends a multi-select (无); `synonyms` are other ways it is written."""

    code: str
    words: Words
    synonyms: tuple[str, ...] = ()
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `low`/`high` are in the stored unit; `sections` are GB/T 4754 letters it applies to (empty: all)."""

    code: str
    type: ItemType
    words: Words
    question: Words
    unit: str = ""
    pillar: str = ""
    role: Role | None = None
    options: tuple[Option, ...] = ()
    synonyms: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    sections: tuple[str, ...] = ()
    source: str = ""
    verify: bool = False

    def option(self, code: str) -> Option:
        """Return the option with this code; KeyError when there is none."""
        for option in self.options:
            if option.code == code:
                return option
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A versioned questionnaire. `rubric` names the resource that turns its answers into levels."""

    id: str
    version: str
    words: Words
    source: str
    items: tuple[Item, ...]
    rubric: str = ""
    scoring: Mapping[str, object] | None = None
    verify: bool = False

    def item(self, code: str) -> Item:
        """Return the item with this code; KeyError when there is none."""
        for item in self.items:
            if item.code == code:
                return item
        raise KeyError(code)

    def with_role(self, role: Role) -> Item | None:
        """Return the item that plays `role`, or None."""
        return next((item for item in self.items if item.role is role), None)
