"""Collecting in the window, by command ids: live states, decisions, corrections and undo, passwords, what is written for others."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtWidgets import QWidget

from app.domain.decisions import Correction, Decision, DecisionKind
from app.domain.errors import UserError
from app.domain.findings import CellReference, Finding, Severity
from app.gui.locks import locked_names, paths_of
from tests.gui.test_journey import answer, idle, run

ODD = "备注说明"


@pytest.fixture
def workbooks(resources, tmp_path):
    import random

    chance, items = random.Random(5), resources.instruments["aiplus-2026"].items
    folder = tmp_path / "2026"
    folder.mkdir()
    for name in ("城关镇.csv", "河西乡.csv"):
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow([*(item.words.zh for item in items), ODD])
            table.writerows([[*(answer(item, chance, i) for item in items), "好"] for i in range(20)])
    return folder


@pytest.fixture
def collected(window, qtbot, workbooks, tmp_path):
    run(window, qtbot, "study.new", {"study": tmp_path / "东河县.zhiheng"})
    run(window, qtbot, "study.collect", {"paths": (workbooks,), "wave": "2026", "date": "2026-06-30", "design": "census"})
    return window


def study_of(window):
    return window.session.store.study


def test_that_every_state_of_every_file_reaches_the_matrix(window, qtbot, workbooks, tmp_path):
    run(window, qtbot, "study.new", {"study": tmp_path / "东河县.zhiheng"})
    seen = []
    window.go("collect")
    page = window.pages["collect"]
    follow = page.overview.follow
    page.overview.follow = lambda events: (seen.extend((event.file, event.state) for event in events), follow(events))
    run(window, qtbot, "study.collect", {"paths": (workbooks,), "wave": "2026", "date": "2026-06-30", "design": "census"})
    for file in ("城关镇.csv", "河西乡.csv"):
        assert list(dict.fromkeys(state for name, state in seen if name == file)) == ["waiting", "reading", "read"]
    qtbot.waitUntil(lambda: not page.overview.coverage.table.matrix.coverage.under_way, timeout=5000)


def test_that_a_workbook_opens_painted_and_a_decision_paints_it_anew(collected, qtbot):
    source = next(source for source in study_of(collected).sources if source.name == "城关镇.csv")
    run(collected, qtbot, "source.open", {"source": source.sha256})
    viewer = next(each for each in collected.findChildren(QWidget, "dialog.source") if each.isVisible())
    last = max(viewer.view.strips)
    assert viewer.view.strips[last].state == "none"
    decision = Decision(DecisionKind.ROW, viewer.view.scope, "5", "left")
    run(collected, qtbot, "study.decide", {"decisions": (decision,)})
    assert viewer.view.roles[4].value == "left"
    assert len(study_of(collected).responses) == 39
    run(collected, qtbot, "edit.undo")
    assert viewer.view.roles[4].value == "firm"
    assert len(study_of(collected).responses) == 40
    viewer.close()


def test_that_a_corrected_cell_holds_and_one_step_takes_it_back(collected, qtbot):
    study = study_of(collected)
    source = study.sources[0]
    item = next(item.code for item in study.instrument.items if item.unit == "人")
    place = study.responses.cell(0, item)
    fixed = Correction(source.sha256, place.sheet, place.row, place.column, "77", "电话核实")
    run(collected, qtbot, "study.correct", {"corrections": (fixed,)})
    assert study_of(collected).responses.values[item].iat[0] == 77
    run(collected, qtbot, "edit.undo")
    assert study_of(collected).responses.values[item].iat[0] == study.responses.values[item].iat[0]
    assert study_of(collected).guidance.corrections == ()


def test_that_an_unknown_question_is_refused_in_words(collected, qtbot):
    collected.desk.trigger("study.decide", {"question": "00000000", "answer": "x"})
    qtbot.waitUntil(lambda: idle(collected), timeout=30_000)
    assert "00000000" in collected.error.sentence
    assert collected.error.property("role") == "error"


def test_that_a_question_whose_answer_failed_is_asked_again(collected, qtbot, resources, light):
    from tests.gui import pagevalues

    page = collected.pages["collect"]
    page.display(pagevalues.collect(), collected.session.texts, light)
    page.overview.deck.press(1)  # its question is not one of the study
    assert [card.id for card in page.overview.deck.waiting] == ["q1", "q2"]
    qtbot.waitUntil(lambda: [card.id for card in page.overview.deck.waiting] == ["q0", "q1", "q2"], timeout=10_000)
    assert collected.error.property("role") == "error"


def test_that_what_holds_already_is_said_to_change_nothing(collected, qtbot):
    run(
        collected,
        qtbot,
        "study.decide",
        {"decisions": ()} | {"decisions": (Decision(DecisionKind.ROW, "nowhere/x", "1", "note"),)},
    )
    before = study_of(collected)
    run(collected, qtbot, "study.decide", {"decisions": (Decision(DecisionKind.ROW, "nowhere/x", "1", "note"),)})
    assert study_of(collected) is before
    assert collected.error.sentence == collected.session.texts("gui.collect.unchanged")


def test_that_decisions_travel_in_a_file(collected, qtbot, tmp_path):
    template = study_of(collected).sources[0].templates[0]
    run(collected, qtbot, "study.decide", {"decisions": (Decision(DecisionKind.COLUMN, template, ODD, ""),)})
    run(collected, qtbot, "decisions.export", {"out": tmp_path / "判定.json"})
    assert ODD in (tmp_path / "判定.json").read_text(encoding="utf-8")
    run(collected, qtbot, "edit.undo")
    assert study_of(collected).guidance.decisions == ()
    run(collected, qtbot, "decisions.import", {"from": tmp_path / "判定.json"})
    assert [each.subject for each in study_of(collected).guidance.decisions] == [ODD]


def test_that_a_clean_form_and_return_slips_are_written(collected, qtbot, tmp_path):
    run(collected, qtbot, "study.form", {"out": tmp_path / "调查表.xlsx"})
    assert (tmp_path / "调查表.xlsx").stat().st_size > 5000
    run(collected, qtbot, "study.slips", {"out": tmp_path / "退回"})
    assert (tmp_path / "退回").is_dir()


def test_that_a_register_tells_who_has_not_reported(collected, qtbot, tmp_path):
    firms = study_of(collected).responses.firms
    with (tmp_path / "名录.csv").open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["企业名称", "所在乡镇（街道）"])
        table.writerows([[name, town] for name, town in zip(firms["name"][:4], firms["township"][:4], strict=True)])
        table.writerow(["白塔面粉厂有限公司", "白塔乡"])
    run(collected, qtbot, "study.register", {"file": tmp_path / "名录.csv"})
    qtbot.waitUntil(lambda: collected.pages["collect"].overview.coverage.table.matrix.coverage.has_register, timeout=5000)
    assert "白塔乡" in collected.pages["collect"].overview.coverage.table.matrix.coverage.silent
    assert "名录.csv" in collected.error.sentence


def test_that_locked_files_are_asked_for_one_by_one_and_may_be_skipped(window, qtbot, tmp_path, monkeypatch):
    (tmp_path / "甲.xlsx").touch()
    (tmp_path / "乙.xlsx").touch()
    locks, asked = window.desk.gathering._locks, []
    monkeypatch.setattr(window.desk, "trigger", lambda id_, parameters: asked.append((id_, parameters)))
    locked = tuple(Finding("READ_PASSWORD", Severity.ERROR, CellReference(name)) for name in ("甲.xlsx", "乙.xlsx"))
    locks.begin({"paths": (tmp_path,), "wave": "2026"})
    locks.ask(locked)
    dialog = window.findChild(QWidget, "dialog.password")
    dialog.field.setText("1234")
    dialog.findChild(QWidget, "password.go").click()
    assert asked == [
        ("study.collect", {"paths": (tmp_path / "乙.xlsx", tmp_path / "甲.xlsx"), "wave": "2026", "passwords": ("1234",)})
    ]
    locks.begin(asked[0][1])
    locks.ask(locked)  # still locked: the password was wrong
    texts = window.session.texts
    said = next(each for each in window.findChildren(QWidget, "dialog.password") if each.isVisible())
    assert texts("gui.password.wrong") in [part.text() for part in said.findChildren(type(window.error._text))]
    said.findChild(QWidget, "password.skip").click()
    again = [each for each in window.findChildren(QWidget, "dialog.password") if each.isVisible()]
    assert len(again) == 1  # the other file, not the skipped one
    again[0].reject()
    assert len(asked) == 1


def test_that_a_locked_member_leads_to_its_archive_and_names_come_once(tmp_path):
    (tmp_path / "来文").mkdir()
    (tmp_path / "来文" / "各镇.zip").touch()
    assert paths_of(("各镇.zip/甲.xlsx", "各镇.zip/乙.xlsx"), (tmp_path,)) == (tmp_path / "来文" / "各镇.zip",)
    twice = (Finding("READ_PASSWORD", Severity.ERROR, CellReference("甲.xlsx")),) * 2
    assert locked_names((*twice, Finding("READ_EMPTY_FILE", Severity.ERROR, CellReference("乙.xlsx")))) == ("甲.xlsx",)


def test_that_a_collection_of_nothing_but_locked_files_asks_all_the_same(window, qtbot, tmp_path):
    (tmp_path / "甲.xlsx").touch()
    window.desk.gathering._locks.begin({"paths": (tmp_path / "甲.xlsx",), "wave": "2026"})
    error = UserError("collect.nothing_read")
    error.findings = (Finding("READ_PASSWORD", Severity.ERROR, CellReference("甲.xlsx")),)
    window.desk.gathering._failed(error)
    dialog = window.findChild(QWidget, "dialog.password")
    assert dialog is not None
    dialog.reject()
