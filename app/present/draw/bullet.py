"""BULLET: a row a goal: a bar for the value, its interval, an upright mark at the target, and the light in shape and word."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.drawing import Box, Label, Mark, Path, Shape
from app.domain.figure import Figure, Said
from app.domain.goals import Light
from app.domain.numbers import percent
from app.domain.release import CellStatus, Row
from app.present.draw.axis import ShareAxis, share_axis, tick_text
from app.present.draw.levels import row_label
from app.present.draw.signs import sign_shapes
from app.present.draw.style import (
    Rect,
    Style,
    centred,
    lines_height,
    note_label,
    row_height,
    rule,
    value_text,
)
from app.present.draw.text import ASCENT, balanced, text_width

LIGHTS = tuple(Light)
THICKEST, TALLEST, LEAST_ROW = 4.6, 11.0, 2.0
VALUE, TARGET = 0, 1
SPLIT = " · "  # in a name, between what is measured and whose goal it is


class BulletBody:
    """Names at the left; value, target and light at the right under their heads."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the heads, a row a goal, and the scale."""
        _, labels = _labels(style, figure.table.rows, width)
        return self._edge(style) * 2 + max(row_height(style, labels), style.body * LEAST_ROW) * len(labels)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return scale, heads and rows."""
        rows, edge = figure.table.rows, self._edge(style)
        column, labels = _labels(style, rows, area.width)
        stops = _stops(figure, style, area)
        pitch = min((area.height - 2 * edge) / max(len(rows), 1), TALLEST * style.scale)
        pitch = max(pitch, row_height(style, labels))
        left = area.x + column + style.pad * 1.5
        plot = Rect(left, area.y + edge, stops[0] - left, pitch * len(rows))
        axis = share_axis([cell for row in rows for cell in row.cells])
        shapes = [*_axis(style, axis, plot), *_heads(figure, style, stops, area)]
        said = {one.row: one for one in figure.said}
        for place, row in enumerate(rows):
            middle = plot.y + pitch * (place + 0.5)
            mark = Mark(row.cells[VALUE].evidence, said[row.key].sentence if row.key in said else row.label)
            shapes += row_label(style, figure, row, labels[place], (area.x + column, middle))
            shapes += _bar(style, row, (axis, Rect(plot.x, middle, plot.width, min(pitch * 0.5, THICKEST * style.scale))), mark)
            shapes += _words(style, row, said.get(row.key), (stops, middle), mark)
        return shapes

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what the thin line, the bar, the mark and the lights mean."""
        has = any(row.cells[VALUE].low is not None for row in figure.table.rows)
        return (*((style.texts("figure.draw.interval_key"),) if has else ()), *figure.keys)

    def _edge(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad * 0.8


def _labels(style: Style, rows: Sequence[Row], width: float) -> tuple[float, list[tuple[str, ...]]]:
    """Return the width of the column of names and each name: what is measured in up to two lines, whose goal by when below."""
    parts = [row.label.split(SPLIT, 1) for row in rows]
    most = max((text_width(part, style.body, bold=True) for both in parts for part in both), default=0.0)
    column = min(most, width * 0.34)
    return column, [(*balanced(both[0], column, style.body, 2, bold=True), *both[1:]) for both in parts]


def _stops(figure: Figure, style: Style, area: Rect) -> tuple[float, float, float]:
    """Return where the plot ends and where the columns of value and target end; the lights stand at the right of that."""
    rows, pad = figure.table.rows, style.pad
    light = max((text_width(one.text, style.note) for one in figure.said), default=0.0) + style.body * 0.8 + pad * 0.6
    widths = []
    for place in (VALUE, TARGET):
        head = text_width(figure.table.columns[place], style.note)
        widths.append(max([head, *(text_width(value_text(row.cells[place]), style.body, bold=True) for row in rows)]))
    target_end = area.right - light - pad * 1.6
    value_end = target_end - widths[TARGET] - pad * 1.6
    return value_end - widths[VALUE] - pad * 1.6, value_end, target_end


def _heads(figure: Figure, style: Style, stops: tuple[float, float, float], area: Rect) -> list[Shape]:
    base = area.y + style.note * ASCENT
    return [note_label(style, stops[1 + place], base, figure.table.columns[place], "end") for place in (VALUE, TARGET)]


def _axis(style: Style, axis: ShareAxis, plot: Rect) -> list[Shape]:
    shapes: list[Shape] = []
    base = plot.bottom + style.pad * 0.5 + style.note * ASCENT
    for tick in axis.ticks:
        x = plot.x + plot.width * axis.part(tick)
        shapes.append(rule(x, plot.y, x, plot.bottom, style.palette.neutral if tick == 0 else style.palette.hairline))
        shapes.append(note_label(style, x, base, tick_text(tick), "middle"))
    return shapes


def _bar(style: Style, row: Row, where: tuple[ShareAxis, Rect], mark: Mark) -> list[Shape]:
    """Return bar, interval and target of one goal; the rectangle's y is its middle line."""
    (axis, bar), palette, cell = where, style.palette, row.cells[VALUE]
    shapes: list[Shape] = []
    if cell.value is not None:
        small = cell.status is CellStatus.SMALL
        width = bar.width * axis.part(cell.value)
        fill, stroke = (palette.surface, palette.accent) if small else (palette.accent, "")
        shapes.append(Box(bar.x, bar.y - bar.height * 0.36, width, bar.height * 0.72, fill, stroke, 0.3, mark=mark))
    if cell.low is not None and cell.high is not None:
        low, high = (bar.x + bar.width * axis.part(bound) for bound in (cell.low, cell.high))
        for colour, line in ((palette.surface, 0.9), (palette.text, 0.4)):  # seen on the bar and beside it
            shapes.append(Path(((low, bar.y), (high, bar.y)), stroke=colour, line=line, mark=mark))
    target = row.cells[TARGET].value
    if target is not None:
        x, half = bar.x + bar.width * axis.part(target), bar.height * 0.72
        shapes.append(Path(((x, bar.y - half), (x, bar.y + half)), stroke=palette.text, line=0.9 * style.scale, mark=mark))
    return shapes


def _words(style: Style, row: Row, said: Said | None, where: tuple[tuple[float, float, float], float], mark: Mark) -> list[Shape]:
    """Return value, target and light of one goal."""
    (_, value_end, target_end), middle = where
    palette, cell = style.palette, row.cells[VALUE]
    ink = palette.text if cell.value is not None else palette.muted
    shapes = centred(style, (value_text(cell),), Label(value_end, middle, "", style.body, ink, "end", True, mark))
    target = row.cells[TARGET]
    aim = Mark(target.evidence, mark.sentence)
    wanted = percent(target.value) if target.value is not None else ""
    shapes += centred(style, (wanted,), Label(target_end, middle, "", style.body, palette.text, "end", mark=aim))
    if said is None:
        return shapes
    light, side = LIGHTS[said.level], style.body * 0.8
    left = target_end + style.pad * 1.6
    shapes += sign_shapes(palette, light.value, Rect(left, middle - side / 2, side, side), mark)
    at = Label(left + side + style.pad * 0.6, middle, "", style.note, palette.text, mark=mark)
    return [*shapes, *centred(style, (said.text,), at)]
