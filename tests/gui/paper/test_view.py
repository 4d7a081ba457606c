"""The document on screen: zoom, keys, and painting of what is in sight alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.domain.paper import Ink, Margins, Paper, Para, Part, Run, Setting
from app.gui.paper.shelf import FIT
from app.gui.paper.view import PaperView


def paper(n=30, width=595.0, mark=""):
    blocks = tuple(Para((Run(f"第{k}页", Ink(size=20.0), mark=mark),), Setting(new_page=k > 0, level=1)) for k in range(n))
    return Paper((Part(width, 842.0, Margins(72, 72, 72, 72), blocks),))


@pytest.fixture
def view(dressed, light, qtbot):
    made = PaperView()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.restyle(light)
    made.show()
    return made


def shown(view, value):
    view.display(value)
    view.finish()
    QApplication.processEvents()
    return view


def test_that_pages_fit_the_width_until_another_size_is_asked_for(view):
    shown(view, paper())
    wide = round(595 * view.shelf.scale)
    assert wide == pytest.approx(view.viewport().width() - 48, abs=1)
    view.set_zoom(1.0)
    assert view.percent == 100
    view.step_zoom(True)
    assert view.percent == 125
    view.set_zoom(FIT)
    assert view.percent == pytest.approx(94, abs=2)


def test_that_only_pages_in_sight_are_painted(view):
    shown(view, paper(60))
    view.repaint()
    assert 1 <= len(view.shelf._prints) <= 2


def test_that_the_page_in_sight_is_told_and_can_be_gone_to(view, qtbot):
    shown(view, paper())
    with qtbot.waitSignal(view.turned, timeout=1000) as told:
        view.show_page(12)
    assert told.args == [12]
    assert view.page == 12


def test_that_keys_turn_and_zoom(view, qtbot):
    shown(view, paper())
    bar = view.verticalScrollBar()
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert bar.value() == bar.pageStep()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page == 29
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert bar.value() == 0
    before = view.percent
    qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.percent > before
    qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.percent == before


def test_that_the_wheel_zooms_with_control_and_keeps_the_page(view):
    shown(view, paper())
    view.show_page(10)
    at = QPointF(100, 100)
    event = QWheelEvent(at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
                        Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    before = view.percent
    QApplication.sendEvent(view.viewport(), event)
    assert view.percent > before
    assert view.page == 10


def test_that_paper_is_white_and_the_desk_is_not_in_the_dark_too(view, dark):
    view.restyle(dark)
    shown(view, paper(1))
    picture = view.viewport().grab().toImage()
    assert picture.pixelColor(2, 2) == QColor(dark.window)
    assert picture.pixelColor(view.viewport().width() // 2, 300) == QColor("#ffffff")


def test_that_an_empty_sheet_lies_where_the_first_page_will_be(view):
    before = view.viewport().grab().toImage()
    sheet = view.shelf.blank
    assert before.pixelColor(sheet.center().x(), 300) == QColor("#ffffff")
    assert before.pixelColor(4, 300) != QColor("#ffffff")
    shown(view, paper(1))
    assert abs(view._box(0).x() - sheet.x()) <= 1
    assert 0 <= sheet.width() - view._box(0).width() <= view.verticalScrollBar().width() + 1


def test_that_the_same_brief_stays_where_it_is_read_and_another_begins_at_its_start(view):
    shown(view, paper())
    view.show_page(15)
    view.display(paper(), stay=True)
    view.finish()
    assert view.page in (14, 15)
    shown(view, paper())
    assert view.page == 0


def test_that_headings_know_their_pages(view):
    shown(view, paper(3))
    assert [(place.text, place.page) for place in view.shelf.places] == [("第0页", 0), ("第1页", 1), ("第2页", 2)]


def test_that_a_click_on_a_number_tells_it_and_elsewhere_nothing(view, qtbot):
    shown(view, paper(1, mark="B1.2"))
    told = []
    view.chosen.connect(told.append)
    box, scale = view._box(0), view.shelf.scale
    on = QPoint(box.x() + round(90 * scale), box.y() + round(85 * scale))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.x() + 20, box.y() + 20))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=on)
    view.opens = False
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=on)
    assert told == ["B1.2"]


def test_that_laying_out_a_long_document_lets_the_window_draw_breath(view, qtbot, monkeypatch):
    monkeypatch.setattr("app.gui.paper.view.BUDGET", 0.0)  # a page a time, however fast the machine
    view.display(paper(40))
    assert not view.is_ready
    qtbot.waitUntil(lambda: view.is_ready, timeout=20_000)
    assert len(view.pages) == 40


def test_that_a_page_in_sight_is_painted_anew_only_for_the_final_count_of_pages(view, qtbot, monkeypatch):
    monkeypatch.setattr("app.gui.paper.view.BUDGET", 0.0)
    painted = []
    real = view.shelf._painted
    monkeypatch.setattr(view.shelf, "_painted", lambda place, *how: painted.append(place) or real(place, *how))
    view.display(paper(40))
    qtbot.waitUntil(lambda: view.is_ready, timeout=20_000)
    view.repaint()
    assert 1 <= painted.count(0) <= 2


def test_that_the_keyboard_is_seen_to_have_come_in(view, qtbot, light):
    shown(view, paper(3))

    def edge():
        return view.grab().toImage().pixelColor(1, view.height() // 2)

    view.setFocus(Qt.FocusReason.MouseFocusReason)
    assert edge() != QColor(light.accent)
    view.clearFocus()
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert edge() == QColor(light.accent)
    view.clearFocus()
    assert edge() != QColor(light.accent)


def test_that_a_view_that_goes_while_it_lays_out_does_no_harm(dressed, light, qtbot):
    made = PaperView()
    qtbot.addWidget(made)
    made.restyle(light)
    made.display(paper(400))
    made.close()
    made.deleteLater()
    QApplication.processEvents()
