"""Which township an outline is of, by its name: as written, else without the word for its rank where that leaves no doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.domain.words import normal_form

_RANKS = ("街道办事处", "民族乡", "街道", "镇", "乡")


def matched(towns: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """Return the place of a name for each township that has one: equal names first, then names equal but for their rank.

    A name serves once; where two townships or two names would be the same without their rank, none is taken.
    """
    found = _pairs({town: normal_form(town) for town in towns}, {place: normal_form(name) for place, name in enumerate(names)})
    left = {town: _root(town) for town in towns if town not in found}
    free = {place: _root(name) for place, name in enumerate(names) if place not in set(found.values())}
    return {**found, **_pairs(left, free)}


def _pairs(towns: dict[str, str], names: dict[int, str]) -> dict[str, int]:
    counts, others = Counter(towns.values()), Counter(names.values())
    place = {name: k for k, name in names.items() if others[name] == 1}
    return {town: place[form] for town, form in towns.items() if form and counts[form] == 1 and form in place}


def _root(name: str) -> str:
    form = normal_form(name)
    rank = next((rank for rank in _RANKS if form.endswith(rank) and len(form) > len(rank) + 1), "")
    return form.removesuffix(rank)
