"""Strata with too few answers join their nearest, in one order that never changes.

What is given up first is the township, then the size, and the sector last: firms of one sector and of neighbouring sizes
are likelier to be alike than firms of two sectors. A stratum all of whose firms answered has no sampling error and is left
alone where another neighbour will do. Collapsing: Cochran, W. G. (1977), Sampling Techniques, 3rd ed., §5A.12.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.taxonomy import SIZES

LEAST = 5  # answered firms of a stratum that stands alone
ORDER = ("township", "size", "sector")  # what is given up first


@dataclass(frozen=True, slots=True)
class Stratum:
    """Firms drawn together: `parts` their values by column, `members` the cells they came from, `answered` of `frame` firms.

    `parts` are those of the larger where two were joined.
    """

    parts: tuple[str, ...]
    members: tuple[int, ...]
    answered: int
    frame: int

    @property
    def is_complete(self) -> bool:
        """Whether every firm of the frame answered."""
        return self.answered == self.frame

    @property
    def is_small(self) -> bool:
        """Whether too few answered for it to stand alone."""
        return self.answered < LEAST and not self.is_complete


def collapse(strata: Iterable[Stratum], columns: Sequence[str]) -> tuple[list[Stratum], tuple[str, ...]]:
    """Return strata of which none that can be helped is small, and the columns of `ORDER` that were given up on the way.

    `columns` name the parts. A small stratum is joined to that nearest in size, then to that with the fewest answers; the
    smallest is helped first.
    """
    left, given_up = sorted(strata, key=lambda stratum: stratum.parts), []
    kept = list(columns)
    for column in (column for column in ORDER if column in columns):
        kept.remove(column)
        places = [columns.index(name) for name in kept]
        groups: dict[tuple[str, ...], list[Stratum]] = {}
        for stratum in left:
            groups.setdefault(tuple(stratum.parts[place] for place in places), []).append(stratum)
        joined = [stratum for group in groups.values() for stratum in _join(group, columns, column)]
        given_up += [column] if len(joined) < len(left) else []
        left = joined
    return left, tuple(given_up)


def _join(group: list[Stratum], columns: Sequence[str], column: str) -> list[Stratum]:
    """Join the small strata of a group; sectors that are complete are disturbed only for one from which nobody answered."""
    while True:
        small = sorted((stratum for stratum in group if stratum.is_small), key=lambda each: (each.answered, each.parts))
        pairs = ((stratum, _nearest(stratum, group, columns, column)) for stratum in small)
        found = next(((one, other) for one, other in pairs if other is not None), None)
        if found is None:
            return group
        group = [stratum for stratum in group if stratum not in found]
        group.append(_together(*found))


def _nearest(stratum: Stratum, group: Sequence[Stratum], columns: Sequence[str], column: str) -> Stratum | None:
    spared = column == "sector" and stratum.answered > 0
    others = [other for other in group if other is not stratum and not (spared and other.is_complete)]

    def farness(other: Stratum) -> tuple[bool, int, int, tuple[str, ...]]:
        return other.is_complete, _distance(stratum, other, columns), other.answered, other.parts

    return min(others, key=farness, default=None)


def _distance(one: Stratum, other: Stratum, columns: Sequence[str]) -> int:
    """How many size classes lie between two strata; an unknown size stands after the smallest."""
    if "size" not in columns:
        return 0
    place = columns.index("size")
    ranks = [SIZES.index(each.parts[place]) if each.parts[place] in SIZES else len(SIZES) for each in (one, other)]
    return abs(ranks[0] - ranks[1])


def _together(one: Stratum, other: Stratum) -> Stratum:
    larger = min((one, other), key=lambda each: (-each.answered, each.parts))
    members = tuple(sorted({*one.members, *other.members}))
    return Stratum(larger.parts, members, one.answered + other.answered, one.frame + other.frame)
