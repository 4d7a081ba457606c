"""Finding each paragraph of a document again in an edited one: by its text, its identifier, its words, a part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.document import Line
from app.domain.numerals import masked, plainly
from app.domain.seals import line_keys

LIKE, PART = 60.0, 85.0  # of 100: likeness of words from which two paragraphs are one, or one a part of the other
SHORTEST_PART = 5  # characters of words


@dataclass(slots=True)
class Cluster:
    """Paragraphs that belong together: usually one of each side, several where one was split or some were joined."""

    expected: list[int] = field(default_factory=list)
    found: list[int] = field(default_factory=list)


def clusters(expected: Sequence[Line], found: Sequence[Line]) -> list[Cluster]:
    """Return the paragraphs of both sides in clusters, in the order of `expected`; those without a match alone."""
    sides = _Sides(expected, found)
    for step in (_by_text, _by_name, _by_words, _by_likeness):
        step(sides)
    made = [Cluster([i], [sides.matches[i]] if i in sides.matches else []) for i in range(len(expected))]
    made += [Cluster([], [j]) for j in sides.free_found()]
    return _joined(sides, made)


class _Sides:
    """Both sides as they are compared, and the pairs found so far."""

    def __init__(self, expected: Sequence[Line], found: Sequence[Line]) -> None:
        self.expected, self.found = expected, found
        self.words = [masked(line.text) for line in expected]
        self.found_words = [masked(line.text) for line in found]
        self.keys = [frozenset(line_keys(line.text)) for line in expected]
        self.found_keys = [frozenset(line_keys(line.text)) for line in found]
        self.matches: dict[int, int] = {}
        self._taken: set[int] = set()

    def match(self, i: int, j: int) -> None:
        if i not in self.matches and j not in self._taken:
            self.matches[i] = j
            self._taken.add(j)

    def free(self) -> list[int]:
        return [i for i in range(len(self.expected)) if i not in self.matches]

    def free_found(self) -> list[int]:
        return [j for j in range(len(self.found)) if j not in self._taken]


def _by_text(sides: _Sides) -> None:
    """Match texts that are the same but for spaces, in order."""
    held: dict[str, list[int]] = defaultdict(list)
    for j, line in enumerate(sides.found):
        held["".join(plainly(line.text).split())].append(j)
    for i, line in enumerate(sides.expected):
        same = held["".join(plainly(line.text).split())]
        if same:
            sides.match(i, same.pop(0))


def _by_name(sides: _Sides) -> None:
    """Match what is left under the same identifier, the likest first."""
    pairs = [(i, j) for i in sides.free() for j in sides.free_found() if _same_name(sides.expected[i], sides.found[j])]
    _greedily(sides, pairs, 20.0)


def _same_name(one: Line, other: Line) -> bool:
    return bool(one.name) and one.name == other.name


def _by_words(sides: _Sides) -> None:
    """Match texts of the same words, those first that share most numbers."""
    held: dict[str, list[int]] = defaultdict(list)
    for j in sides.free_found():
        held[sides.found_words[j]].append(j)
    pairs = [(i, j) for i in sides.free() for j in held[sides.words[i]]]
    for i, j in sorted(pairs, key=lambda pair: (-len(sides.keys[pair[0]] & sides.found_keys[pair[1]]), abs(pair[0] - pair[1]))):
        sides.match(i, j)


def _by_likeness(sides: _Sides) -> None:
    """Match what has numbers with the likest of what is left."""
    others = sides.free_found()
    _greedily(sides, [(i, j) for i in sides.free() if sides.keys[i] for j in others], LIKE)


def _greedily(sides: _Sides, pairs: list[tuple[int, int]], least: float) -> None:
    from rapidfuzz.fuzz import ratio

    scored = [(ratio(sides.words[i], sides.found_words[j], score_cutoff=least), i, j) for i, j in pairs]
    kept = [each for each in scored if each[0] >= least]
    shared = {(i, j): len(sides.keys[i] & sides.found_keys[j]) for _, i, j in kept}
    for _, i, j in sorted(kept, key=lambda each: (-each[0], -shared[each[1], each[2]], abs(each[1] - each[2]))):
        sides.match(i, j)


def _joined(sides: _Sides, made: list[Cluster]) -> list[Cluster]:
    """Join paragraphs that were split or run together: what has no match and is a part of another."""
    whole = {i: cluster for cluster in made for i in cluster.expected}
    found = {j: cluster for cluster in made for j in cluster.found}
    for i in [i for i in whole if not whole[i].found and sides.keys[i]]:
        held = ((j, sides.found_words[j]) for j in found if found[j].expected and _may_hold(sides.found_keys[j], sides.keys[i]))
        target = _container(sides.words[i], held)
        if target is not None:
            _absorb(found[target], whole[i])
            whole[i] = found[target]
    for j in [j for j in found if not found[j].expected and sides.found_keys[j]]:
        wholes = ((i, sides.words[i]) for i in whole if whole[i].found and _may_hold(sides.keys[i], sides.found_keys[j]))
        target = _container(sides.found_words[j], wholes)
        if target is not None:
            _absorb(whole[target], found[j])
            found[j] = whole[target]
    return [cluster for cluster in made if cluster.expected or cluster.found]


def _may_hold(whole: frozenset[str], part: frozenset[str]) -> bool:
    """Whether a paragraph can hold a part with these numbers: one of them may have been changed, not all."""
    return bool(whole & part) or len(part) == 1


def _absorb(into: Cluster, other: Cluster) -> None:
    into.expected, into.found = sorted({*into.expected, *other.expected}), sorted({*into.found, *other.found})
    other.expected, other.found = [], []


def _container(part: str, others: Iterator[tuple[int, str]]) -> int | None:
    """Return the text that holds `part` or nearly does, the likest; None where none does."""
    from rapidfuzz.fuzz import partial_ratio

    if len(part) < SHORTEST_PART:
        return None
    scored = [(partial_ratio(part, text, score_cutoff=PART), -place) for place, text in others if len(text) >= len(part)]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= PART else None
