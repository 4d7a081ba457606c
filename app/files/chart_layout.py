"""Where the parts of a native chart stand: the plot leaves exactly the room that its names, marks and legend need.

Left to itself each Office program shares the room in its own way, and a long legend eats the plot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.files.chart_plan import ChartPlan, Plotted, Room, Scale
from app.files.text_measure import height_mm, width_mm, wrapped

MANY = 9  # rows whose names stand on one line each, as far as they can
MOST_NAMES = 0.36  # of the width, what names left of the rows may take
PAD = 2.0  # mm between neighbours
FAR_TOO_WIDE = 1.85  # of its room, from where a name left of a row cannot stand on two lines
ONE_LINE = 0.19  # of the width, the most that LibreOffice sets on one line beside a point
SAMPLE, LINE_SAMPLE = 6.5, 13.0  # mm of a legend's sample with its space, of a bar and of a line
LEAST_PLOT = 0.3  # of the height, whatever stands around


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle in mm from the top left of the chart."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The plot without its marks, and the legend (None: there is none)."""

    plot: Frame
    legend: Frame | None


def layout_of(plan: ChartPlan, room: Room) -> Layout:
    """Return where plot and legend of a chart stand."""
    legend = legend_height(plan, room)
    left, right = _left(plan, room), max(plan.aside, _tick_width(plan.along, room) / 2 + PAD)
    width = room.width - left - right
    below = _below(plan, room, width)
    top = legend + PAD * 1.5 + (height_mm(1, room.size) if plan.form == "xy" and plan.up.title else 0.0)
    height = max(room.height - top - below, room.height * LEAST_PLOT)
    held = Frame(PAD, PAD * 0.5, room.width - 2 * PAD, legend) if legend else None
    return Layout(Frame(left, top, width, height), held)


def legend_height(plan: ChartPlan, room: Room) -> float:
    """Return the height in mm of the legend: LibreOffice sets entries in columns as wide as the longest, others closer."""
    names = [series.name for series in plan.series if series.listed]
    if not plan.legend or not names:
        return 0.0
    sample = LINE_SAMPLE if plan.form in ("xy", "line") else SAMPLE
    widest = max(sample + width_mm(name, room.size) + PAD for name in names)
    rows = math.ceil(len(names) / max(1, int((room.width - 2 * PAD) / widest)))
    return height_mm(rows, room.size) * 1.15 + PAD


def names_width(names: Sequence[str], room: Room) -> float:
    """Return the width in mm of names left of rows: of the longest, on one line or two."""
    widest = max((width_mm(name, room.size) for name in names), default=0.0)
    most = room.width * MOST_NAMES
    if len(names) > MANY or widest <= most * 0.7:
        return min(widest, most) + PAD
    return min(most, max(widest * 0.56, most * 0.7)) + PAD


def name_lines(name: str, room: Room, width: float) -> str:
    """Return a name broken to stand in the width, at most two lines and the rest behind an ellipsis."""
    return _cut(wrapped(name, min(width - PAD + 0.01, ONE_LINE * room.width), room.size), 2)


def broken_names(names: Sequence[str], room: Room, most: int) -> tuple[str, ...]:
    """Return the names left of rows, those that no program could set on two lines broken on so many: LibreOffice breaks no
    Chinese by itself and squeezes the whole chart instead."""
    width = names_width(names, room)
    far = width * FAR_TOO_WIDE
    return tuple(_cut(wrapped(each, width, room.size), most) if width_mm(each, room.size) > far else each for each in names)


def _cut(lines: Sequence[str], most: int) -> str:
    """Return at most so many lines, the rest behind an ellipsis and the sign that says why a row is empty."""
    if len(lines) <= most:
        return "\n".join(lines)
    sign = f" {lines[-1][-1]}" if lines[-1].endswith(("‡", "†")) else ""
    last = lines[most - 1]
    return "\n".join((*lines[: most - 1], f"{last[: -1 - len(sign)]}…{sign}"))


def tick_text(scale: Scale, value: float) -> str:
    """Return about what a mark of a scale reads."""
    if scale.format.endswith("%"):
        return f"{value * 100:.{1 if '.' in scale.format else 0}f}%"
    return f"{value:,.1f}" if scale.format.startswith(("0.0", "+0.0")) else f"{value:,.0f}"


def _tick_width(scale: Scale, room: Room) -> float:
    return 0.0 if scale.hidden else max(width_mm(tick_text(scale, end), room.size) for end in (scale.low, scale.high))


def _left(plan: ChartPlan, room: Room) -> float:
    if plan.form in ("bar", "stacked_bar"):
        return names_width(plan.categories, room) + PAD
    if plan.names:
        return names_width([name for series in plan.series for name in _names(series)], room) + PAD
    return max(_tick_width(plan.up, room) + PAD * 1.5, plan.before)


def _names(series: Plotted) -> list[str]:
    return [tag.text.replace("\n", "") for tag in series.tags] if series.look == "names" else []


def _below(plan: ChartPlan, room: Room, width: float) -> float:
    """Return the height in mm of what stands under the plot."""
    line = height_mm(1, room.size)
    if plan.form in ("bar", "stacked_bar"):
        return line + PAD * 1.5 + (line if plan.up.title else 0.0)
    if plan.form == "xy":
        return (0.0 if plan.along.hidden else line) + PAD * 1.5 + (line if plan.along.title else 0.0)
    each = width / max(len(plan.categories), 1) - PAD
    lines = max((_lines(name, each, room.size) for name in plan.categories), default=1)
    return height_mm(lines, room.size) + PAD * 1.5


def _lines(name: str, width: float, size: float) -> int:
    return sum(math.ceil(max(len(wrapped(part, max(width, size), size)), 1)) for part in name.split("\n"))


def point_mm(plan: ChartPlan, plot: Frame, across: float, up: float) -> tuple[float, float]:
    """Return where a point of a chart of points stands, in mm from its top left."""
    x = (across - plan.along.low) / (plan.along.high - plan.along.low)
    y = (up - plan.up.low) / (plan.up.high - plan.up.low)
    return plot.x + plot.width * x, plot.y + plot.height * (1 - y)
