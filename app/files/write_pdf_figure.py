"""Draw a Drawing into a PDF as vectors: text stays text in embedded fonts, hatching and opacity are kept."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from typing import Any

from app.domain.drawing import Box, Dot, Drawing, Label, Shape
from app.domain.drawing import Path as Line
from app.files.atomic import write_atomically
from app.files.pdf_fonts import font_for, ink, require_fonts

MM = 72 / 25.4  # points a millimetre
HATCH_STEP, HATCH_LINE, HATCH_OPACITY = 1.6, 0.25, 0.35  # as in the other picture files
CREATOR = "Zhiheng"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A canvas and where the top left corner of a drawing lies on it, in points."""

    canvas: Any
    left: float
    top: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the point of the page of a point of the drawing in millimetres."""
        return self.left + x * MM, self.top - y * MM


def write_pdf_figure(drawing: Drawing, path: Path) -> None:
    """Write `drawing` as a PDF of one page of its size; UserError when the place cannot be written."""
    write_atomically(path, pdf(drawing))


def pdf(drawing: Drawing) -> bytes:
    """Return `drawing` as the bytes of a PDF; the same drawing gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(drawing.width * MM, drawing.height * MM), invariant=1, pageCompression=1)
    canvas.setTitle(drawing.alt)
    canvas.setCreator(CREATOR)
    canvas.setAuthor("")
    draw_on(canvas, drawing, 0.0, 0.0)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def draw_on(canvas: Any, drawing: Drawing, x_mm: float, y_mm: float) -> None:
    """Draw onto an open canvas; (`x_mm`, `y_mm`) is where the lower left corner of the drawing lies on the page.

    The drawing is marked as a figure with its alternative text, which readers of the PDF can find.
    """
    require_fonts()
    sheet = _Sheet(canvas, x_mm * MM, (y_mm + drawing.height) * MM)
    with _kept(canvas), _figure(canvas, drawing.alt):
        canvas.setLineJoin(1)
        canvas.setFillColor(ink(drawing.background))
        canvas.rect(sheet.left, sheet.top - drawing.height * MM, drawing.width * MM, drawing.height * MM, stroke=0, fill=1)
        for shape in drawing.shapes:
            _draw(shape, sheet)


@contextmanager
def _kept(canvas: Any) -> Iterator[None]:
    """Leave colours, lines and clips as they were."""
    canvas.saveState()
    yield
    canvas.restoreState()


@contextmanager
def _figure(canvas: Any, alt: str) -> Iterator[None]:
    """Mark what is drawn inside as a figure with this alternative text (ISO 32000-1 §14.6, §14.9.3)."""
    text = alt.encode("utf-16-be").hex()
    canvas._code.append(f"/Figure <</Alt <FEFF{text}>>> BDC")  # the library has no call for marked content
    yield
    canvas._code.append("EMC")


def _pens(sheet: _Sheet, stroke: str, line: float, fill: str) -> dict[str, int]:
    """Set colours and width; return which of stroke and fill are wanted."""
    if stroke:
        sheet.canvas.setStrokeColor(ink(stroke))
        sheet.canvas.setLineWidth(line * MM)
    if fill:
        sheet.canvas.setFillColor(ink(fill))
    return {"stroke": int(bool(stroke)), "fill": int(bool(fill))}


@singledispatch
def _draw(shape: Shape, sheet: _Sheet) -> None:  # noqa: ARG001 - the kinds below use it
    raise TypeError(type(shape))


@_draw.register
def _(shape: Box, sheet: _Sheet) -> None:
    if shape.width <= 0 or shape.height <= 0:
        return
    x, y = sheet.at(shape.x, shape.y + shape.height)
    how = _pens(sheet, shape.stroke, shape.line, shape.fill)
    if any(how.values()):
        radius = min(shape.radius, shape.width / 2, shape.height / 2) * MM
        sheet.canvas.roundRect(x, y, shape.width * MM, shape.height * MM, radius, **how)
    if shape.hatch:
        _hatch(shape, sheet)


def _hatch(box: Box, sheet: _Sheet) -> None:
    """Draw diagonals inside a box."""
    canvas = sheet.canvas
    with _kept(canvas):
        clip = canvas.beginPath()
        clip.rect(*sheet.at(box.x, box.y + box.height), box.width * MM, box.height * MM)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.setStrokeColor(ink("#000000"))
        canvas.setStrokeAlpha(HATCH_OPACITY)
        canvas.setLineWidth(HATCH_LINE * MM)
        for place in range(int((box.width + box.height) / HATCH_STEP) + 1):
            start = box.x + place * HATCH_STEP
            canvas.line(*sheet.at(start, box.y), *sheet.at(start - box.height, box.y + box.height))


@_draw.register
def _(shape: Line, sheet: _Sheet) -> None:
    canvas = sheet.canvas
    path = canvas.beginPath()
    for place, (x, y) in enumerate(shape.points):
        (path.lineTo if place else path.moveTo)(*sheet.at(x, y))
    if shape.closed or shape.fill:
        path.close()
    with _kept(canvas):
        how = _pens(sheet, shape.stroke, shape.line, shape.fill)
        if shape.opacity < 1:
            canvas.setFillAlpha(shape.opacity)
            canvas.setStrokeAlpha(shape.opacity)
        if shape.dash:
            canvas.setDash([length * MM for length in shape.dash])
        canvas.drawPath(path, **how)


@_draw.register
def _(shape: Dot, sheet: _Sheet) -> None:
    how = _pens(sheet, shape.stroke, shape.line, shape.fill)
    sheet.canvas.circle(*sheet.at(shape.x, shape.y), shape.radius * MM, **how)


@_draw.register
def _(shape: Label, sheet: _Sheet) -> None:
    canvas = sheet.canvas
    canvas.setFont(font_for(shape.text, shape.bold), shape.size * MM)
    canvas.setFillColor(ink(shape.colour))
    write = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}[shape.anchor]
    write(*sheet.at(shape.x, shape.y), shape.text)
