"""Native Office charts: one Figure becomes the same editable chart in Word, PowerPoint and a workbook.

A figure is planned first (`chart_plan`), then set in XML here with its embedded workbook. Kinds that no chart can show honestly
(heat tables, profiles, moves, walls, maps) are tables or drawings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.figure import Figure, FigureKind
from app.domain.theme import Palette
from app.files.chart_layout import MOST_NAMES, ONE_LINE, broken_names, layout_of, legend_height
from app.files.chart_plan import ChartPlan, Room
from app.files.chart_points import calibration_plan, quadrant_plan, ranks_plan, scatter_plan, spans_plan
from app.files.chart_rows import (
    balance_plan,
    bullet_plan,
    distribution_plan,
    levels_plan,
    parts_plan,
    ranked_plan,
    slope_plan,
    steps_plan,
)
from app.files.chart_time import trajectory_plan, xy_series, years
from app.files.office_axes import Where, axes, legend, manual
from app.files.office_book import References, workbook
from app.files.office_plots import plots
from app.files.office_xml import CHART, DRAWING, Ink, text_look
from app.files.text_measure import POINT_MM, height_mm, width_mm

__all__ = [
    "CHART_KINDS",
    "ChartStyle",
    "chart_data",
    "chart_xml",
    "legend_lines",
    "natural_height",
    "plan_of",
    "style_chart",
    "styled_plan",
    "xy_series",
    "years",
]

_PLANS: Mapping[FigureKind, Callable[[Figure, Room], ChartPlan]] = {
    FigureKind.LEVELS: levels_plan,
    FigureKind.RANKED: ranked_plan,
    FigureKind.DISTRIBUTION: distribution_plan,
    FigureKind.TRAJECTORY: trajectory_plan,
    FigureKind.SPANS: spans_plan,
    FigureKind.RANKS: ranks_plan,
    FigureKind.QUADRANT: quadrant_plan,
    FigureKind.SCATTER: scatter_plan,
    FigureKind.CALIBRATION: calibration_plan,
    FigureKind.BALANCE: balance_plan,
    FigureKind.PARTS: parts_plan,
    FigureKind.BULLET: bullet_plan,
    FigureKind.STEPS: steps_plan,
    FigureKind.SLOPE: slope_plan,
}
CHART_KINDS = tuple(_PLANS)


ROW_SIZES, SMALLEST = 1.65, 6.0  # how high a row is at least, in sizes of its type; the smallest type in points
USUAL_HEIGHT, LEAST_HEIGHT = 95.0, 50.0  # mm
TWO_LINES = 3.3  # sizes that a row of two lines of a name takes


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """What a chart looks like: colours, font for every script, type in points, what a time axis is called, its size in mm."""

    palette: Palette
    font: str
    size: float
    times: str = ""
    width: float = 156.0
    height: float = 90.0

    @property
    def room(self) -> Room:
        """The room that the chart's words may take."""
        return Room(self.width, self.height, self.size)


class _Data:
    """What python-pptx asks of chart data: the part's XML, still without its look, and its workbook."""

    def __init__(self, plan: ChartPlan) -> None:
        self._plan = plan

    def xml_bytes(self, _chart_type: object) -> bytes:
        """Return an empty chart space: `style_chart` fills it."""
        body = '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea/></c:chart>'
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {_NAMES}>{body}</c:chartSpace>'.encode()

    @property
    def xlsx_blob(self) -> bytes:
        """Return the embedded workbook."""
        return workbook(self._plan)

    @property
    def _workbook_writer(self) -> _Data:
        return self


_NAMES = f'xmlns:c="{CHART}" xmlns:a="{DRAWING}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def plan_of(figure: Figure, room: Room | None = None) -> ChartPlan:
    """Return what a chart of `figure` plots; KeyError for a kind that is no chart."""
    return _PLANS[figure.kind](figure, room or Room())


def charted(figure: Figure, most: int) -> bool:
    """Whether a figure is shown as a chart: its kind is one, it has at most so many rows, and some value that may be shown."""
    told = any(cell.value is not None for row in figure.table.rows for cell in row.cells)
    return figure.kind in CHART_KINDS and len(figure.table.rows) <= most and (told or figure.kind is FigureKind.TRAJECTORY)


def chart_data(figure: Figure) -> tuple[Any, Any]:
    """Return python-pptx's chart type and the data of a chart of `figure`; KeyError for a kind that is no chart."""
    from pptx.enum.chart import XL_CHART_TYPE

    return XL_CHART_TYPE.XY_SCATTER, _Data(plan_of(figure))


