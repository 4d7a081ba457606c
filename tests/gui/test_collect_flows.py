"""The collect page on real workbooks: passwords, questions, corrections of a form, a register, by command id."""

from __future__ import annotations

import csv

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from app.domain.decisions import Correction
from app.domain.instrument import ItemType, Role
from tests.gui.test_journey import answer, idle, run

N = 24
WAVE = {"wave": "2026", "date": "2026-06-30", "design": "census"}


class Book:
    """A workbook of answers that a test may spoil before it is written."""

    def __init__(self, resources, seed=7):
        import random

        chance = random.Random(seed)
        self.items = resources.instruments["aiplus-2026"].items
        self.rows = [{item.code: answer(item, chance, i) for item in self.items} for i in range(N)]

    def code(self, kind):
        return next(item.code for item in self.items if item.type is kind)

    @property
    def name(self):
        return next(item.code for item in self.items if item.role is Role.NAME)

    def write(self, path, hidden=()):
        book = Workbook()
        book.active.append([item.words.zh for item in self.items])
        for row in self.rows:
            book.active.append([row[item.code] for item in self.items])
        for row in hidden:
            book.active.row_dimensions[row].hidden = True
        book.save(path)
        return path


@pytest.fixture
def book(resources):
    return Book(resources)


@pytest.fixture
def begun(window, qtbot, tmp_path):
    run(window, qtbot, "study.new", {"study": tmp_path / "东河县.zhiheng"})
    return window


def study_of(window):
    return window.session.store.study


def page_of(window):
    return window.pages["collect"]


def settled(window, qtbot, condition):
    qtbot.waitUntil(lambda: idle(window) and condition(), timeout=60_000)


def dialog_of(window):
    found = [each for each in window.findChildren(QWidget, "dialog.password") if each.isVisible()]
    return found[0] if found else None


def words_of(widget):
    return [part.text() for part in widget.findChildren(QLabel)]


def type_password(window, qtbot, password):
    dialog = dialog_of(window)
    dialog.field.setText(password)
    dialog.findChild(QWidget, "password.go").click()
    settled(window, qtbot, lambda: True)


def lock(path, target, password):
    ooxml = pytest.importorskip("msoffcrypto.format.ooxml")
    with path.open("rb") as plain, target.open("wb") as locked:
        ooxml.OOXMLFile(plain).encrypt(password, locked)
    path.unlink()


def test_that_locked_workbooks_of_two_passwords_are_both_taken_in_and_a_wrong_one_is_said(begun, qtbot, resources, tmp_path):
    folder = tmp_path / "2026"
    folder.mkdir()
    Book(resources, 1).write(folder / "城关镇.xlsx")
    for seed, (name, password) in enumerate((("东风镇.xlsx", "one"), ("河西镇.xlsx", "two")), start=2):
        lock(Book(resources, seed).write(tmp_path / name), folder / name, password)
    (folder / "坏表.xlsx").write_bytes(b"PK\x03\x04broken")
    texts = begun.session.texts
    run(begun, qtbot, "study.collect", {"paths": (folder,), **WAVE})
    assert begun.error.sentence == texts("gui.collect.added_but", files=1, answers=str(N), refused=3)
    type_password(begun, qtbot, "wrong")
    assert texts("gui.password.wrong") in words_of(dialog_of(begun))
    type_password(begun, qtbot, "one")
    assert begun.error.sentence == texts("gui.collect.added", files=1, answers=str(N))
    type_password(begun, qtbot, "two")
    assert dialog_of(begun) is None
    assert {s.name for s in study_of(begun).sources if s.status == "refused"} == {"坏表.xlsx"}
    broken = next(s for s in study_of(begun).sources if s.status == "refused")
    begun.desk.trigger("source.open", {"source": broken.sha256})
    settled(begun, qtbot, lambda: page_of(begun).findings.rows.rowCount() == 1)
    assert begun.error.sentence == texts("gui.source.refused", file="坏表.xlsx")


def test_that_hidden_rows_are_asked_about_with_their_texts_and_undo_asks_again(begun, qtbot, book, tmp_path):
    run(begun, qtbot, "study.collect", {"paths": (book.write(tmp_path / "城关镇.xlsx", hidden=(5, 6, 7)),), **WAVE})
    page = page_of(begun)
    settled(begun, qtbot, lambda: bool(page.overview.deck.cards))
    page.choose("questions")
    place = [card.kind for card in page.questions.cards].index("hidden")
    page.questions.list.setCurrentRow(place)
    firm = book.rows[3][book.name]
    qtbot.waitUntil(lambda: any(firm in text for text in words_of(page.questions)), timeout=10_000)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_2)
    settled(begun, qtbot, lambda: bool(study_of(begun).guidance.decisions))
    counted = study_of(begun).responses
    assert len(counted) == N - 3
    settled(begun, qtbot, lambda: page.decided.table.rows.rowCount() == 1)
    page.choose("decided")
    page.decided.table.selectRow(0)
    page.decided.findChild(QWidget, "decided.back").click()
    settled(begun, qtbot, lambda: not study_of(begun).guidance.decisions)
    assert len(study_of(begun).responses) == N
    run(begun, qtbot, "edit.undo")
    assert len(study_of(begun).responses) == N - 3


