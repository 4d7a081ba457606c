"""Axes, legend and places of the parts of a chart, as XML."""

from __future__ import annotations

from dataclasses import dataclass

from app.files.chart_layout import PAD, Frame, Layout
from app.files.chart_plan import ChartPlan, Room, Scale
from app.files.office_xml import Ink, line, plain, rich, text_look
from app.files.text_measure import height_mm, width_mm

CATEGORIES, VALUES = 111100, 111200  # ids of the two axes, the same in every chart
NO_LINE = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
EDGES = '<c:xMode val="edge"/><c:yMode val="edge"/>'


@dataclass(frozen=True, slots=True)
class Where:
    """How the axes of a chart look and where its parts stand."""

    layout: Layout
    room: Room
    ink: Ink
    hairline: str


@dataclass(frozen=True, slots=True)
class _Axis:
    """An axis of numbers: its id and that of the other, its side; `between`: bars stand between its marks; `far`: its marks stand
    at the other end of the names, which run from top to bottom."""

    own: int
    other: int
    side: str
    between: bool = False
    far: bool = False


def manual(frame: Frame, room: Room, inner: bool) -> str:
    """Return the place of a part as shares of the chart."""
    target = '<c:layoutTarget val="inner"/>' if inner else ""
    shares = (frame.x / room.width, frame.y / room.height, frame.width / room.width, frame.height / room.height)
    sizes = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in zip("xywh", shares, strict=True))
    return f"<c:layout><c:manualLayout>{target}{EDGES}{sizes}</c:manualLayout></c:layout>"


def legend(plan: ChartPlan, where: Where) -> str:
    """Return the legend above the plot, without the series that are not listed."""
    if where.layout.legend is None:
        return ""
    hidden = "".join(
        f'<c:legendEntry><c:idx val="{place}"/><c:delete val="1"/></c:legendEntry>'
        for place, series in enumerate(plan.series)
        if not series.listed
    )
    place = manual(where.layout.legend, where.room, inner=False)
    return f'<c:legend><c:legendPos val="t"/>{hidden}{place}<c:overlay val="0"/>{text_look(where.ink)}</c:legend>'


def axes(plan: ChartPlan, where: Where) -> str:
    """Return both axes of a chart."""
    if plan.form == "xy":
        across, up = _Axis(CATEGORIES, VALUES, "b"), _Axis(VALUES, CATEGORIES, "l")
        return _values(plan.along, across, where) + _values(plan.up, up, where)
    lying = plan.form in ("bar", "stacked_bar")
    axis = _Axis(VALUES, CATEGORIES, "b" if lying else "l", between=plan.form != "line", far=lying)
    return _categories(lying, where) + _values(plan.up, axis, where)


def _categories(lying: bool, where: Where) -> str:
    """Return an axis of names, each of them written: left to itself, a program drops every other one when names are long."""
    way, side = ("maxMin", "l") if lying else ("minMax", "b")
    return (
        f'<c:catAx><c:axId val="{CATEGORIES}"/><c:scaling><c:orientation val="{way}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{line(where.hairline, 0.75)}</c:spPr>'
        f'{text_look(where.ink)}<c:crossAx val="{VALUES}"/><c:crosses val="autoZero"/><c:auto val="0"/>'
        '<c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _values(scale: Scale, axis: _Axis, where: Where) -> str:
    shown = scale.grid and not (scale.hidden and axis.between)
    grid = f"<c:majorGridlines><c:spPr>{line(where.hairline, 0.5)}</c:spPr></c:majorGridlines>" if shown else ""
    marks = "none" if scale.hidden else "high" if axis.far else "low"
    form = plain(scale.format).replace('"', "&quot;")
    return (
        f'<c:valAx><c:axId val="{axis.own}"/><c:scaling><c:orientation val="minMax"/><c:max val="{scale.high:.10g}"/>'
        f'<c:min val="{scale.low:.10g}"/></c:scaling><c:delete val="0"/><c:axPos val="{axis.side}"/>{grid}'
        f'{_title(scale, axis.side, where)}<c:numFmt formatCode="{form}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{marks}"/>{NO_LINE}{text_look(where.ink)}'
        f'<c:crossAx val="{axis.other}"/><c:crosses val="{"autoZero" if axis.far or axis.between else "min"}"/>'
        f'<c:crossBetween val="{"between" if axis.between else "midCat"}"/><c:majorUnit val="{scale.step:.10g}"/></c:valAx>'
    )


def _title(scale: Scale, side: str, where: Where) -> str:
    """Return what an axis is called: of the upright one above its top, of the other below its right end."""
    if not scale.title:
        return ""
    plot, room = where.layout.plot, where.room
    line_height = height_mm(1, room.size)
    if side == "l":
        x, y = PAD, plot.y - line_height - PAD
    else:
        x, y = plot.x + plot.width - width_mm(scale.title, room.size), room.height - line_height - PAD * 0.5
    words = rich(scale.title, where.ink).replace("<a:bodyPr ", '<a:bodyPr rot="0" vert="horz" ')
    place = f'<c:x val="{max(x, 0) / room.width:.4f}"/><c:y val="{max(y, 0) / room.height:.4f}"/>'
    return f'<c:title>{words}<c:layout><c:manualLayout>{EDGES}{place}</c:manualLayout></c:layout><c:overlay val="0"/></c:title>'
