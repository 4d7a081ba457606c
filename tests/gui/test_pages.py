"""Each page shows the value it is given, in both languages and both themes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.words import Texts
from app.gui.focus import in_reading_order
from app.gui.pages import ORDER, make_page
from app.gui.widgets.chips import ChipRow
from app.present.pages.values import Empty, Head, NextStep
from tests.gui import pagevalues


@pytest.fixture
def show(dressed, qtbot, resources, light):
    def shown(id_, view=None, lang="zh", palette=light):
        page = make_page(id_)
        qtbot.addWidget(page)
        page.resize(1100, 760)
        page.display(view or pagevalues.PAGES[id_](), Texts(lang, resources.words), palette)
        page.show()
        return page

    return shown


def words_of(widget):
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisibleTo(widget)]


@pytest.mark.parametrize("id_", ORDER)
def test_that_a_page_shows_its_finding_as_headline(show, id_):
    assert pagevalues.HEAD.headline in words_of(show(id_))


@pytest.mark.parametrize("id_", ORDER)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_a_page_redraws_in_another_language_and_theme(show, id_, lang, dark, resources, qapp):
    page = show(id_)
    page.display(pagevalues.PAGES[id_](), Texts(lang, resources.words), dark)
    qapp.processEvents()
    assert not page.grab().isNull()


@pytest.mark.parametrize("id_", ORDER)
def test_that_an_empty_page_says_why_and_asks_for_the_next_step(show, id_, qtbot):
    head = Head("还没有答卷", empty=Empty("先收表。", NextStep("study.collect", "开始收表")))
    page = show(id_, type("View", (), {"head": head})())
    asked = []
    page.command_requested.connect(lambda command, _parameters: asked.append(command))
    button = page.findChild(QWidget, "empty.step")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == ["study.collect"]
    assert "先收表。" in words_of(page)


@pytest.mark.parametrize("id_", ORDER)
def test_that_everything_the_keyboard_reaches_has_a_name(show, id_):
    page = show(id_)
    nameless = []
    for part in page.findChildren(QWidget):
        reachable = part.isVisibleTo(page) and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not reachable or part.objectName() in ("qt_scrollarea_viewport", "qt_spinbox_lineedit") or part.focusProxy():
            continue
        found = QAccessible.queryAccessibleInterface(part)
        if found is not None and not found.text(QAccessible.Text.Name):
            nameless.append((type(part).__name__, part.objectName()))
    assert not nameless


def test_that_a_click_on_a_fact_opens_its_evidence(show, qtbot):
    page = show("start")
    with qtbot.waitSignal(page.evidence_requested, timeout=1000) as told:
        page.findChild(QWidget, "fact.share|2026|*|L2+").click()
    assert told.args == ["share|2026|*|L2+"]


def test_that_a_recent_study_opens_by_its_path(show, qtbot):
    page = show("start")
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        page.findChild(QWidget, "recent.甲县").click()
    assert told.args == ["study.open", {"study": "/tmp/a.zhiheng"}]


def test_that_the_next_station_carries_the_button(show):
    page = show("start")
    assert page.findChild(QWidget, "step.study.assess") is not None
    assert page.findChild(QWidget, "step.study.goals") is None


def test_that_a_finding_row_asks_for_its_cell(show, qtbot):
    page = show("collect")
    page.choose("findings")
    page.findings.setCurrentIndex(page.findings.rows.index(1, 0))
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        qtbot.keyClick(page.findings, Qt.Key.Key_Return)
    assert told.args == ["finding.open", {"finding": "1"}]


def test_that_a_chip_tells_the_new_selection(show, qtbot):
    page = show("readiness")
    chip = page.findChild(QWidget, "chip.size")
    with qtbot.waitSignal(page.selected, timeout=1000) as told:
        chip.menu().actions()[1].trigger()
    assert (told.args[0].wave, told.args[0].size) == ("2026", "small")


def test_that_chips_go_on_in_a_second_line_rather_than_being_cut(dressed, qtbot):
    row = ChipRow()
    qtbot.addWidget(row)
    row.resize(240, 40)
    row.display(pagevalues.HEAD.chips * 3)
    boxes = [part.geometry() for part in row.parts]
    assert len({box.top() for box in boxes}) > 1
    assert all(box.right() <= 240 and box.bottom() <= row.height() for box in boxes)
    assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)


def test_that_a_click_on_a_point_opens_the_firm(show, qtbot):
    page = show("explore")
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        page.plot.chosen.emit(7)
    assert told.args == ["firm.open", {"position": "7"}]


def test_that_a_hidden_cell_reads_as_the_sign_and_opens_nothing(show, qtbot):
    page = show("explore")
    rows = page.cross.table.rows
    assert rows.data(rows.index(0, 2)) == "‡"
    with qtbot.assertNotEmitted(page.evidence_requested, wait=20):
        page.cross.table.clicked.emit(rows.index(0, 2))


def test_that_the_export_buttons_ask_for_their_kind_of_file(show, qtbot):
    page = show("brief")
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        page.findChild(QWidget, "brief.pdf").click()
    assert told.args == ["study.brief", {"kind": "pdf"}]


def test_that_the_preview_shows_every_block(show, qtbot):
    page = show("brief")
    page.show_brief(pagevalues.brief_value())
    qtbot.waitUntil(lambda: {"一、总体情况", "全县 2,400 家企业。", "表1", "普及率", "‡"} <= set(words_of(page)), timeout=5000)


def test_that_a_heading_not_yet_laid_out_is_laid_out_when_it_is_chosen(show, monkeypatch):
    monkeypatch.setattr("app.gui.widgets.preview.BUDGET", 0.0)
    page = show("brief")
    page.show_brief(pagevalues.brief_value())
    tables = page.preview.tables
    assert len(tables._parts) == 0
    tables.show_block(3)
    assert len(tables._parts) == 4


def test_that_a_click_on_a_finding_asks_for_its_cell_once(show, qtbot):
    page, asked = show("collect"), []
    page.choose("findings")
    page.command_requested.connect(lambda command, parameters: asked.append((command, parameters)))
    index = page.findings.rows.index(1, 0)
    qtbot.mouseClick(page.findings.viewport(), Qt.MouseButton.LeftButton, pos=page.findings.visualRect(index).center())
    assert asked == [("finding.open", {"finding": "1"})]


def test_that_a_new_study_offers_the_place_to_drop_files_with_both_buttons(show):
    head = Head("还没有收表", empty=Empty("交进来即可。", NextStep("study.collect", "收表")))
    full = pagevalues.PAGES["collect"]()
    page = show("collect", replace(full, head=head))
    shown = {name: page.findChild(QWidget, name).isVisibleTo(page) for name in ("drop.folder", "drop.files", "table.findings")}
    assert shown == {"drop.folder": True, "drop.files": True, "table.findings": False}
    assert "交进来即可。" in words_of(page)


def test_that_the_words_of_an_empty_page_are_never_cut(show):
    long = "企业还没有评估，等级和行业差距要评估后才能判断，" * 3
    page = show("readiness", type("View", (), {"head": Head(long, empty=Empty(long * 2))})())
    for part in (page._empty._title, page._empty._why):
        assert part.height() >= part.heightForWidth(part.width())


def test_that_the_journal_stands_beside_the_stations(show):
    page = show("start", replace(pagevalues.PAGES["start"](), history=(("评估", "2026-11-23 10:00"),)))
    assert {"评估", "2026-11-23 10:00"} <= set(words_of(page._history))


def test_that_a_recent_study_tells_its_folder_and_when_it_was_saved(resources, tmp_path):
    from app.gui.widgets.recent import where

    file = tmp_path / "甲.zhiheng"
    file.touch()
    assert tmp_path.name in where(file, Texts("zh", resources.words))
    assert "20" in where(file, Texts("zh", resources.words)).removeprefix(tmp_path.name)
    assert where(tmp_path / "乙" / "没有.zhiheng", Texts("zh", resources.words)) == "乙"


@pytest.mark.parametrize("id_", ["goals", "goal", "scenarios", "watch"])
def test_that_tab_goes_through_a_page_as_the_eye_reads_it(show, id_):
    page = show(id_)
    wanted = list(in_reading_order(page))
    chain, part = [], page.nextInFocusChain()
    while part is not page:
        chain.append(part)
        part = part.nextInFocusChain()
    places = [chain.index(part) for part in wanted]
    assert len(wanted) > 3
    start = places.index(min(places))
    assert places[start:] + places[:start] == sorted(places)


def test_that_a_lever_added_later_is_reached_before_the_name_of_the_scenario(show):
    page = show("scenarios")
    levers = page.editor.levers
    levers.add.click()
    chain, part = [], levers.forms[0].firms
    while part is not page.editor.name:
        chain.append(part)
        part = part.nextInFocusChain()
    assert levers.forms[1].firms in chain
    assert chain.index(levers.forms[1].firms) < chain.index(levers.add)
