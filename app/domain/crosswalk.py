"""Other standards whose levels firms give as they were assessed: read in, held against ours, never converted."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.words import Words


@dataclass(frozen=True, slots=True)
class StandardLevel:
    """One level of another standard; `code` is the option code of the item that asks for it."""

    code: str
    words: Words


@dataclass(frozen=True, slots=True)
class Standard:
    """Another standard: `item` asks firms for their level of it, `levels` lowest first, `lost` says in a sentence what does not
    carry over to our levels. An option of the item that is none of the levels (未评估) is no level."""

    id: str
    words: Words
    levels: tuple[StandardLevel, ...]
    item: str
    lost: Words
    source: str
    verify: bool = False
