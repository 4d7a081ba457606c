"""A figure copied by command: its picture and its table on the clipboard, as they may leave the program."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from app.domain.words import Texts
from app.gui.charts.canvas import COPIES, DrawingCanvas
from tests.unit.present import full_study, small_study


@pytest.fixture
def study():
    """A study with two sectors that are hidden: mining with three firms and its partner."""
    return full_study.full(small_study.study())


@pytest.fixture
def opened(window, qtbot, study, tmp_path):
    session = window.session
    session.resources = replace(small_study.resources(), words=session.resources.words)
    session.texts = Texts("zh", session.resources.words)
    session.store.open(study, tmp_path / "示例.zhiheng")
    window.go("readiness")
    qtbot.waitUntil(lambda: any(c.figure for c in canvases(window)), timeout=20_000)
    qtbot.waitUntil(lambda: not session.viewer.is_busy, timeout=20_000)
    QGuiApplication.clipboard().clear()
    return window


def canvases(window):
    page = window.pages.get(window.page)
    return page.findChildren(DrawingCanvas) if page is not None else []


def run(window, qtbot, command, parameters=None):
    with qtbot.waitSignal(window.session.finished, timeout=60_000):
        window.desk.trigger(command, parameters or {})
    return QGuiApplication.clipboard().mimeData()


def test_that_a_picture_is_copied_as_pixels_vectors_and_words(opened, qtbot):
    held = run(opened, qtbot, "figure.copy_picture", {"figure": "heat"})
    image = QGuiApplication.clipboard().image()
    assert image.width() == pytest.approx(160 / 25.4 * 200, abs=2)
    assert bytes(held.data("image/svg+xml").data()).startswith(b"<svg")
    assert "平均得分最低" in held.text()
    assert opened.error.sentence.startswith("图片已复制")


def test_that_a_table_is_copied_with_its_heads_and_nothing_hidden(opened, qtbot):
    held = run(opened, qtbot, "figure.copy_table", {"figure": "sectors-l2"})
    lines = [line.split("\t") for line in held.text().splitlines()]
    head = next(line for line in lines if line[0] == "行")
    assert head[1] == "L2及以上"
    mining = next(line for line in lines if line[0] == "B 采矿业")
    assert mining[1] == "‡"
    assert not [cell for cell in mining[2:] if cell not in ("", "‡")]
    assert "<th>行</th>" in held.html()
    assert any("口径" in line[0] for line in lines)


def test_that_the_figure_in_focus_is_copied_else_the_uppermost_on_the_page(opened, qtbot):
    shown = [canvas for canvas in canvases(opened) if canvas.figure and canvas.isVisible()]
    assert shown
    last = shown[-1]
    last.setFocus()
    run(opened, qtbot, "figure.copy_table")
    title = next(line for line in QGuiApplication.clipboard().text().splitlines())
    assert title
    again = run(opened, qtbot, "figure.copy_table", {"figure": last.figure})
    assert again.text().splitlines()[0] == title


def test_that_what_was_settled_for_a_study_is_not_settled_again(opened, qtbot):
    clipping = opened.desk._flows["figure.copy_table"]
    assert clipping is not None
    run(opened, qtbot, "figure.copy_table", {"figure": "heat"})
    one = QGuiApplication.clipboard().text()
    run(opened, qtbot, "figure.copy_picture", {"figure": "heat"})
    run(opened, qtbot, "figure.copy_table", {"figure": "heat"})
    assert QGuiApplication.clipboard().text() == one


def test_that_a_page_without_figures_says_so(window, qtbot, study, tmp_path):
    window.session.store.open(study, tmp_path / "x.zhiheng")
    window.go("start")
    window.desk.trigger("figure.copy_picture")
    assert "没有可复制的图" in window.error.sentence


def test_that_a_figure_of_a_page_alone_is_refused_in_words(opened, qtbot):
    opened.desk.trigger("figure.copy_table", {"figure": "moves"})
    qtbot.waitUntil(lambda: bool(opened.error.sentence), timeout=20_000)
    assert "不能单独复制" in opened.error.sentence


def test_that_a_right_click_offers_both_and_puts_the_focus_there(opened, qtbot):
    canvas = next(canvas for canvas in canvases(opened) if canvas.figure and canvas.isVisible())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(20, 20), canvas.mapToGlobal(QPoint(20, 20)))
    QApplication.sendEvent(canvas, event)
    menu = next(menu for menu in canvas.findChildren(QMenu))
    assert [action.objectName() for action in menu.actions()] == list(COPIES)
    assert all(action.text() for action in menu.actions())
    menu.close()


def test_that_both_commands_are_in_the_menu_with_their_keys(window):
    for name in COPIES:
        action = window.findChild(QAction, name)
        assert action.text()
        assert not action.shortcut().isEmpty()


def test_that_a_canvas_without_an_id_offers_nothing(qtbot, dressed):
    canvas = DrawingCanvas("firms", 200)
    qtbot.addWidget(canvas)
    canvas.show()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(2, 2), canvas.mapToGlobal(QPoint(2, 2)))
    QApplication.sendEvent(canvas, event)
    assert not canvas.findChildren(QMenu)
    assert canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
