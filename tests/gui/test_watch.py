"""The page of what is watched: four views, evidence on a row, firms on a dot, the register marked as internal."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.words import Texts
from app.gui.pages import UNDER, make_page
from app.gui.pages.watch import VIEWS
from tests.gui import pagevalues


@pytest.fixture
def page(dressed, qtbot, resources, light):
    made = make_page("watch")
    qtbot.addWidget(made)
    made.resize(1100, 900)
    made.display(pagevalues.watch(), Texts("zh", resources.words), light)
    made.show()
    return made


def part(page, name):
    return page.findChild(QWidget, name)


def words_of(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_that_it_stands_under_goals():
    assert UNDER["watch"] == "goals"


def test_that_each_tab_shows_its_view_alone(page):
    headlines = {"agents": "3家使用智能体", "jobs": "本问卷未问岗位变化", "models": "开源模型占24%"}
    for name in VIEWS:
        page.choose(name)
        assert [each for each in VIEWS if page._views[each].isVisibleTo(page)] == [name]
        assert headlines.get(name, "内部") in words_of(page)


def test_that_the_tab_of_the_register_counts_its_firms(page):
    assert part(page, "tab.register").text().endswith(" 3")


def test_that_a_row_of_sectors_opens_its_evidence(page, qtbot):
    table = part(page, "table.agents")
    table.setCurrentIndex(table.rows.index(1, 0))
    with qtbot.waitSignal(page.evidence_requested, timeout=1000) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == ["agents|2026|C|users"]


def test_that_a_row_of_the_register_opens_the_firm(page, qtbot):
    page.choose("register")
    table = part(page, "table.agents.firms")
    table.setCurrentIndex(table.rows.index(0, 0))
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == ["firm.open", {"position": "4"}]


def test_that_a_dot_of_one_firm_opens_it_and_a_dot_of_several_narrows_the_rows(page, qtbot):
    page.choose("register")
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        page.register.canvas.evidence.emit("4")
    assert told.args == ["firm.open", {"position": "4"}]
    with qtbot.assertNotEmitted(page.command_requested, wait=20):
        page.register.canvas.evidence.emit("7,9")
    table = page.register.table
    assert [table.rows.row_id(row) for row in range(table.rows.rowCount())] == ["7", "9"]
    assert page.register.everyone.isVisibleTo(page)
    qtbot.mouseClick(page.register.everyone, Qt.MouseButton.LeftButton)
    assert table.rows.rowCount() == 3 and not page.register.everyone.isVisibleTo(page)


def test_that_the_register_says_it_is_internal_and_is_exported_by_its_command(page, qtbot):
    page.choose("register")
    assert {"内部", "列有企业名称"} <= set(words_of(page.register))
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        qtbot.mouseClick(page.register.export, Qt.MouseButton.LeftButton)
    assert told.args == ["study.agents", {"wave": "2026"}]


def test_that_search_narrows_the_register(page):
    page.choose("register")
    page.register.search.setText("乙厂")
    assert page.register.table.rows.rowCount() == 1


def test_that_a_register_without_firms_offers_nothing_to_export(page, resources, light):
    from dataclasses import replace

    from app.present.pages.watch_values import RegisterView

    empty = replace(pagevalues.watch(), register=RegisterView("台账是空的", ("内部", "列有企业名称")))
    page.choose("register")
    page.display(empty, Texts("zh", resources.words), light)
    for widget in (page.register.export, page.register.table, page.register.search, page.register.everyone):
        assert not widget.isVisibleTo(page)
    assert "台账是空的" in words_of(page.register)


@pytest.mark.parametrize(
    ("mark", "sector"), [("agents|2026|C|users", "C"), ("jobs|2026|*|net", ""), ("models|2026|F|s:open", "F")]
)
def test_that_a_double_click_goes_down_to_the_firms(page, qtbot, mark, sector):
    with qtbot.waitSignal(page.went, timeout=1000) as told:
        page.sections["models"].down.emit(mark)
    id_, selection = told.args
    assert id_ == "firms" and (selection.wave, selection.sector) == ("2026", sector)


def test_that_a_mark_of_another_kind_leads_nowhere(page, qtbot):
    with qtbot.assertNotEmitted(page.went, wait=20):
        page.sections["agents"].down.emit("")
        page.sections["agents"].down.emit("goal|x")


def test_that_the_keyboard_reaches_every_dot(page, qtbot):
    page.choose("register")
    canvas = page.register.canvas
    canvas.resize(600, 340)
    canvas._lay_out()
    canvas.setFocus()
    opened = []
    canvas.evidence.connect(opened.append)
    for _ in range(2):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert sorted(opened) == ["4", "7,9"]
