"""The goals page: a wall that is worked with mouse and keyboard, a checklist to fill, a goal book that opens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.words import Texts
from app.gui.charts.painter import marked
from app.gui.charts.wall_canvas import nearest
from tests.gui import goalvalues


@pytest.fixture
def page(dressed, qtbot, resources, light):
    from app.gui.pages import make_page

    made = make_page("goals")
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.display(goalvalues.goals(), Texts("zh", resources.words), light)
    qtbot.waitUntil(lambda: made.wall.canvas.drawing is not None)
    return made


def test_that_every_number_of_the_wall_is_reached_by_arrows_and_read_out(page, qtbot):
    canvas = page.wall.canvas
    marks = [mark.evidence for mark, _ in marked(canvas.drawing)]
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    seen, queue = set(), [0]
    areas = [area for _, area in marked(canvas.drawing)]
    while queue:
        place = queue.pop()
        if place not in seen:
            seen.add(place)
            queue += [nearest(areas, place, way) for way in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    assert {marks[place] for place in seen} == set(marks)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.accessibleDescription() == marked(canvas.drawing)[0][0].sentence


def test_that_return_opens_the_number_in_focus_and_control_return_its_goal(page, qtbot):
    canvas = page.wall.canvas
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    with qtbot.waitSignal(page.evidence_requested, timeout=1000) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert told.args == [marked(canvas.drawing)[0][0].evidence]
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["goal.show", {"goal": "terminals-2027"}]


def test_that_arrows_stay_where_they_are_when_nothing_lies_further():
    areas = [QRectF(0, 0, 2, 2), QRectF(10, 0, 2, 2), QRectF(0, 10, 2, 2)]
    assert nearest(areas, -1, (1, 0)) == 0
    assert nearest(areas, 0, (1, 0)) == 1
    assert nearest(areas, 0, (0, 1)) == 2
    assert nearest(areas, 1, (1, 0)) == 1


def test_that_the_value_is_where_the_pointer_finds_it(page):
    canvas = page.wall.canvas
    area = next(area for mark, area in marked(canvas.drawing) if mark.evidence.endswith("|value"))
    at = QPointF(area.center().x() * canvas.scale, area.center().y() * canvas.scale)
    assert canvas.mark_under(at).evidence == "progress|terminals-2027|value"


def test_that_evidence_waits_for_who_and_for_a_document_where_it_is_done(page, qtbot):
    page.choose("list")
    page.list.rows["item_2"].click()
    form = page.list.form
    assert not form.save.isEnabled()
    form.states["done"].click()
    form.fields["who"].setText("李敏")
    assert not form.save.isEnabled()
    form.fields["document"].setText("县政办发〔2026〕12号")
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        form.save.click()
    command, given = told.args
    assert command == "study.proof"
    assert (given["entry"], given["state"], given["document"], given["who"]) == ("item_2", "done", "县政办发〔2026〕12号", "李敏")


def test_that_what_was_recorded_last_stands_in_the_form_with_its_history(page):
    page.show_entry("item_1")
    form = page.list.form
    assert form.state == "under_way"
    assert form.fields["document"].text() == "县政办发〔2026〕12号"
    assert page.list.isVisible()


def test_that_typing_is_not_lost_when_the_page_is_shown_anew(page, resources, light):
    page.show_entry("item_2")
    page.list.form.fields["remark"].setText("还差验收")
    page.display(goalvalues.goals(), Texts("zh", resources.words), light)
    assert page.list.form.fields["remark"].text() == "还差验收"


def test_that_a_row_of_the_goal_book_and_both_goals_of_a_clash_open_the_goal(page, qtbot):
    page.choose("book")
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        page.book.table.opened.emit("county-2027")
    assert told.args == ["goal.show", {"goal": "county-2027"}]
    for goal in ("terminals-2027", "county-2027"):
        with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
            page.book.findChild(QPushButton, f"clash.{goal}").click()
        assert told.args == ["goal.show", {"goal": goal}]


def test_that_layers_come_in_and_go_out_by_their_buttons(page):
    page.choose("book")
    asked = []
    page.command_requested.connect(lambda command, given: asked.append((command, given)))
    page.book.take_in.click()
    page.book.write.menu().actions()[0].trigger()
    page.book.example.menu().actions()[0].trigger()
    assert asked[:2] == [("goalbook.import", {}), ("goalbook.export", {"layer": "county"})]
    assert asked[2][0] == "study.goalbook"


def test_that_everything_on_the_page_has_a_name_for_a_screen_reader(page):
    for view in ("wall", "list", "book"):
        page.choose(view)
        if view == "list":
            page.list.choose("item_1")
        parts = [part for part in page.findChildren(QWidget) if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        unnamed = [
            part.objectName() or type(part).__name__ for part in parts if not (part.accessibleName() or hasattr(part, "text"))
        ]
        assert not unnamed, view
