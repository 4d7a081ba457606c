"""Native Office charts: one Figure becomes the same editable chart in Word and PowerPoint.

python-pptx writes the chart part and its embedded workbook; what it cannot say (error bars, East-Asian fonts, dashes)
is added to its XML here. A heat table is set as a shaded table by the writers, not as a chart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.domain.figure import Figure, FigureKind, Series
from app.domain.release import Cell
from app.domain.theme import Palette

if TYPE_CHECKING:
    from pptx.chart.data import CategoryChartData, XyChartData

CHART_KINDS = (FigureKind.LEVELS, FigureKind.RANKED, FigureKind.DISTRIBUTION, FigureKind.TRAJECTORY)
LEVELS_GAP, BARS_GAP = 45, 60
HORIZON = 2035  # the last year of the national goals
YEAR_END = 1.0  # 2028.0, where 2027 ends, stands at the mark 2027


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """What a chart looks like: colours, East-Asian and Latin font, text size in points, what a time axis is called."""

    palette: Palette
    font: str
    size: float
    times: str = ""


def chart_data(figure: Figure) -> tuple[Any, CategoryChartData | XyChartData]:
    """Return python-pptx's chart type and data for `figure`; KeyError for a kind that is no chart."""
    from pptx.enum.chart import XL_CHART_TYPE as TYPES

    if figure.kind is FigureKind.TRAJECTORY:
        return TYPES.XY_SCATTER_LINES, _xy_data(figure)
    types = {
        FigureKind.LEVELS: TYPES.BAR_STACKED,
        FigureKind.RANKED: TYPES.BAR_CLUSTERED,
        FigureKind.DISTRIBUTION: TYPES.COLUMN_CLUSTERED,
    }
    return types[figure.kind], _category_data(figure)


def _category_data(figure: Figure) -> CategoryChartData:
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData(number_format="0%")
    rows = figure.table.rows
    if figure.kind is FigureKind.DISTRIBUTION:
        data.categories = figure.table.columns
        data.add_series(rows[0].label, [cell.value for cell in rows[0].cells])
        return data
    data.categories = [row.label for row in rows]
    columns = figure.table.columns if figure.kind is FigureKind.LEVELS else figure.table.columns[:1]
    for index, name in enumerate(columns):
        data.add_series(name, [row.cells[index].value for row in rows])
    return data


def _xy_data(figure: Figure) -> XyChartData:
    from pptx.chart.data import XyChartData

    data = XyChartData(number_format="0%" if figure.unit == "fraction" else "#,##0")
    for _, name, points in xy_series(figure):
        series = data.add_series(name)
        for time, value in points:
            series.add_data_point(time, value)
    return data


def xy_series(figure: Figure) -> list[tuple[str, str, list[tuple[float, float]]]]:
    """Return (role, name, points) of a trajectory's lines: observed and path, both edges of a fan, then each target by itself.

    Where firms' plans lead has only its edges, the upper one with its name; values before a break are points that nothing joins.

    Times are counted in year ends, as goals are set: the end of 2027 is 2027.0, the middle of 2026 is 2025.5.
    """
    lines: list[tuple[str, str, list[tuple[float, float]]]] = []
    for series in figure.series:
        if series.role == "upper":
            lines += [("upper", series.label, _edge(series, 3)), ("edge", f"{series.label} −", _edge(series, 2))]
            continue
        lines.append((series.role, series.label, [(time, value) for time, value, _, _ in series.points]))
        if series.role == "fan":
            lines += [("edge", f"{series.label} {sign}", _edge(series, k)) for sign, k in (("−", 2), ("+", 3))]
    lines += [("target", target.label, [(target.time, target.value)]) for target in figure.targets]
    return [(role, name, [(time - YEAR_END, value) for time, value in points]) for role, name, points in lines if points]


def legend_lines(figure: Figure) -> int:
    """Return how many lines the legend of a trajectory takes, one a name; 0 for other figures."""
    return sum(role != "edge" for role, _, _ in xy_series(figure)) if figure.kind is FigureKind.TRAJECTORY else 0


def _edge(series: Series, index: int) -> list[tuple[float, float]]:
    return [(point[0], float(bound)) for point in series.points if (bound := point[index]) is not None]


