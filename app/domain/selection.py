"""The one selection every view shares: which wave, and which firms of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters over firms; an empty string means all. `wave` empty: the newest."""

    wave: str = ""
    sector: str = ""
    size: str = ""
    township: str = ""
    level: str = ""
