"""SLOPE: a line a row from its share at one moment to that at the next, named at its ends; intervals thin and upright.

`said` tells of each row whether it surely rose (1) or fell (−1), did neither (0), or has no line (below −1). Neighbours in value
stand in different lanes, so that their intervals never lie upon each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.drawing import Anchor, Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.numbers import number
from app.domain.release import CellStatus, Row
from app.present import wording
from app.present.draw.spans import ticks
from app.present.draw.style import Rect, Style, centred, lines_height, rule, value_text
from app.present.draw.text import ASCENT, shorten, text_width

LANES, LANE = 5, 1.5  # side by side at each end, so many millimetres apart
LEAST_PLOT = 62.0
NAME = 0.36  # of the width, the most a name may take
LEADER = 4.0  # millimetres from the outermost lane to the names
FIRST, LAST = 0, 1
DASH = (1.4, 1.0)


@dataclass(frozen=True, slots=True)
class _Line:
    """One row as it will be drawn: whether it rose or fell, and what a hover reads out."""

    row: Row
    way: int
    mark: Mark


class SlopeBody:
    """Two uprights with the lines between them; values and letters at the left, values and names at the right."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:  # noqa: ARG002 - the same for any width
        """Return the heads and a line of text a row."""
        rows = len(_lines(figure))
        return max(LEAST_PLOT * style.scale, rows * style.line(style.body)) + self._head(style) + style.pad

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return the scale, then the lines, the least telling first, and their names."""
        lines = _lines(figure)
        if not lines:
            return []
        left = max(text_width(_left_text(one.row), style.body, bold=True) for one in lines)
        right = max(text_width(_right_text(style, one.row, area), style.body, bold=True) for one in lines)
        gap = LEADER * style.scale
        scale = text_width("100%", style.note) + style.pad
        begin = area.x + scale + left + gap
        plot = Rect(
            begin, area.y + self._head(style), area.right - right - gap - begin, area.height - self._head(style) - style.pad
        )
        found = _Plot(figure, style, plot, lines)
        shapes = [*_axis(figure, style, found, area), *_heads(figure, style, found, area)]
        for one in sorted(lines, key=lambda one: (one.row.key == figure.table.total, one.way != 0)):
            shapes += _line(figure, style, found, one)
        shapes += _names(figure, style, found, (FIRST, [_left_text(one.row) for one in lines]))
        return [*shapes, *_names(figure, style, found, (LAST, [_right_text(style, one.row, area) for one in lines]))]

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what solid, dashed and grey lines mean, and which rows have none."""
        drawn = {one.row.key for one in _lines(figure)}
        lost = [row.label for row in figure.table.rows if row.key not in drawn]
        told = (style.texts("figure.slope.not_drawn", names=wording.joined(style.texts, lost)),) if lost else ()
        return (*figure.keys, *told)

    def _head(self, style: Style) -> float:
        return lines_height(style, 1, style.body) + style.pad


