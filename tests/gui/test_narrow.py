"""A narrow page: what does not fit goes on in the next line or steps aside, and nothing is cut."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from app.gui.theme import ROW
from app.gui.widgets.facts import FactRow
from app.gui.widgets.section import HEAD, ListingView, SectionView
from app.gui.widgets.table import Table
from app.gui.widgets.tabs import Tabs
from app.present.pages.section import Listing, Passage, Section
from app.present.pages.values import Column, Fact, PageTable


def held(qtbot, part: QWidget, width: int) -> QWidget:
    qtbot.addWidget(part)
    part.resize(width, 400)
    part.show()
    return part


def whole(boxes, width: int, height: int) -> None:
    assert all(box.right() <= width and box.bottom() <= height for box in boxes)
    assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)


def test_that_facts_go_on_in_a_second_line_rather_than_widening_the_page(dressed, light, qtbot):
    row = held(qtbot, FactRow(), 300)
    row.display(tuple(Fact(f"a fact of the wave {k}", f"{k},145") for k in range(6)), light)
    boxes = [part.geometry() for part in row.parts]
    assert len({box.top() for box in boxes}) > 1
    whole(boxes, 300, row.height())
    assert row.minimumSizeHint().width() <= 300


def test_that_tabs_go_on_in_a_second_line_and_keep_their_choice(dressed, light, qtbot):
    tabs = held(qtbot, Tabs(("a", "b", "c", "d")), 260)
    tabs.restyle(("Ranks and comparisons", "AI-native candidates 66", "Types and crosswalks", "Change"), light)
    tabs.choose(2)
    boxes = [part.geometry() for part in tabs.buttons]
    assert len({box.top() for box in boxes}) > 1
    whole(boxes, 260, tabs.height())
    tabs.resize(2000, tabs.height())
    assert len({part.geometry().top() for part in tabs.buttons}) == 1
    assert tabs.buttons[2].isChecked()


@pytest.fixture
def firms() -> PageTable:
    columns = (Column("name", "Firm"), Column("level", "Level", "level"), Column("code", "Credit code", "code", optional=True))
    return PageTable(columns, (("A firm with quite a long name " * 2,), ("L2",), ("91990136703267537W",)), ("0",))


def test_that_an_optional_column_steps_aside_on_a_narrow_page_and_comes_back(dressed, light, qtbot, firms):
    table = held(qtbot, Table("table.test"), 300)
    table.display(firms, light)
    assert table.isColumnHidden(2) and not table.isColumnHidden(1)
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    table.resize(1200, 400)
    qtbot.waitUntil(lambda: not table.isColumnHidden(2))


def test_that_a_column_that_stepped_aside_is_still_searched_and_copied(dressed, light, qtbot, firms):
    table = held(qtbot, Table("table.test"), 300)
    table.display(firms, light)
    table.rows.filter("91990136")
    assert table.rows.rowCount() == 1
    assert "91990136703267537W" in table.rows.rows_text([0])


def test_that_the_bar_of_a_wide_table_hides_no_row(dressed, light, qtbot):
    columns = tuple(Column(f"c{k}", f"A number {k}", "number") for k in range(12))
    table = PageTable(columns, tuple(("1", "2", "3") for _ in columns), ("0", "1", "2"))
    view = held(qtbot, ListingView("table.test"), 320)
    view.display(Listing("t", "A table", table), light)
    qtbot.waitUntil(lambda: view.table.horizontalScrollBar().maximum() > 0)
    assert view.table.viewport().height() >= 3 * ROW
    view.resize(2400, 400)
    qtbot.waitUntil(lambda: view.table.horizontalScrollBar().maximum() == 0)
    assert view.table.height() <= HEAD + 3 * ROW + 8


def test_that_a_table_beside_words_has_the_larger_part_of_the_row(dressed, light, zh, qtbot):
    table = PageTable((Column("a", "甲"),), (("一",),), ("0",))
    view = held(qtbot, SectionView("view.test"), 1000)
    view.display(Section("", ((Listing("t", "表", table), Passage("p", "怎么看", ("一句话。",))),)), zh, light)
    first, second = view._parts
    qtbot.waitUntil(lambda: first.width() > 1.5 * second.width())
