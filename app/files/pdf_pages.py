"""Pages of a PDF filled one after the other: what belongs together stays together, what is long goes on over the page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.domain.drawing import Drawing
from app.files.write_pdf_figure import MM, draw_on


class Piece(Protocol):
    """Something set in the column of a page; all lengths in points.

    `keep`: it stays on the page of what follows. `glue`: the height of what must not begin a page without its last part.
    `entry` is its place in the outline: title, level, key.
    """

    keep: bool
    before: float
    after: float
    glue: float
    new_page: bool
    entry: Any

    @property
    def height(self) -> float:
        """The whole height without the space around it."""

    @property
    def least(self) -> float:
        """The height of the least part that may stand at the foot of a page."""

    def split(self, room: float) -> tuple[Any, Any] | None:
        """Return what fits into `room` and the rest, or None."""

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw it with its upper left corner there."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece and how far below the upper edge of the text it stands."""

    piece: Piece
    down: float


@dataclass(slots=True)
class DrawnPiece:
    """A figure as vectors, as wide as the text; it is never divided. `smaller` lays it out in at most so many mm of height, where
    it can still be read then."""

    drawing: Drawing
    smaller: Callable[[float], Drawing | None] = lambda _room: None
    keep: bool = True
    before: float = 0.0
    after: float = 2.0
    glue: float = 0.0
    new_page: bool = False
    entry: None = None

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.drawing.height * MM

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def fit(self, room: float) -> bool:
        """Make it low enough for `room` points; whether it could be."""
        found = self.smaller(room / MM)
        self.drawing = found or self.drawing
        return found is not None

    def split(self, room: float) -> None:  # noqa: ARG002 - as every piece
        """Return nothing: it is never divided."""
        return

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw it with its upper left corner there."""
        draw_on(canvas, self.drawing, left / MM, top / MM - self.drawing.height)


def fill(pieces: Sequence[Piece], height: float) -> list[list[Placed]]:
    """Return the pages, each `height` points high."""
    pages: list[list[Placed]] = [[]]
    down = 0.0
    left = deque(pieces)
    while left:
        piece = left[0]
        begun = bool(pages[-1])
        gap = piece.before if begun else 0.0
        wanted = gap + _together(left)
        if begun and not piece.new_page and down + wanted > height >= wanted and _made_lower(left, down + wanted - height):
            wanted = gap + _together(left)
        if begun and (piece.new_page or (down + wanted > height and wanted <= height) or down + gap + piece.least > height):
            pages.append([])
            down = 0.0
            piece.new_page = False
            continue
        room = height - down - gap
        left.popleft()
        parts = _divided(piece, room)
        pages[-1].append(Placed(parts[0], down + gap))
        down += gap + parts[0].height + parts[0].after
        if len(parts) > 1:
            left.appendleft(parts[1])
            pages.append([])
            down = 0.0
    return [page for page in pages if page] or [[]]


def _together(pieces: deque[Piece]) -> float:
    """Return the height of the first piece with those it stays with, the last of them by its least part."""
    total = 0.0
    for place, piece in enumerate(pieces):
        total += piece.before if place else 0.0
        if not piece.keep:
            return total + (piece.height + piece.glue if piece.least >= piece.height else piece.least)
        total += piece.height + piece.after
    return total


def _made_lower(pieces: deque[Piece], over: float) -> bool:
    """Make the figure of the first piece with those it stays with so much lower, rather than leave the rest of a page empty."""
    for piece in pieces:
        if isinstance(piece, DrawnPiece):
            return piece.fit(piece.height - over)
        if not piece.keep:
            return False
    return False


def _divided(piece: Piece, room: float) -> tuple[Piece, ...]:
    """Return the piece, or its part for this page and the rest; what must be followed takes its last part along."""
    if piece.height + piece.glue <= room:
        return (piece,)
    found = piece.split(min(room, piece.height - 1e-3))
    if found is None:
        return (piece,)
    return found
