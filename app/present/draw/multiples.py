"""MULTIPLES: a small column chart a row, all on the same axes; the total is a stepped outline in every one of them."""

from __future__ import annotations

import math

from app.domain.drawing import Box, Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.numbers import percent
from app.domain.release import CellStatus, Row
from app.present.draw.axis import ShareAxis, share_axis, tick_text
from app.present.draw.style import Rect, Style, block, centred, lines_height, mark_of, n_text, note_label, rule, swatches
from app.present.draw.text import ASCENT, balanced, shorten, text_width

NARROWEST, BARS = 34.0, 18.0  # least width of a chart, height of its bars
GAP = 3.0
FULL = 0.78  # of a bar's place that the bar fills


class MultiplesBody:
    """A grid of charts under one key of colours."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the key and as many rows of charts as it takes."""
        head = swatches(style, _entries(figure, style), Rect(0, 0, width, 0))[1]
        _, down = _grid(figure, style, width)
        return head + style.pad + down * (BARS * style.scale + self._around(style))

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return the key, then chart after chart."""
        head, used = swatches(style, _entries(figure, style), area)
        across, down = _grid(figure, style, area.width)
        left = text_width(tick_text(1.0), style.note) + style.pad
        width, height = (area.width - left) / across, (area.height - used - style.pad) / down
        axis = share_axis([cell for row in figure.table.rows for cell in row.cells])
        shapes = list(head)
        for place, row in enumerate(figure.table.rows):
            x = area.x + left + width * (place % across)
            y = area.y + used + style.pad + height * (place // across)
            plot = Rect(x, y + self._title(style), width - GAP * style.scale, height - self._around(style))
            shapes += self._chart(figure, style, row, (axis, plot, place % across == 0))
        return shapes

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:  # noqa: ARG002 - the figure words its own
        """Return what the outline is."""
        return figure.keys

    def _title(self, style: Style) -> float:
        return lines_height(style, 2, style.note) + style.line(style.note) + style.pad * 0.5

    def _around(self, style: Style) -> float:
        return self._title(style) + style.line(style.note) + style.pad

    def _chart(self, figure: Figure, style: Style, row: Row, where: tuple[ShareAxis, Rect, bool]) -> list[Shape]:
        """Return one chart: name and firms above, bars, the outline of the total, codes of the levels below."""
        axis, plot, first = where
        shapes = _name(figure, style, row, plot, self._title(style))
        shapes += _scale(style, axis, plot, first)
        if row.cells[0].status is CellStatus.HIDDEN:
            mark = mark_of(style.texts, row, figure.table.columns, 0)
            middle = Label(
                plot.x + plot.width / 2, plot.y + plot.height / 2, "", style.note, style.palette.muted, "middle", mark=mark
            )
            box = Box(plot.x, plot.y, plot.width, plot.height, style.palette.raised, "", hatch=True, mark=mark)
            text = style.texts("figure.multiples.hidden")
            back = text_width(text, style.note) + style.pad
            ground = Box(middle.x - back / 2, middle.y - style.note * 0.8, back, style.note * 1.6, style.palette.surface)
            return [*shapes, box, ground, *centred(style, (text,), middle)]
        for place in range(len(row.cells)):
            shapes += _bar(figure, style, row, (axis, plot, place))
        return [*shapes, *_outline(figure, style, axis, plot, row)]


def _entries(figure: Figure, style: Style) -> list[tuple[str, str]]:
    return list(zip(style.palette.levels, figure.table.columns, strict=False))


def _grid(figure: Figure, style: Style, width: float) -> tuple[int, int]:
    """Return how many charts stand across and down, none narrower than its bars and values need."""
    count = max(len(figure.table.rows), 1)
    most = max(1, int(width / (NARROWEST * style.scale)))
    down = math.ceil(count / most)
    return math.ceil(count / down), down


def _name(figure: Figure, style: Style, row: Row, plot: Rect, height: float) -> list[Shape]:
    lit = bool(row.key) and row.key in (figure.table.total, figure.chosen)
    colour = style.palette.accent if row.key == figure.chosen and row.key else style.palette.text
    lines = balanced(row.label, plot.width, style.note, 2, bold=lit)
    top = plot.y - height
    shapes = block(style, lines, Label(plot.x, top, "", style.note, colour, bold=lit))
    firms = f"n={n_text(row)}"
    base = top + lines_height(style, len(lines), style.note) + style.note * ASCENT
    return [*shapes, note_label(style, plot.x, base, shorten(firms, plot.width, style.note))]


def _scale(style: Style, axis: ShareAxis, plot: Rect, first: bool) -> list[Shape]:
    """Return zero and top as lines; only the first chart of a line names them."""
    shapes: list[Shape] = []
    for tick in (0.0, axis.top):
        y = plot.bottom - plot.height * axis.part(tick)
        shapes.append(rule(plot.x, y, plot.right, y, style.palette.neutral if tick == 0 else style.palette.hairline))
        if first:
            at = Label(plot.x - style.pad * 0.5, y, "", style.note, style.palette.muted, "end")
            shapes += centred(style, (tick_text(tick),), at)
    return shapes


def _bar(figure: Figure, style: Style, row: Row, where: tuple[ShareAxis, Rect, int]) -> list[Shape]:
    axis, plot, place = where
    palette, cell = style.palette, row.cells[place]
    slot = plot.width / len(row.cells)
    x, mark = plot.x + slot * (place + 0.5), mark_of(style.texts, row, figure.table.columns, place)
    code = figure.table.columns[place].split(" ")[0]
    shapes: list[Shape] = []
    base = plot.bottom + style.pad * 0.3 + style.note * ASCENT
    shapes.append(note_label(style, x, base, shorten(code, slot, style.note), "middle"))
    if cell.value is None:
        return shapes
    top, small = plot.bottom - plot.height * axis.part(cell.value), cell.status is CellStatus.SMALL
    fill, edge = (palette.surface, palette.accent) if small else (palette.levels[place % len(palette.levels)], palette.neutral)
    shapes.append(Box(x - slot * FULL / 2, top, slot * FULL, plot.bottom - top, fill, edge, 0.15, mark=mark))
    if cell.low is not None and cell.high is not None:
        low, high = (plot.bottom - plot.height * axis.part(bound) for bound in (cell.low, cell.high))
        shapes.append(Path(((x, low), (x, high)), stroke=palette.text, line=0.25, mark=mark))
    return shapes


def _outline(figure: Figure, style: Style, axis: ShareAxis, plot: Rect, row: Row) -> list[Shape]:
    """Return the steps of the total over the bars of another row."""
    total = next((each for each in figure.table.rows if figure.table.total and each.key == figure.table.total), None)
    if total is None or row is total or any(cell.value is None for cell in total.cells):
        return []
    slot, points = plot.width / len(total.cells), list[tuple[float, float]]()
    for place, cell in enumerate(total.cells):
        y = plot.bottom - plot.height * axis.part(cell.value or 0.0)
        points += [(plot.x + slot * place, y), (plot.x + slot * (place + 1), y)]
    said = " ".join(
        f"{name.split(' ')[0]} {percent(cell.value or 0.0)}" for name, cell in zip(figure.table.columns, total.cells, strict=True)
    )
    return [
        Path(
            tuple(points), stroke=style.palette.reference, line=0.35, mark=Mark(total.cells[0].evidence, f"{total.label}: {said}")
        )
    ]
