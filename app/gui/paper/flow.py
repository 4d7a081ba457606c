"""Which piece stands on which page, and where: lines, rows and pictures one below the other, kept together as they ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

NEAR = 0.05  # points by which a page may be overfull


@dataclass(slots=True, eq=False)
class Piece:
    """Something that no page cuts: its height, the space it wants before and after, what is painted.

    `keep`: the next piece must stand on the same page. `new_page` begins one, `page_end` ends one. `head` are pieces that stand
    above it again where it begins a page. `split` cuts a piece higher than a page at a height. `level`, `text` of a heading.
    """

    height: float
    payload: Any
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    new_page: bool = False
    page_end: bool = False
    head: tuple[Piece, ...] = ()
    split: Callable[[float], tuple[Piece, Piece] | None] | None = None
    level: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Put:
    """A piece at its height on a page, in points below the top margin."""

    y: float
    piece: Piece


class _Page:
    """The page being filled."""

    def __init__(self, room: float) -> None:
        self.room = room
        self.items: list[Put] = []
        self.y = 0.0
        self.owed = 0.0  # space that the last piece wants after it

    def fits(self, height: float) -> bool:
        return self.y + height <= self.room + NEAR

    def put(self, piece: Piece) -> None:
        if not self.items:
            self._repeat(piece)
        before = self.owed + piece.before if self.items else 0.0
        self.items.append(Put(self.y + before, piece))
        self.y += before + piece.height
        self.owed = piece.after

    def _repeat(self, piece: Piece) -> None:
        for each in piece.head:
            self.items.append(Put(self.y, each))
            self.y += each.height


def paginate(pieces: Iterable[Piece], room: float) -> Iterator[tuple[Put, ...]]:
    """Yield the pages of pieces, each `room` points high; a piece higher than a page is cut where it can be."""
    page = _Page(room)
    for piece, begins in _in_order(pieces, room):
        if page.items and ((begins and _turns(begins, page)) or not page.fits(page.owed + piece.before + piece.height)):
            yield tuple(page.items)
            page = _Page(room)
        page.put(piece)
        if piece.page_end:
            yield tuple(page.items)
            page = _Page(room)
    if page.items:
        yield tuple(page.items)


def _in_order(pieces: Iterable[Piece], room: float) -> Iterator[tuple[Piece, list[Piece]]]:
    """Yield the pieces, cut to what a page can hold, the first of each group that stays together with its group."""
    for chain in _chains(pieces):
        parts = [part for piece in chain for part in _parts(piece, room)]
        for place, part in enumerate(parts):
            yield part, parts if place == 0 else []


def _turns(chain: list[Piece], page: _Page) -> bool:
    """Whether a chain begins a new page; one longer than a page begins where it is, if a quarter of the page is left for it."""
    if chain[0].new_page or page.fits(_height(chain, page.owed)):
        return chain[0].new_page
    whole = _height(chain, 0.0) + _heads(chain[0]) <= page.room + NEAR
    return whole or not page.fits(page.room / 4)


def _parts(piece: Piece, room: float) -> list[Piece]:
    """Return the piece, or what it is cut into where it is higher than a whole page."""
    parts = [piece]
    while parts[-1].split is not None and parts[-1].height > room + NEAR:
        cut = parts[-1].split(room - _heads(piece))
        if cut is None:
            break
        parts[-1:] = cut
    return parts


def _heads(piece: Piece) -> float:
    return sum(each.height for each in piece.head)


def _chains(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces in groups that want to stay together."""
    chain: list[Piece] = []
    for piece in pieces:
        chain.append(piece)
        if not piece.keep or piece.page_end:
            yield chain
            chain = []
    if chain:
        yield chain


def _height(chain: list[Piece], owed: float) -> float:
    total = 0.0
    for piece in chain:
        total += owed + piece.before + piece.height
        owed = piece.after
    return total
