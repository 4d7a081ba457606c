"""A figure laid out: primitives in millimetres from the top left, ready for any painter (screen, SVG, PNG)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a shape stands for: the evidence id it opens and the sentence a hover reads out."""

    evidence: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `fill`/`stroke` are #rrggbb or ""; `hatch` draws diagonal lines (imputed or bounded)."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    line: float = 0.2
    hatch: bool = False
    radius: float = 0.0
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """A polyline, or a filled polygon when `fill` is set; `dash` in millimetres."""

    points: tuple[tuple[float, float], ...]
    stroke: str = ""
    line: float = 0.3
    fill: str = ""
    opacity: float = 1.0
    dash: tuple[float, ...] = ()
    closed: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle mark; hollow when `fill` is the background."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str = ""
    line: float = 0.3
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; y is the baseline, `size` in millimetres (1 pt = 0.3528 mm)."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: Anchor = "start"
    bold: bool = False
    mark: Mark | None = None


Shape = Box | Path | Dot | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in painting order on a page of `width` × `height` mm; `alt` describes it in a sentence."""

    width: float
    height: float
    background: str
    shapes: tuple[Shape, ...]
    alt: str


def scaled(drawing: Drawing, by: float) -> Drawing:
    """Return the drawing with every length `by` times as long."""
    shapes = tuple(_scaled(shape, by) for shape in drawing.shapes)
    return replace(drawing, width=drawing.width * by, height=drawing.height * by, shapes=shapes)


def _scaled(shape: Shape, by: float) -> Shape:
    if isinstance(shape, Path):
        points = tuple((x * by, y * by) for x, y in shape.points)
        return replace(shape, points=points, line=shape.line * by, dash=tuple(d * by for d in shape.dash))
    moved = replace(shape, x=shape.x * by, y=shape.y * by)
    if isinstance(moved, Box):
        lengths = {name: getattr(moved, name) * by for name in ("width", "height", "line", "radius")}
        return replace(moved, **lengths)
    if isinstance(moved, Dot):
        return replace(moved, radius=moved.radius * by, line=moved.line * by)
    return replace(moved, size=moved.size * by)
