"""The scenarios page: what is written is worked out at once, saved under a name, taken up again, and deleted when asked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.targets import Lever
from app.domain.words import Texts
from app.gui.pages import make_page
from app.present.pages.scenarios_values import LeverLine
from tests.gui import pagevalues


@pytest.fixture
def page(dressed, qtbot, resources, light):
    made = make_page("scenarios")
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.display(pagevalues.scenarios(), Texts("zh", resources.words), light)
    made.show()
    qtbot.wait(100)  # the first try
    return made


def part(page, name):
    return page.findChild(QWidget, name)


def asked_of(page):
    asked = []
    page.command_requested.connect(lambda command, parameters: asked.append((command, parameters)))
    return asked


def words_of(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def choose(page, name, value):
    box = part(page, name)
    box.setCurrentIndex(box.findData(value))


def write(page, firms="40"):
    choose(page, "lever.1.size", "small")
    choose(page, "lever.1.reach", "L2")
    part(page, "lever.1.firms").setText(firms)
    part(page, "lever.1.success").setText("30%-70%")
    part(page, "lever.1.by").setDate(QDate(2027, 6, 30))


LEVER = Lever((("size", "small"),), 40, "L2", "2027-06-30", (0.3, 0.7))


def test_that_what_is_written_is_tried_once_for_many_changes(page, qtbot):
    asked = asked_of(page)
    write(page)
    qtbot.waitUntil(lambda: bool(asked), timeout=1000)
    qtbot.wait(100)
    ((command, given),) = asked
    assert command == "scenario.try"
    assert (given["goal"], given["levers"], given["name"]) == ("g", (LEVER,), "")


def test_that_a_lever_without_a_number_moves_nobody_yet(page, qtbot):
    asked = asked_of(page)
    choose(page, "lever.1.size", "small")
    qtbot.waitUntil(lambda: bool(asked), timeout=1000)
    assert [lever.firms for lever in asked[0][1]["levers"]] == [0]
    assert not part(page, "scenario.save").isEnabled()


def test_that_what_comes_back_stands_beside_its_lever(page):
    write(page)
    page.show_supposed(pagevalues.supposed((LeverLine("还没做到的640家", "+1.4个百分点"),)))
    assert {"还没做到的640家 · +1.4个百分点", "合计+7个百分点"} <= set(words_of(page.editor))
    page.show_supposed(pagevalues.supposed((LeverLine("", "小型企业一家也没有。", wrong=True),)))
    assert "小型企业一家也没有。" in words_of(page.editor)


def test_that_what_belongs_to_another_goal_is_not_said(page):
    choose(page, "scenario.goal", "h")
    page.show_supposed(pagevalues.supposed((LeverLine("还没做到的640家", "+1.4个百分点"),)))
    assert "合计+7个百分点" not in words_of(page.editor)


def test_that_saving_waits_for_a_name_and_hands_everything_over(page, qtbot):
    write(page)
    assert not part(page, "scenario.save").isEnabled()
    part(page, "scenario.name").setText(" 新的 ")
    part(page, "scenario.who").setText("张三")
    asked = asked_of(page)
    qtbot.mouseClick(part(page, "scenario.save"), Qt.MouseButton.LeftButton)
    given = {
        "name": "新的",
        "goal": "g",
        "lever": ("size=small;firms=40;reach=L2;by=2027-06-30;success=0.3-0.7",),
        "note": "",
        "who": "张三",
    }
    assert ("study.scenario", given) in asked


def test_that_success_that_cannot_be_read_holds_saving_back(page):
    write(page)
    part(page, "scenario.name").setText("新的")
    assert part(page, "scenario.save").isEnabled()
    part(page, "lever.1.success").setText("多半")
    assert not part(page, "scenario.save").isEnabled()


def test_that_a_saved_scenario_is_taken_up_and_asked_before_it_goes(page, qtbot):
    assert not part(page, "scenario.delete").isVisible()
    choose(page, "scenario.saved", "小企业先行")
    assert page.editor.levers.written == (LEVER,)
    assert (part(page, "scenario.name").text(), part(page, "scenario.note").text()) == ("小企业先行", "会议定的")
    asked = asked_of(page)
    qtbot.mouseClick(part(page, "scenario.delete"), Qt.MouseButton.LeftButton)
    assert ("scenario.forget", {"name": "小企业先行"}) in asked


def test_that_levers_are_added_and_removed_and_one_always_stays(page, qtbot):
    qtbot.mouseClick(part(page, "scenario.add"), Qt.MouseButton.LeftButton)
    assert len(page.editor.levers.forms) == 2
    for _ in range(2):
        page.editor.levers.forms[0].remove.click()
    assert len(page.editor.levers.forms) == 1
    assert page.editor.levers.forms[0].lever.firms == 0


def test_that_a_lever_acts_no_later_than_the_goal_is_due(page):
    assert part(page, "lever.1.by").maximumDate() == QDate(2027, 12, 31)
    choose(page, "scenario.goal", "h")
    assert part(page, "lever.1.by").maximumDate() == QDate(2028, 12, 31)
    assert part(page, "lever.1.by").date() == QDate(2028, 12, 31)


def test_that_what_is_being_written_stays_when_the_page_is_shown_anew(page, resources, dark):
    write(page)
    page.display(pagevalues.scenarios(), Texts("en", resources.words), dark)
    assert page.editor.levers.written == (LEVER,)


@pytest.mark.parametrize("width", [780, 1400])
def test_that_nothing_is_cut_in_a_narrow_or_a_wide_window(page, qapp, width):
    page.resize(width, 700)
    qapp.processEvents()
    for field in page.editor.findChildren(QWidget):
        if field.isVisibleTo(page) and field.objectName().startswith(("lever.1.", "scenario.")):
            assert field.mapTo(page, field.rect().topRight()).x() <= width
