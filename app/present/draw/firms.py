"""Firms in the four quarters of exposure and control, for the screen of the bureau alone: no figure and no writer takes this."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.domain.drawing import Box, Drawing, Label, Mark, Path, Shape
from app.domain.theme import Palette
from app.domain.words import Texts
from app.present.draw.quadrant import axes
from app.present.draw.quadrant_signs import QUARTERS, Look, Scale, form, quarter_colour
from app.present.draw.style import Rect, Style, mix, note_label, style_for
from app.present.draw.text import ASCENT, text_width

MARGIN = 4.0
SMALLEST, LARGEST = 1.1, 3.2  # radius of a dot in millimetres, its area by the firms at one point
JOINED = ","  # between the positions that a dot opens


@dataclass(frozen=True, slots=True)
class FirmDot:
    """The firms at one point, exposure `x` and control `y` 0–100; `sentence` names them for a hover.

    `positions` are those of the responses.
    """

    x: float
    y: float
    quarter: str
    positions: tuple[int, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class FirmQuadrant:
    """Firms by exposure and control; the quarters meet at (`high`, `strong`). `key` names signs, `missing` who has no place."""

    dots: tuple[FirmDot, ...]
    high: float
    strong: float
    names: tuple[str, str]
    key: tuple[tuple[str, str], ...]
    missing: str = ""


def firms_drawing(quadrant: FirmQuadrant, palette: Palette, size: tuple[float, float], texts: Texts, alt: str) -> Drawing:
    """Lay the firms out on `size` millimetres; a dot's mark opens the positions it stands for, joined by commas."""
    style = style_for(palette, texts, size[0])
    margin = MARGIN * style.scale
    width = size[0] - 2 * margin
    key, used = _key(quadrant, style, Rect(margin, margin, width, 0.0))
    left, head = text_width("100", style.note) + style.pad, used + style.line(style.note) + style.pad
    below = 2 * style.line(style.note) + style.pad
    plot = Rect(margin + left, margin + head, width - left - style.pad, size[1] - 2 * margin - head - below)
    scale = Scale(plot, (quadrant.high, quadrant.strong), (0.0, 0.0), (100.0, 100.0))
    page = Box(0, 0, *size, fill=palette.surface)
    act = scale.at(quadrant.high, quadrant.strong)
    ground = Box(act[0], act[1], plot.right - act[0], plot.bottom - act[1], fill=mix(palette.surface, palette.off_track, 0.1))
    lines = axes(style, scale, quadrant.names, style.pad * 0.8, style.line(style.note) + style.pad * 0.6)
    most = max((len(dot.positions) for dot in quadrant.dots), default=1)
    ordered = sorted(quadrant.dots, key=lambda dot: -len(dot.positions))
    dots = [_dot(style, dot, scale, most) for dot in ordered]
    return Drawing(size[0], size[1], palette.surface, (page, *key, ground, *lines, *dots), alt)


def _look(style: Style, quarter: str, mark: Mark | None, filled: bool = True) -> Look:
    known = quarter in QUARTERS
    colour = quarter_colour(style, quarter) if known else style.palette.cannot_tell
    fill = mix(style.palette.surface, colour, 0.55) if known and filled else style.palette.surface
    return Look(fill, colour, 0.35, mark)


def _dot(style: Style, dot: FirmDot, scale: Scale, most: int) -> Shape:
    radius = max(SMALLEST, LARGEST * math.sqrt(len(dot.positions) / most)) * style.scale
    mark = Mark(JOINED.join(map(str, dot.positions)), dot.sentence)
    return sign(style, dot.quarter, scale.at(dot.x, dot.y), radius, mark)


def sign(style: Style, quarter: str, at: tuple[float, float], radius: float, mark: Mark | None = None) -> Shape:
    """Return the sign of a quarter; a hollow upright cross of four strokes where a firm has none."""
    look = _look(style, quarter, mark)
    if quarter in QUARTERS:
        return form(quarter, at, radius, look)
    x, y = at
    reach = radius * 1.1
    points = ((x - reach, y), (x + reach, y), (x, y), (x, y - reach), (x, y + reach))
    return Path(points, stroke=look.stroke, line=0.5, mark=mark)


def _key(quadrant: FirmQuadrant, style: Style, area: Rect) -> tuple[list[Shape], float]:
    """Return the signs with their names, flowing, and the height they take."""
    shapes: list[Shape] = []
    x, y, side, pitch = area.x, area.y, style.note * 0.5, style.line(style.note) * 1.1
    for quarter, name in quadrant.key:
        text = name.split(" ", 1)[-1]
        width = 2 * side + style.pad * 0.6 + text_width(text, style.note)
        if x > area.x and x + width > area.right:
            x, y = area.x, y + pitch
        shapes.append(sign(style, quarter, (x + side, y + style.note * 0.55), side * 0.85))
        shapes.append(note_label(style, x + 2 * side + style.pad * 0.6, y + style.note * ASCENT, text))
        x += width + style.pad * 2
    if quadrant.missing:
        if x + text_width(quadrant.missing, style.note) > area.right:
            x, y = area.x, y + pitch
        shapes.append(Label(x, y + style.note * ASCENT, quadrant.missing, style.note, style.palette.muted))
    return shapes, y - area.y + pitch
