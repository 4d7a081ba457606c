"""Where a label can stand beside its mark without meeting another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.domain.drawing import Anchor, Label
from app.present.draw.style import Rect
from app.present.draw.text import ASCENT, DESCENT, text_width


@dataclass(slots=True)
class Placer:
    """Places labels one after the other inside `area`; earlier ones keep their place."""

    area: Rect
    taken: list[Rect] = field(default_factory=list)

    def block(self, point: tuple[float, float], radius: float) -> None:
        """Keep labels off a mark."""
        self.taken.append(Rect(point[0] - radius, point[1] - radius, 2 * radius, 2 * radius))

    def line(self, points: Sequence[tuple[float, float]], radius: float) -> None:
        """Keep labels off a line, by boxes along it."""
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / 1.5))
            for k in range(steps + 1):
                self.block((x1 + (x2 - x1) * k / steps, y1 + (y2 - y1) * k / steps), radius)

    def place(self, label: Label, gap: float) -> list[Label]:
        """Return the label at the first free place around its point (right, left, above, below, then further); else nothing."""
        height = label.size * (ASCENT + DESCENT)
        middle = label.y - height / 2 + label.size * ASCENT
        spots: list[tuple[float, float, Anchor]] = []
        for step in (0.0, 1.0, 2.0):
            spots += [
                (label.x + gap, middle - step * height, "start"),
                (label.x - gap, middle - step * height, "end"),
                (label.x, label.y - gap - label.size * DESCENT - step * height, "middle"),
                (label.x, label.y + gap + label.size * ASCENT + step * height, "middle"),
            ]
        for x, y, anchor in spots:
            placed = replace(label, x=x, y=y, anchor=anchor)
            box = label_box(placed)
            if inside(box, self.area) and not any(overlap(box, other) for other in self.taken):
                self.taken.append(box)
                return [placed]
        return []


def label_box(label: Label) -> Rect:
    """Return the box a label's text is estimated to fill."""
    width = text_width(label.text, label.size, label.bold)
    left = {"start": label.x, "middle": label.x - width / 2, "end": label.x - width}[label.anchor]
    return Rect(left, label.y - label.size * ASCENT, width, label.size * (ASCENT + DESCENT))


def overlap(one: Rect, other: Rect, slack: float = 0.0) -> bool:
    """Whether two boxes share more than `slack` in both directions."""
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > slack and down > slack


def inside(box: Rect, area: Rect, slack: float = 0.01) -> bool:
    """Whether a box stays within an area."""
    return (
        box.x >= area.x - slack
        and box.y >= area.y - slack
        and box.right <= area.right + slack
        and box.bottom <= area.bottom + slack
    )
