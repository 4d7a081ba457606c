"""Tables: sorted and filtered by order of rows, absent last, copied with headers, quick at a hundred thousand."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.gui.models.table_model import TableModel, shown
from app.gui.widgets.table import Table, fitted
from app.present.pages.values import Column, PageTable
from tests.gui import pagevalues


@pytest.fixture
def model(qapp, light):
    made = TableModel()
    made.display(pagevalues.firms().firms, light)
    return made


def column(model, index):
    return [model.text(row, index) for row in range(model.rowCount())]


def test_that_the_model_keeps_qt_s_rules_while_it_is_sorted_and_filtered(model, light, qapp):
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.sort(3, Qt.SortOrder.DescendingOrder)
    model.filter("河西乡")
    model.display(pagevalues.firms(3).firms, light)
    assert tester.model() is model


def test_that_absent_numbers_come_last_in_both_orders(model):
    model.sort(3, Qt.SortOrder.AscendingOrder)
    assert column(model, 3)[-1] == "—"
    model.sort(3, Qt.SortOrder.DescendingOrder)
    assert column(model, 3)[-1] == "—"
    assert column(model, 3)[0] == "48"


def test_that_numbers_sort_as_numbers_and_not_as_texts(model):
    model.sort(4)
    assert column(model, 4)[:4] == ["0", "3", "6", "9"]


def test_that_a_filter_wants_every_word(model):
    model.filter("河西乡 00001")
    assert column(model, 0) == ["企业00001有限公司"]


def test_that_the_unit_stands_in_the_header_and_numbers_stand_right(model):
    assert model.headerData(4, Qt.Orientation.Horizontal) == "营业收入 (万元)"
    side = model.data(model.index(0, 4), Qt.ItemDataRole.TextAlignmentRole)
    assert side & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (None, "number", "—"),
        (float("nan"), "score", "—"),
        (None, "text", ""),
        (1234.0, "number", "1,234"),
        (0.408, "percent", "41%"),
        (12.345, "number", "12.35"),
        (1_000, "number", "1,000"),
        ("甲", "text", "甲"),
    ],
)
def test_that_a_cell_reads_by_its_kind(value, kind, text):
    assert shown(value, kind) == text


def test_that_a_copy_carries_the_headers(qtbot, dressed, light):
    table = Table("t")
    qtbot.addWidget(table)
    table.display(pagevalues.collect().kinds, light)
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "类型\t条数\n不是数\t12"


def test_that_a_second_click_on_a_header_turns_the_order(qtbot, dressed, light):
    table = Table("t")
    qtbot.addWidget(table)
    table.display(pagevalues.firms(5).firms, light)
    table.sort_by(4)
    assert table.rows.text(0, 4) == "0"
    table.sort_by(4)
    assert table.rows.text(0, 4) == "12"


def test_that_the_frozen_column_covers_the_first_one_when_the_table_is_too_wide(qtbot, dressed, light):
    table = Table("t", frozen=True)
    qtbot.addWidget(table)
    table.resize(260, 200)
    table.display(pagevalues.firms(5).firms, light)
    table.show()
    qtbot.waitExposed(table)
    assert table._frozen.isVisible()
    assert table._frozen.width() == table.columnWidth(0)


def test_that_rows_are_thirty_pixels_high(qtbot, dressed, light):
    table = Table("t")
    qtbot.addWidget(table)
    table.display(pagevalues.firms(5).firms, light)
    assert table.rowHeight(0) == 30


def test_that_a_hundred_thousand_rows_filter_at_once(qapp, light):
    n = 100_000
    table = PageTable((Column("name", "企业"),), (tuple(f"企业{i}" for i in range(n)),), tuple(map(str, range(n))))
    model = TableModel()
    model.display(table, light)
    model.filter("企业99999")
    started = time.perf_counter()
    model.filter("企业99998")
    assert model.rowCount() == 1
    assert time.perf_counter() - started < 0.5  # 50 ms on an idle machine; this one is shared


def test_that_sentences_get_more_room_than_other_texts():
    widths = fitted([300, 300, 900], ["text", "text", "prose"], 900)
    assert sum(widths) <= 900
    assert widths[2] > widths[0] > widths[1]


def test_that_a_cell_of_two_lines_shows_both(qapp, light):
    made = TableModel()
    made.display(PageTable((Column("v", "原值"),), (("无、财务系统\n办公协同",),), ("0",)), light)
    assert made.data(made.index(0, 0)) == "无、财务系统 办公协同"


def test_that_the_tooltip_holds_the_whole_text_and_wraps(qapp, light):
    made = TableModel()
    made.display(PageTable((Column("m", "说明", "prose"),), (("“<5”不是数，请填写数字。",),), ("0",)), light)
    assert made.data(made.index(0, 0), Qt.ItemDataRole.ToolTipRole) == "<p>“&lt;5”不是数，请填写数字。</p>"


def test_that_a_table_reached_by_tab_lights_its_row(qtbot, light):
    made = Table("t")
    qtbot.addWidget(made)
    made.display(pagevalues.firms().firms, light)
    made.show()
    qtbot.waitExposed(made)
    QApplication.sendEvent(made, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason))
    assert [index.row() for index in made.selectionModel().selectedRows()] == [0]


def test_that_a_row_that_comes_later_gets_the_room_its_cells_need(qapp, qtbot, light):
    table = Table("table.late")
    qtbot.addWidget(table)
    table.resize(900, 300)
    columns = (Column("date", "日期"), Column("source", "来源"))
    table.display(PageTable(columns, ((), ()), ()), light)
    table.display(PageTable(columns, (("2026-11-30 10:30:00（补报）",), ("统计局",)), ("1",)), light)
    needed = table.fontMetrics().horizontalAdvance("2026-11-30 10:30:00（补报）")
    assert table.columnWidth(0) > needed
