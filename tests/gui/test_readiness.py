"""The readiness page: six views over one finding, evidence on a click, firms on a double click, a yes or no to candidates."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.words import Texts
from app.gui.pages import make_page
from app.gui.pages.readiness import VIEWS
from tests.gui import pagevalues


@pytest.fixture
def page(dressed, qtbot, resources, light):
    made = make_page("readiness")
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.display(pagevalues.readiness_whole(), Texts("zh", resources.words), light)
    made.show()
    return made


def words_of(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def part(page, name):
    return page.findChild(QWidget, name)


def test_that_each_tab_shows_its_view_alone(page):
    headlines = {"ranking": "1个较高，1个无法判断", "natives": "2家符合条件", "kinds": "没有稳定的类型"}
    for name in VIEWS:
        page.choose(name)
        shown = [each for each in VIEWS if page._views[each].isVisibleTo(page)]
        assert shown == [name]
        if name in headlines:
            assert headlines[name] in words_of(page)


def test_that_the_tab_counts_candidates_that_wait(page):
    assert part(page, "tab.natives").text() == "智能原生候选 1"


def test_that_a_row_of_comparisons_opens_its_evidence(page, qtbot):
    page.choose("ranking")
    table = part(page, "table.comparisons")
    table.setCurrentIndex(table.rows.index(1, 0))
    with qtbot.waitSignal(page.evidence_requested, timeout=1000) as told:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert told.args == ["estimate|2026|F|L2+"]


@pytest.mark.parametrize(
    ("mark", "chosen"),
    [
        ("estimate|2026|C|L2+", ("2026", "C", "")),
        ("class|2026|C", ("2026", "C", "")),
        ("rank|2026|C", ("2026", "C", "")),
        ("share|2026|C|L3|size=small", ("2026", "C", "L3")),
        ("class|2026|*", ("2026", "", "")),
    ],
)
def test_that_a_double_click_goes_down_to_the_firms(page, qtbot, mark, chosen):
    with qtbot.waitSignal(page.went, timeout=1000) as told:
        page.main.down.emit(mark)
    id_, selection = told.args
    assert id_ == "firms"
    assert (selection.wave, selection.sector, selection.level) == chosen


def test_that_a_mark_of_no_sector_leads_nowhere(page, qtbot):
    with qtbot.assertNotEmitted(page.went, wait=20):
        page.main.down.emit("")
        page.main.down.emit("goal|x")


def test_that_an_absence_offers_the_step_that_changes_it(page, qtbot):
    page.choose("changes")
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        part(page, "view.changes.step").click()
    assert told.args == ["study.assess", {}]
    assert not part(page, "view.ranking.step").isVisibleTo(page)


def test_that_a_candidate_is_shown_with_its_answers_quoted(page):
    page.choose("natives")
    assert {"企业0", "● 核心产品就是人工智能", "○ 设有团队", "占比", "六成"} <= set(words_of(page.natives.detail))


def test_that_a_confirmed_candidate_can_only_be_rejected(page):
    page.choose("natives")
    assert part(page, "native.confirm").isVisibleTo(page)
    table = part(page, "table.natives")
    table.setCurrentIndex(table.rows.index(1, 0))
    assert not part(page, "native.confirm").isVisibleTo(page)
    assert part(page, "native.reject").isVisibleTo(page)


def test_that_a_yes_needs_a_name_and_a_reason(page, qtbot):
    page.choose("natives")
    asked = []
    page.command_requested.connect(lambda command, parameters: asked.append((command, parameters)))
    part(page, "native.confirm").click()
    dialog = part(page, "dialog.confirm")
    go = part(dialog, "confirm.go")
    assert not go.isEnabled()
    part(dialog, "confirm.who").setText("王芳")
    assert not go.isEnabled()
    part(dialog, "confirm.why").setText("现场核实")
    assert go.isEnabled()
    go.click()
    given = {"firm": "企业0@城关镇", "answer": "yes", "who": "王芳", "why": "现场核实", "wave": "2026"}
    assert asked == [("study.confirm", given)]


def test_that_the_answers_of_a_candidate_open_beside_the_page(page, qtbot):
    page.choose("natives")
    with qtbot.waitSignal(page.command_requested, timeout=1000) as told:
        part(page, "native.open").click()
    assert told.args == ["firm.open", {"position": "0"}]


def test_that_the_view_chosen_stays_when_the_page_is_shown_again(page, resources, dark):
    page.choose("natives")
    page.display(pagevalues.readiness_whole(), Texts("en", resources.words), dark)
    assert page.natives.isVisibleTo(page)
    assert part(page, "tab.natives").isChecked()


def test_that_the_page_never_asks_for_more_width_than_a_small_window_has(page):
    page.choose("natives")
    assert page._sheet.widget().minimumSizeHint().width() <= 1068


def test_that_a_view_behind_its_tab_follows_once_it_is_chosen(page, resources, light):
    from dataclasses import replace

    whole = pagevalues.readiness_whole()
    ranking = replace(whole.views.ranking, headline="3个较高")
    page.choose("profile")
    page.display(replace(whole, views=replace(whole.views, ranking=ranking)), Texts("zh", resources.words), light)
    assert "3个较高" not in words_of(page.sections["ranking"])
    page.choose("ranking")
    assert "3个较高" in words_of(page.sections["ranking"])
    page.display(whole, Texts("zh", resources.words), light)
    assert "1个较高，1个无法判断" in words_of(page.sections["ranking"])  # the one on screen follows at once
