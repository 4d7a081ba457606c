"""Native charts: the order of their elements, their fonts, their workbooks, and that nothing more than released leaves in them."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from pptx.chart.chart import Chart
from pptx.oxml import parse_xml

from app.domain.figure import FigureKind
from app.files.chart_layout import layout_of
from app.files.chart_plan import Room, released
from app.files.office_charts import (
    CHART_KINDS,
    ChartStyle,
    chart_data,
    charted,
    natural_height,
    plan_of,
    style_chart,
)
from app.files.resources import load_palette
from tests.unit.files import chart_samples as samples

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHOWS = ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
AXIS = (
    "axId",
    "scaling",
    "delete",
    "axPos",
    "majorGridlines",
    "minorGridlines",
    "title",
    "numFmt",
    "majorTickMark",
    "minorTickMark",
)
AXIS = (*AXIS, "tickLblPos", "spPr", "txPr", "crossAx", "crosses", "crossesAt")
# The sequences of ECMA-376 part 1, 21.2 (transitional schema dml-chart.xsd), of every element that is written.
ORDER = {
    "chartSpace": (
        "date1904",
        "lang",
        "roundedCorners",
        "style",
        "clrMapOvr",
        "protection",
        "chart",
        "spPr",
        "txPr",
        "externalData",
    ),
    "chart": ("title", "autoTitleDeleted", "view3D", "plotArea", "legend", "plotVisOnly", "dispBlanksAs"),
    "plotArea": ("layout", "barChart", "lineChart", "scatterChart", "catAx", "valAx", "dTable", "spPr"),
    "barChart": ("barDir", "grouping", "varyColors", "ser", "dLbls", "gapWidth", "overlap", "serLines", "axId"),
    "lineChart": ("grouping", "varyColors", "ser", "dLbls", "dropLines", "hiLowLines", "upDownBars", "marker", "smooth", "axId"),
    "scatterChart": ("scatterStyle", "varyColors", "ser", "dLbls", "axId"),
    "errBars": ("errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr"),
    "dLbls": ("dLbl", "numFmt", "spPr", "txPr", "dLblPos", *SHOWS),
    "dLbl": ("idx", "layout", "tx", "numFmt", "spPr", "txPr", "dLblPos", *SHOWS),
    "catAx": (*AXIS, "auto", "lblAlgn", "lblOffset", "tickLblSkip", "tickMarkSkip", "noMultiLvlLbl"),
    "valAx": (*AXIS, "crossBetween", "majorUnit", "minorUnit"),
    "scaling": ("logBase", "orientation", "max", "min"),
    "marker": ("symbol", "size", "spPr"),
    "legend": ("legendPos", "legendEntry", "layout", "overlay", "spPr", "txPr"),
    "title": ("tx", "layout", "overlay"),
    "manualLayout": ("layoutTarget", "xMode", "yMode", "wMode", "hMode", "x", "y", "w", "h"),
    "numCache": ("formatCode", "ptCount", "pt"),
    "dPt": ("idx", "invertIfNegative", "marker", "bubble3D", "spPr"),
}
SERIES = {
    "barChart": (
        "idx",
        "order",
        "tx",
        "spPr",
        "invertIfNegative",
        "pictureOptions",
        "dPt",
        "dLbls",
        "trendline",
        "errBars",
        "cat",
        "val",
    ),
    "lineChart": ("idx", "order", "tx", "spPr", "marker", "dPt", "dLbls", "trendline", "errBars", "cat", "val", "smooth"),
    "scatterChart": ("idx", "order", "tx", "spPr", "marker", "dPt", "dLbls", "trendline", "errBars", "xVal", "yVal", "smooth"),
}


def name_of(element) -> str:
    return etree.QName(element).localname


def made(figure, width=300.0, height=120.0):
    """Return (chart space, embedded workbook's bytes) of a figure."""
    kind, data = chart_data(figure)
    space = parse_xml(data.xml_bytes(kind))
    style_chart(Chart(space, None), figure, ChartStyle(load_palette("light"), "微软雅黑", 12, "年底", width, height))
    return space, data.xlsx_blob


@pytest.mark.parametrize("name", samples.ALL)
def test_that_elements_stand_in_the_order_of_the_standard(name):
    space, _ = made(samples.ALL[name]())
    seen = set()
    for element in space.iter(f"{C}*"):
        own = name_of(element)
        order = SERIES[name_of(element.getparent())] if own == "ser" else ORDER.get(own)
        if order is None or (own == "marker" and element.get("val")):
            continue
        children = [name_of(child) for child in element]
        assert set(children) <= set(order), own
        places = [order.index(child) for child in children]
        assert places == sorted(places), (own, children)
        seen.add(own)
    assert {"chartSpace", "plotArea", "valAx", "ser"} <= seen


@pytest.mark.parametrize("name", samples.ALL)
def test_that_every_word_of_a_chart_names_one_font_for_all_scripts_and_no_theme_font(name):
    space, _ = made(samples.ALL[name]())
    looks = [*space.iter(f"{A}defRPr"), *space.iter(f"{A}rPr")]
    assert looks
    for look in looks:
        assert [look.find(f"{A}{kind}").get("typeface") for kind in ("latin", "ea", "cs")] == ["微软雅黑"] * 3
    assert "+mn-" not in etree.tostring(space, encoding="unicode")


@pytest.mark.parametrize("name", samples.ALL)
def test_that_the_workbook_behind_a_chart_holds_its_numbers_and_no_formula(name):
    space, blob = made(samples.ALL[name]())
    sheet = openpyxl.load_workbook(io.BytesIO(blob)).active
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    for reference in (*space.iter(f"{C}numRef"), *space.iter(f"{C}strRef")):
        formula = reference.find(f"{C}f").text.split("!")[1].replace("$", "")
        cells = sheet[formula]
        cells = [c for row in cells for c in row] if isinstance(cells, tuple) else [cells]
        points = {int(p.get("idx")): p.find(f"{C}v").text or "" for p in reference.iter(f"{C}pt")}
        for place, held in enumerate(cells):
            kept = points.get(place)
            if isinstance(held.value, int | float):
                assert kept is None or float(kept) == pytest.approx(held.value)
            else:
                assert (kept or "") == (held.value or "")
    plotted = {p.find(f"{C}v").text for n in space.iter(f"{C}numCache") for p in n.iter(f"{C}pt")}
    written = {c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, int | float)}
    assert written <= {float(text) for text in plotted}


