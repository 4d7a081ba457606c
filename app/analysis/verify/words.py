"""Pairing the numbers of two texts that say the same, whatever was edited around them.

Where the words are the same, numbers are compared place by place. Else each is known by the words beside it: of all ways to pair
them, the one whose likenesses add up to most (an assignment problem), since clauses move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.numerals import Numeral, masked, numerals

Pair = tuple[Numeral | None, Numeral | None]
_BEFORE, _AFTER = 14, 8  # characters of context on either side
_OWN, _LEFT, _RIGHT, _SAME = 0.5, 0.2, 0.3, 0.12  # what likeness of its own words, before, after, and of the number counts
_STOPS = "，。；、：,.;:（）()"  # clauses that change places change what parts them
_LEAST_OWN = 4  # characters, where next to nothing stands between two numbers
_LEAST, _ORDER = 0.5, 0.06


@dataclass(frozen=True, slots=True)
class _Placed:
    """A number with the words before and after it, other numbers in them masked; `own` are those since the number before."""

    number: Numeral
    own: str
    before: str
    after: str


def paired(expected: str, found: str) -> list[Pair]:
    """Return the numbers of both texts in pairs, in the order of `expected`; None where one of them has no match."""
    first, second = numerals(expected), numerals(found)
    if len(first) == len(second) and masked(expected) == masked(found):
        return list(zip(first, second, strict=True))
    left, right = _placed(expected, first), _placed(found, second)
    matches = _likest(left, right)
    matches |= _same(left, right, matches)
    pairs: list[Pair] = [(each.number, right[matches[i]].number if i in matches else None) for i, each in enumerate(left)]
    taken = set(matches.values())
    return [*pairs, *((None, each.number) for j, each in enumerate(right) if j not in taken)]


def _placed(text: str, found: Sequence[Numeral]) -> list[_Placed]:
    return [_place(each, masked(text[: each.start])[-_BEFORE:], masked(text[each.end :])[:_AFTER]) for each in found]


def _place(number: Numeral, before: str, after: str) -> _Placed:
    own = before.rpartition("#")[2].lstrip(_STOPS)
    return _Placed(number, own if len(own) > 1 else before[-_LEAST_OWN:], before, after.partition("#")[0] or after)


def likeness(one: _Placed, other: _Placed) -> float:
    """Return how like two numbers' surroundings are, 0 for a code beside a number."""
    from rapidfuzz.fuzz import ratio

    if one.number.code is not other.number.code:
        return 0.0
    score = (
        _OWN * ratio(one.own, other.own) ** 2 / 100
        + _LEFT * ratio(one.before, other.before)
        + _RIGHT * ratio(one.after, other.after)
    )
    return score / 100 + (_SAME if one.number.key == other.number.key else 0.0)


def _likest(left: list[_Placed], right: list[_Placed]) -> dict[int, int]:
    """Return the pairs that are most alike as a whole; of pairs equally alike those that keep the order."""
    from scipy.optimize import linear_sum_assignment

    if not left or not right:
        return {}
    worth = [[likeness(one, other) for other in right] for one in left]
    placed = [
        [score + _ORDER * (1 - abs(i / len(left) - j / len(right))) if score >= _LEAST else 0.0 for j, score in enumerate(line)]
        for i, line in enumerate(worth)
    ]
    pairs = zip(*linear_sum_assignment(placed, maximize=True), strict=True)
    return {int(i): int(j) for i, j in pairs if worth[i][j] >= _LEAST}


def _same(left: list[_Placed], right: list[_Placed], known: dict[int, int]) -> dict[int, int]:
    """Return pairs of the same number where it is left over once on either side: a sentence written anew."""
    ones, others = _left_over(left, right, known)
    keys, other_keys = [left[i].number.key for i in ones], [right[j].number.key for j in others]
    return {
        i: others[other_keys.index(key)]
        for i, key in zip(ones, keys, strict=True)
        if keys.count(key) == other_keys.count(key) == 1
    }


def _left_over(left: list[_Placed], right: list[_Placed], known: dict[int, int]) -> tuple[list[int], list[int]]:
    taken = set(known.values())
    return [i for i in range(len(left)) if i not in known], [j for j in range(len(right)) if j not in taken]
