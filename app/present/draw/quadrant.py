"""QUADRANT: how much is at stake (across) against how well it is controlled (up); a mark a sector, larger for more firms.

Columns: exposure, control, firms, then the firms in each quarter in the order of QUARTERS. The series of role `divide` holds the
point at which the quarters meet; `said` names the quarter of a row by its place in QUARTERS. Only released sectors have a row:
a single firm is never drawn here.
"""

from __future__ import annotations

import math
from dataclasses import replace

from app.domain.drawing import Anchor, Box, Label, Mark, Shape
from app.domain.figure import Figure
from app.domain.numbers import HIDDEN_SIGN, percent
from app.domain.release import CellStatus, Row
from app.present.draw.quadrant_signs import (
    CONTROL,
    EXPOSURE,
    FIRMS,
    FIRST,
    QUARTERS,
    SIGNS,
    Scale,
    letters,
    names,
    quarter_colour,
    quarter_ink,
    radius_of,
    sign_of,
)
from app.present.draw.style import Rect, Style, block, centred, lines_height, mix, note_label, rule
from app.present.draw.text import ASCENT, shorten, text_width

LEAST_PLOT = 64.0  # millimetres
NEAREST, MARGIN, STEP = 8.0, 4.0, 5.0  # how far beyond the meeting point and the sectors the scales reach, and where they end
MOST_TICKS = 8


class QuadrantBody:
    """Four quarters with their names and firms at the corners, the sectors inside."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:  # noqa: ARG002 - the same for all figures
        """Return the plot, and above and below it the names of quarters and scales."""
        return LEAST_PLOT * style.scale + self._above(style) + self._below(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return quarters, scales, marks with their names."""
        left = text_width("100", style.note) + style.pad
        height = area.height - self._above(style) - self._below(style)
        plot = Rect(area.x + left, area.y + self._above(style), area.width - left - style.pad, height)
        scale = _scale(figure, plot)
        above, below = style.pad * 1.2 + _corner_height(style) + style.note * 0.3, style.line(style.note) + style.pad * 1.2
        named = (figure.table.columns[EXPOSURE], figure.table.columns[CONTROL])
        shapes = [*_quarters(figure, style, scale), *axes(style, scale, named, above, below + _corner_height(style))]
        rows = _shown(figure)
        most = max((row.cells[FIRMS].value or 0.0 for row in rows), default=1.0)
        sized = sorted(((row, radius_of(style, row, most)) for row in rows), key=lambda pair: -pair[1])
        shapes += [sign_of(figure, style, (row, radius), scale) for row, radius in sized]
        lettered = letters(figure, style, sized, scale)
        shapes += [line for lines in lettered.values() for line in lines]
        return [*shapes, *names(figure, style, (sized, set(lettered)), scale)]

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what size, place and shape of a mark mean."""
        return (style.texts("figure.quadrant.key"), *figure.keys)

    def _above(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + _corner_height(style) + style.pad * 1.2

    def _below(self, style: Style) -> float:
        return 2 * style.line(style.note) + _corner_height(style) + style.pad * 1.2


def _corner_height(style: Style) -> float:
    return lines_height(style, 2, style.note)


def _shown(figure: Figure) -> list[Row]:
    """Return the sectors that have a place: released, with both scores."""
    rows = (row for row in figure.table.rows if row.key != figure.table.total)
    return [row for row in rows if row.cells[EXPOSURE].value is not None and row.cells[CONTROL].value is not None]


def _divide(figure: Figure) -> tuple[float, float]:
    points = [point for series in figure.series if series.role == "divide" for point in series.points]
    return (points[0][0], points[0][1]) if points else (50.0, 50.0)


def _scale(figure: Figure, plot: Rect) -> Scale:
    """Return scales that hold all sectors and leave room on both sides of where the quarters meet, within 0–100."""
    middle, rows = _divide(figure), _shown(figure)
    ends = []
    for place in (EXPOSURE, CONTROL):
        values = [middle[place] - NEAREST, middle[place] + NEAREST]
        values += [(row.cells[place].value or 0.0) + beyond for row in rows for beyond in (-MARGIN, MARGIN)]
        low, high = STEP * math.floor(min(values) / STEP), STEP * math.ceil(max(values) / STEP)
        ends.append((max(low, 0.0), min(high, 100.0)))
    return Scale(plot, middle, (ends[0][0], ends[1][0]), (ends[0][1], ends[1][1]))


def _quarters(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    """Return the ground of each quarter and, outside its corner, its name with the firms in it."""
    palette, plot, shapes = style.palette, scale.plot, list[Shape]()
    total = next((row for row in figure.table.rows if row.key == figure.table.total), None)
    x, y = scale.at(*scale.middle)
    for place, quarter in enumerate(QUARTERS):
        right, top = quarter in ("act", "guarded"), quarter in ("guarded", "calm")
        ground = mix(palette.surface, quarter_colour(style, quarter), 0.1 if quarter == "act" else 0.04)
        across = (x, plot.right - x) if right else (plot.x, x - plot.x)
        down = (plot.y, y - plot.y) if top else (y, plot.bottom - y)
        shapes.append(Box(across[0], down[0], across[1], down[1], fill=ground))
        above = plot.y - style.pad * 0.6 - _corner_height(style)
        below = plot.bottom + style.line(style.note) + style.pad * 0.8
        name = f"{SIGNS[quarter]} {style.texts(f'figure.quadrant.{quarter}')}"
        said = (name, _counted(style, total, place))
        mark = Mark(total.cells[FIRST + place].evidence, " ".join(said)) if total is not None else None
        edge = plot.right if right else plot.x
        anchor: Anchor = "end" if right else "start"
        at = Label(edge, above if top else below, "", style.note, quarter_ink(style, quarter), anchor, True, mark)
        shapes += _corner(style, said, at, plot.width / 2 - style.pad)
    return shapes


def _corner(style: Style, said: tuple[str, str], at: Label, room: float) -> list[Shape]:
    """Return a quarter's name and, below it, its firms."""
    name, firms = (shorten(text, room, style.note, bold=True) for text in said)
    second = replace(at, y=at.y + style.line(style.note), colour=style.palette.muted, bold=False)
    return [*block(style, (name,), at), *block(style, (firms,), second)]


