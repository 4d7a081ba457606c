"""Pairing the numbers of two texts that say the same, whatever was edited around them.

Where the words are the same, numbers are compared place by place. Else each is known by the words beside it: an alignment in
order that makes the most of those likenesses (Needleman and Wunsch 1970), then what is left over by words alone, since clauses
move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.numerals import Numeral, masked, numerals

Pair = tuple[Numeral | None, Numeral | None]
_BEFORE, _AFTER = 14, 8  # characters of context on either side
_LEFT, _RIGHT, _SAME = 0.55, 0.45, 0.12  # what likeness before, after, and of the number itself counts
_LEAST, _LEAST_MOVED = 0.5, 0.7


@dataclass(frozen=True, slots=True)
class _Placed:
    """A number with the words before and after it, other numbers in them masked."""

    number: Numeral
    before: str
    after: str


def paired(expected: str, found: str) -> list[Pair]:
    """Return the numbers of both texts in pairs, in the order of `expected`; None where one of them has no match."""
    first, second = numerals(expected), numerals(found)
    if len(first) == len(second) and masked(expected) == masked(found):
        return list(zip(first, second, strict=True))
    left, right = _placed(expected, first), _placed(found, second)
    matches = _in_order(left, right)
    matches |= _moved(left, right, matches)
    matches |= _same(left, right, matches)
    pairs: list[Pair] = [(each.number, right[matches[i]].number if i in matches else None) for i, each in enumerate(left)]
    taken = set(matches.values())
    return [*pairs, *((None, each.number) for j, each in enumerate(right) if j not in taken)]


def _placed(text: str, found: Sequence[Numeral]) -> list[_Placed]:
    return [_Placed(each, masked(text[: each.start])[-_BEFORE:], masked(text[each.end :])[:_AFTER]) for each in found]


def likeness(one: _Placed, other: _Placed) -> float:
    """Return how like two numbers' surroundings are, 0 for a code beside a number."""
    from rapidfuzz.fuzz import ratio

    if one.number.code is not other.number.code:
        return 0.0
    score = _LEFT * ratio(one.before, other.before) + _RIGHT * ratio(one.after, other.after)
    return score / 100 + (_SAME if one.number.key == other.number.key else 0.0)


def _in_order(left: list[_Placed], right: list[_Placed]) -> dict[int, int]:
    """Return the pairs of the alignment in order that is most alike as a whole."""
    worth = [[likeness(one, other) for other in right] for one in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i, line in enumerate(worth, 1):
        for j, score in enumerate(line, 1):
            kept = best[i - 1][j - 1] + score if score >= _LEAST else 0.0
            best[i][j] = max(best[i - 1][j], best[i][j - 1], kept)
    matches, i, j = {}, len(left), len(right)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            matches[i] = j
    return matches


def _moved(left: list[_Placed], right: list[_Placed], known: dict[int, int]) -> dict[int, int]:
    """Return pairs of numbers that moved with the words around them."""
    ones, others = _left_over(left, right, known)
    scored = sorted(((-likeness(left[i], right[j]), i, j) for i in ones for j in others), key=lambda each: each)
    matches: dict[int, int] = {}
    for score, i, j in scored:
        if -score >= _LEAST_MOVED and i not in matches and j not in matches.values():
            matches[i] = j
    return matches


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
