"""A question over answers, as data: the common language of gates and measures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Condition:
    """True, false or unknown for each response (three-valued: a blank is unknown, not false).

    kind "answer"  the item's answer is one of `includes` (for a multi-select: contains one), or ≥ `at_least`;
                   a multi-select with `at_least` counts its options other than the exclusive one.
    kind "pillar"  the pillar score (0–100) is ≥ `at_least`.
    kind "any" / "all"  over `parts`, by Kleene's logic; kind "count": at least `at_least` of `parts` hold.
    """

    kind: str
    item: str = ""
    includes: tuple[str, ...] = ()
    at_least: float | None = None
    parts: tuple[Condition, ...] = ()
