"""Where pages lie on the desk, and the pictures of those that were in sight."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.gui.paper.letters import Faces
from app.gui.paper.pages import Page, Place, SlidePage

GAP, MARGIN = 16, 24  # pixels between pages, and around them
SCREEN = 96 / 72  # pixels in a point at 100 %
FIT = 0.0
LARGEST = 1.25  # that pages grow to by themselves on a wide screen
KEPT = 12  # pictures that are kept
LEAST = 0.1
A4 = 595.0


class Shelf:
    """Pages one below the other in a window of `room` pixels, at `zoom` (1: as on paper; FIT: as wide as there is room)."""

    def __init__(self) -> None:
        self.pages: list[Page | SlidePage] = []
        self.zoom = FIT
        self.room = QSize(0, 0)
        self.tops: list[float] = []
        self._prints: dict[int, tuple[int, QPixmap]] = {}  # with the count of pages that it bears
        self._printed_at = (0.0, 1.0)  # the scale of the pictures, and the dots a pixel of their screen

    @property
    def scale(self) -> float:
        """Pixels in a point."""
        if self.zoom != FIT:
            return self.zoom * SCREEN
        widest = max((page.size[0] for page in self.pages), default=A4)
        return min(LARGEST * SCREEN, max(LEAST, (self.room.width() - 2 * MARGIN) / widest))

    @property
    def places(self) -> list[Place]:
        """The headings on all pages."""
        return [place for number, page in enumerate(self.pages) for place in page.headings(number)]

    @property
    def text(self) -> str:
        """All words, page after page."""
        return "\n".join(page.text for page in self.pages)

    def take(self, coming: Iterator[Page | SlidePage], budget: float) -> bool:
        """Take pages as they come for as long as `budget` seconds, one at least; return whether there are no more."""
        until = time.monotonic() + budget
        for page in coming:
            self.pages.append(page)
            if time.monotonic() >= until:
                return False
        return True

    def measure(self) -> QSize:
        """Work out where each page lies; return how far there is to scroll each way."""
        y, width = float(MARGIN), 0.0
        self.tops = []
        for page in self.pages:
            self.tops.append(y)
            y += page.size[1] * self.scale + GAP
            width = max(width, page.size[0] * self.scale)
        across = max(0, round(width + 2 * MARGIN - self.room.width()))
        return QSize(across, max(0, round(y + MARGIN - GAP - self.room.height())))

    def box(self, place: int, across: int, down: int) -> QRect:
        """Return where a page lies in the window that is scrolled so far."""
        width, height = (side * self.scale for side in self.pages[place].size)
        x = max(float(MARGIN), (self.room.width() - width) / 2) - across
        return QRectF(x, self.tops[place] - down, width, height).toRect()

    def mark(self, place: int, point: QPointF, box: QRect) -> str:
        """Return the evidence that a page, which lies in `box`, has at a point of the window, "" for none."""
        if not box.contains(point.toPoint()):
            return ""
        return self.pages[place].mark((point.x() - box.x()) / self.scale, (point.y() - box.y()) / self.scale)

    @property
    def blank(self) -> QRect:
        """Where the first page will lie, of the usual size, while there is none."""
        width, height = A4 * self.scale, A4 * 2**0.5 * self.scale
        return QRectF(max(float(MARGIN), (self.room.width() - width) / 2), MARGIN, width, height).toRect()

    def page_at(self, y: float) -> int:
        """Return the page at a height of the desk, or the one above."""
        return max((place for place, top in enumerate(self.tops) if top <= y), default=0)

    def share(self, place: int, down: int) -> float:
        """Return how much of a page lies above the window."""
        return 0.0 if place >= len(self.pages) else (down - self.tops[place]) / (self.pages[place].size[1] * self.scale)

    def down_to(self, place: int, share: float) -> int:
        """Return how far to scroll so that this much of a page lies above the window."""
        return round(self.tops[place] + share * self.pages[place].size[1] * self.scale)

    def forget(self) -> None:
        """Throw the pictures away: they are of other pages."""
        self._prints = {}

    def recount(self) -> None:
        """All pages are there: throw those pictures away that bear another count of them."""
        self._prints = {place: kept for place, kept in self._prints.items() if kept[0] == len(self.pages)}

    def picture(self, place: int, faces: Faces, ratio: float) -> QPixmap:
        """Return a page as a picture for a screen of `ratio` dots a pixel, painted unless it is kept."""
        if self._printed_at != (self.scale, ratio):
            self._printed_at, self._prints = (self.scale, ratio), {}
        if place not in self._prints:
            if len(self._prints) >= KEPT:
                del self._prints[max(self._prints, key=lambda other: abs(other - place))]
            self._prints[place] = len(self.pages), self._painted(place, faces, ratio)
        return self._prints[place][1]

    def _painted(self, place: int, faces: Faces, ratio: float) -> QPixmap:
        size = self.box(place, 0, 0).size() * ratio
        picture = QPixmap(size)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(self.scale, self.scale)
        self.pages[place].paint(painter, faces, len(self.pages))
        painter.end()
        return picture