class _Plot:
    """Where each line begins and ends: values to height, lanes to the side."""

    def __init__(self, figure: Figure, style: Style, area: Rect, lines: Sequence[_Line]) -> None:
        cells = [cell for one in lines for cell in one.row.cells]
        values = [bound for cell in cells for bound in (cell.value, cell.low, cell.high) if bound is not None]
        self.area, self.lines = area, lines
        self.ticks = ticks(values, figure.table.rows[0].cells[0].unit)
        self._lane = LANE * style.scale
        self._lanes = [
            {one.row.key: k % LANES for k, one in enumerate(sorted(lines, key=lambda one: one.row.cells[end].value or 0.0))}
            for end in (FIRST, LAST)
        ]

    def y(self, value: float) -> float:
        """Return the height of a share."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.area.bottom - self.area.height * (value - low) / (high - low)

    def x(self, row: Row, end: int) -> float:
        """Return where a row stands at one of its ends."""
        lane = self._lanes[end][row.key] * self._lane
        return self.area.x + lane if end == FIRST else self.area.right - lane


def _lines(figure: Figure) -> list[_Line]:
    said = {one.row: one for one in figure.said}
    found = []
    for row in figure.table.rows:
        told = said.get(row.key)
        if all(cell.value is not None for cell in row.cells):
            mark = Mark(row.cells[LAST].evidence, told.sentence if told is not None else row.label)
            found.append(_Line(row, told.level if told is not None else 0, mark))
    return found


def _left_text(row: Row) -> str:
    short = f"{row.key} " if len(row.key) == 1 and row.key.isalpha() else ""
    return f"{short}{value_text(row.cells[FIRST])}"


def _right_text(style: Style, row: Row, area: Rect) -> str:
    return f"{value_text(row.cells[LAST])} {shorten(row.label, area.width * NAME, style.body)}"


def _axis(figure: Figure, style: Style, plot: _Plot, area: Rect) -> list[Shape]:
    shapes: list[Shape] = []
    unit = figure.table.rows[0].cells[0].unit
    for tick in plot.ticks:
        y = plot.y(tick)
        shapes.append(rule(plot.area.x, y, plot.area.right, y, style.palette.hairline))
        at = Label(area.x + text_width("100%", style.note), y, "", style.note, style.palette.muted, "end")
        shapes += centred(style, (number(tick, unit),), at)
    ends = (plot.area.x, plot.area.right)
    return [*shapes, *(rule(x, plot.area.y, x, plot.area.bottom, style.palette.neutral, 0.3) for x in ends)]


def _heads(figure: Figure, style: Style, plot: _Plot, area: Rect) -> list[Shape]:
    base = area.y + style.body * ASCENT
    first, last = figure.table.columns
    return [
        Label(plot.area.x, base, first, style.body, style.palette.text, "start", bold=True),
        Label(plot.area.right, base, last, style.body, style.palette.text, "end", bold=True),
    ]


def _ink(figure: Figure, style: Style, one: _Line) -> tuple[str, float, tuple[float, ...]]:
    """Return colour, width and dashes of a line: shape and colour tell rise from fall, width the total and the lit row."""
    palette = style.palette
    strong = one.row.key in (figure.table.total, figure.chosen) and bool(one.row.key)
    colour = palette.text if one.row.key == figure.table.total else palette.neutral
    colour = {1: palette.accent, -1: palette.off_track}.get(one.way, colour)
    return colour, (0.9 if strong else 0.5 if one.way else 0.35) * style.scale, DASH if one.way == -1 else ()


def _line(figure: Figure, style: Style, plot: _Plot, one: _Line) -> list[Shape]:
    colour, width, dash = _ink(figure, style, one)
    ends = [(plot.x(one.row, end), plot.y(one.row.cells[end].value or 0.0)) for end in (FIRST, LAST)]
    shapes: list[Shape] = []
    for end, cell in enumerate(one.row.cells):
        if cell.low is not None and cell.high is not None:
            x = ends[end][0]
            shapes.append(Path(((x, plot.y(cell.low)), (x, plot.y(cell.high))), stroke=colour, line=0.25, mark=one.mark))
    shapes.append(Path(tuple(ends), stroke=colour, line=width, dash=dash, mark=one.mark))
    for end, cell in enumerate(one.row.cells):
        fill = style.palette.surface if cell.status is CellStatus.SMALL else colour
        mark = Mark(cell.evidence, one.mark.sentence)
        shapes.append(Dot(*ends[end], 0.75 * style.scale, fill, colour, 0.3, mark))
    return shapes


def _names(figure: Figure, style: Style, plot: _Plot, what: tuple[int, list[str]]) -> list[Shape]:
    """Return the names at one end, moved apart where they would meet, each joined to its dot by a hairline."""
    end, texts = what
    wanted = [plot.y(one.row.cells[end].value or 0.0) for one in plot.lines]
    placed = apart(wanted, style.line(style.body) * 0.94, (plot.area.y, plot.area.bottom))
    gap = LEADER * style.scale
    anchor: Anchor = "end" if end == FIRST else "start"
    edge = plot.area.x if end == FIRST else plot.area.right
    x, way = (edge - gap, -1) if end == FIRST else (edge + gap, 1)
    shapes: list[Shape] = []
    for one, text, y, from_y in zip(plot.lines, texts, placed, wanted, strict=True):
        strong = bool(one.row.key) and one.row.key in (figure.table.total, figure.chosen)
        colour = _ink(figure, style, one)[0] if one.way or strong else style.palette.muted
        points = ((plot.x(one.row, end), from_y), (edge + way * gap * 0.35, from_y), (x - way * 0.5, y))
        shapes.append(Path(points, stroke=style.palette.hairline, line=0.2))
        shapes += centred(style, (text,), Label(x, y, "", style.body, colour, anchor, strong, one.mark))
    return shapes


def apart(wanted: Sequence[float], least: float, within: tuple[float, float]) -> list[float]:
    """Return places as near to those wanted as can be, in their order, at least `least` apart, inside `within` where it is room.

    Where they meet, a group of neighbours is spread around the mean of what it wanted.
    """
    order = sorted(range(len(wanted)), key=lambda k: (wanted[k], k))
    groups: list[tuple[float, list[int]]] = []  # middle and members
    for k in order:
        groups.append((wanted[k], [k]))
        while len(groups) > 1 and _first(groups[-1], least, within) - _last(groups[-2], least, within) < least - 1e-9:
            _, later = groups.pop()
            _, former = groups.pop()
            members = [*former, *later]
            groups.append((sum(wanted[m] for m in members) / len(members), members))
    placed = [0.0] * len(wanted)
    for group in groups:
        start = _first(group, least, within)
        for place, k in enumerate(group[1]):
            placed[k] = start + least * place
    return placed


def _first(group: tuple[float, list[int]], least: float, within: tuple[float, float]) -> float:
    """Return the place of a group's first member, moved inside the bounds."""
    length = least * (len(group[1]) - 1)
    return max(min(group[0] - length / 2, within[1] - length), within[0])


def _last(group: tuple[float, list[int]], least: float, within: tuple[float, float]) -> float:
    return _first(group, least, within) + least * (len(group[1]) - 1)
