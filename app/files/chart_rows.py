"""Plans of charts with named rows or columns: levels, ranked bars, distributions, balances, parts, bullets, steps and slopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.figure import Figure
from app.domain.numbers import interval, number
from app.domain.release import Cell, Row
from app.files.chart_plan import (
    ChartPlan,
    Plotted,
    Room,
    Scale,
    Tag,
    Values,
    column_ends,
    column_values,
    ends,
    named,
    numbers_of,
    released,
    scale_of,
    unit_of,
)
from app.files.text_measure import height_mm, width_mm

WORDS_ABOVE = 0.12  # of a waterfall's height, for the words above its highest step
LEVELS_GAP, BARS_GAP, STEPS_GAP = 45, 60, 40
BASE = "—"  # the name of the part of a stack that is not drawn
LIT, TOTAL = "lit", "total"  # how the chosen row and the one that sums all are drawn


def levels_plan(figure: Figure, _room: Room) -> ChartPlan:
    """Return stacked bars of shares at each level, their values in them."""
    rows, names = figure.table.rows, figure.table.columns
    series = tuple(
        Plotted(name, column_values(rows, place), f"level{place}", shown=True, column=place) for place, name in enumerate(names)
    )
    return ChartPlan("stacked_bar", series, Scale(), _labels(rows), legend=True, gap=LEVELS_GAP, overlap=100)


def ranked_plan(figure: Figure, _room: Room) -> ChartPlan:
    """Return bars with intervals, the whole and the chosen row told apart."""
    rows = figure.table.rows
    low, high = column_ends(rows, 0)
    bars = Plotted(
        figure.table.columns[0], column_values(rows, 0), "bar", (), low, high, points=_lit(figure), shown=True, column=0
    )
    return ChartPlan("bar", (bars,), scale_of(numbers_of(rows), unit_of(rows)), _labels(rows), gap=BARS_GAP)


def distribution_plan(figure: Figure, _room: Room) -> ChartPlan:
    """Return upright bars of the first row, a column each, with intervals."""
    row = figure.table.rows[0]
    values = tuple(released(cell.value, cell.unit) for cell in row.cells)
    low, high = ends(row.cells)
    scale = scale_of(numbers_of([row]), unit_of([row]))
    return ChartPlan("column", (Plotted(row.label, values, "bar", (), low, high),), scale, figure.table.columns, gap=BARS_GAP)


def balance_plan(figure: Figure, _room: Room) -> ChartPlan:
    """Return what was lost left of zero, what was gained right of it, and their net as an outline over both."""
    rows, looks = figure.table.rows, ("lost", "gained", "net")
    series = tuple(
        Plotted(name, column_values(rows, place), look, (), *column_ends(rows, place), column=place)
        for place, (name, look) in enumerate(zip(figure.table.columns, looks, strict=False))
    )
    scale = scale_of(_near([cell for row in rows for cell in row.cells]), unit_of(rows))
    return ChartPlan("bar", series, scale, _labels(rows), legend=True, gap=BARS_GAP, overlap=100)


def parts_plan(figure: Figure, _room: Room) -> ChartPlan:
    """Return what a choice explains with others, and over it what it explains alone."""
    rows = figure.table.rows
    pairs = ((1, "soft"), (0, "bar"))
    series = tuple(Plotted(figure.table.columns[k], column_values(rows, k), look, column=k) for k, look in pairs)
    return ChartPlan(
        "bar", series, scale_of(numbers_of(rows), unit_of(rows)), _labels(rows), legend=True, gap=BARS_GAP, overlap=100
    )


def bullet_plan(figure: Figure, _room: Room) -> ChartPlan:
    """Return each value with its interval, inside an outline that reaches to its target."""
    rows = figure.table.rows
    said = {one.row: one.level for one in figure.said}
    lights = tuple((place, f"light{said.get(row.key, 3)}") for place, row in enumerate(rows))
    value = Plotted(
        figure.table.columns[0], column_values(rows, 0), "bar", (), *column_ends(rows, 0), points=lights, shown=True, column=0
    )
    target = Plotted(figure.table.columns[1], column_values(rows, 1), "target_box", column=1)
    scale = scale_of(numbers_of(rows), unit_of(rows))
    labels = tuple(" ".join(part for part in (named(row), _word(figure, row)) if part) for row in rows)
    return ChartPlan("bar", (value, target), scale, labels, legend=True, gap=BARS_GAP, overlap=100)


def steps_plan(figure: Figure, _room: Room) -> ChartPlan:
    """Return a waterfall: every step floats between where it begins and ends, on a base that is not drawn."""
    rows = figure.table.rows
    cells = [row.cells[0] for row in rows]
    spans = _spans(cells)
    looks = tuple((place, _step_look(cells[place], place == len(cells) - 1)) for place in range(len(cells)))
    base = tuple(released(max(0.0, min(span)) + min(0.0, max(span)), "pp") for span in spans)
    above = tuple(_part(max(0.0, max(span)) - max(0.0, min(span))) for span in spans)
    below = tuple(_part(min(0.0, min(span)) - min(0.0, max(span))) for span in spans)
    column = figure.table.columns[0]
    series = [Plotted(BASE, base, "none", (), *_whisker(cells, spans, "base"), listed=False)]
    if any(above) or not any(below):
        series.append(Plotted(column, above, "bar", (), *_whisker(cells, spans, "above"), points=looks))
    if any(below):
        series.append(Plotted(column, below, "bar", (), *_whisker(cells, spans, "below"), points=looks))
    bounds = [
        start + end for (start, _), cell in zip(spans, cells, strict=True) for end in (cell.low, cell.high) if end is not None
    ]
    reached = [*(end for span in spans for end in span), *bounds, 0.0]
    above_all = max(reached) + WORDS_ABOVE * (max(reached) - min(reached))
    scale = scale_of([*reached, above_all], unit_of(rows))
    series.append(_words_over(cells, spans))
    return ChartPlan("stacked_column", tuple(series), scale, _labels(rows), gap=STEPS_GAP, overlap=100)


def _words_over(cells: Sequence[Cell], spans: Sequence[tuple[float, float]]) -> Plotted:
    """Return the words above each step: points of a line over the columns that is itself not drawn."""
    reaches = (max(*span, span[0] + (cell.high or 0.0)) for cell, span in zip(cells, spans, strict=True))
    tops = tuple(released(reach, "pp") for reach in reaches)
    tags = tuple(Tag(place, _said(cell), "t") for place, cell in enumerate(cells))
    return Plotted(BASE, tops, "names", tags=tags, listed=False, lined=True)


def slope_plan(figure: Figure, room: Room) -> ChartPlan:
    """Return a line a row between two moments; those that surely moved, the whole and the chosen one bear their names."""
    rows, said = figure.table.rows, {one.row: one.level for one in figure.said}
    shown = [row for row in rows if all(cell.value is not None for cell in row.cells[:2])]
    scale = scale_of(numbers_of(shown), unit_of(shown), zero=False)
    worded = _worded(figure, shown, scale, room)
    series = tuple(_slope(figure, row, said.get(row.key, 0), row.key in worded) for row in shown)
    words = [f"{row.label} {number(row.cells[1].value or 0.0, row.cells[1].unit)}" for row in shown if row.key in worded]
    aside = min(max((width_mm(text, room.size) for text in words), default=0.0) + 4.0, room.width * 0.42)
    return ChartPlan("line", series, replace(scale, hidden=True), figure.table.columns[:2], aside=aside, before=room.size * 1.9)


def _slope(figure: Figure, row: Row, way: int, is_named: bool) -> Plotted:
    look = TOTAL if row.key == figure.table.total else {1: "rose", -1: "fell"}.get(way, "unclear")
    look = LIT if row.key and row.key == figure.chosen else look
    values = tuple(released(cell.value, cell.unit) for cell in row.cells[:2])
    low, high = ends(row.cells[:2]) if is_named else ((), ())
    tags: tuple[Tag, ...] = ()
    if is_named:
        first, last = (number(cell.value or 0.0, cell.unit) for cell in row.cells[:2])
        tags = (Tag(0, first, "l"), Tag(1, f"{row.label} {last}", "r", bold=look in (TOTAL, LIT)))
    return Plotted(row.label, values, look, (), low, high, tags=tags)


def _worded(figure: Figure, rows: Sequence[Row], scale: Scale, room: Room) -> set[str]:
    """Return the rows whose names stand beside their lines: the whole and the chosen, then those that moved, as there is room."""
    ways = {one.row: one.level for one in figure.said}
    first = (figure.table.total, figure.chosen)
    ordered = sorted(rows, key=lambda row: (row.key not in first, abs(ways.get(row.key, 0)) != 1, -_moved(row)))
    step = height_mm(1, room.size) / (room.height * 0.75) * (scale.high - scale.low)
    kept: list[Row] = []
    for row in ordered:
        if all(abs((row.cells[k].value or 0.0) - (other.cells[k].value or 0.0)) >= step for other in kept for k in (0, 1)):
            kept.append(row)
    return {row.key for row in kept}


def _moved(row: Row) -> float:
    return abs((row.cells[1].value or 0.0) - (row.cells[0].value or 0.0))


def _labels(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(named(row) for row in rows)


def _lit(figure: Figure) -> tuple[tuple[int, str], ...]:
    found = []
    for place, row in enumerate(figure.table.rows):
        if row.key and row.key in (figure.table.total, figure.chosen):
            found.append((place, LIT if row.key == figure.chosen else TOTAL))
    return tuple(found)


def _word(figure: Figure, row: Row) -> str:
    return next((one.text for one in figure.said if one.row == row.key), "")


def _near(cells: Sequence[Cell]) -> list[float]:
    """Return values and those ends of intervals that do not make all else small: within twice the longest value."""
    values = [cell.value for cell in cells if cell.value is not None]
    bounds = [end for cell in cells for end in (cell.low, cell.high) if end is not None]
    far = 2.0 * max(map(abs, values), default=1.0) or max(map(abs, bounds), default=1.0)
    return [*values, *(min(max(end, -far), far) for end in bounds), 0.0]


def _spans(cells: Sequence[Cell]) -> list[tuple[float, float]]:
    """Return where each step begins and ends; the last one, their sum, begins at zero again."""
    spans, reached = [], 0.0
    for cell in cells[:-1]:
        spans.append((reached, reached + (cell.value or 0.0)))
        reached += cell.value or 0.0
    return [*spans, (0.0, cells[-1].value or 0.0)]


def _part(value: float) -> float | None:
    return released(value, "pp") or None


def _step_look(cell: Cell, is_sum: bool) -> str:
    return "sum" if is_sum else "gained" if (cell.value or 0.0) >= 0 else "lost"


def _said(cell: Cell) -> str:
    """Return a step in words: its points and, on a line of its own, their interval."""
    if cell.value is None:
        return "‡"
    text, bounds = number(cell.value, cell.unit), interval(cell.low, cell.high, cell.unit)
    return f"{text}\n({bounds})" if bounds else text


def _whisker(cells: Sequence[Cell], spans: Sequence[tuple[float, float]], part: str) -> tuple[Values, Values]:
    """Return the ends of the intervals of those steps that end where this part of the stack does, counted as its values are."""
    low: list[float | None] = []
    high: list[float | None] = []
    for cell, span in zip(cells, spans, strict=True):
        own = cell.low is not None and cell.high is not None and _end_part(span) == part
        held = {"above": max(0.0, max(span)) - max(0.0, min(span)), "below": min(0.0, min(span)) - min(0.0, max(span))}
        at = held.get(part, max(0.0, min(span)) + min(0.0, max(span))) - (cell.value or 0.0)
        low.append(released(at + cell.low, "pp") if own and cell.low is not None else None)
        high.append(released(at + cell.high, "pp") if own and cell.high is not None else None)
    return (tuple(low), tuple(high)) if any(each is not None for each in low) else ((), ())


def _end_part(span: tuple[float, float]) -> str:
    start, end = span
    if end >= 0:
        return "above" if end >= start else "base"
    return "below" if end <= start else "base"
