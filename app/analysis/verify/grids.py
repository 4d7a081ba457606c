"""Finding each table again and each of its cells, by the labels of rows and the headings of columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.analysis.verify.heads import ROWS, head_of
from app.domain.document import Entry, Grid
from app.domain.numerals import masked, plainly
from app.domain.seals import row_keys, stored_key

LEAST = 0.25  # likeness of two tables from which they are one
_LIKE = 60.0


@dataclass(frozen=True, slots=True)
class Order:
    """Which place of one side is which of the other; `moved` are the places (of the first side) that stand in another order."""

    places: dict[int, int]
    moved: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Two tables that are one: their rows and columns, and the row of the headings."""

    rows: Order
    columns: Order
    head: int


def matched_grids(expected: Sequence[Grid], found: Sequence[Grid]) -> dict[int, int]:
    """Return which table is which; only tables of the same kind are one."""
    signs, other_signs = [_sign(grid) for grid in expected], [_sign(grid) for grid in found]
    scored = []
    for i, one in enumerate(expected):
        for j, other in enumerate(found):
            if one.kind is other.kind:
                score = _likeness(signs[i], other_signs[j]) + (0.5 if one.name and one.name == other.name else 0.0)
                scored.append((-score, abs(i - j), i, j))
    matches: dict[int, int] = {}
    taken: set[int] = set()
    for score, _, i, j in sorted(scored):
        if -score >= LEAST and i not in matches and j not in taken:
            matches[i] = j
            taken.add(j)
    return matches


def mapped(expected: Grid, found: Grid) -> Mapping:
    """Return which row and column of `found` each of `expected` is."""
    head, other_head = head_of(expected), _head_like(expected, found)
    heads, other_heads = _plain_heads(expected, head), _plain_heads(found, other_head)
    columns = ordered(_told_apart(heads), _told_apart(other_heads), heads, other_heads)
    first = columns.places.get(0, 0)
    rows = ordered(_labels(expected, 0), _labels(found, first), _whole(expected), _whole(found))
    return Mapping(rows, columns, head)


def ordered(first: Sequence[str], second: Sequence[str], texts: Sequence[str] = (), other_texts: Sequence[str] = ()) -> Order:
    """Match labels: in order as far as they go, then those that moved, then those rewritten between two that did not.

    `texts` and `other_texts` are what else is known of each: by them the likest are matched where labels do not do.
    """
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    pairs = _Pairs({block.a + k: block.b + k for block in matcher.get_matching_blocks() for k in range(block.size)})
    pairs.match_equal(first, second)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "replace":
            pairs.match_rewritten(range(a, b), range(c, d), (texts or first, other_texts or second))
    pairs.match_equal(texts, other_texts)
    return Order(pairs.places, tuple(pairs.moved))


class _Pairs:
    """Which place of one side is which of the other, while that is being found out."""

    def __init__(self, places: dict[int, int]) -> None:
        self.places, self.moved = places, list[int]()
        self._taken = set(places.values())

    def match_equal(self, first: Sequence[str], second: Sequence[str]) -> None:
        """Match what is left with the same label: it moved."""
        held: dict[str, list[int]] = defaultdict(list)
        for j, label in enumerate(second):
            if j not in self._taken and label:
                held[label].append(j)
        for i, label in enumerate(first):
            if i not in self.places and held.get(label):
                self._match(i, held[label].pop(0))
                self.moved.append(i)

    def match_rewritten(self, ones: Sequence[int], others: Sequence[int], texts: tuple[Sequence[str], Sequence[str]]) -> None:
        """Match what is left in one gap: as many on both sides in order, else the likest."""
        from rapidfuzz.fuzz import ratio

        mine, free = [i for i in ones if i not in self.places], [j for j in others if j not in self._taken]
        if len(mine) == len(free):
            for i, j in zip(mine, free, strict=True):
                self._match(i, j)
            return
        scored = ((ratio(texts[0][i], texts[1][j], score_cutoff=_LIKE), i, j) for i in mine for j in free)
        for score, i, j in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
            if score >= _LIKE and i not in self.places and j not in self._taken:
                self._match(i, j)

    def _match(self, i: int, j: int) -> None:
        self.places[i] = j
        self._taken.add(j)


def label_of(cell: Entry) -> str:
    """Return what a cell says as a label."""
    return stored_key(cell.value) if cell.value is not None else "".join(plainly(cell.text).split())


def cell_at(grid: Grid, row: int, column: int) -> Entry:
    """Return a cell, a blank one beyond the end of its row."""
    cells = grid.rows[row]
    return cells[column] if column < len(cells) else Entry("")


def _labels(grid: Grid, column: int) -> list[str]:
    return [label_of(cell_at(grid, row, column)) for row in range(len(grid.rows))]


def _whole(grid: Grid) -> list[str]:
    return ["|".join((*(masked(cell.text) for cell in row if cell.value is None), *row_keys(row))) for row in grid.rows]


def _width(grid: Grid) -> int:
    return max(map(len, grid.rows), default=0)


def _plain_heads(grid: Grid, head: int) -> list[str]:
    return [label_of(cell_at(grid, head, at)) for at in range(_width(grid))]


def _told_apart(labels: Sequence[str]) -> list[str]:
    """Return headings as they are told apart: one that comes again bears the one before it that does not."""
    counts, last, told = Counter(labels), "", []
    for label in labels:
        last = label if counts[label] == 1 else last
        told.append(label if counts[label] == 1 else f"{last}/{label}")
    return told


def _head_like(expected: Grid, found: Grid) -> int:
    """Return the row of `found` that has most of the headings of `expected`."""
    wanted = {label_of(cell) for cell in expected.rows[head_of(expected)] if cell.text}
    shared = [len(wanted & {label_of(cell) for cell in row}) for row in found.rows[:ROWS]]
    return shared.index(max(shared)) if any(shared) else head_of(found)


def _sign(grid: Grid) -> tuple[Counter[str], Counter[str], Counter[str]]:
    head = grid.rows[head_of(grid)] if grid.rows else ()
    words = Counter(masked(cell.text) for row in grid.rows for cell in row if cell.value is None and cell.text)
    return Counter(_labels(grid, 0)) if grid.rows else Counter(), Counter(label_of(cell) for cell in head), words


def _likeness(one: Sequence[Counter[str]], other: Sequence[Counter[str]]) -> float:
    """Return how many labels, headings and words two tables share, 0 to 1."""
    shares = [(first & second).total() / max((first | second).total(), 1) for first, second in zip(one, other, strict=True)]
    return sum(shares) / len(shares)
