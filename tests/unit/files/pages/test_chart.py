"""Charts read back from their XML, whoever wrote them."""

from __future__ import annotations

from lxml import etree
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE

from app.files.pages.chart import read_chart


def read(kind, data, change=None):
    xml = data.xml_bytes(kind)
    root = etree.fromstring(xml)
    if change is not None:
        change(root)
    return read_chart(root)


def bars(kind):
    data = CategoryChartData(number_format="0%")
    data.categories = ["甲", "乙", "丙"]
    data.add_series("占比", [0.4, None, 0.2])
    data.add_series("上期", [0.3, 0.1, 0.1])
    return read(kind, data)


def test_that_bars_keep_direction_stacking_gaps_and_missing_values():
    lying, stacked = bars(XL_CHART_TYPE.BAR_CLUSTERED), bars(XL_CHART_TYPE.COLUMN_STACKED)
    assert lying.groups[0].lying and not stacked.groups[0].lying
    assert (lying.groups[0].stack, stacked.groups[0].stack) == ("", "stacked")
    assert lying.categories == ("甲", "乙", "丙")
    assert lying.groups[0].series[0].values == (0.4, None, 0.2)
    assert lying.groups[0].series[0].format == "0%"
    assert len(lying.groups[0].axes) == 2


def test_that_a_scatter_has_x_values():
    data = XyChartData()
    series = data.add_series("走势")
    series.add_data_point(2025.5, 0.3)
    series.add_data_point(2026.5, 0.4)
    (group,) = read(XL_CHART_TYPE.XY_SCATTER_LINES, data).groups
    assert (group.kind, group.series[0].xs, group.series[0].values) == ("scatter", (2025.5, 2026.5), (0.3, 0.4))


def test_that_a_format_of_labels_with_a_condition_is_kept():
    from lxml.etree import fromstring

    def label(root):
        names = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
        series = root.find(".//c:ser", names)
        xml = f'<c:dLbls xmlns:c="{names["c"]}"><c:numFmt formatCode="[&lt;0.3]&quot;&quot;;0%"/><c:showVal val="1"/></c:dLbls>'
        series.find("c:val", names).addprevious(fromstring(xml))

    data = CategoryChartData()
    data.categories = ["甲", "乙"]
    data.add_series("占比", [0.4, 0.2])
    tags = read(XL_CHART_TYPE.BAR_CLUSTERED, data, label).groups[0].series[0].tags
    assert [(tag.point, tag.format) for tag in tags] == [(0, '[<0.3]"";0%'), (1, '[<0.3]"";0%')]
