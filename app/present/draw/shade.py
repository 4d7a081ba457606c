"""One hue from light to dark for shares: the shade of a cell and its key."""

from __future__ import annotations

from dataclasses import replace

from app.domain.drawing import Box, Mark, Shape
from app.domain.release import Cell
from app.present.draw.axis import ShareAxis, tick_text
from app.present.draw.style import Rect, Style, mix, note_label
from app.present.draw.text import ASCENT, text_width

STEPS = 24  # of the key


def shade(style: Style, axis: ShareAxis, cell: Cell) -> str:
    """Return the colour of a share on the scale that holds all of them; the surface where there is none."""
    if cell.value is None:
        return style.palette.surface
    return mix(style.palette.heat[0], style.palette.heat[1], axis.part(cell.value))


def shade_key(style: Style, axis: ShareAxis, area: Rect, name: Mark) -> list[Shape]:
    """Return the scale from nothing to the top with both ends and beside it the sentence of `name`; `area.y` is its top."""
    low, high, base = tick_text(0.0), tick_text(axis.top), area.y + style.note * ASCENT
    start = area.x + text_width(low, style.note) + style.pad * 0.6
    width = min(style.note * 14, max(area.width * 0.4, style.note))
    step = width / STEPS
    shapes: list[Shape] = [note_label(style, area.x, base, low)]
    for k in range(STEPS):
        fill = mix(style.palette.heat[0], style.palette.heat[1], (k + 0.5) / STEPS)
        shapes.append(Box(start + step * k, area.y + style.note * 0.15, step + 0.05, style.note * 0.8, fill))
    end = start + width + style.pad * 0.6
    shapes.append(note_label(style, end, base, high))
    after = end + text_width(high, style.note) + style.pad * 2
    room = area.right - after
    if text_width(name.sentence, style.note) <= room:
        shapes.append(replace(note_label(style, after, base, name.sentence), mark=name))
    return shapes


def key_height(style: Style) -> float:
    """Return the height of the key with the air above it."""
    return style.line(style.note) + style.pad
