"""Paint a Drawing into PNG bytes with Pillow, at twice the size and then reduced, so that edges are smooth."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from app.domain.drawing import Box, Dot, Drawing, Label, Shape
from app.domain.drawing import Path as Line
from app.files.resources import resources_folder

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

OVERSAMPLING = 2
MM_PER_INCH = 25.4
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


@dataclass(slots=True)
class Canvas:
    """A Pillow image being painted; `scale` pixels a millimetre."""

    image: Any
    pen: Any
    scale: float
    fonts: dict[tuple[float, bool], FreeTypeFont] = field(default_factory=dict)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a point in millimetres."""
        return x * self.scale, y * self.scale

    def width(self, millimetres: float) -> int:
        """Return a line width in whole pixels, at least one."""
        return max(1, round(millimetres * self.scale))

    def font(self, size: float, bold: bool) -> FreeTypeFont:
        """Return the bundled font at `size` millimetres."""
        from PIL import ImageFont

        if (size, bold) not in self.fonts:
            file = resources_folder() / "fonts" / f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf"
            self.fonts[size, bold] = ImageFont.truetype(str(file), max(1, round(size * self.scale)))
        return self.fonts[size, bold]


def paint(drawing: Drawing, dpi: int) -> bytes:
    """Return `drawing` as PNG bytes of `dpi` dots an inch, the dpi written into the file."""
    from PIL import Image, ImageDraw

    scale = dpi / MM_PER_INCH * OVERSAMPLING
    image = Image.new("RGB", (round(drawing.width * scale), round(drawing.height * scale)), drawing.background)
    canvas = Canvas(image, ImageDraw.Draw(image), scale)
    for shape in drawing.shapes:
        _paint_shape(canvas, shape)
    small = canvas.image.resize((round(image.width / OVERSAMPLING), round(image.height / OVERSAMPLING)), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "PNG", dpi=(dpi, dpi), optimize=False)
    return buffer.getvalue()


def _paint_shape(canvas: Canvas, shape: Shape) -> None:
    if isinstance(shape, Box):
        _paint_box(canvas, shape)
    elif isinstance(shape, Line):
        _paint_line(canvas, shape)
    elif isinstance(shape, Dot):
        _paint_dot(canvas, shape)
    else:
        _paint_label(canvas, shape)


def _paint_box(canvas: Canvas, box: Box) -> None:
    corners = [*canvas.at(box.x, box.y), *canvas.at(box.x + box.width, box.y + box.height)]
    if box.width <= 0 or box.height <= 0:
        return
    outline, width = box.stroke or None, canvas.width(box.line) if box.stroke else 0
    canvas.pen.rounded_rectangle(corners, box.radius * canvas.scale, fill=box.fill or None, outline=outline, width=width)
    if box.hatch:
        _paint_hatch(canvas, box)


def _paint_hatch(canvas: Canvas, box: Box) -> None:
    from PIL import Image, ImageDraw

    (left, top), (right, bottom) = canvas.at(box.x, box.y), canvas.at(box.x + box.width, box.y + box.height)
    size = (max(1, round(right - left)), max(1, round(bottom - top)))
    mask = Image.new("L", size, 0)
    step, width = 1.6 * canvas.scale, canvas.width(0.25)
    lines = ImageDraw.Draw(mask)
    for k in range(int((size[0] + size[1]) / step) + 1):
        lines.line([(k * step, 0), (k * step - size[1], size[1])], fill=90, width=width)
    canvas.image.paste(Image.new("RGB", size, "#000000"), (round(left), round(top)), mask)


def _paint_line(canvas: Canvas, line: Line) -> None:
    points = [canvas.at(x, y) for x, y in line.points]
    if line.fill and line.opacity < 1:
        _paint_faint(canvas, line, points)
    elif line.fill:
        canvas.pen.polygon(points, fill=line.fill)
    if not line.stroke:
        return
    whole = [*points, points[0]] if line.closed else points
    stroke = partial(canvas.pen.line, fill=line.stroke, width=canvas.width(line.line))
    if line.dash:
        for piece in _dashes(whole, [d * canvas.scale for d in line.dash]):
            stroke(piece)
    else:
        stroke(whole, joint="curve")


def _paint_faint(canvas: Canvas, line: Line, points: list[tuple[float, float]]) -> None:
    from PIL import Image, ImageDraw

    mask = Image.new("L", canvas.image.size, 0)
    ImageDraw.Draw(mask).polygon(points, fill=round(line.opacity * 255))
    canvas.image.paste(Image.new("RGB", canvas.image.size, line.fill), (0, 0), mask)


def _dashes(points: list[tuple[float, float]], pattern: list[float]) -> list[list[tuple[float, float]]]:
    pieces: list[list[tuple[float, float]]] = []
    index, left, drawn = 0, pattern[0], True
    for (x0, y0), (x1, y1) in pairwise(points):
        length, at = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 0.0
        while length - at > 1e-9:
            step = min(left, length - at)
            start, end = at / length, (at + step) / length
            if drawn:
                pieces.append([(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in (start, end)])
            at, left = at + step, left - step
            if left <= 1e-9:
                index, drawn = (index + 1) % len(pattern), not drawn
                left = pattern[index]
    return pieces


def _paint_dot(canvas: Canvas, dot: Dot) -> None:
    x, y, r = *canvas.at(dot.x, dot.y), dot.radius * canvas.scale
    width = canvas.width(dot.line) if dot.stroke else 0
    canvas.pen.ellipse([x - r, y - r, x + r, y + r], fill=dot.fill or None, outline=dot.stroke or None, width=width)


def _paint_label(canvas: Canvas, label: Label) -> None:
    font = canvas.font(label.size, label.bold)
    canvas.pen.text(canvas.at(label.x, label.y), label.text, fill=label.colour, font=font, anchor=ANCHORS[label.anchor])
