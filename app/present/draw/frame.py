"""What stands around every figure: title and measure line above, key, provenance and the demonstration mark below."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from app.domain.drawing import Box, Drawing, Label, Shape
from app.domain.figure import Figure, FigureKind
from app.domain.release import CellStatus
from app.present.alt import alt_text
from app.present.draw.style import Rect, Style, block, lines_height, rule
from app.present.draw.text import text_width, wrap

MARGIN = 4.0
HAIR = 0.4  # around a goal wall that stands on a page by itself: its cards line up with the page, their strokes whole
GAP = "\u3000"  # between sentences set beside each other


class Body(Protocol):
    """One kind of figure: how high it must be at least, what it draws, and which signs its key explains."""

    def least_height(self, figure: Figure, style: Style, width: float) -> float:
        """Return the least height in millimetres at which nothing overlaps."""

    def shapes(self, figure: Figure, style: Style, area: Rect) -> list[Shape]:
        """Return the shapes inside `area`."""

    def keys(self, figure: Figure, style: Style, /) -> tuple[str, ...]:
        """Return the sentences of the key besides those for hidden and small cells."""


@runtime_checkable
class Begun(Protocol):
    """A body whose height costs as much as itself: it is laid out once for a width."""

    def begun(self, figure: Figure, style: Style, width: float) -> Body:
        """Return the body of this figure, laid out for this width."""


def frame(figure: Figure, body: Body, style: Style, size: tuple[float, float], bare: bool) -> Drawing:
    """Lay out the whole page around `body`."""
    margin = (HAIR if bare and figure.kind is FigureKind.WALL else MARGIN) * style.scale
    left, width = margin, size[0] - 2 * margin
    body = body.begun(figure, style, width) if isinstance(body, Begun) else body
    top, above = _header(figure, style, Rect(left, left, width, 0)) if not bare else ([], left)
    below = _footer_lines(figure, body, style, width, bare)
    footer = sum(lines_height(style, len(lines), style.note) + style.pad * 0.5 for lines, _ in below)
    least = body.least_height(figure, style, width)
    height = max(size[1], above + least + style.pad + footer + left)
    area = Rect(left, above, width, height - above - style.pad - footer - left)
    page = Box(0, 0, size[0], height, fill=style.palette.surface)
    foot = _footer(style, below, left, area.bottom + style.pad, width)
    shapes = (page, *top, *body.shapes(figure, style, area), *foot)
    return Drawing(size[0], height, style.palette.surface, shapes, alt_text(figure, style.texts))


def _header(figure: Figure, style: Style, area: Rect) -> tuple[list[Shape], float]:
    """Return the title block and where the body may begin."""
    title = wrap(figure.title, area.width, style.title, 0, bold=True)
    subtitle = wrap(figure.subtitle, area.width, style.note)
    shapes = block(style, title, Label(area.x, area.y, "", style.title, style.palette.text, bold=True))
    y = area.y + lines_height(style, len(title), style.title) + style.pad * 0.6
    shapes += block(style, subtitle, Label(area.x, y, "", style.note, style.palette.muted))
    return shapes, y + lines_height(style, len(subtitle), style.note) + style.pad * 1.4


def _footer_lines(figure: Figure, body: Body, style: Style, width: float, bare: bool) -> list[tuple[tuple[str, ...], bool]]:
    """Return the paragraphs under the body as (lines, is the demonstration mark)."""
    texts = style.texts
    statuses = {cell.status for row in figure.table.rows for cell in row.cells}
    keys = list(body.keys(figure, style))
    keys += [texts("figure.draw.small")] if CellStatus.SMALL in statuses else []
    keys += [texts("figure.draw.hidden_key")] if CellStatus.HIDDEN in statuses else []
    paragraphs = [(GAP.join(keys), False)] if keys else []
    if figure.provenance.synthetic:
        paragraphs.append((texts("provenance.synthetic"), True))
    if not bare:
        lines = figure.provenance.lines(texts)
        rest = lines[1 if figure.provenance.synthetic else 0 :]
        paragraphs += [(line, False) for line in _flow(rest, width, style.note)]
    return [(wrap(text, width, style.note, 0, bold=mark), mark) for text, mark in paragraphs]


def _footer(style: Style, below: list[tuple[tuple[str, ...], bool]], x: float, y: float, width: float) -> list[Shape]:
    shapes: list[Shape] = [rule(x, y - style.pad * 0.4, x + width, y - style.pad * 0.4, style.palette.hairline)] if below else []
    for lines, mark in below:
        colour = style.palette.warning if mark else style.palette.muted
        shapes += block(style, lines, Label(x, y, "", style.note, colour, bold=mark))
        y += lines_height(style, len(lines), style.note) + style.pad * 0.5
    return shapes


def _flow(lines: tuple[str, ...], width: float, size: float) -> list[str]:
    """Set short lines beside each other where they fit."""
    flowed: list[str] = []
    for line in lines:
        both = f"{flowed[-1]}{GAP}{line}" if flowed else ""
        if flowed and text_width(both, size) <= width:
            flowed[-1] = both
        else:
            flowed.append(line)
    return flowed
