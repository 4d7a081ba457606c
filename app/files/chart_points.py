"""Plans of charts of points: rows of dots with intervals, ranks, quadrants, scatters, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.figure import Figure
from app.domain.release import Cell, CellStatus, Row
from app.files.chart_layout import Frame, layout_of, name_lines, names_width, point_mm
from app.files.chart_plan import (
    ChartPlan,
    Plotted,
    Room,
    Scale,
    Tag,
    Values,
    column_values,
    ends,
    longest_first,
    named,
    numbers_of,
    released,
    scale_of,
    unit_of,
)
from app.files.chart_tags import Wish, placed

FORMS = 4  # marks of further columns that can be told apart
NEAREST, MARGIN, STEP = 8.0, 4.0, 5.0  # of a quadrant: what its scales show beyond the meeting point and the sectors
SHARES = Scale(0.0, 1.0, 0.2)


def spans_plan(figure: Figure, room: Room) -> ChartPlan:
    """Return a row a thing: a dot with its interval, further columns as marks of other shapes, targets as lines across."""
    rows = _shown(figure.table.rows)
    unit = unit_of(rows)
    along = scale_of([*numbers_of(rows), *(target.value for target in figure.targets)], unit, zero=False)
    columns = [*_band(rows), *(_row_dots(figure, rows, place) for place in range(len(figure.table.columns)))]
    lines = [_across(target.label, target.value, len(rows)) for target in figure.targets]
    return _row_plan(rows, (*columns, *lines), along, room, legend=len(figure.table.columns) + len(lines) > 1)


def ranks_plan(figure: Figure, room: Room) -> ChartPlan:
    """Return a row a sector: its rank as a dot, the ranks it may have as an interval."""
    rows = _shown(figure.table.rows)
    last = max([*(cell.high or 0.0 for row in rows for cell in row.cells), float(len(rows)), 2.0])
    along = Scale(0.0, last + 1, max(1.0, float(round(last / 8))), "0")
    return _row_plan(rows, (*_band(rows), _row_dots(figure, rows, 0)), along, room)


def _shown(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if any(cell.value is not None or cell.low is not None for cell in row.cells)]


def _row_dots(figure: Figure, rows: Sequence[Row], place: int) -> Plotted:
    values = tuple(_middle(row.cells[place]) for row in rows)
    look = "dots" if place == 0 else f"form{(place - 1) % FORMS}"
    lit = tuple((k, "lit") for k, row in enumerate(rows) if row.key and row.key == figure.chosen)
    return Plotted(figure.table.columns[place], _heights(rows), look, values, points=lit, column=place)


def _band(rows: Sequence[Row]) -> list[Plotted]:
    """Return the intervals of the first column as lines with gaps between them: error bars along x fail in LibreOffice."""
    low, high = ends([row.cells[0] for row in rows])
    return [_pieces([(a, b, y, y) for a, b, y in zip(low, high, _heights(rows), strict=True)], "band")] if low else []


def _pieces(lines: Sequence[tuple[float | None, float | None, float | None, float | None]], look: str) -> Plotted:
    """Return straight lines (x1, x2, y1, y2) as one series: a point without a height parts each from the next."""
    known = [(x1, x2, y1, y2) for x1, x2, y1, y2 in lines if None not in (x1, x2, y1, y2)]
    across = tuple(x for x1, x2, _, _ in known for x in (x1, x2, x2))
    heights = tuple(y for _, _, y1, y2 in known for y in (y1, y2, None))
    return Plotted("", heights[:-1], look, across[:-1], listed=False)


def _heights(rows: Sequence[Row]) -> tuple[float, ...]:
    """Return where rows stand, the first one at the top."""
    return tuple(float(len(rows) - k) for k in range(len(rows)))


def _middle(cell: Cell) -> float | None:
    if cell.value is None and cell.low is not None and cell.high is not None:
        return released((cell.low + cell.high) / 2, cell.unit)
    return released(cell.value, cell.unit)


def _across(name: str, value: float, rows: int) -> Plotted:
    """Return an upright line over all rows at a value, drawn as two points."""
    at = released(value, "fraction")
    return Plotted(name, (0.5, rows + 0.5), "target_line", (at, at))


def _row_plan(rows: Sequence[Row], series: Sequence[Plotted], along: Scale, room: Room, legend: bool = False) -> ChartPlan:
    """Return rows of points with their names left of the plot: words of a helping series at its left edge."""
    width = names_width([named(row) for row in rows], room)
    tags = tuple(Tag(k, name_lines(named(row), room, width), "l") for k, row in enumerate(rows))
    names = Plotted("", _heights(rows), "names", (along.low,) * len(rows), tags=tags, listed=False)
    up = Scale(0.5, len(rows) + 0.5, 1.0, "0", hidden=True)
    return ChartPlan("xy", longest_first((names, *series)), up, along=along, legend=legend, names=True)


def quadrant_plan(figure: Figure, room: Room) -> ChartPlan:
    """Return a mark a sector by exposure and control, a series a quarter, and the two lines at which the quarters meet."""
    rows = [row for row in figure.table.rows if row.key != figure.table.total and _has(row.cells[0], row.cells[1])]
    middle = _divide(figure)
    along, up = (_around(figure.table.columns[place], rows, place, middle[place]) for place in (0, 1))
    words = {one.row: (one.level, one.text) for one in figure.said}
    quarters = dict.fromkeys(sorted(words[row.key] for row in rows if row.key in words))
    series = [
        _marks(name, [row for row in rows if words.get(row.key) == (level, name)], f"quarter{level}") for level, name in quarters
    ]
    lines = [
        Plotted("", (up.low, up.high), "divide", (middle[0], middle[0]), listed=False),
        Plotted("", (middle[1], middle[1]), "divide", (along.low, along.high), listed=False),
    ]
    plan = ChartPlan("xy", longest_first((*series, *lines)), up, along=along, legend=True)
    return _worded(plan, [row for level, name in quarters for row in rows if words.get(row.key) == (level, name)], room)


def scatter_plan(figure: Figure, room: Room) -> ChartPlan:
    """Return a dot a sector with both its intervals, the values of all firms as lines."""
    total = next((row for row in figure.table.rows if row.key == figure.table.total), None)
    rows = [row for row in figure.table.rows if row is not total and _has(row.cells[0], row.cells[1])]
    held = [*rows, *([total] if total is not None else [])]
    along, up = (
        replace(
            scale_of(_reach(held, place), unit_of(held, place), zero=False),
            title=figure.table.columns[place],
        )
        for place in (0, 1)
    )
    lines: list[Plotted] = []
    if total is not None and _has(total.cells[0], total.cells[1]):
        x, y = (released(cell.value, cell.unit) for cell in total.cells[:2])
        lines = [
            Plotted(total.label, (up.low, up.high), "divide", (x, x)),
            Plotted(total.label, (y, y), "divide", (along.low, along.high), listed=False),
        ]
    lit = tuple((k, "lit") for k, row in enumerate(rows) if row.key and row.key == figure.chosen)
    dots = replace(_marks(figure.table.columns[1], rows, "dots"), points=lit, listed=False)
    return _worded(
        ChartPlan("xy", longest_first((*_crosses(rows), dots, *lines)), up, along=along, legend=bool(lines)), rows, room
    )


def calibration_plan(figure: Figure, _room: Room) -> ChartPlan:
    """Return chance given against share that had it, before and after calibration, and the diagonal where both are the same."""
    along, up = (replace(SHARES, title=name) for name in figure.table.columns[:2])
    series = [Plotted("", (0.0, 1.0), "diagonal", (0.0, 1.0), listed=False)]
    for side, look in (("before", "before"), ("after", "after")):
        rows = [row for row in figure.table.rows if row.key.startswith(side) and row.cells[0].value is not None]
        if rows:
            series.append(_marks(rows[0].label, rows, look))
    return ChartPlan("xy", longest_first(series), up, along=along, legend=True)


def _crosses(rows: Sequence[Row]) -> list[Plotted]:
    """Return both intervals of each point as thin lines through it."""
    lines = []
    for row in rows:
        x, y = (cell for cell in row.cells[:2])
        lines.append((released(x.low, x.unit), released(x.high, x.unit), *(released(y.value, y.unit),) * 2))
        lines.append((*(released(x.value, x.unit),) * 2, released(y.low, y.unit), released(y.high, y.unit)))
    return [_pieces(lines, "whisker")] if any(None not in line for line in lines) else []


def _marks(name: str, rows: Sequence[Row], look: str) -> Plotted:
    across: Values = column_values(rows, 0)
    return Plotted(name, column_values(rows, 1), look, across, column=1)


def _reach(rows: Sequence[Row], place: int) -> list[float]:
    cells = [row.cells[place] for row in rows]
    return [bound for cell in cells for bound in (cell.value, cell.low, cell.high) if bound is not None]


def _has(*cells: Cell) -> bool:
    return all(cell.value is not None and cell.status is not CellStatus.HIDDEN for cell in cells)


def _divide(figure: Figure) -> tuple[float, float]:
    points = [point for series in figure.series if series.role == "divide" for point in series.points]
    return (points[0][0], points[0][1]) if points else (50.0, 50.0)


def _around(title: str, rows: Sequence[Row], place: int, middle: float) -> Scale:
    """Return a scale of scores that shows all sectors and both sides of where the quarters meet, within 0–100."""
    values = [middle - NEAREST, middle + NEAREST]
    values += [(row.cells[place].value or 0.0) + beyond for row in rows for beyond in (-MARGIN, MARGIN)]
    low, high = STEP * (min(values) // STEP), STEP * -(-max(values) // STEP)
    low, high = max(low, 0.0), min(high, 100.0)
    return Scale(low, high, 5.0 if high - low <= 40 else 10.0, "0", title)


def _worded(plan: ChartPlan, rows: Sequence[Row], room: Room) -> ChartPlan:
    """Put the names of sectors beside their points as far as they fit, else their letters."""
    plot = layout_of(plan, room).plot
    wishes: list[Wish] = []
    for series in plan.series:
        if series.column is not None:
            for x, y in zip(series.across, series.values, strict=True):
                row = rows[len(wishes)]
                letter = row.label.split(" ")[0]
                at = point_mm(plan, plot, x or 0.0, y or 0.0)
                wishes.append(Wish(*at, (row.label, letter) if len(letter) < 4 else (row.label,)))
    found = iter(placed(wishes, plot, room.size, _lines(plan, plot)))
    series_ = []
    for series in plan.series:
        if series.column is None:
            series_.append(series)
            continue
        words = [next(found) for _ in series.values]
        series_.append(replace(series, tags=tuple(Tag(k, text, side) for k, (text, side) in enumerate(words) if text)))
    return replace(plan, series=tuple(series_))


def _lines(plan: ChartPlan, plot: Frame) -> list[Frame]:
    """Return the lines of a chart as thin boxes, which words keep off."""
    boxes = []
    for series in plan.series:
        if series.look == "divide":
            (x1, y1), (x2, y2) = (
                point_mm(plan, plot, x or 0.0, y or 0.0) for x, y in zip(series.across, series.values, strict=True)
            )
            boxes.append(Frame(min(x1, x2) - 0.2, min(y1, y2) - 0.2, abs(x2 - x1) + 0.4, abs(y2 - y1) + 0.4))
    return boxes
