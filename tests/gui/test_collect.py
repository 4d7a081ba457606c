"""The collect page: who sent what, what is asked, what is alike, what a correction changes; all of it by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from app.domain.findings import CellReference
from app.domain.task import FileProgress
from app.domain.words import Texts
from app.gui.panels import place_text
from app.gui.widgets.collect_tools import MORE
from app.gui.widgets.coverage_marks import _SHAPES, draw_mark, ink_of
from app.present.coverage import TELLING, Coverage, CoverageCell
from app.present.pages.values import Empty, Head, NextStep, PageTable
from tests.gui import pagevalues


@pytest.fixture
def page(dressed, qtbot, resources, light):
    from app.gui.pages import make_page

    made = make_page("collect")
    qtbot.addWidget(made)
    made.resize(1100, 760)
    made.asked = []
    made.command_requested.connect(lambda command, parameters: made.asked.append((command, parameters)))
    made.display(pagevalues.collect(), Texts("zh", resources.words), light)
    made.show()
    made.asked.clear()
    return made


def shown(page):
    matrix = page.overview.coverage.table.matrix
    return [[matrix.index(r, c).data() for c in range(matrix.columnCount())] for r in range(matrix.rowCount())]


def decided(page):
    return [parameters for command, parameters in page.asked if command == "study.decide"]


def words_of(widget):
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisibleTo(widget)]


def reading(file, state, rows=0, township=""):
    return FileProgress("progress.collect.intake", 0, 2, file, file, state, township, rows, 5)


def test_that_every_sender_has_a_row_with_its_state_in_words_and_its_numbers(page):
    assert shown(page) == [
        ["城关镇", "已读 120", "3", "1", "1"],
        ["河西乡", "未能读取", "0", "0", "0"],
        ["东风乡", "未报", "", "", ""],
    ]


def test_that_every_state_has_a_shape_of_its_own(qapp, light):
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QPainter, QPixmap

    pictures = set()
    for state in TELLING:
        picture = QPixmap(24, 24)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        draw_mark(
            painter,
            QPointF(12, 12),
            state,
            replace(light, **dict.fromkeys(("good", "accent", "error", "warning", "neutral"), "#000000")),
        )
        painter.end()
        image = picture.toImage()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == len(TELLING)
    assert set(_SHAPES) < set(TELLING)
    assert ink_of("refused", light) != ink_of("read", light)


def test_that_return_on_a_sender_asks_for_its_workbook(page, qtbot):
    table = page.overview.coverage.table
    table.setFocus()
    table.setCurrentIndex(table.matrix.index(0, 1))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.asked == [("source.open", {"source": "sha-城关镇"})]


def test_that_a_count_of_errors_leads_to_those_errors(page):
    table = page.overview.coverage.table
    table.open(table.matrix.index(0, 2))
    assert page.tabs.buttons[4].isChecked()
    assert page.list.severity.currentData() == "error"


def test_that_a_count_of_questions_leads_to_the_questions(page):
    table = page.overview.coverage.table
    table.open(table.matrix.index(0, 4))
    assert page.tabs.buttons[1].isChecked()


def test_that_a_sender_of_several_files_offers_them_by_name(page, resources, light):
    coverage = pagevalues.coverage()
    both = CoverageCell((*coverage.rows[0].cells[0].files, *coverage.rows[1].cells[0].files), True)
    rows = (replace(coverage.rows[0], cells=(both,)),)
    page.display(replace(pagevalues.collect(), coverage=replace(coverage, rows=rows)), Texts("zh", resources.words), light)
    table = page.overview.coverage.table
    assert table.matrix.index(0, 1).data() == "2份 · 未能读取 120"
    table.open(table.matrix.index(0, 1))
    menu = table.findChild(QMenu, "coverage.files")
    menu.actions()[1].trigger()
    menu.close()
    assert page.asked[-1] == ("source.open", {"source": "sha-河西乡"})


def test_that_the_matrix_fills_while_files_are_read_into_a_new_study(page, resources, light, qtbot):
    head = Head("还没有收表", empty=Empty("交进来即可。", NextStep("study.collect", "收表")))
    page.display(replace(pagevalues.collect(), head=head, coverage=Coverage()), Texts("zh", resources.words), light)
    page.begin("2026")
    page.follow((reading("甲镇.xlsx", "waiting"), reading("乙.xlsx", "reading")))
    assert shown(page) == [["待识别", "等待", "5"], ["待识别", "读取中", "5"]]
    page.follow((reading("甲镇.xlsx", "read", 30, "甲镇"),))
    qtbot.waitUntil(lambda: shown(page)[0] == ["甲镇", "已读 30", "5"], timeout=1000)
    assert page.header.headline.text() == "正在收表：已读1份，共2份"
    page.end()
    assert page.header.headline.text() == "还没有收表"
    assert page.drop.isVisibleTo(page)


def test_that_a_number_key_answers_and_the_next_question_comes(page, qtbot):
    deck = page.overview.deck
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_2)
    assert page.asked[0] == ("study.decide", {"question": "q0", "answer": "万元"})
    assert "第1个问题？" in words_of(deck)


def test_that_only_three_questions_come_first_and_all_are_a_click_away(page):
    assert len(page.overview.deck.cards) == 3
    page.overview.deck.findChild(QWidget, "question.all").click()
    assert page.tabs.buttons[1].isChecked()
    assert page.questions.list.count() == 4


def test_that_a_question_chosen_in_the_list_is_the_card(page):
    page.choose("questions")
    page.questions.list.setCurrentRow(2)
    assert page.questions.view.card.id == "q2"
    page.questions.view.press(1)
    assert decided(page) == [{"question": "q2", "answer": "元"}]
    assert [card.id for card in page.questions.waiting] == ["q0", "q1", "q3"]


def test_that_an_example_opens_the_painted_sheet_at_its_cell(page):
    page.overview.deck.findChild(QWidget, "example.G5").click()
    assert page.asked == [("cell.open", {"place": place_text(CellReference("甲.xlsx", "表1", 5, 7))})]


def test_that_the_texts_of_examples_come_in_when_they_have_been_read(page):
    deck = page.overview.deck
    deck.show_texts({CellReference("甲.xlsx", "表1", 5, 7): "35,000,000"})
    assert "35,000,000" in words_of(deck)


def test_that_another_answer_can_be_found_by_typing(page, qtbot):
    page.overview.deck.findChild(QWidget, "question.other").click()
    dialog = page.findChild(QWidget, "dialog.choose")
    dialog.field.setText("亿")
    assert dialog.list.count() == 1
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert decided(page) == [{"question": "q0", "answer": "亿元"}]


def test_that_pairs_are_turned_and_answered_by_keys(page, qtbot):
    page.choose("pairs")
    inside = page.pairs.findChild(QWidget, "pair.before")
    inside.setFocus()
    qtbot.keyClick(inside, Qt.Key.Key_Right)
    qtbot.keyClick(page, Qt.Key.Key_1)
    assert page.asked == [("study.decide", {"question": "p1", "answer": "same"})]
    assert [pair.id for pair in page.pairs.waiting] == ["p0"]


def test_that_ticked_rows_of_a_correction_are_accepted_together(page, qtbot):
    page.choose("revisions")
    assert page.asked == [("revision.open", {"source": "甲-更正.xlsx"})]
    page.show_diff(pagevalues.revision())
    diff = page.revisions.diff
    assert [diff.lines.index(r, 3).data() for r in range(4)] == ["从业人数", "营业收入", "", ""]
    diff.setCurrentIndex(diff.lines.index(2, 1))
    qtbot.keyClick(diff, Qt.Key.Key_Space)
    page.findChild(QWidget, "revision.accept").click()
    assert page.asked[-1] == ("study.accept", {"source": "甲-更正.xlsx", "rows": (1, 3)})
    page.findChild(QWidget, "revision.keep").click()
    assert page.asked[-1] == ("study.accept", {"source": "甲-更正.xlsx", "rows": (1, 3), "keep": True})
    page.findChild(QWidget, "revision.none").click()
    assert not page.findChild(QWidget, "revision.accept").isEnabled()
    assert not page.findChild(QWidget, "revision.keep").isEnabled()


def rows_of(page):
    return [page.findings.rows.row_id(row) for row in range(page.findings.rows.rowCount())]


def test_that_findings_are_narrowed_by_words_severity_kind_and_file(page):
    page.choose("findings")
    page.list.severity.setCurrentIndex(1)
    assert rows_of(page) == ["0"]
    page.list.severity.setCurrentIndex(0)
    page.list.search.setText("乙.xlsx 偏大")
    assert rows_of(page) == ["1"]
    page.list.search.clear()
    page.list.boxes["file"].setCurrentIndex(page.list.boxes["file"].findData("丙.csv"))
    assert rows_of(page) == ["2"]
    page.list.narrow(problem="不是数")
    assert rows_of(page) == ["0"]


def test_that_a_kind_of_finding_narrows_the_list(page, qtbot):
    page.choose("kinds")
    page.kinds.setCurrentIndex(page.kinds.rows.index(1, 0))
    qtbot.keyClick(page.kinds, Qt.Key.Key_Return)
    assert rows_of(page) == ["1"]


def test_that_views_with_nothing_in_them_have_no_tab(page, resources, light):
    bare = replace(pagevalues.collect(), questions=(), pairs=(), revised=())
    page.choose("pairs")
    page.display(bare, Texts("zh", resources.words), light)
    assert [part.isVisibleTo(page) for part in page.tabs.buttons] == [True, False, False, False, True, True, True, False, False]
    assert page._views.currentIndex() == 0


def test_that_a_thousand_findings_stay_fluid(page, resources, light, qapp):
    import time

    columns = pagevalues.collect().findings.columns
    data = tuple(tuple(f"{column.key}{row % 37}" for row in range(5000)) for column in columns)
    many = PageTable(columns, data, tuple(map(str, range(5000))), ("error",) * 5000)
    page.display(replace(pagevalues.collect(), findings=many), Texts("zh", resources.words), light)
    page.choose("findings")
    begun = time.perf_counter()
    page.list.search.setText("file3 problem3")
    qapp.processEvents()
    assert time.perf_counter() - begun < 0.2
    assert 0 < page.findings.rows.rowCount() < 5000


def test_that_digits_typed_into_a_field_answer_nothing(page, qtbot):
    page.list.search.setFocus()
    page.choose("findings")
    qtbot.keyClick(page.list.search, Qt.Key.Key_2)
    page.choose("overview")
    page.form.offer((Path("2026"),), "2026", "2026-06-30", "census")
    page.form.due.setFocus()
    qtbot.keyClick(page.form.due, Qt.Key.Key_2)
    assert decided(page) == []
    assert (page.list.search.text(), page.form.due.text()) == ("2", "2")


def test_that_the_day_by_which_forms_are_due_travels_with_the_files(page):
    page.form.offer((Path("2026"),), "2026", "2026-06-30", "census")
    page.form.due.setText("2026-07-15")
    page.form._go.click()
    command, parameters = page.asked[-1]
    assert (command, parameters["due"]) == ("study.collect", "2026-07-15")


def test_that_everything_else_to_do_with_the_answers_is_a_menu_away(page):
    from PySide6.QtGui import QAction

    for id_ in MORE:
        page.tools.findChild(QAction, f"more.{id_}").trigger()
    assert [command for command, _parameters in page.asked] == list(MORE)
