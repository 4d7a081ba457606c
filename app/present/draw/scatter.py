"""SCATTER: a dot a row, its first column across and its second up, larger for more firms; the total's values are dashed lines."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.domain.drawing import Anchor, Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.numbers import number
from app.domain.release import Cell, CellStatus, Row
from app.present import wording
from app.present.draw.place import inside, label_box, overlap
from app.present.draw.spans import ticks
from app.present.draw.style import Rect, Style, centred, lines_height, mix, note_label, rule
from app.present.draw.text import ASCENT, DESCENT, shorten, text_width

ACROSS, UP = 0, 1
LEAST_PLOT, SMALLEST, LARGEST = 72.0, 1.0, 3.2
NAME = 0.3  # of the plot's width, the most a name may take
LEAST_SPAN = 0.2  # of a whole scale, the least that is shown of it
DASH = (1.2, 1.0)
_SIDES: tuple[tuple[int, Anchor], ...] = ((1, "start"), (-1, "end"))


@dataclass(frozen=True, slots=True)
class _Scale:
    """Both columns to millimetres, by their ticks."""

    plot: Rect
    across: tuple[float, ...]
    up: tuple[float, ...]

    def x(self, value: float) -> float:
        return self.plot.x + self.plot.width * (value - self.across[0]) / (self.across[-1] - self.across[0])

    def y(self, value: float) -> float:
        return self.plot.bottom - self.plot.height * (value - self.up[0]) / (self.up[-1] - self.up[0])

    def at(self, row: Row) -> tuple[float, float]:
        return self.x(row.cells[ACROSS].value or 0.0), self.y(row.cells[UP].value or 0.0)


class ScatterBody:
    """Two scales, the lines of all firms, dots with their intervals, names where there is room."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:  # noqa: ARG002 - the same for all
        """Return the plot with the names of both scales."""
        return LEAST_PLOT * style.scale + self._above(style) + self._below(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return scales, lines of the total, intervals, dots, names."""
        rows = _shown(figure)
        cells = [[row.cells[place] for row in (*rows, *_total(figure))] for place in (ACROSS, UP)]
        across, up = (_ticks(column, figure.table.rows[0].cells[place].unit) for place, column in enumerate(cells))
        left = max(text_width(number(tick, figure.table.rows[0].cells[UP].unit), style.note) for tick in up) + style.pad
        height = area.height - self._above(style) - self._below(style)
        scale = _Scale(Rect(area.x + left, area.y + self._above(style), area.width - left - style.pad * 2, height), across, up)
        shapes = [*_axes(figure, style, scale), *_total_lines(figure, style, scale)]
        most = max((row.cells[ACROSS].n or 0 for row in rows), default=1)
        sized = sorted(((row, _radius(style, row, most)) for row in rows), key=lambda pair: -pair[1])
        for row, _ in sized:
            shapes += _interval(figure, style, scale, row)
        shapes += [_dot(figure, style, scale, pair) for pair in sized]
        return [*shapes, *_names(figure, style, scale, sized)]

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what dots and lines mean, and which rows have no dot."""
        drawn = {row.key for row in (*_shown(figure), *_total(figure))}
        lost = [row.label for row in figure.table.rows if row.key not in drawn]
        told = (style.texts("figure.scatter.not_drawn", names=wording.joined(style.texts, lost)),) if lost else ()
        return (*figure.keys, *told)

    def _above(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad

    def _below(self, style: Style) -> float:
        return 2 * style.line(style.note) + style.pad * 0.6


def _shown(figure: Figure) -> list[Row]:
    rows = (row for row in figure.table.rows if row.key != figure.table.total)
    return [row for row in rows if row.cells[ACROSS].value is not None and row.cells[UP].value is not None]


def _total(figure: Figure) -> list[Row]:
    rows = (row for row in figure.table.rows if row.key == figure.table.total)
    return [row for row in rows if row.cells[ACROSS].value is not None and row.cells[UP].value is not None]


def _ticks(cells: list[Cell], unit: str) -> tuple[float, ...]:
    """Return ticks that hold all values and intervals, wide enough that a lone dot does not fill the plot."""
    found = [bound for cell in cells for bound in (cell.value, cell.low, cell.high) if bound is not None]
    top = 1.0 if unit == "fraction" else 100.0
    low, high = min(found, default=0.0), max(found, default=top)
    wanting = max(LEAST_SPAN * top - (high - low), 0.0) / 2
    return ticks([max(low - wanting, 0.0), min(high + wanting, top)], unit)


def _radius(style: Style, row: Row, most: int) -> float:
    share: float = ((row.cells[ACROSS].n or 0) / max(most, 1)) ** 0.5
    return max(SMALLEST, LARGEST * share) * style.scale


def _axes(figure: Figure, style: Style, scale: _Scale) -> list[Shape]:
    shapes: list[Shape] = []
    plot, palette, row = scale.plot, style.palette, figure.table.rows[0]
    base = plot.bottom + style.pad * 0.5 + style.note * ASCENT
    for tick in scale.across:
        x = scale.x(tick)
        shapes.append(rule(x, plot.y, x, plot.bottom, palette.hairline))
        anchor: Anchor = "start" if x < plot.x + style.note else "middle"
        shapes.append(note_label(style, x, base, number(tick, row.cells[ACROSS].unit), anchor))
    for tick in scale.up:
        y = scale.y(tick)
        shapes.append(rule(plot.x, y, plot.right, y, palette.hairline))
        at = Label(plot.x - style.pad * 0.6, y, "", style.note, palette.muted, "end")
        shapes += centred(style, (number(tick, row.cells[UP].unit),), at)
    columns = figure.table.columns
    left = plot.x - text_width("100%", style.note) - style.pad * 0.6
    shapes.append(note_label(style, max(left, 0.0), plot.y - style.pad - style.note * 0.2, f"↑ {columns[UP]}"))
    shapes.append(note_label(style, plot.right, base + style.line(style.note), f"{columns[ACROSS]} →", "end"))
    return shapes


def _total_lines(figure: Figure, style: Style, scale: _Scale) -> list[Shape]:
    shapes: list[Shape] = []
    for row in _total(figure):
        x, y = scale.at(row)
        ends = (((x, scale.plot.y), (x, scale.plot.bottom)), ((scale.plot.x, y), (scale.plot.right, y)))
        for place, pair in enumerate(ends):
            shapes.append(Path(pair, stroke=style.palette.reference, line=0.35, dash=DASH, mark=_mark(figure, row, place)))
    return shapes


def _interval(figure: Figure, style: Style, scale: _Scale, row: Row) -> list[Shape]:
    """Return the interval of each scale, where there is one."""
    (x, y), mark, shapes = scale.at(row), _mark(figure, row), list[Shape]()
    across, up = row.cells[ACROSS], row.cells[UP]
    if across.low is not None and across.high is not None:
        ends = ((scale.x(across.low), y), (scale.x(across.high), y))
        shapes.append(Path(ends, stroke=style.palette.neutral, line=0.25, mark=mark))
    if up.low is not None and up.high is not None:
        ends = ((x, scale.y(up.low)), (x, scale.y(up.high)))
        shapes.append(Path(ends, stroke=style.palette.neutral, line=0.25, mark=_mark(figure, row, UP)))
    return shapes


def _dot(figure: Figure, style: Style, scale: _Scale, what: tuple[Row, float]) -> Shape:
    row, radius = what
    palette, lit = style.palette, bool(figure.chosen) and row.key == figure.chosen
    small = any(cell.status is CellStatus.SMALL for cell in row.cells)
    fill = palette.surface if small else palette.accent if lit else mix(palette.surface, palette.accent, 0.5)
    return Dot(*scale.at(row), radius, fill, palette.accent, 0.6 if lit else 0.35, _mark(figure, row, UP))


def _mark(figure: Figure, row: Row, place: int = ACROSS) -> Mark:
    sentence = next((said.sentence for said in figure.said if said.row == row.key), row.label)
    return Mark(row.cells[place].evidence, sentence)


def _names(figure: Figure, style: Style, scale: _Scale, sized: list[tuple[Row, float]]) -> list[Shape]:
    """Return each name where it meets nothing and no other dot is nearer; else its letter, else the hover tells it."""
    marks = [(scale.at(row), radius) for row, radius in sized]
    taken = [Rect(x - radius, y - radius, 2 * radius, 2 * radius) for (x, y), radius in marks]
    lines = [line for row, _ in sized for line in _interval(figure, style, scale, row)]
    for line in (*lines, *_total_lines(figure, style, scale)):
        if isinstance(line, Path):
            taken += _boxes(line)
    shapes: list[Shape] = []
    for row, radius in sized:
        lit = bool(figure.chosen) and row.key == figure.chosen
        colour = style.palette.accent if lit else style.palette.text
        at = Label(*scale.at(row), "", style.note, colour, bold=lit, mark=_mark(figure, row))
        name = shorten(row.label, scale.plot.width * NAME, style.note)
        tried = [replace(at, text=text) for text in (name, row.key if len(row.key) <= 2 else "") if text]
        spots = (spot for label in tried for spot in _spots(style, label, radius))
        found = next((spot for spot in spots if _is_free(spot, (scale.plot, taken), marks, (at.x, at.y))), None)
        if found is not None:
            taken.append(label_box(found))
            shapes.append(found)
    return shapes


def _spots(style: Style, label: Label, radius: float) -> Iterator[Label]:
    """Yield where a name may stand: in the four corners between the dot's intervals, then farther along them, then beside."""
    gap, rise = radius + style.pad * 0.25, label.size * ASCENT
    for step in (0.0, 0.6):
        out = gap + label.size * step
        for way, anchor in _SIDES:
            yield replace(label, x=label.x + way * gap * 0.5, y=label.y - out - label.size * DESCENT, anchor=anchor)
            yield replace(label, x=label.x + way * gap * 0.5, y=label.y + out + rise, anchor=anchor)
    for way, anchor in _SIDES:
        yield replace(label, x=label.x + way * gap, y=label.y + rise - label.size * (ASCENT + DESCENT) / 2, anchor=anchor)


def _is_free(
    label: Label, room: tuple[Rect, list[Rect]], marks: list[tuple[tuple[float, float], float]], own: tuple[float, float]
) -> bool:
    """Whether a name is inside the plot, meets nothing, and stands nearer to its own dot than to any other."""
    area, taken = room
    box = label_box(label)
    if not inside(box, area) or any(overlap(box, other) for other in taken):
        return False
    gaps = {point: _gap(box, point) - radius for point, radius in marks}
    return all(gap >= gaps[own] for gap in gaps.values())


def _gap(box: Rect, point: tuple[float, float]) -> float:
    across = max(box.x - point[0], 0.0, point[0] - box.right)
    return math.hypot(across, max(box.y - point[1], 0.0, point[1] - box.bottom))


def _boxes(line: Path) -> list[Rect]:
    """Return the box of a level or upright line, thin as it is."""
    (x1, y1), (x2, y2) = line.points[0], line.points[-1]
    thin = line.line / 2
    return [Rect(min(x1, x2) - thin, min(y1, y2) - thin, abs(x2 - x1) + 2 * thin, abs(y2 - y1) + 2 * thin)]