def legend_lines(figure: Figure) -> int:
    """Return how many lines the legend of a trajectory takes; 0 for other figures."""
    if figure.kind is not FigureKind.TRAJECTORY:
        return 0
    room = Room()
    return max(1, round(legend_height(plan_of(figure, room), room) / height_mm(1, room.size)))


def style_chart(chart: Any, figure: Figure, style: ChartStyle) -> None:
    """Set a python-pptx `chart` made of `chart_data`: what it plots, in the colours, fonts and places of `style`."""
    from pptx.oxml import parse_xml

    plan, style = styled_plan(figure, style)
    space = chart._chartSpace
    kept = space.findall(f"{{{CHART}}}externalData")
    made = parse_xml(chart_xml(_broken(plan, style), style, References(plan)))
    for child in list(space):
        space.remove(child)
    for child in (*made, *kept):
        space.append(child)


def styled_plan(figure: Figure, style: ChartStyle) -> tuple[ChartPlan, ChartStyle]:
    """Return what a chart of this size plots, and the style with type that is small enough for its names."""
    style = _readable(figure, style)
    plan = plan_of(figure, style.room)
    if figure.kind is FigureKind.TRAJECTORY and style.times:
        plan = replace(plan, along=replace(plan.along, title=style.times))
    return plan, style


def _broken(plan: ChartPlan, style: ChartStyle) -> ChartPlan:
    """Return the plan with names left of its rows that have room there; the workbook behind it keeps them whole."""
    if plan.form not in ("bar", "stacked_bar"):
        return plan
    most = 2 if _pitch(plan, style) >= TWO_LINES * style.size * POINT_MM * 0.99 else 1
    return replace(plan, categories=broken_names(plan.categories, style.room, most))


def natural_height(figure: Figure, width: float, size: float) -> float:
    """Return the height in mm at which a chart so wide, in type of `size` points, has room for each of its rows."""
    room = Room(width, USUAL_HEIGHT, size)
    plan = plan_of(figure, room)
    rows = len(plan.categories) if plan.form in ("bar", "stacked_bar") else round(plan.up.high) if plan.names else 0
    around = USUAL_HEIGHT - layout_of(plan, room).plot.height
    longest = _longest(plan, size)
    each = TWO_LINES if longest > width * (ONE_LINE if plan.names else MOST_NAMES) else ROW_SIZES
    return max(rows * size * POINT_MM * each * 1.05 + around, LEAST_HEIGHT if rows else USUAL_HEIGHT)


def _longest(plan: ChartPlan, size: float) -> float:
    """Return the width in mm of the longest name left of the rows."""
    names = [tag.text.replace("\n", "") for series in plan.series for tag in series.tags if series.look == "names"]
    return max((width_mm(name, size) for name in (names or plan.categories)), default=0.0)


def _pitch(plan: ChartPlan, style: ChartStyle) -> float:
    """Return the height in mm of a row of bars."""
    return layout_of(plan, style.room).plot.height / max(len(plan.categories), 1)


def _readable(figure: Figure, style: ChartStyle) -> ChartStyle:
    """Return the style with type small enough that every row keeps its name: LibreOffice drops names that come too close."""
    plan = plan_of(figure, style.room)
    rows = len(plan.categories) if plan.form in ("bar", "stacked_bar") else round(plan.up.high) if plan.names else 0
    if not rows:
        return style
    pitch = layout_of(plan, style.room).plot.height / rows
    size = min(style.size, pitch / POINT_MM / ROW_SIZES)
    room = style.width * (ONE_LINE if plan.names else MOST_NAMES)
    longest = _longest(plan, size)
    if longest > room:  # as large as it fits on one line, or on two; where rows are too many for that, cut short on one
        fits = max(size * room / longest, min(size, pitch / POINT_MM / TWO_LINES))
        size = fits if fits >= SMALLEST or plan.names else size
    return replace(style, size=max(size, SMALLEST))


def chart_xml(plan: ChartPlan, style: ChartStyle, references: References) -> bytes:
    """Return the chart part of a plan, without a workbook behind it; `references` are the cells it plots."""
    ink = Ink(style.font, style.size, style.palette.text)
    layout = layout_of(plan, style.room)
    where = Where(layout, style.room, ink, style.palette.hairline)
    area = (
        f"<c:plotArea>{manual(layout.plot, style.room, inner=True)}{plots(plan, references, ink, style.palette)}"
        f"{axes(plan, where)}</c:plotArea>"
    )
    body = (
        f'<c:chart><c:autoTitleDeleted val="1"/>{area}{legend(plan, where)}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
    )
    shape = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    return f'<c:chartSpace {_NAMES}><c:roundedCorners val="0"/>{body}{shape}{text_look(ink)}</c:chartSpace>'.encode()
