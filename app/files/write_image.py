"""Write a Drawing as SVG (text kept as text) or PNG (true dpi); needs no Qt, so the command line draws too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from app.domain.drawing import Box, Dot, Drawing, Label, Shape
from app.domain.drawing import Path as Line
from app.files.atomic import write_atomically
from app.files.paint_png import paint

if TYPE_CHECKING:
    from collections.abc import Callable

FONTS = "'Noto Sans SC','Source Han Sans SC','Microsoft YaHei','WenQuanYi Micro Hei',sans-serif"


def write_svg(drawing: Drawing, path: Path) -> None:
    """Write `drawing` as an SVG in millimetres at `path`; UserError when the place cannot be written."""
    write_atomically(path, svg(drawing).encode())


def write_png(drawing: Drawing, path: Path, dpi: int = 200) -> None:
    """Write `drawing` as a PNG of `dpi` dots an inch; UserError when the place cannot be written."""
    write_atomically(path, paint(drawing, dpi))


def svg(drawing: Drawing) -> str:
    """Return `drawing` as SVG text: one user unit is one millimetre."""
    size = f'width="{drawing.width:g}mm" height="{drawing.height:g}mm" viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family={quoteattr(FONTS)}>'
    ground = f'<rect width="{drawing.width:g}" height="{drawing.height:g}" fill="{drawing.background}"/>'
    body = "\n".join(_PAINTERS[type(shape)](shape) for shape in drawing.shapes)
    return f"{head}\n<title>{escape(drawing.alt)}</title>\n{_hatch(drawing)}{ground}\n{body}\n</svg>\n"


def _hatch(drawing: Drawing) -> str:
    if not any(isinstance(shape, Box) and shape.hatch for shape in drawing.shapes):
        return ""
    lines = '<path d="M0 1.6L1.6 0" stroke="#000" stroke-opacity="0.35" stroke-width="0.25"/>'
    return f'<defs><pattern id="hatch" width="1.6" height="1.6" patternUnits="userSpaceOnUse">{lines}</pattern></defs>\n'


def _hover(shape: Shape, element: str, name: str) -> str:
    if shape.mark is None:
        return f"{element}/>"
    return f"{element}><title>{escape(shape.mark.sentence)}</title></{name}>"


def _stroke(colour: str, width: float) -> str:
    return f' stroke="{colour}" stroke-width="{width:g}"' if colour else ""


def _box(box: Box) -> str:
    place = f'x="{box.x:.3f}" y="{box.y:.3f}" width="{box.width:.3f}" height="{box.height:.3f}"'
    corner = f' rx="{box.radius:g}"' if box.radius else ""
    shape = _hover(box, f'<rect {place}{corner} fill="{box.fill or "none"}"{_stroke(box.stroke, box.line)}', "rect")
    return f'{shape}\n<rect {place} fill="url(#hatch)"/>' if box.hatch else shape


def _line(line: Line) -> str:
    points = " ".join(f"{x:.3f},{y:.3f}" for x, y in line.points)
    dash = f' stroke-dasharray="{",".join(f"{d:g}" for d in line.dash)}"' if line.dash else ""
    faint = f' opacity="{line.opacity:g}"' if line.opacity < 1 else ""
    name = "polygon" if line.fill or line.closed else "polyline"
    style = f'fill="{line.fill or "none"}"{_stroke(line.stroke, line.line)}{dash}{faint}'
    return _hover(line, f'<{name} points="{points}" {style}', name)


def _dot(dot: Dot) -> str:
    place = f'cx="{dot.x:.3f}" cy="{dot.y:.3f}" r="{dot.radius:g}"'
    return _hover(dot, f'<circle {place} fill="{dot.fill or "none"}"{_stroke(dot.stroke, dot.line)}', "circle")


def _label(label: Label) -> str:
    weight = ' font-weight="bold"' if label.bold else ""
    style = f'font-size="{label.size:g}" fill="{label.colour}" text-anchor="{label.anchor}"{weight}'
    hover = f"<title>{escape(label.mark.sentence)}</title>" if label.mark else ""
    return f'<text x="{label.x:.3f}" y="{label.y:.3f}" {style}>{escape(label.text)}{hover}</text>'


_PAINTERS: dict[type, Callable[..., str]] = {Box: _box, Line: _line, Dot: _dot, Label: _label}
