"""Industries, their aliases, and firm size classes, as published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.words import Words


@dataclass(frozen=True, slots=True)
class Section:
    """A section (门类) of GB/T 4754-2017 with its divisions' two-digit codes and its ISIC Rev. 4 section(s)."""

    letter: str
    words: Words
    divisions: tuple[str, ...]
    isic: str


@dataclass(frozen=True, slots=True)
class SizeRule:
    """One row of the 2017 size table: thresholds of (large, medium, small) per variable X people, Y revenue, Z assets (万元)."""

    name: str
    divisions: tuple[str, ...]
    thresholds: Mapping[str, tuple[float, float, float]]
    source: str


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """GB/T 4754-2017 by section letter and division code; aliases (normalised text → section or division); size rules."""

    sections: Mapping[str, Section]
    divisions: Mapping[str, Words]
    aliases: Mapping[str, str]
    size_rules: tuple[SizeRule, ...]
