"""CALIBRATION: chance given against share that had it, on a square, with the diagonal on which both are the same."""

from __future__ import annotations

import math

from app.domain.drawing import Box, Dot, Label, Mark, Path, Shape
from app.domain.figure import Figure
from app.domain.numbers import percent
from app.domain.release import CellStatus, Row
from app.present.draw.place import Placer
from app.present.draw.style import Rect, Style, centred, lines_height, note_label, rule
from app.present.draw.text import ASCENT, text_width

LEAST_PLOT, WIDEST = 62.0, 3.0  # the plot is at most so many times as wide as high
INSET = 0.035  # of the plot, so that dots at its corners stand inside
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
SMALLEST, LARGEST = 0.9, 2.7  # radius of a dot in millimetres, its area by the firms behind it
_BEFORE, _AFTER = "before", "after"


class CalibrationBody:
    """Hollow squares before calibration, dots after it, each as large as the firms behind it are many."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:  # noqa: ARG002 - the same for all figures
        """Return room for the plot, the name of its axis above and its ticks below."""
        return LEAST_PLOT * style.scale + self._above(style) + self._below(style)

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return axes, diagonal, the two lines and their dots."""
        left = text_width("100%", style.note) + style.pad
        height = area.height - self._above(style) - self._below(style)
        width = min(area.width - left - style.pad * 2, height * WIDEST)
        plot = Rect(area.x + left, area.y + self._above(style), width, height)
        most = max((row.cells[0].n or 0 for row in figure.table.rows), default=1)
        shapes = _axes(figure, style, plot)
        for side in (_BEFORE, _AFTER):
            rows = [row for row in figure.table.rows if row.key.startswith(side) and row.cells[0].value is not None]
            shapes += _line(style, plot, side, rows)
            for row in rows:
                shapes.append(_dot(style, plot, (row, side, most)))
        return [*shapes, *_names(figure, style, plot)]

    def keys(self, _figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return what the size of a dot and the dashed line mean."""
        return (style.texts("figure.calibration.key_size"), style.texts("figure.calibration.key_diagonal"))

    def _above(self, style: Style) -> float:
        return lines_height(style, 1, style.note) + style.pad * 1.2

    def _below(self, style: Style) -> float:
        return 2 * style.line(style.note) + style.pad * 1.4


def _at(plot: Rect, chance: float, share: float) -> tuple[float, float]:
    across, up = (INSET + (1 - 2 * INSET) * part for part in (chance, share))
    return plot.x + plot.width * across, plot.bottom - plot.height * up


def _axes(figure: Figure, style: Style, plot: Rect) -> list[Shape]:
    shapes: list[Shape] = []
    palette = style.palette
    chance, share = figure.table.columns
    for tick in TICKS:
        x, y = _at(plot, tick, tick)
        shapes.append(rule(plot.x, y, plot.right, y, palette.neutral if tick == 0 else palette.hairline))
        at = Label(plot.x - style.pad * 0.6, y, "", style.note, palette.muted, "end")
        shapes += centred(style, (percent(tick),), at)
        base = plot.bottom + style.pad * 0.6 + style.note * ASCENT
        shapes.append(note_label(style, x, base, percent(tick), "middle"))
    low, high = _at(plot, 0, 0), _at(plot, 1, 1)
    shapes.append(Path((low, high), stroke=palette.reference, line=0.35, dash=(1.4, 1.0)))
    shapes.append(note_label(style, plot.x, plot.y - style.pad * 1.1, share))
    below = plot.bottom + style.pad + style.line(style.note) + style.note * ASCENT
    shapes.append(note_label(style, plot.right, below, chance, "end"))
    return shapes


def _line(style: Style, plot: Rect, side: str, rows: list[Row]) -> list[Shape]:
    points = tuple(_at(plot, row.cells[0].value or 0.0, row.cells[1].value or 0.0) for row in rows)
    if len(points) < 2:
        return []
    if side == _BEFORE:
        return [Path(points, stroke=style.palette.neutral, line=0.35, dash=(0.6, 0.8))]
    return [Path(points, stroke=style.palette.accent, line=0.6)]


def _dot(style: Style, plot: Rect, what: tuple[Row, str, int]) -> Shape:
    row, side, most = what
    palette = style.palette
    x, y = _at(plot, row.cells[0].value or 0.0, row.cells[1].value or 0.0)
    n = row.cells[0].n or 0
    r = max(SMALLEST, LARGEST * math.sqrt(n / max(most, 1))) * style.scale
    mark = Mark(row.cells[0].evidence, _sentence(style, row))
    small = row.cells[0].status is CellStatus.SMALL
    if side == _BEFORE:
        half = r * 0.86
        return Box(x - half, y - half, 2 * half, 2 * half, palette.surface, palette.neutral, 0.35, mark=mark)
    return Dot(x, y, r, palette.surface if small else palette.accent, palette.accent, 0.4, mark)


def _sentence(style: Style, row: Row) -> str:
    chance, share = row.cells
    values = {"chance": percent(chance.value or 0.0), "share": percent(share.value or 0.0), "n": f"{chance.n or 0:,}"}
    return style.texts("figure.calibration.sentence", side=row.label, **values)


def _names(figure: Figure, style: Style, plot: Rect) -> list[Shape]:
    """Name the two lines beside the dot that lies farthest from the diagonal; a name without room is left to the hover."""
    placer = Placer(plot)
    shown = [row for row in figure.table.rows if row.cells[0].value is not None]
    for row in shown:
        placer.block(_at(plot, row.cells[0].value or 0.0, row.cells[1].value or 0.0), 2.2 * style.scale)
    placer.line([_at(plot, 0, 0), _at(plot, 1, 1)], 0.5 * style.scale)
    shapes: list[Shape] = []
    for side, colour in ((_AFTER, style.palette.accent), (_BEFORE, style.palette.muted)):
        rows = [row for row in shown if row.key.startswith(side)]
        rows.sort(key=lambda row: abs((row.cells[0].value or 0.0) - (row.cells[1].value or 0.0)), reverse=side == _BEFORE)
        for row in rows[:3]:
            at = Label(
                *_at(plot, row.cells[0].value or 0.0, row.cells[1].value or 0.0),
                row.label,
                style.body,
                colour,
                bold=side == _AFTER,
            )
            placed = placer.place(at, 3.4 * style.scale)
            shapes += placed
            if placed:
                break
    return shapes