def style_chart(chart: Any, figure: Figure, style: ChartStyle) -> None:
    """Give a python-pptx `chart` the colours, fonts, axes and error bars of `figure`."""
    from pptx.util import Pt

    chart.font.size, chart.font.name = Pt(style.size), style.font
    _east_asian_font(chart, style.font)
    chart.has_title = False
    _legend(chart, figure)
    if figure.kind is FigureKind.TRAJECTORY:
        _style_trajectory(chart, figure, style)
    else:
        _style_bars(chart, figure, style)


def _east_asian_font(chart: Any, font: str) -> None:
    properties = chart.font._rPr
    namespace = properties.nsmap["a"]
    for old in properties.findall(f"{{{namespace}}}ea"):
        properties.remove(old)
    element = properties.makeelement(f"{{{namespace}}}ea", {"typeface": font})
    latin = properties.find(f"{{{namespace}}}latin")
    latin.addnext(element)


def _legend(chart: Any, figure: Figure) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION

    chart.has_legend = figure.kind in (FigureKind.LEVELS, FigureKind.TRAJECTORY)
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    if figure.kind is FigureKind.TRAJECTORY:
        _hide_from_legend(chart.legend._element, [i for i, (role, _, _) in enumerate(xy_series(figure)) if role == "edge"])


def _hide_from_legend(legend: Any, indexes: list[int]) -> None:
    from pptx.oxml import parse_xml

    namespace = legend.nsmap["c"]
    for index in reversed(indexes):
        entry = f'<c:legendEntry xmlns:c="{namespace}"><c:idx val="{index}"/><c:delete val="1"/></c:legendEntry>'
        legend.find(f"{{{namespace}}}legendPos").addnext(parse_xml(entry))


def _style_bars(chart: Any, figure: Figure, style: ChartStyle) -> None:
    plot = chart.plots[0]
    stacked = figure.kind is FigureKind.LEVELS
    plot.gap_width = LEVELS_GAP if stacked else BARS_GAP
    if stacked:
        plot.overlap = 100
    for index, series in enumerate(plot.series):
        _fill(series.format.fill, style.palette.levels[index] if stacked else style.palette.accent)
    if not stacked:
        _error_bars(plot.series[0]._element, _cells(figure), style.palette.muted)
    _percent_axis(chart.value_axis, style.palette)
    chart.category_axis.reverse_order = figure.kind is not FigureKind.DISTRIBUTION
    _colour_line(chart.category_axis.format.line, style.palette.hairline)
    _name_every_category(chart.category_axis._element)
    if chart.category_axis.reverse_order:
        _axis_at_far_end(chart)


def _name_every_category(axis: Any) -> None:
    """Keep a label at every bar: left to itself, an office program drops every other one when names are long."""
    from pptx.oxml import parse_xml

    namespace = axis.nsmap["c"]
    skip = parse_xml(f'<c:tickLblSkip xmlns:c="{namespace}" val="1"/>')
    last = [
        found
        for name in ("crosses", "auto", "lblAlgn", "lblOffset")
        if (found := axis.find(f"{{{namespace}}}{name}")) is not None
    ]
    if last:  # the schema wants it after these
        last[-1].addnext(skip)


def _cells(figure: Figure) -> tuple[Cell, ...]:
    rows = figure.table.rows
    return rows[0].cells if figure.kind is FigureKind.DISTRIBUTION else tuple(row.cells[0] for row in rows)