def _counted(style: Style, total: Row | None, place: int) -> str:
    """Return the firms in a quarter with their share of those that use agents; ‡ where that is not published."""
    cell = total.cells[FIRST + place] if total is not None else None
    if total is None or cell is None or cell.status is CellStatus.HIDDEN or cell.value is None:
        return HIDDEN_SIGN
    firms = sum(other.value or 0.0 for other in total.cells[FIRST:])
    whole = all(other.value is not None for other in total.cells[FIRST:]) and firms > 0
    key = "figure.quadrant.firms" if whole else "figure.quadrant.firms_alone"
    return style.texts(key, n=f"{cell.value:,.0f}", share=percent(cell.value / firms) if whole else "")


def axes(style: Style, scale: Scale, named: tuple[str, str], above: float, below: float) -> list[Shape]:
    """Return both scales, the lines at which the quarters meet, and the names (across, up), so far above and below the plot."""
    shapes: list[Shape] = []
    plot, palette = scale.plot, style.palette
    base = plot.bottom + style.pad * 0.5 + style.note * ASCENT
    for value in _ticks(scale, EXPOSURE):
        x = scale.at(value, value)[0]
        shapes.append(rule(x, plot.y, x, plot.bottom, palette.hairline))
        anchor: Anchor = "start" if x < plot.x + style.note else "end" if x > plot.right - style.note else "middle"
        shapes.append(note_label(style, x, base, f"{value:.0f}", anchor))
    for value in _ticks(scale, CONTROL):
        y = scale.at(value, value)[1]
        shapes.append(rule(plot.x, y, plot.right, y, palette.hairline))
        held = min(max(y, plot.y + style.note * 0.5), plot.bottom - style.note * 0.5)
        shapes += centred(style, (f"{value:.0f}",), Label(plot.x - style.pad * 0.6, held, "", style.note, palette.muted, "end"))
    x, y = scale.at(*scale.middle)
    shapes += [rule(x, plot.y, x, plot.bottom, palette.neutral, 0.4), rule(plot.x, y, plot.right, y, palette.neutral, 0.4)]
    across, up = named
    shapes.append(note_label(style, plot.x - text_width("100", style.note) - style.pad, plot.y - above, f"↑ {up}"))
    shapes.append(note_label(style, plot.right, plot.bottom + below + style.note * ASCENT, f"{across} →", "end"))
    return shapes


def _ticks(scale: Scale, place: int) -> tuple[float, ...]:
    """Return multiples of 5, 10 or 20 on a scale."""
    low, high = scale.low[place], scale.high[place]
    step = next((step for step in (5.0, 10.0) if (high - low) / step <= MOST_TICKS), 20.0)
    return tuple(step * place for place in range(math.ceil(low / step), math.floor(high / step) + 1))