@pytest.mark.parametrize("name", samples.ALL)
def test_that_no_number_of_a_chart_has_more_decimals_than_are_released(name):
    space, _ = made(samples.ALL[name]())
    for cache in space.iter(f"{C}numCache"):
        for point in cache.iter(f"{C}v"):
            assert len(point.text.partition(".")[2]) <= 3


def test_that_hidden_cells_are_gaps_and_never_zero():
    space, _ = made(samples.ranked())
    values = next(space.iter(f"{C}val"))
    count = int(values.find(f".//{C}ptCount").get("val"))
    assert [int(p.get("idx")) for p in values.iter(f"{C}pt")] == list(range(count - 1))
    assert next(space.iter(f"{C}dispBlanksAs")).get("val") == "gap"
    names = [p.find(f"{C}v").text for p in next(space.iter(f"{C}cat")).iter(f"{C}pt")]
    assert names[-1] == "J 金融业 ‡"


@pytest.mark.parametrize("name", ["levels", "ranked", "balance", "parts", "bullet"])
def test_that_a_chart_of_rows_has_a_series_for_each_column_of_its_table(name):
    figure = samples.ALL[name]()
    plan = plan_of(figure)
    assert sorted(series.column for series in plan.series) == list(range(len(figure.table.columns)))
    for series in plan.series:
        held = [row.cells[series.column] for row in figure.table.rows]
        assert series.values == tuple(released(cell.value, cell.unit) for cell in held)


def test_that_a_scenario_chart_has_its_target_as_a_line_over_all_rows():
    plan = plan_of(samples.spans())
    lines = [series for series in plan.series if series.look == "target_line"]
    assert [(line.name, line.across, line.values) for line in lines] == [("2027年不低于65%", (0.65, 0.65), (0.5, 2.5))]
    assert all(line.listed for line in lines)


def test_that_a_break_of_a_trajectory_is_an_upright_line_that_the_legend_names():
    plan = plan_of(samples.broken_trajectory())
    line = next(series for series in plan.series if series.look == "break")
    assert line.across == (2025.0, 2025.0) and line.listed
    assert line.name == "2026期：改用新口径"


