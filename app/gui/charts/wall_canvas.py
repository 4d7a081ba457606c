"""The goal wall on screen: arrows go to the nearest mark in their direction, so that every number is within a few keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent

from app.domain.drawing import Mark
from app.gui.charts.canvas import DrawingCanvas

ASIDE = 3.0  # how much a step to the side counts against one in the direction asked for
KEYS = {Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1)}


class WallCanvas(DrawingCanvas):
    """Home and End go to the first and the last mark; the page scrolls along."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of its own."""
        marks = self.marks
        key = event.key()
        if marks and key in KEYS:
            self._go(marks, nearest([area for _, area in marks], self._focus, KEYS[Qt.Key(key)]))
        elif marks and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(marks, 0 if key == Qt.Key.Key_Home else len(marks) - 1)
        else:
            super().keyPressEvent(event)

    def _go(self, marks: tuple[tuple[Mark, QRectF], ...], place: int) -> None:
        self._focus = place - 1
        self._move_focus(marks, 1)
        area = marks[place][1]
        self.scroll_to(area.center().y() * self.scale)

    def scroll_to(self, height: float) -> None:
        """Bring a height of the wall into sight where it stands in a page that scrolls."""
        from PySide6.QtWidgets import QScrollArea

        part = self.parentWidget()
        while part is not None and not isinstance(part, QScrollArea):
            part = part.parentWidget()
        if part is not None and part.widget() is not None:
            place = self.mapTo(part.widget(), QPointF(0, height).toPoint())
            part.ensureVisible(0, place.y(), 0, 80)


def nearest(areas: list[QRectF], now: int, way: tuple[int, int]) -> int:
    """Return which area lies next to area `now` (-1: none yet, then the first) in a direction; the same where none does."""
    if now < 0:
        return 0
    here = areas[now].center()
    best, least = now, float("inf")
    for place, area in enumerate(areas):
        apart = area.center() - here
        ahead = apart.x() * way[0] + apart.y() * way[1]
        aside = abs(apart.x() * way[1]) + abs(apart.y() * way[0])
        if ahead > 0.5 and ahead + ASIDE * aside < least:
            best, least = place, ahead + ASIDE * aside
    return best
