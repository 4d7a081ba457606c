"""Outlined areas on paper: degrees to millimetres, lines no finer than can be seen, hatching inside an outline.

Simplification: Douglas, D. and Peucker, T. (1973), "Algorithms for the reduction of the number of points required to represent a
digitized line or its caricature", The Canadian Cartographer 10.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from app.domain.boundary import Area
from app.present.draw.style import Rect

Points = tuple[tuple[float, float], ...]
FINEST = 0.12  # millimetres by which a simplified line may leave the true one


@dataclass(frozen=True, slots=True)
class Fitted:
    """One area on the page: its row, name and rings in millimetres, the largest ring first, and where its label stands."""

    key: str
    name: str
    rings: tuple[Points, ...]
    label: tuple[float, float]


def fit(areas: Sequence[Area], box: Rect) -> tuple[tuple[Fitted, ...], float]:
    """Return the areas inside `box`, north up and undistorted at their middle latitude, and the height that they take."""
    points = np.array([point for area in areas for ring in area.rings for point in ring], dtype=np.float64)
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    squeeze = math.cos(math.radians((south + north) / 2))  # a degree of longitude is shorter than one of latitude
    across, up = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    scale = min(box.width / across, box.height / up)
    left = box.x + (box.width - across * scale) / 2

    def placed(ring: Points) -> Points:
        found = np.array(ring, dtype=np.float64)
        xs, ys = left + (found[:, 0] - west) * squeeze * scale, box.y + (north - found[:, 1]) * scale
        return simplified(np.column_stack([xs, ys]), FINEST)

    return tuple(_fitted(area, [placed(ring) for ring in area.rings]) for area in areas), up * scale


def ratio(areas: Sequence[Area]) -> float:
    """Return the height of the areas together to their width."""
    xs = [x for area in areas for ring in area.rings for x, _ in ring]
    ys = [y for area in areas for ring in area.rings for _, y in ring]
    squeeze = math.cos(math.radians((min(ys) + max(ys)) / 2))
    return (max(ys) - min(ys)) / max((max(xs) - min(xs)) * squeeze, 1e-9)


def _fitted(area: Area, rings: list[Points]) -> Fitted:
    ordered = tuple(sorted((ring for ring in rings if len(ring) > 2), key=lambda ring: -size_of(ring)))
    return Fitted(area.key, area.name, ordered, label_point(ordered) if ordered else (0.0, 0.0))


def simplified(points: npt.NDArray[np.float64], tolerance: float) -> Points:
    """Return a closed ring (n, 2) without the points that lie within `tolerance` of the line through those that are kept."""
    if len(points) < 5:
        return tuple((float(x), float(y)) for x, y in points)
    far = int(np.argmax(((points - points[0]) ** 2).sum(axis=1)))  # a ring is two lines between its farthest points
    kept = {0, far, len(points) - 1}
    open_: list[tuple[int, int]] = [(0, far), (far, len(points) - 1)]
    while open_:
        start, end = open_.pop()
        if end - start < 2:
            continue
        place, distance = _farthest(points, start, end)
        if distance > tolerance:
            kept.add(place)
            open_ += [(start, place), (place, end)]
    return tuple((float(points[k, 0]), float(points[k, 1])) for k in sorted(kept))


def _farthest(points: npt.NDArray[np.float64], start: int, end: int) -> tuple[int, float]:
    """Return the point between two others that lies farthest from the line through them, and how far."""
    one, way = points[start], points[end] - points[start]
    between = points[start + 1 : end] - one
    length = float(np.hypot(*way))
    found = np.abs(way[0] * between[:, 1] - way[1] * between[:, 0]) / length if length else np.hypot(between[:, 0], between[:, 1])
    place = int(np.argmax(found))
    return start + 1 + place, float(found[place])


def size_of(ring: Points) -> float:
    """Return the area inside a ring, by the shoelace formula."""
    closed = [*ring, ring[0]]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(closed))) / 2


def label_point(rings: Sequence[Points]) -> tuple[float, float]:
    """Return a point well inside the largest ring: the middle of its widest stretch on the lines through it."""
    ring = rings[0]
    ys = [y for _, y in ring]
    best, found = -1.0, ring[0]
    for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8):
        y = min(ys) + (max(ys) - min(ys)) * part
        for left, right in stretches(rings, y):
            if right - left > best * 1.15:  # the middle line wins unless another is clearly wider
                best, found = right - left, ((left + right) / 2, y)
    return found


def stretches(rings: Sequence[Points], y: float) -> list[tuple[float, float]]:
    """Return where a level line runs inside the rings (even–odd)."""
    crossings = []
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            if (y1 <= y < y2) or (y2 <= y < y1):
                crossings.append(x1 + (x2 - x1) * (y - y1) / (y2 - y1))
    crossings.sort()
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def hatching(rings: Sequence[Points], step: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Return diagonal lines `step` millimetres apart inside the rings: level lines of the rings turned by 45 degrees."""
    half = math.sqrt(0.5)
    turned = [tuple(((x - y) * half, (x + y) * half) for x, y in ring) for ring in rings]
    ys = [y for ring in turned for _, y in ring]
    lines = []
    for place in range(math.floor(min(ys) / step), math.ceil(max(ys) / step) + 1):
        y = (place + 0.5) * step
        for left, right in stretches(turned, y):
            lines.append((((left + y) * half, (y - left) * half), ((right + y) * half, (y - right) * half)))
    return lines
