"""A figure at the size of an export profile: laid out with screen type, then magnified whole."""

from __future__ import annotations

from dataclasses import replace

from app.domain.drawing import Box, Dot, Drawing, Label, Path, Shape
from app.domain.export import ExportProfile
from app.domain.figure import Figure
from app.domain.theme import Palette
from app.domain.words import Texts
from app.present.draw import body_of
from app.present.draw.frame import frame
from app.present.draw.style import Style


def draw_for(figure: Figure, palette: Palette, profile: ExportProfile, texts: Texts) -> Drawing:
    """Return `figure` at the width of the profile and at least its height, its type `profile.scale` times that of the screen."""
    size = (profile.width / profile.scale, profile.height / profile.scale)
    laid = frame(figure, body_of(figure), Style(palette, texts, 1.0), size, bare=False)
    return magnified(laid, profile.scale)


def magnified(drawing: Drawing, by: float) -> Drawing:
    """Return the drawing with every length `by` times as long."""
    shapes = tuple(_larger(shape, by) for shape in drawing.shapes)
    return replace(drawing, width=drawing.width * by, height=drawing.height * by, shapes=shapes)


def _larger(shape: Shape, by: float) -> Shape:
    if isinstance(shape, Path):
        points = tuple((x * by, y * by) for x, y in shape.points)
        return replace(shape, points=points, line=shape.line * by, dash=tuple(d * by for d in shape.dash))
    moved = replace(shape, x=shape.x * by, y=shape.y * by)
    if isinstance(moved, Box):
        lengths = {name: getattr(moved, name) * by for name in ("width", "height", "line", "radius")}
        return replace(moved, **lengths)
    if isinstance(moved, Dot):
        return replace(moved, radius=moved.radius * by, line=moved.line * by)
    return replace(moved, size=moved.size * by) if isinstance(moved, Label) else moved
