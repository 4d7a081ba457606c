"""AREAS: townships on outlines that the user supplied, shaded by their share and bearing it; the approval number stands below."""

from __future__ import annotations

from dataclasses import replace

from app.domain.drawing import Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.release import CellStatus, Row
from app.present.draw.axis import ShareAxis, share_axis
from app.present.draw.outline import Fitted, fit, hatching, ratio, size_of, stretches
from app.present.draw.place import Placer, label_box, overlap
from app.present.draw.shade import key_height, shade, shade_key
from app.present.draw.style import Rect, Style, mark_of, readable_on, value_text
from app.present.draw.text import ASCENT
from app.present.draw.tiles import tiled, total_words, unknown_words

LEAST_PLOT, TALLEST = 60.0, 1.1  # millimetres; height of the map to the page's width
HATCH = 1.1


class AreasBody:
    """The map with its key."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the height the outlines need at full width, within limits, and the key."""
        wanted = min(width * ratio(figure.areas), width * TALLEST)
        return max(min(wanted, LEAST_PLOT * 2 * style.scale), LEAST_PLOT * style.scale) + key_height(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return the areas, the largest ring first, then numbers and names where they fit, then the key."""
        rows = {row.key: row for row in tiled(figure)}
        axis = share_axis([row.cells[0] for row in rows.values()])
        box = Rect(area.x, area.y, area.width, area.height - key_height(style))
        found, height = fit(figure.areas, box)
        shapes: list[Shape] = []
        rings = [(size_of(ring), one, place) for one in found for place, ring in enumerate(one.rings)]
        for _, one, place in sorted(rings, key=lambda each: -each[0]):
            shapes += _ring(figure, style, (one, place), (axis, rows.get(one.key)))
        shapes += _hatched(style, found, rows)
        shapes += _names(figure, style, found, (box, axis, rows))
        top = area.y + height + style.pad * 0.6
        return [*shapes, *shade_key(style, axis, Rect(area.x, top, area.width, 0), total_words(figure))]

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what firms of no known township give, then the approval number."""
        return (*unknown_words(figure, style), *figure.keys)


def _ring(figure: Figure, style: Style, what: tuple[Fitted, int], how: tuple[ShareAxis, Row | None]) -> list[Shape]:
    """Return one ring of an area; those that lie inside another of the same area are holes."""
    (one, place), (axis, row), palette = what, how, style.palette
    if place and _is_hole(one, place):
        return [Path(one.rings[place], stroke=palette.hairline, line=0.25, fill=palette.surface, closed=True)]
    if row is None:
        return [
            Path(one.rings[place], stroke=palette.hairline, line=0.25, fill=palette.raised, closed=True, mark=Mark("", one.name))
        ]
    cell, mark = row.cells[0], mark_of(style.texts, row, figure.table.columns, 0)
    small, lit = cell.status is CellStatus.SMALL, row.key == figure.chosen
    fill = palette.surface if small or cell.value is None else shade(style, axis, cell)
    stroke = palette.text if lit else palette.accent if small else palette.surface if cell.value is not None else palette.neutral
    return [Path(one.rings[place], stroke=stroke, line=0.8 if lit or small else 0.3, fill=fill, closed=True, mark=mark)]


def _is_hole(one: Fitted, place: int) -> bool:
    """Whether a ring begins inside a larger one of its area (even–odd)."""
    x, y = one.rings[place][0]
    within = 0
    for ring in one.rings[:place]:
        edges = zip(ring, (*ring[1:], ring[0]), strict=True)
        crossed = sum(
            (y1 <= y < y2 or y2 <= y < y1) and x < x1 + (x2 - x1) * (y - y1) / (y2 - y1) for (x1, y1), (x2, y2) in edges
        )
        within += crossed % 2
    return within % 2 == 1


def _hatched(style: Style, found: tuple[Fitted, ...], rows: dict[str, Row]) -> list[Shape]:
    lines: list[Shape] = []
    for one in found:
        row = rows.get(one.key)
        if row is not None and row.cells[0].status is CellStatus.HIDDEN and one.rings:
            lines += [Path(ends, stroke=style.palette.hatch, line=0.25) for ends in hatching(one.rings, HATCH)]
    return lines


def _names(figure: Figure, style: Style, found: tuple[Fitted, ...], how: tuple[Rect, ShareAxis, dict[str, Row]]) -> list[Shape]:
    """Return number and name of each area where they meet no other: the number first, the name above it where it fits inside."""
    box, axis, rows = how
    placer, shapes = Placer(box), list[Shape]()
    for one in sorted(found, key=lambda one: -(size_of(one.rings[0]) if one.rings else 0.0)):
        row = rows.get(one.key)
        if row is None or not one.rings:
            continue
        cell = row.cells[0]
        hollow = cell.status is CellStatus.SMALL or cell.value is None
        ink = style.palette.text if hollow else readable_on(shade(style, axis, cell))
        mark = mark_of(style.texts, row, figure.table.columns, 0)
        x, y = one.label
        base = y + style.body * (ASCENT / 2)
        number = Label(x, base, value_text(cell), style.body, ink, "middle", True, mark)
        at = Label(x, base, "", style.note, ink, "middle", mark=mark)
        for label in (number, *_name(style, one, row.label, at)):
            if not any(overlap(label_box(label), taken) for taken in placer.taken):
                placer.taken.append(label_box(label))
                shapes.append(label)
    return shapes


def _fits(one: Fitted, label: Label) -> bool:
    """Whether a label lies wholly inside an outline, by the level lines at its top, middle and bottom."""
    box = label_box(label)
    levels = (box.y, box.y + box.height / 2, box.bottom)
    return all(any(left <= box.x and box.right <= right for left, right in stretches(one.rings, y)) for y in levels)


def _name(style: Style, one: Fitted, name: str, at: Label) -> list[Label]:
    """Return an area's name around its number, where it lies inside: above it, in two lines above it, below it; else nothing."""
    pitch, above = style.line(style.note), at.y - style.line(style.body)
    half = (len(name) + 1) // 2
    tried = (
        [replace(at, text=name, y=above)],
        [replace(at, text=name[:half], y=above - pitch), replace(at, text=name[half:], y=above)],
        [replace(at, text=name, y=at.y + pitch)],
    )
    return next((labels for labels in tried if all(_fits(one, label) for label in labels)), [])