def _axis_at_far_end(chart: Any) -> None:
    """Keep the value axis at the bottom although the categories run from top to bottom."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION as POSITION

    chart.value_axis.tick_label_position = POSITION.HIGH


def _percent_axis(axis: Any, palette: Palette) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 1, 0.2
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0%", False
    axis.has_major_gridlines = True
    _colour_line(axis.major_gridlines.format.line, palette.hairline)
    axis.format.line.fill.background()


def _value_axis(axis: Any, figure: Figure, palette: Palette) -> None:
    """Set an axis of shares from 0 to 100 %, of a count from 0 on."""
    _percent_axis(axis, palette)
    if figure.unit != "fraction":
        axis.maximum_scale = axis.major_unit = None
        axis.tick_labels.number_format = "#,##0"


def _style_trajectory(chart: Any, figure: Figure, style: ChartStyle) -> None:
    from pptx.util import Pt

    palette = style.palette
    colours = {"observed": palette.accent, "path": palette.neutral, "target": palette.off_track, "reference": palette.reference}
    colours |= {"earlier": palette.muted, "upper": palette.at_risk}
    _value_axis(chart.value_axis, figure, palette)
    axis = chart.category_axis
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    _axis_title(axis, style)
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = *years(figure), 1
    axis.has_major_gridlines = False
    for series, (role, _, _) in zip(chart.plots[0].series, xy_series(figure), strict=True):
        series.smooth = False
        _colour_line(series.format.line, colours.get(role, palette.levels[2]))
        series.format.line.width = Pt({"observed": 2.25, "edge": 0.5}.get(role, 1.25))
        _markers(series, role, colours.get(role, palette.levels[2]))
    observed = next((s for s in figure.series if s.role == "observed"), None)
    if observed is not None:
        cells = tuple(Cell(figure.table.rows[0].cells[0].status, "fraction", v, low, high) for _, v, low, high in observed.points)
        index = [role for role, _, _ in xy_series(figure)].index("observed")
        _error_bars(chart.plots[0].series[index]._element, cells, palette.muted)


def _axis_title(axis: Any, style: ChartStyle) -> None:
    from pptx.util import Pt

    axis.has_title = bool(style.times)
    if style.times:
        axis.axis_title.text_frame.text = style.times
        run = axis.axis_title.text_frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold = Pt(style.size), False


def years(figure: Figure) -> tuple[int, int]:
    """Return the first and last year end of a trajectory's axis."""
    times = [time for _, _, points in xy_series(figure) for time, _ in points]
    return int(min(times)), max(HORIZON, int(max(times)) + 1)


def _markers(series: Any, role: str, colour: str) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE

    shapes = XL_MARKER_STYLE
    styles = {"observed": shapes.CIRCLE, "target": shapes.DIAMOND, "earlier": shapes.SQUARE}
    series.marker.style = styles.get(role, XL_MARKER_STYLE.NONE)
    if role in styles:
        series.marker.size = 8
        _fill(series.marker.format.fill, colour)
    if role in ("target", "earlier"):
        series.format.line.fill.background()
    if role in ("path", "upper"):
        series.format.line.dash_style = MSO_LINE.DASH


def _fill(fill: Any, colour: str) -> None:
    from pptx.dml.color import RGBColor

    fill.solid()
    fill.fore_color.rgb = RGBColor.from_string(colour.lstrip("#").upper())


def _colour_line(line: Any, colour: str) -> None:
    from pptx.dml.color import RGBColor

    line.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())


def _error_bars(series: Any, cells: tuple[Cell, ...], colour: str) -> None:
    """Add custom error bars before the series' values, where the schema wants them (ECMA-376 part 1, 21.2.2.55)."""
    if not any(cell.low is not None and cell.value is not None for cell in cells):
        return
    from pptx.oxml import parse_xml

    xml = _error_bar_xml(cells, colour, series.nsmap["c"], scatter=series.find(f"{{{series.nsmap['c']}}}xVal") is not None)
    for name in ("cat", "xVal", "val"):
        anchor = series.find(f"{{{series.nsmap['c']}}}{name}")
        if anchor is not None:
            anchor.addprevious(parse_xml(xml))
            return


def _error_bar_xml(cells: tuple[Cell, ...], colour: str, namespace: str, scatter: bool) -> str:
    plus = [(cell.high or 0) - (cell.value or 0) if cell.high is not None else 0 for cell in cells]
    minus = [(cell.value or 0) - (cell.low or 0) if cell.low is not None else 0 for cell in cells]
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    direction = '<c:errDir val="y"/>' if scatter else ""
    line = f'<a:ln w="9525"><a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill></a:ln>'
    return (
        f'<c:errBars xmlns:c="{namespace}" xmlns:a="{drawing}">{direction}'
        '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"<c:plus>{_literal(plus)}</c:plus><c:minus>{_literal(minus)}</c:minus><c:spPr>{line}</c:spPr></c:errBars>"
    )


def _literal(values: list[float]) -> str:
    points = "".join(f'<c:pt idx="{i}"><c:v>{value:.6g}</c:v></c:pt>' for i, value in enumerate(values))
    return f'<c:numLit><c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numLit>'
