"""Industries, their aliases, and firm size classes, as published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.words import Words

SIZES = ("large", "medium", "small", "micro")


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


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """GB/T 4754-2017 by section letter and division code; aliases (normalised text → section or division); size rules.

    `codes`: every code of divisions, groups and classes (digits only) with its names of 2017 and of 2011, "" where the edition
    has none; `moved`: division of 2011 → division of 2017, where they differ. `broad`: the broader group (三次产业) of a section.
    Two taxonomies are the same only as objects.
    """

    sections: Mapping[str, Section]
    divisions: Mapping[str, Words]
    aliases: Mapping[str, str]
    size_rules: tuple[SizeRule, ...]
    codes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    broad: Mapping[str, Words] = field(default_factory=dict)
