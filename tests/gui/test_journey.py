"""The whole way in the window, by command ids: new, collect, assess, goals, a number back to its cell, brief, undo."""

from __future__ import annotations

import csv
import random

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QTableView

from app.domain.instrument import ItemType, Role
from app.gui.panels import place_text

N = 40
NAMES = ("东河造纸厂", "西河机械厂", "南山软件公司", "北坡物流公司")


def answer(item, chance, i):
    if item.role is Role.NAME:
        return f"{NAMES[i % 4]}{i}"
    if item.role is Role.CREDIT_CODE:
        return ""
    if item.role is Role.INDUSTRY:
        return ("制造业", "软件和信息技术服务业", "批发业")[i % 3]
    if item.role is Role.TOWNSHIP:
        return ("城关镇", "河西乡")[i % 2]
    if item.type is ItemType.YES_NO:
        return chance.choice(("是", "否"))
    if item.options:
        return chance.choice(item.options).words.zh
    if item.type is ItemType.PERCENT:
        return f"{chance.randrange(1, 90)}%"
    return str(chance.randrange(1, 200))


@pytest.fixture
def workbook(resources, tmp_path):
    chance, items = random.Random(3), resources.instruments["aiplus-2026"].items
    path = tmp_path / "2026" / "城关镇.csv"
    path.parent.mkdir()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow([item.words.zh for item in items])
        table.writerows([[answer(item, chance, i) for item in items] for i in range(N)])
    return path


def idle(window):
    session = window.session
    return not (session.runner.is_busy or session.viewer.is_busy or session.looker.is_busy)


def run(window, qtbot, command, parameters=None):
    window.desk.trigger(command, parameters or {})
    qtbot.waitUntil(lambda: idle(window), timeout=120_000)
    qtbot.wait(20)
    qtbot.waitUntil(lambda: idle(window), timeout=120_000)
    told = window.error.property("role") == "done"
    assert not window.error.sentence or told, window.error.sentence


def test_that_the_whole_way_works_in_the_window(window, qtbot, workbook, tmp_path):
    store = window.session.store
    run(window, qtbot, "study.new", {"study": tmp_path / "东河县.zhiheng"})
    run(window, qtbot, "study.collect", {"paths": (workbook.parent,), "wave": "2026", "date": "2026-06-30", "design": "census"})
    assert len(store.study.responses) == N
    assert window.page == "collect"
    assert window.error.sentence == window.session.texts("gui.collect.added", files=1, answers=str(N))
    run(window, qtbot, "study.assess")
    assert window.page == "readiness"
    assert store.study.assessments
    run(window, qtbot, "study.goals")
    assert window.page == "goals"

    for page in ("start", "firms", "explore", "brief"):
        window.go(page)
        qtbot.waitUntil(lambda: idle(window), timeout=30_000)
        assert not window.error.sentence or window.error.property("role") == "done", (page, window.error.sentence)

    window.go("start")
    mark = next(fact.evidence for fact in window.pages["start"].facts._shown[0] if fact.evidence)
    run(window, qtbot, "evidence.open", {"mark": mark})
    table = window.side.findChild(QTableView, "side.firm.open")
    position = table.rows.row_id(0)
    run(window, qtbot, "firm.open", {"position": position})
    name = window.side._title.text()
    assert name.startswith(NAMES)

    item = store.study.instrument.with_role(Role.NAME)
    place = store.study.responses.cell(int(position), item.code)
    run(window, qtbot, "cell.open", {"place": place_text(place)})
    grid = window.findChild(QTableView, "source.grid")
    assert grid.currentIndex().data() == name
    grid.window().close()

    run(window, qtbot, "study.brief", {"out": tmp_path / "简报.docx", "lang": "zh"})
    assert (tmp_path / "简报.docx").stat().st_size > 5000
    run(window, qtbot, "study.figure", {"out": tmp_path, "lang": "en"})
    assert list(tmp_path.glob("*.svg"))

    run(window, qtbot, "edit.undo")
    run(window, qtbot, "edit.undo")
    assert store.study.assessments == ()
    run(window, qtbot, "edit.redo")
    assert store.study.assessments
    commands = [entry.command for entry in store.study.journal]
    assert commands == ["new", "collect", "assess", "goals", "undo", "undo", "redo"]

    from app.domain.task import run_to_end
    from app.gui.work import open_file

    assert run_to_end(open_file(store.path)).assessments[0].total == store.study.assessments[0].total


def test_that_files_taken_in_twice_are_said_to_be_nothing_new(window, qtbot, workbook, tmp_path):
    run(window, qtbot, "study.new", {"study": tmp_path / "东河县.zhiheng"})
    for _time in range(2):
        run(window, qtbot, "study.collect", {"paths": (workbook,), "wave": "2026", "date": "2026-06-30", "design": "census"})
    assert window.error.sentence == window.session.texts("gui.collect.nothing_new")
    assert len(window.session.store.study.responses) == N


def test_that_a_file_can_be_checked_without_a_study(window, qtbot, workbook):
    run(window, qtbot, "study.check", {"paths": (workbook,)})
    dialog = window.findChild(QDialog, "dialog.report")
    assert dialog.windowTitle() == window.session.texts("gui.check.title")
    assert any(str(N) in part.text() for part in dialog.findChildren(QLabel))
    dialog.close()
    assert window.session.store.study is None


def test_that_a_frame_chosen_in_the_form_travels_with_the_files(window, qtbot, workbook, tmp_path):
    run(window, qtbot, "study.new", {"study": tmp_path / "东河县.zhiheng"})
    window.desk.drop((workbook.parent,))
    form = window.pages["collect"].form
    frame = tmp_path / "frame.csv"
    frame.write_text("sector,count\nC,60\n", encoding="utf-8")
    form._take_frame(frame)
    with qtbot.waitSignal(form.asked, timeout=1000) as told:
        form._go.click()
    assert told.args[0]["frame"] == frame
    qtbot.waitUntil(lambda: idle(window), timeout=60_000)
    assert window.session.store.study.waves[0].frame == {"C": 60}
    assert form.isHidden()
