"""Charts painted from the numbers of a file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.domain.paper_chart import (
    ChartAxis,
    ChartGroup,
    ChartSeries,
    Dots,
    Fill,
    PaperChart,
    Stroke,
    Tag,
    Whiskers,
)
from app.gui.paper.chart import paint_chart
from app.gui.paper.chart_bars import bars_of
from app.gui.paper.chart_scale import scale_of, spoken
from app.gui.paper.letters import Faces

AXES = (ChartAxis("category", "left", turned=True), ChartAxis("value", "bottom", low=0.0, high=1.0, step=0.2, format="0%"))


def painted(chart, width=400, height=260):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    paint_chart(painter, chart, QRectF(0, 0, width, height), Faces())
    painter.end()
    return image


def count(image, colour):
    wanted = QColor(colour).rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def bars(**more):
    series = ChartSeries("占比", (0.4, 0.8, None), fill=Fill("#0b6e6a"), **more)
    return PaperChart((ChartGroup("bar", (series,), lying=True, axes=(0, 1)),), ("甲", "乙", "丙"), AXES)


def test_that_a_bar_twice_as_long_covers_twice_the_ground(dressed):
    def ground(value):
        series = ChartSeries("占比", (value,), fill=Fill("#0b6e6a"))
        return count(painted(PaperChart((ChartGroup("bar", (series,), lying=True, axes=(0, 1)),), ("甲",), AXES)), "#0b6e6a")

    assert ground(0.8) == pytest.approx(2 * ground(0.4), rel=0.03)


def test_that_an_interval_is_drawn_over_its_bar(dressed):
    plain = painted(bars())
    whiskers = Whiskers((0.1, 0.1, None), (0.1, 0.1, None), True, Stroke("#ff0000", 2.0))
    assert count(plain, "#ff0000") == 0
    assert count(painted(bars(whiskers=(whiskers,))), "#ff0000") > 50


def test_that_a_point_of_its_own_colour_keeps_it(dressed):
    assert count(painted(bars(fills=((1, Fill("#ff8800")),))), "#ff8800") > 500


def test_that_hatching_leaves_the_ground_seen(dressed):
    image = painted(bars(fills=((1, Fill("#ffffff", "#ff0000")),)))
    assert 0 < count(image, "#0b6e6a") < 6000


def test_that_stacked_bars_begin_where_the_one_before_ends():
    group = ChartGroup("bar", (ChartSeries("a", (0.2,)), ChartSeries("b", (0.3,)), ChartSeries("c", (-0.1,))), stack="stacked")
    assert [(round(bar.start, 2), round(bar.stop, 2)) for bar in bars_of(group)] == [(0.0, 0.2), (0.2, 0.5), (0.0, -0.1)]


def test_that_bars_side_by_side_do_not_overlap_and_leave_the_gap():
    group = ChartGroup("bar", (ChartSeries("a", (1.0,)), ChartSeries("b", (1.0,))), gap=100.0)
    first, second = bars_of(group)
    assert first.high == pytest.approx(second.low)
    assert first.low == pytest.approx((first.high - first.low) / 2)


def test_that_lines_points_and_labels_of_a_scatter_are_drawn(dressed):
    series = ChartSeries(
        "实测",
        (0.2, 0.5),
        (2025.5, 2026.5),
        stroke=Stroke("#0b6e6a", 3.0),
        dots=Dots("diamond", 12, "#b3261e"),
        tags=(Tag(1, "目标"),),
    )
    axes = (ChartAxis("value", "bottom", 2025.0, 2027.0, 1.0, "0"), ChartAxis("value", "left", 0.0, 1.0, 0.2, "0%"))
    image = painted(PaperChart((ChartGroup("scatter", (series,), axes=(0, 1)),), axes=axes, legend="bottom"))
    assert count(image, "#b3261e") > 80
    assert count(image, "#0b6e6a") > 150


@pytest.mark.parametrize("kind", ["area", "pie", "line"])
def test_that_other_kinds_a_user_may_have_put_in_are_drawn_too(kind, dressed):
    series = ChartSeries("甲", (1.0, 2.0, 3.0), fill=Fill("#0b6e6a"), stroke=Stroke("#0b6e6a", 2.0))
    axes = (ChartAxis("category", "bottom"), ChartAxis("value", "left"))
    chart = PaperChart((ChartGroup(kind, (series,), axes=(0, 1)),), ("一", "二", "三"), axes, "题目", "right")
    image = painted(chart)
    assert sum(image.pixel(x, y) != QColor("#ffffff").rgb() for x in range(0, 400, 2) for y in range(0, 260, 2)) > 200


def test_that_an_empty_chart_is_no_failure(dressed):
    painted(PaperChart(()))
    painted(PaperChart((ChartGroup("bar", ()),)))
    painted(PaperChart((ChartGroup("scatter", (ChartSeries("", ()),)),)), 8, 8)


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (0.123, "0%", "12%"),
        (0.123, "0.0%", "12.3%"),
        (12345.6, "#,##0", "12,346"),
        (-3.0, "0;-0;0", "-3"),
        (0.05, '[<0.06]"";0%', ""),
        (0.5, '[<0.06]"";0%', "50%"),
        (5.0, '0"家"', "5家"),
        (2026.5, "General", "2026.5"),
        (-0.001, "0%", "0%"),
    ],
)
def test_that_numbers_read_as_a_spreadsheet_would_say_them(value, pattern, text):
    assert spoken(value, pattern) == text


def test_that_an_axis_without_bounds_holds_all_values_at_round_steps():
    scale = scale_of(None, [3.0, 47.0], from_zero=True)
    assert (scale.low, scale.step) == (0.0, 10.0)
    assert scale.high >= 47.0
    assert scale.ticks[0] == 0.0
    assert scale_of(ChartAxis("value", "left", 0.0, 1.0, 0.25), [], True).ticks == (0.0, 0.25, 0.5, 0.75, 1.0)
