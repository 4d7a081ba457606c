"""Plan of a trajectory: observed values, path, edges of the fan, targets and breaks over years."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from app.domain.figure import Figure, Series
from app.domain.numbers import number
from app.files.chart_layout import Frame, layout_of, point_mm
from app.files.chart_plan import ChartPlan, Plotted, Room, Scale, Tag, Values, longest_first, released, scale_of
from app.files.chart_tags import Wish, placed

HORIZON = 2035  # the last year of the national goals
STRIDE = 2.0  # mm between the boxes along a line
YEAR_END = 1.0  # 2028.0, where 2027 ends, stands at the mark 2027
Line = tuple[str, str, list[tuple[float, float]]]


def xy_series(figure: Figure) -> list[Line]:
    """Return (role, name, points) of a trajectory's lines: observed and path, both edges of a fan, then each target by itself.

    Where firms' plans lead has only its edges, the upper one with its name; values before a break are points that nothing joins.

    Times are counted in year ends, as goals are set: the end of 2027 is 2027.0, the middle of 2026 is 2025.5.
    """
    lines: list[Line] = []
    for series in figure.series:
        if series.role == "upper":
            lines += [("upper", series.label, _edge(series, 3)), ("edge", f"{series.label} −", _edge(series, 2))]
            continue
        lines.append((series.role, series.label, [(time, value) for time, value, _, _ in series.points]))
        if series.role == "fan":
            lines += [("edge", f"{series.label} {sign}", _edge(series, k)) for sign, k in (("−", 2), ("+", 3))]
    lines += [("target", target.label, [(target.time, target.value)]) for target in figure.targets]
    return [(role, name, [(time - YEAR_END, value) for time, value in points]) for role, name, points in lines if points]


def _edge(series: Series, index: int) -> list[tuple[float, float]]:
    return [(point[0], float(bound)) for point in series.points if (bound := point[index]) is not None]


def years(figure: Figure) -> tuple[int, int]:
    """Return the first and last year end of a trajectory's axis."""
    times = [time for _, _, points in xy_series(figure) for time, _ in points]
    return int(min(times, default=HORIZON - 10)), max(HORIZON, int(max(times, default=0)) + 1)


def trajectory_plan(figure: Figure, room: Room) -> ChartPlan:
    """Return the lines over years, targets with their words beside them, and an upright line at each break."""
    share = figure.unit == "fraction"
    lines = xy_series(figure)
    up = _up(figure, lines)
    first, last = years(figure)
    along = Scale(float(first), float(last), 1.0, "0", grid=False)
    ends = _intervals(figure)
    series = [_plotted(line, share, ends if line[0] == "observed" else ((), ())) for line in lines]
    breaks = [
        Plotted(flag.label, (up.low, up.high), "break", (flag.time - YEAR_END,) * 2)
        for flag in figure.flags
        if flag.kind == "break"
    ]
    plan = ChartPlan("xy", longest_first((*series, *breaks)), up, along=along, legend=True)
    return _worded(plan, share, room)


def _up(figure: Figure, lines: list[Line]) -> Scale:
    if figure.unit == "fraction":
        return Scale()
    return scale_of([value for _, _, points in lines for _, value in points], "count")


def _plotted(line: Line, share: bool, ends: tuple[Values, Values]) -> Plotted:
    role, name, points = line
    unit = "fraction" if share else "count"
    values = tuple(released(value, unit) for _, value in points)
    times = tuple(round(time, 3) for time, _ in points)
    return Plotted(
        name, values, role, times, *ends, listed=role not in ("edge", "target"), column=0 if role == "observed" else None
    )


def _intervals(figure: Figure) -> tuple[Values, Values]:
    """Return the ends of the intervals of what was observed."""
    unit = "fraction" if figure.unit == "fraction" else "count"
    seen = next((each.points for each in figure.series if each.role == "observed"), ())
    if not any(low is not None and low != high for _, _, low, high in seen):
        return (), ()
    return tuple(released(low, unit) for _, _, low, _ in seen), tuple(released(high, unit) for _, _, _, high in seen)


def _worded(plan: ChartPlan, share: bool, room: Room) -> ChartPlan:
    """Write values beside what was observed and words beside targets; a target without room is named by the legend."""
    plot = layout_of(plan, room).plot
    worded = [series for series in plan.series if series.look in ("observed", "target")]
    wishes, unit = [], "fraction" if share else "count"
    for series in worded:
        for x, y in zip(series.across, series.values, strict=True):
            text = series.name if series.look == "target" else number(y or 0.0, unit)
            sides = ("r", "l", "t", "b") if series.look == "target" else ("t", "l", "b", "r")
            wishes.append(Wish(*point_mm(plan, plot, x or 0.0, y or 0.0), (text,), sides))
    found = iter(placed(wishes, plot, room.size, _along(plan, plot)))
    words = {id(series): [next(found) for _ in series.values] for series in worded}
    return replace(plan, series=tuple(_tagged(series, words.get(id(series), [])) for series in plan.series))


def _along(plan: ChartPlan, plot: Frame) -> list[Frame]:
    """Return small boxes along the lines of a chart, which words keep off."""
    boxes = []
    for series in plan.series:
        points = [point_mm(plan, plot, x or 0.0, y or 0.0) for x, y in zip(series.across, series.values, strict=True)]
        for (x1, y1), (x2, y2) in pairwise(points):
            steps = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) / STRIDE))
            boxes += [
                Frame(x1 + (x2 - x1) * k / steps - 0.3, y1 + (y2 - y1) * k / steps - 0.3, 0.6, 0.6) for k in range(steps + 1)
            ]
    return boxes


def _tagged(series: Plotted, words: list[tuple[str, str]]) -> Plotted:
    tags = tuple(Tag(place, text, side) for place, (text, side) in enumerate(words) if text)
    return replace(series, tags=tags, listed=series.listed or (series.look == "target" and not tags))
