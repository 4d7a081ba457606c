"""Series of a chart as XML, in one plot or in two that share their axes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.colours import readable_on
from app.domain.theme import Palette
from app.files.chart_looks import Look, look_of
from app.files.chart_plan import ChartPlan, Plotted, Values
from app.files.office_axes import CATEGORIES, VALUES
from app.files.office_book import References
from app.files.office_xml import (
    Ink,
    bar_shape,
    error_bars,
    labels,
    line_shape,
    literal,
    marker,
    number_values,
    text_values,
    value_labels,
)

LEAST_SHOWN = {"stacked_bar": 0.06, "bar": 0.11}  # of the scale, the shortest bar that holds its value
IDS = f'<c:axId val="{CATEGORIES}"/><c:axId val="{VALUES}"/>'


def plots(plan: ChartPlan, references: References, ink: Ink, palette: Palette) -> str:
    """Return the plots of a chart: points, lines or bars, and a second one of lines over bars where the plan has some."""
    numbered = list(enumerate(plan.series))
    first = [pair for pair in numbered if not pair[1].lined]
    second = [pair for pair in numbered if pair[1].lined]
    if plan.form == "xy":
        body = "".join(_points(pair, references, ink, palette) for pair in first)
        return f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{body}{IDS}</c:scatterChart>'
    if plan.form == "line":
        return _lines(plan, first, references, ink, palette)
    bars = _bars(plan, first, references, ink, palette)
    return bars + (_lines(plan, second, references, ink, palette) if second else "")


def _bars(plan: ChartPlan, numbered: Sequence[tuple[int, Plotted]], references: References, ink: Ink, palette: Palette) -> str:
    way = "bar" if plan.form in ("bar", "stacked_bar") else "col"
    grouping = "stacked" if plan.form.startswith("stacked") else "clustered"
    body = "".join(_bar(plan, pair, references, ink, palette) for pair in numbered)
    return (
        f'<c:barChart><c:barDir val="{way}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{body}'
        f'<c:gapWidth val="{plan.gap}"/><c:overlap val="{plan.overlap}"/>{IDS}</c:barChart>'
    )


def _bar(plan: ChartPlan, pair: tuple[int, Plotted], references: References, ink: Ink, palette: Palette) -> str:
    place, series = pair
    look = look_of(series.look, palette)
    points = "".join(_bar_point(at, look_of(name, palette)) for at, name in series.points)
    whiskers = _whiskers(pair, references, "", look.line if series.look in ("lost", "gained") else palette.text)
    body = (
        f"{_values_shown(plan, series, look, ink)}{whiskers}{_names(plan, references)}{_heights(references, place, series, plan)}"
    )
    return f'<c:ser>{_head(place, series, references)}{bar_shape(look)}<c:invertIfNegative val="0"/>{points}{body}</c:ser>'


def _bar_point(at: int, look: Look) -> str:
    return f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{bar_shape(look)}</c:dPt>'


def _values_shown(plan: ChartPlan, series: Plotted, look: Look, ink: Ink) -> str:
    """Return the values written in their bars, those of bars too short for them left out."""
    if not series.shown:
        return ""
    least = LEAST_SHOWN.get(plan.form, 0.11) * plan.up.high
    form = f'[<{least:.6g}]"";{plan.up.format.replace("0.0%", "0%")}'
    place = "ctr" if plan.form.startswith("stacked") else "inBase"
    return value_labels(form, place, replace(ink, colour=readable_on(look.fill) if look.fill else ink.colour))


def _lines(plan: ChartPlan, numbered: Sequence[tuple[int, Plotted]], references: References, ink: Ink, palette: Palette) -> str:
    body = ""
    for place, series in numbered:
        look = look_of(series.look, palette)
        parts = f"{line_shape(look)}{marker(look)}{labels(series.tags, ink)}"
        whiskers = _whiskers((place, series), references, "y", look.line or palette.text)
        values = f"{_names(plan, references)}{_heights(references, place, series, plan)}"
        body += f'<c:ser>{_head(place, series, references)}{parts}{whiskers}{values}<c:smooth val="0"/></c:ser>'
    return f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{body}<c:marker val="1"/>{IDS}</c:lineChart>'


def _points(pair: tuple[int, Plotted], references: References, ink: Ink, palette: Palette) -> str:
    place, series = pair
    look = look_of(series.look, palette)
    single = "".join(
        f'<c:dPt><c:idx val="{at}"/>{marker(replace(look_of(name, palette), size=look.size))}<c:bubble3D val="0"/></c:dPt>'
        for at, name in series.points
    )
    whiskers = _whiskers(pair, references, "x" if series.sideways else "y", look.line or palette.text)
    across = f"<c:xVal>{number_values(references.across(place), series.across)}</c:xVal>"
    up = f"<c:yVal>{number_values(references.values(place), series.values)}</c:yVal>"
    body = f"{line_shape(look)}{marker(look)}{single}{labels(series.tags, ink)}{whiskers}{across}{up}"
    return f'<c:ser>{_head(place, series, references)}{body}<c:smooth val="0"/></c:ser>'


def _head(place: int, series: Plotted, references: References) -> str:
    name = f"<c:tx>{text_values(references.name(place), [series.name])}</c:tx>"
    return f'<c:idx val="{place}"/><c:order val="{place}"/>{name}'


def _names(plan: ChartPlan, references: References) -> str:
    return f"<c:cat>{text_values(references.categories(), plan.categories)}</c:cat>"


def _heights(references: References, place: int, series: Plotted, plan: ChartPlan) -> str:
    return f"<c:val>{number_values(references.values(place), series.values, plan.up.format)}</c:val>"


def lengths(series: Plotted, held: Values) -> tuple[Values, Values]:
    """Return how far the intervals of a series reach beyond its points, up and down; None where there is none."""
    plus: list[float | None] = []
    minus: list[float | None] = []
    for value, low, high in zip(held, series.low, series.high, strict=True):
        known = value is not None and low is not None and high is not None
        plus.append(round(max(high - value, 0.0), 6) if known else None)  # type: ignore[operator]
        minus.append(round(max(value - low, 0.0), 6) if known else None)  # type: ignore[operator]
    return tuple(plus), tuple(minus)


def _whiskers(pair: tuple[int, Plotted], references: References, direction: str, colour: str) -> str:
    place, series = pair
    if not series.has_interval:
        return ""
    held = series.across if series.sideways else series.values
    both = lengths(series, held)
    cells = references.lengths(place)
    if cells is None:
        return error_bars(literal(both[0]), literal(both[1]), direction, colour)
    plus, minus = (number_values(reference, values) for reference, values in zip(cells, both, strict=True))
    return error_bars(plus, minus, direction, colour)