def test_that_a_cell_corrected_in_the_sheet_takes_its_finding_with_it(begun, qtbot, book, tmp_path):
    employees = next(item.code for item in book.items if item.unit == "人")
    book.rows[2][employees] = "三五个吧"
    run(begun, qtbot, "study.collect", {"paths": (book.write(tmp_path / "城关镇.xlsx"),), **WAVE})
    place = study_of(begun).responses.cell(2, employees)

    def told():
        return [each.code for each in study_of(begun).findings if each.place.a1 == place.a1]

    wrong = told()
    assert wrong
    source = study_of(begun).sources[0].sha256
    fixed = Correction(source, place.sheet, place.row, place.column, "35", "电话核实")
    run(begun, qtbot, "study.correct", {"corrections": (fixed,)})
    assert told() == ["cell.corrected"]
    run(begun, qtbot, "edit.undo")
    assert told() == wrong


def test_that_a_corrected_form_is_shown_row_by_row_and_taken_or_left(begun, qtbot, book, tmp_path):
    run(begun, qtbot, "study.collect", {"paths": (book.write(tmp_path / "城关镇.xlsx"),), **WAVE})
    employees = book.code(ItemType.COUNT)
    before = book.rows[1][employees]
    book.rows[1][employees], book.rows[2][employees] = "777", "888"
    gone = book.rows.pop(5)[book.name]
    run(begun, qtbot, "study.collect", {"paths": (book.write(tmp_path / "城关镇更正.xlsx"),), **WAVE})
    page, lines = page_of(begun), page_of(begun).revisions.diff.lines
    settled(begun, qtbot, lambda: page.tabs.buttons[3].isVisibleTo(page))
    page.choose("revisions")
    settled(begun, qtbot, lambda: lines.rowCount() == 3)
    assert [lines.index(0, column).data() for column in (4, 5)] == [str(before), "777"]
    assert lines.index(2, 1).data() == gone

    def states():
        return [lines.index(row, 6).data() for row in range(lines.rowCount())]

    texts = begun.session.texts
    waits, taken, kept = (texts(f"collect.diff.state_{state}") for state in ("waiting", "taken", "kept"))
    assert states() == [waits] * 3
    page.revisions.diff.lines.tick_all(False)
    page.revisions.diff.lines.tick(0)
    page.findChild(QWidget, "revision.accept").click()
    settled(begun, qtbot, lambda: states() == [taken, waits, waits])
    assert lines.chosen == {2, 3}
    page.revisions.diff.lines.tick(2)
    page.findChild(QWidget, "revision.keep").click()
    settled(begun, qtbot, lambda: states() == [taken, kept, waits])
    counted = study_of(begun).responses.firms["counted"].to_numpy(dtype=bool)
    assert counted.sum() == N
    values = study_of(begun).responses.values[employees].to_numpy()[counted]
    assert 777 in values
    assert 888 not in values
    run(begun, qtbot, "edit.undo")
    run(begun, qtbot, "edit.undo")
    settled(begun, qtbot, lambda: states() == [waits] * 3)


def test_that_the_register_lists_the_firms_that_are_missing_and_a_row_narrows_them(begun, qtbot, book, tmp_path):
    run(begun, qtbot, "study.collect", {"paths": (book.write(tmp_path / "城关镇.xlsx"),), **WAVE})
    with (tmp_path / "名录.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["企业名称", "所在乡镇（街道）"])
        firms = study_of(begun).responses.firms
        table.writerows(zip(firms["name"], firms["township"], strict=True))
        table.writerows([["白塔面粉厂有限公司", "白塔乡"], ["城关制衣有限公司", "城关镇"]])
    run(begun, qtbot, "study.register", {"file": tmp_path / "名录.csv"})
    page = page_of(begun)
    settled(begun, qtbot, lambda: page.reporting.absent.rows.rowCount() == 2)
    assert page.tabs.buttons[7].isVisibleTo(page)
    response = page.reporting.response
    row = [response.rows.text(at, 0) for at in range(response.rows.rowCount())].index("白塔乡")
    assert [response.rows.text(row, column) for column in range(1, 5)] == ["1", "0", "1", "0%"]
    response.opened.emit(response.rows.row_id(row))
    assert [page.reporting.absent.rows.text(0, 0), page.reporting.absent.rows.rowCount()] == ["白塔面粉厂有限公司", 1]
    page.reporting.findChild(QWidget, "reporting.all").click()
    assert page.reporting.absent.rows.rowCount() == 2
