"""SPANS: a row a thing, a mark at its middle with a band from low to high; further columns are ticks; targets are lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.drawing import Box, Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure, Target
from app.domain.numbers import cell_text, interval, number
from app.domain.release import Cell, CellStatus, Row
from app.domain.words import Texts
from app.present.draw.levels import row_label
from app.present.draw.ranked import is_lit
from app.present.draw.style import Rect, Style, centred, label_column, lines_height, note_label, row_height, rule
from app.present.draw.text import ASCENT, shorten, text_width

THICKEST, TALLEST, LEAST_ROW = 3.4, 11.0, 1.9
MOST_TICKS = 6
FORMS = 4  # signs of further columns that can be told apart
NARROWEST = 0.05  # of shares: a twentieth is never made to fill the plot
ZERO = 0.5  # the scale begins at zero where the lowest number is below this part of the highest


@dataclass(frozen=True, slots=True)
class Scale:
    """From numbers to millimetres: `first` and `last` tick stand at the edges of the plot."""

    ticks: tuple[float, ...]
    plot: Rect

    def x(self, value: float) -> float:
        """Return where a number stands, held within the plot."""
        part = (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])
        return self.plot.x + self.plot.width * min(max(part, 0.0), 1.0)


class SpansBody:
    """Names at the left, the numbers in words at the right, targets named above."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the key, the targets' names, a row a thing, and the scale."""
        _, labels = label_column(style, figure.table.rows, width)
        pitch = max(row_height(style, labels), style.body * LEAST_ROW)
        return self._top(figure, style, width) + pitch * len(labels) + self._foot(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return key, scale, targets and rows."""
        rows = figure.table.rows
        column, labels = label_column(style, rows, area.width)
        right = max((text_width(span_text(row.cells[0]), style.body, True) for row in rows), default=0.0) + style.pad
        top = self._top(figure, style, area.width)
        pitch = min((area.height - top - self._foot(style)) / max(len(rows), 1), TALLEST * style.scale)
        pitch = max(pitch, row_height(style, labels))
        left = area.x + column + style.pad * 2
        plot = Rect(left, area.y + top, area.right - right - left - style.pad, pitch * len(rows))
        scale = Scale(ticks(_numbers(figure), rows[0].cells[0].unit if rows else "fraction"), plot)
        shapes = [*_key(figure, style, area)[0], *_axis(figure, style, scale)]
        shapes += _targets(figure, style, scale, area)
        for place, row in enumerate(rows):
            middle = plot.y + pitch * (place + 0.5)
            shapes += row_label(style, figure, row, labels[place], (area.x + column, middle))
            shapes += _row(figure, style, row, (scale, middle, min(pitch * 0.36, THICKEST)))
            ink = style.palette.text if row.cells[0].value is not None or row.cells[0].low is not None else style.palette.muted
            at = Label(area.right, middle, "", style.body, ink, "end", is_lit(figure, row), _mark(figure, style.texts, row, 0))
            shapes += centred(style, (span_text(row.cells[0]),), at)
        return shapes

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what the dot and its band mean, where there is a band, then the figure's own keys."""
        has = any(row.cells[0].low is not None for row in figure.table.rows)
        return (*((style.texts("figure.spans.key"),) if has and not figure.keys else ()), *figure.keys)

    def _top(self, figure: Figure, style: Style, width: float) -> float:
        return _key(figure, style, Rect(0, 0, width, 0))[1] + len(_named(figure)) * style.line(style.note) + style.pad * 0.4

    def _foot(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad


def ticks(values: Sequence[float], unit: str) -> tuple[float, ...]:
    """Return round ticks that hold all values, at least two; from zero unless all values lie far above it.

    Shares never pass 1. A dot and its band need no zero, unlike a bar, so that close spans can be told apart.
    """
    low, high = min(values, default=0.0), max(values, default=1.0)
    low = min(low, 0.0) if low < ZERO * high else low
    if unit == "fraction" and high - low < NARROWEST:
        high = min(low + NARROWEST, 1.0)
        low = min(low, high - NARROWEST)
    step = _step(max(high - low, 1e-9))
    first = math.floor(low / step + 1e-9)
    last = max(math.ceil(high / step - 1e-9), first + 1)
    found = [round(place * step, 10) for place in range(first, last + 1)]
    return tuple(tick for tick in found if unit != "fraction" or tick <= 1.0 or len(found) == 2)


def span_text(cell: Cell) -> str:
    """Return a span as it stands beside its row: 47% (44–51%); a band without a middle is its two ends."""
    return cell_text(cell) if cell.value is not None else interval(cell.low, cell.high, cell.unit) or cell_text(cell)


def _step(reach: float) -> float:
    """The least of 1, 2, 5 × 10ᵏ with which no more than the most ticks stand on the scale."""
    power = 10.0 ** math.floor(math.log10(reach / MOST_TICKS))
    return next(power * part for part in (1, 2, 5, 10, 20) if reach / (power * part) <= MOST_TICKS - 1)


def _numbers(figure: Figure) -> list[float]:
    cells = [cell for row in figure.table.rows for cell in row.cells]
    found = [bound for cell in cells for bound in (cell.value, cell.low, cell.high) if bound is not None]
    return found + [target.value for target in figure.targets]


def _named(figure: Figure) -> list[Target]:
    return [target for target in figure.targets if target.label]


def _axis(figure: Figure, style: Style, scale: Scale) -> list[Shape]:
    plot, unit = scale.plot, figure.table.rows[0].cells[0].unit if figure.table.rows else "fraction"
    base = plot.bottom + style.pad * 0.5 + style.note * ASCENT
    shapes: list[Shape] = []
    for tick in scale.ticks:
        x = scale.x(tick)
        shapes.append(rule(x, plot.y, x, plot.bottom, style.palette.neutral if tick == 0 else style.palette.hairline))
        shapes.append(note_label(style, x, base, number(tick, unit), "middle"))
    return shapes


def _targets(figure: Figure, style: Style, scale: Scale, area: Rect) -> list[Shape]:
    """Return a dashed line a target; each name has a line of its own above the plot, in front of the lines it meets."""
    lines: list[Shape] = []
    names: list[Shape] = []
    named = _named(figure)
    for target in figure.targets:
        mark = Mark(target.evidence, target.label)
        rise = (len(named) - named.index(target) if target in named else 0) * style.line(style.note)
        x, top = scale.x(target.value), scale.plot.y - rise
        ends = ((x, top + (style.note * 0.3 if rise else 0.0)), (x, scale.plot.bottom))
        lines.append(Path(ends, stroke=style.palette.reference, line=0.4, dash=(1.2, 1.0), mark=mark))
        if target.label:
            names += _name(style, area, (x, top - style.pad * 0.3), mark)
    return [*lines, *names]


def _name(style: Style, area: Rect, at: tuple[float, float], mark: Mark) -> list[Shape]:
    """Return a target's name beside the top of its line: at its right, or at its left where there is no room."""
    text = shorten(mark.sentence, area.width, style.note)
    width, gap = text_width(text, style.note), style.pad * 0.5
    start = at[0] + gap if at[0] + gap + width <= area.right else max(area.x, at[0] - gap - width)
    back = Box(start, at[1], width, style.note * 1.1, fill=style.palette.surface)
    return [back, Label(start, at[1] + style.note * ASCENT, text, style.note, style.palette.text, mark=mark)]


def _row(figure: Figure, style: Style, row: Row, where: tuple[Scale, float, float]) -> list[Shape]:
    scale, middle, thick = where
    cell, palette, mark = row.cells[0], style.palette, _mark(figure, style.texts, row, 0)
    shapes: list[Shape] = []
    if cell.low is not None and cell.high is not None:
        low, high = scale.x(cell.low), scale.x(cell.high)
        fill = palette.selection if is_lit(figure, row) else palette.accent_soft
        shapes.append(Box(low, middle - thick / 2, max(high - low, 0.3), thick, fill, "", radius=thick / 2, mark=mark))
    for place, other in enumerate(row.cells[1:], 1):
        if other.value is not None:
            form = 1 if _alike(figure) else place
            shapes.append(_tick(style, form, (scale.x(other.value), middle, thick), _mark(figure, style.texts, row, place)))
    if cell.value is not None:
        inside = palette.surface if cell.status is CellStatus.SMALL else palette.accent
        shapes.append(Dot(scale.x(cell.value), middle, 1.1 * style.scale, inside, palette.accent, 0.35, mark))
    return shapes


def _tick(style: Style, place: int, at: tuple[float, float, float], mark: Mark | None = None) -> Path:
    """Return the sign of a further column: an upright stroke, a diamond, a triangle, a cross, told apart by shape alone."""
    x, y, thick = at
    r = max(thick * 0.45, 1.0 * style.scale)
    forms = (
        ((x, y - r * 1.3), (x, y + r * 1.3)),
        ((x, y - r), (x + r, y), (x, y + r), (x - r, y), (x, y - r)),
        ((x - r, y + r * 0.8), (x + r, y + r * 0.8), (x, y - r), (x - r, y + r * 0.8)),
        ((x - r, y - r), (x + r, y + r), (x, y), (x + r, y - r), (x - r, y + r)),
    )
    form = forms[(place - 1) % len(forms)]
    return Path(form, stroke=style.palette.text, line=0.4, mark=mark)


def _alike(figure: Figure) -> bool:
    """Whether there are more further columns than signs to tell them apart: all are strokes then, and the hover names each."""
    return len(figure.table.columns) - 1 > FORMS


def _key(figure: Figure, style: Style, area: Rect) -> tuple[list[Shape], float]:
    """Return the key of the columns, where there is more than one, and the height it takes."""
    if len(figure.table.columns) < 2:
        return [], 0.0
    shapes: list[Shape] = []
    side, pitch, x, y = style.note, style.line(style.note) * 1.1, area.x, area.y
    names = (figure.table.columns[0], style.texts("figure.spans.each")) if _alike(figure) else figure.table.columns
    for place, name in enumerate(names):
        text = shorten(name, area.width - side - style.pad, style.note)
        width = side + style.pad * 0.6 + text_width(text, style.note)
        if x > area.x and x + width > area.right:
            x, y = area.x, y + pitch
        middle = y + style.note * 0.55
        dot = Dot(x + side / 2, middle, 1.1 * style.scale, style.palette.accent, style.palette.accent, 0.35)
        shapes.append(_tick(style, place, (x + side / 2, middle, side * 0.6)) if place else dot)
        shapes.append(note_label(style, x + side + style.pad * 0.6, y + style.note * ASCENT, text))
        x += width + style.pad * 2
    return shapes, y - area.y + pitch + style.pad * 0.4


def _mark(figure: Figure, texts: Texts, row: Row, place: int) -> Mark:
    cell = row.cells[place]
    return Mark(cell.evidence, _sentence(texts, row, cell, figure.table.columns[place]))


def _sentence(texts: Texts, row: Row, cell: Cell, column: str) -> str:
    if cell.status is CellStatus.HIDDEN:
        return texts("figure.draw.hidden_sentence", row=row.label, column=column)
    if cell.value is None and cell.low is None:
        return texts("figure.draw.absent_sentence", row=row.label, column=column)
    return texts("figure.spans.sentence", row=row.label, column=column, value=span_text(cell))
