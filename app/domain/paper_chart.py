"""A chart read back from a document: what is needed to draw it, whoever wrote or edited it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["bar", "line", "area", "scatter", "pie", "bubble"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: colour ("" for none), width in points, whether dashed."""

    colour: str = ""
    width: float = 0.75
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A ground: colour ("" for none), the colour of hatching over it, 0–1 how solid it is."""

    colour: str = ""
    hatch: str = ""
    solid: float = 1.0


@dataclass(frozen=True, slots=True)
class Dots:
    """Marks at points: `shape` none | circle | square | diamond | triangle | dash | x, size in points, colours."""

    shape: str = "none"
    size: float = 5.0
    fill: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Whiskers:
    """Error bars of a series: lengths to both sides a point, None where there is none; `across` along the x axis."""

    plus: tuple[float | None, ...] = ()
    minus: tuple[float | None, ...] = ()
    across: bool = False
    stroke: Stroke = Stroke("#000000")
    capped: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """The label of a point; `text` as it reads, "" for the number in `format`."""

    point: int
    text: str
    place: str = ""
    colour: str = ""
    size: float = 0.0
    format: str = ""


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series: values in order (None where missing), x values of a scatter; `fills` are the points of another colour."""

    name: str
    values: tuple[float | None, ...]
    xs: tuple[float | None, ...] = ()
    fill: Fill | None = None
    stroke: Stroke | None = None
    dots: Dots = Dots()
    fills: tuple[tuple[int, Fill], ...] = ()
    whiskers: tuple[Whiskers, ...] = ()
    tags: tuple[Tag, ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class ChartGroup:
    """Series drawn alike on one pair of axes. `lying` bars run from the left; `stack` "" | stacked | percent.

    `gap` and `overlap` are percentages as the file has them; `axes` the places of its axes among the chart's.
    """

    kind: Kind
    series: tuple[ChartSeries, ...]
    lying: bool = False
    stack: str = ""
    gap: float = 150.0
    overlap: float = 0.0
    axes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartAxis:
    """One axis: which side it stands at, its bounds where set, the format of its numbers, its lines.

    `kind` category | value; `hidden` axes still scale. `turned` runs from top to bottom or right to left.
    """

    kind: str
    side: str
    low: float | None = None
    high: float | None = None
    step: float | None = None
    format: str = ""
    title: str = ""
    hidden: bool = False
    bare: bool = False
    turned: bool = False
    grid: Stroke | None = None
    line: Stroke | None = None
    size: float = 9.0
    colour: str = "#000000"


@dataclass(frozen=True, slots=True)
class PaperChart:
    """A chart: its groups back to front, categories, axes, title, and where its legend stands ("" for none).

    `silent` are places of series, counted over all groups, that the legend leaves out; `font` is that of all its words.
    """

    groups: tuple[ChartGroup, ...]
    categories: tuple[str, ...] = ()
    axes: tuple[ChartAxis, ...] = ()
    title: str = ""
    legend: str = ""
    silent: tuple[int, ...] = ()
    font: str = ""
    size: float = 9.0
    legend_size: float = 9.0
