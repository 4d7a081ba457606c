"""Which words can stand beside the points of a native chart without meeting each other or a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.files.chart_layout import Frame
from app.files.text_measure import height_mm, width_mm

GAP = 1.6  # mm between a mark and its words
MARK = 1.4  # mm, the radius of a mark


@dataclass(frozen=True, slots=True)
class Wish:
    """Words for a point at `x`, `y` mm: the texts that would do, the best first, and the sides, the best first."""

    x: float
    y: float
    texts: tuple[str, ...]
    sides: tuple[str, ...] = ("r", "l", "t", "b")


def placed(wishes: Sequence[Wish], area: Frame, size: float, taken: Sequence[Frame] = ()) -> list[tuple[str, str]]:
    """Return (text, side) of each wish, ("", "") where nothing fits; earlier wishes go first.

    Words keep off marks and other words always, off what is `taken` (lines) as far as there is room elsewhere.
    """
    held = [*taken, *(Frame(wish.x - MARK, wish.y - MARK, 2 * MARK, 2 * MARK) for wish in wishes)]
    found = []
    for own, wish in enumerate(wishes):
        others = [one for place, one in enumerate(held) if place != len(taken) + own]
        text, side, box = _first(wish, area, size, others)
        if box is None:
            text, side, box = _first(wish, area, size, others[len(taken) :])
        if box is not None:
            held.append(box)
        found.append((text, side))
    return found


def _first(wish: Wish, area: Frame, size: float, held: list[Frame]) -> tuple[str, str, Frame | None]:
    for text in wish.texts:
        for side in wish.sides:
            box = _box(wish, text, side, size)
            if _inside(box, area) and not any(_meet(box, other) for other in held):
                return text, side, box
    return "", "", None


def _box(wish: Wish, text: str, side: str, size: float) -> Frame:
    width, height = width_mm(text, size), height_mm(1, size)
    x = {"r": wish.x + GAP, "l": wish.x - GAP - width}.get(side, wish.x - width / 2)
    y = {"t": wish.y - GAP - height, "b": wish.y + GAP}.get(side, wish.y - height / 2)
    return Frame(x, y, width, height)


def _inside(box: Frame, area: Frame) -> bool:
    across = box.x >= area.x and box.x + box.width <= area.x + area.width
    return across and box.y >= area.y and box.y + box.height <= area.y + area.height


def _meet(one: Frame, other: Frame) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return across > 0 and down > 0
