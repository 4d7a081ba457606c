"""The window as a whole, driven by command ids."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit

from app.commands.catalog import When, command
from app.domain.errors import UserError
from app.domain.task import Progress
from app.gui.pages import ORDER
from tests.study_samples import empty_study, full_study


def words_of(widget):
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisibleTo(widget)]


def dialogs():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QFileDialog) and w.isVisible()]


@pytest.fixture(autouse=True)
def own_dialogs():
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    yield
    for dialog in dialogs():
        dialog.close()


def test_that_every_page_opens_before_there_is_a_study_and_names_the_next_step(window):
    for id_ in ORDER:
        window.go(id_)
        assert window.stack.currentWidget() is window.pages[id_]
    assert window.session.texts("gui.empty.brief") in words_of(window.pages["brief"])


def test_that_the_language_switch_redraws_in_place(window, resources):
    before = window.pages["start"]
    window.desk.trigger("view.language")
    assert window.pages["start"] is before
    assert resources.words["gui.start.headline"].en in words_of(before)
    assert window.rail._buttons["goals"].text() == "Goals"
    window.desk.trigger("view.language")
    assert resources.words["gui.start.headline"].zh in words_of(before)


def test_that_the_choice_of_language_and_theme_is_remembered(window):
    from app.gui.preferences import Preferences

    window.desk.trigger("view.language", {"lang": "en"})
    window.desk.trigger("view.theme", {"theme": "dark"})
    assert (Preferences().language, Preferences().theme) == ("en", "dark")


def test_that_the_theme_switch_changes_every_ground(window, dark):
    window.desk.trigger("view.theme", {"theme": "dark"})
    picture = window.grab().toImage()
    assert picture.pixelColor(window.width() - 30, window.height() // 2).name() == dark.surface


def test_that_ctrl_k_finds_a_command_by_pinyin_initials_and_runs_it(window, qtbot):
    window.desk.trigger("palette.open")
    box = window.command_box
    qtbot.keyClicks(box.field, "qhqs")
    assert box.list.count() == 1
    qtbot.keyClick(box.field, Qt.Key.Key_Return)
    assert window.session.palette.name == "dark"
    assert box.isHidden()


@pytest.mark.parametrize(
    ("needle", "found"),
    [("dkxm", "study.open"), ("dkdcxm", "study.open"), ("open study", "study.open"), ("打开", "demo.open"), ("xxzz", "")],
)
def test_that_a_command_is_found_in_every_way_of_naming_it(window, needle, found):
    from app.gui.widgets.palette_box import matches

    window.actions_.follow(window.session)
    ids = {entry.id for entry in window.actions_.entries() if matches(entry, needle)}
    assert found in ids if found else not ids


def test_that_the_palette_takes_text_from_an_input_method(window):
    window.desk.trigger("palette.open")
    event = QInputMethodEvent()
    event.setCommitString("浅色")
    QApplication.sendEvent(window.command_box.field, event)
    assert window.command_box.list.count() == 1


def test_that_escape_closes_the_palette(window, qtbot):
    window.desk.trigger("palette.open")
    qtbot.keyClick(window.command_box.field, Qt.Key.Key_Escape)
    assert window.command_box.isHidden()


def test_that_commands_that_need_a_study_are_grey_without_one(window):
    window.actions_.follow(window.session)
    grey = {id_ for id_, action in window.actions_.by_id.items() if not action.isEnabled()}
    assert grey == {id_ for id_ in window.actions_.by_id if command(id_).when is not When.ALWAYS} | {"edit.undo", "edit.redo"}
    assert {"study.collect", "study.register", "study.slips", "study.brief"} <= grey


def test_that_a_new_study_is_asked_for_without_blocking_and_then_made(window, qtbot, tmp_path):
    window.desk.trigger("study.new")
    (dialog,) = dialogs()
    dialog.filesSelected.emit([str(tmp_path / "东河县.zhiheng")])
    dialog.close()
    qtbot.waitUntil(lambda: window.session.store.study is not None, timeout=10_000)
    assert window.session.store.study.name == "东河县"
    assert window.page == "collect"
    assert window.session.preferences.recent == (tmp_path / "东河县.zhiheng",)


def test_that_a_missing_study_is_told_in_the_bar_and_changes_nothing(window, qtbot, tmp_path):
    window.desk.trigger("study.open", {"study": tmp_path / "nowhere.zhiheng"})
    qtbot.waitUntil(lambda: bool(window.error.sentence), timeout=10_000)
    assert "nowhere" in window.error.sentence
    assert window.session.store.study is None


def test_that_a_bug_is_told_with_a_report_to_copy(window, qtbot):
    window.tell(ValueError("boom"))
    assert "ValueError" in window.error.sentence
    window.error._copy.click()
    assert "boom" in QApplication.clipboard().text()


def test_that_an_expected_failure_has_no_report(window):
    window.tell(UserError("instrument.unknown", id="东河县", known=""))
    assert "东河县" in window.error.sentence
    assert window.error._copy.isHidden()


def test_that_a_failure_with_findings_says_why_under_the_sentence(window):
    from app.domain.findings import CellReference, Finding, Severity
    from app.workflows.nothing_read import NothingRead

    def finding(name):
        return Finding("NO_SUCH_CODE", Severity.ERROR, CellReference(name), "坏")

    window.tell(NothingRead("collect.nothing_read", [finding(f"{i}.xlsx") for i in range(9)]))
    lines = window.error._details.text().splitlines()
    assert lines[0] == "0.xlsx NO_SUCH_CODE 坏"
    assert lines[-1] == window.session.texts("gui.error.more", n=4)
    window.tell(UserError("instrument.unknown", id="东河县", known=""))
    assert window.error._details.isHidden()


def test_that_a_written_file_can_be_opened_from_the_bar(window, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr("app.gui.widgets.error_bar.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile()))
    window.say_written(tmp_path / "简报.docx")
    window.error._open.click()
    assert opened == [str(tmp_path / "简报.docx")]
    window.tell(UserError("instrument.unknown", id="东河县", known=""))
    assert window.error._open.isHidden()


def test_that_return_presses_the_button_in_focus(window, qtbot):
    tile = window.pages["start"].findChild(QAbstractButton, "tile.study.open")
    with qtbot.waitSignal(tile.clicked, timeout=1000):
        tile.setFocus()
        qtbot.keyClick(tile, Qt.Key.Key_Return)


def test_that_the_first_window_leaves_room_for_its_frame_on_a_small_screen():
    from app.gui.main_window import fitting

    assert fitting(QSize(1280, 800)) == (1280, 760)
    assert fitting(QSize(1920, 1040)) == (1280, 800)


def test_that_a_study_dropped_on_the_window_is_opened(window, qtbot, tmp_path):
    from app.files.study_file import create

    path = tmp_path / "甲.zhiheng"
    create(path, empty_study("甲"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    point, left = QPointF(300, 300), Qt.MouseButton.LeftButton
    event = QDropEvent(point, Qt.DropAction.CopyAction, data, left, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)
    qtbot.waitUntil(lambda: window.session.store.study is not None, timeout=10_000)
    assert window.windowTitle() == "甲"


def test_that_a_dropped_folder_is_asked_about_on_the_collect_page(window, tmp_path):
    window.session.take(empty_study(), tmp_path / "x.zhiheng")
    folder = tmp_path / "2025"
    folder.mkdir()
    window.desk.drop((folder,))
    form = window.pages["collect"].form
    assert window.page == "collect"
    assert not form.isHidden()
    assert form.wave.text() == "2025"


def test_that_the_form_can_be_seen_in_a_study_that_has_nothing_yet(window, qtbot, tmp_path):
    window.session.take(empty_study(), tmp_path / "x.zhiheng")
    window.go("collect")
    qtbot.waitUntil(lambda: "collect" not in window._stale, timeout=10_000)
    window.desk.drop((tmp_path,))
    page = window.pages["collect"]
    assert page.form.isVisible()
    assert page.form._go.text() == window.session.texts("gui.intake.go")
    window.refresh()
    page.form._cancel.click()
    assert page.drop.isVisible()
    assert not window.rail._buttons["start"].hasFocus()


def panel(name):
    from app.gui.widgets.side_panel import Link, Panel

    return Panel(name, "", (Link("企业", "甲厂", "看", "firm.open", (("position", "0"),)),))


def test_that_backspace_leads_from_a_firm_back_to_its_number(window, qtbot, light):
    side = window.side
    side.requested.disconnect()
    side.display(panel("41%"), light)
    assert side._back.isHidden()
    side.findChild(QAbstractButton, "side.link.看").click()
    side.display(panel("甲厂"), light)
    assert side._back.isVisibleTo(side)
    qtbot.keyClick(window, Qt.Key.Key_Backspace)
    assert side._title.text() == "41%"
    side.display(panel("乙厂"), light)
    assert not side.go_back()


def test_that_the_demonstration_banner_stands_on_every_page(window, tmp_path):
    window.session.take(full_study(), tmp_path / "x.zhiheng")
    for id_ in ORDER:
        window.go(id_)
        assert window.banner.isVisibleTo(window)
    window.session.take(empty_study(), tmp_path / "y.zhiheng")
    assert not window.banner.isVisibleTo(window)


def slow(n=2000):
    for i in range(n):
        yield Progress("load", i, n)
        time.sleep(0.005)


def test_that_progress_appears_after_a_while_and_cancel_takes_it_away(window, qtbot):
    window.session.run("x", slow(), lambda _result: None)
    assert not window.strip.shows_work
    qtbot.waitUntil(lambda: window.strip.shows_work, timeout=3000)
    window.strip._stop.click()
    assert not window.strip.shows_work
    assert not window.session.runner.is_busy


def test_that_a_second_task_is_refused_in_words_and_the_first_goes_on(window, qtbot, tmp_path):
    window.session.take(empty_study(), tmp_path / "x.zhiheng")
    done = []
    window.session.run("x", slow(40), done.append)
    window.desk.trigger("study.assess")
    assert window.error.sentence == window.session.texts("gui.error.busy")
    qtbot.waitUntil(lambda: bool(done), timeout=5000)


def test_that_closing_while_work_runs_warns_once_and_then_leaves(window, qtbot):
    window.session.run("x", slow(), lambda _result: None)
    assert not window.close()
    assert window.error.sentence == window.session.texts("gui.error.still_running")
    assert window.close()


def test_that_a_late_result_of_another_study_is_refused(window, qtbot, tmp_path):
    first, second = empty_study("甲"), empty_study("乙")
    window.session.take(first, tmp_path / "a.zhiheng")
    assert not window.session.store.put(replace(first, name="旧"), second, "收表")
    assert window.session.store.study is first


def test_that_escape_closes_the_evidence_panel(window, qtbot):
    window.desk.trigger("help.method")
    assert not window.side.isHidden()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.side.isHidden()


def test_that_backspace_leads_back_from_the_firms_of_a_mark(window, qtbot, tmp_path):
    window.session.take(full_study(), tmp_path / "x.zhiheng")
    window.go("readiness")
    window.pages["readiness"].main.canvas.setFocus()
    window.pages["readiness"]._go_down("share|2026|C|L2")
    assert (window.page, window.session.selection.sector) == ("firms", "C")
    window.activateWindow()
    qtbot.waitActive(window)
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_Backspace)
    assert (window.page, window.session.selection.sector) == ("readiness", "")


def test_that_control_and_a_number_goes_to_a_page(window, qtbot):
    window.activateWindow()
    qtbot.waitActive(window)
    qtbot.keyClick(window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert window.page == "goals"


def test_that_chinese_can_be_typed_into_the_search(window, qtbot):
    window.go("firms")
    field = window.pages["firms"].findChild(QLineEdit, "firms.search")
    event = QInputMethodEvent()
    event.setCommitString("东河造纸")
    QApplication.sendEvent(field, event)
    assert field.text() == "东河造纸"


def test_that_the_first_frame_is_told_once(session, qtbot):
    from app.gui.main_window import MainWindow

    made = MainWindow(session)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.painted, timeout=3000):
        made.show()
    with qtbot.assertNotEmitted(made.painted, wait=50):
        made.update()


def test_that_no_page_scrolls_sideways_at_the_smallest_size(window):
    window.resize(960, 600)
    for id_ in ORDER:
        window.go(id_)
        assert window.pages[id_].minimumSizeHint().width() <= 960 - window.rail.width()


def test_that_the_settings_of_other_tests_are_not_seen(window, tmp_path):
    assert Path(window.session.preferences._settings.fileName()).is_relative_to(tmp_path)


def test_that_good_news_of_another_language_does_not_stay(window):
    window.error.tell("没有变化。", done=True)
    window.session.set_theme("dark")
    assert window.error.sentence
    window.session.set_language("en" if window.session.texts.lang == "zh" else "zh")
    assert not window.error.sentence
    window.error.tell("出错了。")
    window.session.set_language("zh" if window.session.texts.lang == "en" else "en")
    assert window.error.sentence  # what went wrong stays until it is read