@given(st.lists(st.floats(-40, 40, allow_nan=False).map(lambda v: round(v, 2)), min_size=1, max_size=6))
def test_that_the_parts_of_a_waterfall_end_where_the_sums_do(values):
    plan = plan_of(samples.steps(*values))
    stacked = [series for series in plan.series if not series.lined]
    reached = 0.0
    for place, value in enumerate([*values, sum(values)]):
        start = 0.0 if place == len(values) else reached
        high = sum(max(series.values[place] or 0.0, 0.0) for series in stacked)
        low = sum(min(series.values[place] or 0.0, 0.0) for series in stacked)
        ends = sorted((start, start + value))
        shown = (low if ends[0] < 0 else high - abs(value), high if ends[1] > 0 else low + abs(value))
        assert shown == pytest.approx(tuple(ends), abs=0.05)
        reached = start + value


def test_that_a_waterfall_says_each_step_above_it_in_a_second_plot_on_the_same_axes():
    space, _ = made(samples.steps())
    bars, lines = next(space.iter(f"{C}barChart")), next(space.iter(f"{C}lineChart"))
    assert [a.get("val") for a in bars.findall(f"{C}axId")] == [a.get("val") for a in lines.findall(f"{C}axId")]
    words = ["".join(t.text for t in label.iter(f"{A}t")) for label in lines.iter(f"{C}dLbl")]
    assert words[0].startswith("+4.1") and words[-1].startswith("-1.0")


@pytest.mark.parametrize("name", ["balance", "bullet", "steps"])
def test_that_what_differs_in_colour_differs_in_pattern_or_outline_too(name):
    space, _ = made(samples.ALL[name]())
    text = etree.tostring(space, encoding="unicode")
    assert "pattFill" in text or 'prstDash val="sysDash"' in text


@pytest.mark.parametrize("name", samples.ALL)
@pytest.mark.parametrize("size", [(300.0, 115.0), (156.0, 85.0)])
def test_that_plot_and_legend_stand_inside_the_chart_and_apart(name, size):
    room = Room(*size, 10.0)
    layout = layout_of(plan_of(samples.ALL[name](), room), room)
    plot, legend = layout.plot, layout.legend
    assert plot.x >= 0 and plot.x + plot.width <= size[0] and plot.y + plot.height <= size[1]
    assert plot.width > size[0] * 0.4 and plot.height >= size[1] * 0.3
    assert legend is None or legend.y + legend.height <= plot.y


def test_that_a_chart_of_more_rows_is_higher():
    few = samples.ranked()
    many = replace(few, table=replace(few.table, rows=few.table.rows * 4))
    assert natural_height(many, 156.0, 9.0) > natural_height(few, 156.0, 9.0)


def test_that_every_kind_of_chart_has_a_sample():
    assert {make().kind for make in samples.ALL.values()} == set(CHART_KINDS)
    assert FigureKind.HEAT not in CHART_KINDS


@pytest.mark.parametrize(("height", "lines"), [(200.0, 2), (90.0, 1)])
def test_that_a_long_chinese_name_is_broken_for_its_row_and_keeps_its_sign(height, lines):
    long = "计算机、通信、仪器仪表和其他电子设备及专用智能装备制造与维修服务以及相关软件和系统集成的企业"
    rows = [(str(k), long, [samples.hidden() if k == 0 else samples.cell(0.4)]) for k in range(20)]
    figure = replace(samples.ranked(), table=samples.table(["L2"], rows), chosen="")
    space = made(figure, 156.0, height)[0]
    names = [node.text for node in next(space.iter(f"{C}cat")).iter(f"{C}v")]
    assert {name.count("\n") + 1 for name in names} == {lines}
    assert sum(name.endswith("… ‡") for name in names) == 1


def test_that_a_figure_of_hidden_values_alone_is_no_empty_chart():
    rows = [(str(k), f"行业{k}", [samples.hidden()]) for k in range(4)]
    figure = replace(samples.ranked(), table=samples.table(["L2"], rows), chosen="")
    assert not charted(figure, 30)
    assert charted(samples.ranked(), 30)
    assert not charted(samples.ranked(), 3)
