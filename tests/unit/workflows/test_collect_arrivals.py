"""Collecting what comes in any wrapping: archives, locked and damaged files and copies together, each by itself."""

from __future__ import annotations

import json
import zipfile

import pytest
from openpyxl import Workbook

from app.domain.task import FileProgress, run_to_end
from app.files.study_file import open_study
from app.workflows.check import check
from app.workflows.nothing_read import NothingRead
from app.workflows.perform import perform
from app.workflows.slips import slips
from app.workflows.waves import is_late
from tests.unit.workflows.county import HEADER, Desk, rows_of, write_form
from tests.unit.workflows.samples import context


def write_locked(path, rows, password="示范2026"):
    """Write a form as a workbook locked with a password."""
    from msoffcrypto.format.ooxml import OOXMLFile

    open_ = path.with_name("open.xlsx")
    workbook = Workbook()
    for row in (HEADER, *rows):
        workbook.active.append(list(row))
    workbook.save(open_)
    with open_.open("rb") as plain, path.open("wb") as locked:
        OOXMLFile(plain).encrypt(password, locked)
    open_.unlink()
    return path


@pytest.fixture
def folder(tmp_path):
    """Everything at once: a form, a copy of it, an archive with two forms and a copy, a locked form, a damaged one."""
    folder = tmp_path / "收到"
    folder.mkdir()
    form = write_form(folder / "甲.csv", rows_of(1))
    (folder / "甲 (1).csv").write_bytes(form.read_bytes())
    with zipfile.ZipFile(folder / "街道.zip", "w") as archive:
        for name, start in (("丙.csv", 201), ("丁.csv", 301)):
            archive.write(write_form(tmp_path / name, rows_of(start, 5)), f"上报/{name}")
        archive.write(form, "甲.csv")
    write_locked(folder / "锁.xlsx", rows_of(401, 7))
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04 cut off")
    return folder


def states(study):
    return {source.name: source.status for source in study.sources}


OPEN = {"甲.csv": "read", "街道.zip/上报/丙.csv": "read", "街道.zip/上报/丁.csv": "read", "坏.xlsx": "refused"}
COPIES = {"甲 (1).csv": "repeat", "街道.zip/甲.csv": "repeat"}


def test_that_each_file_has_its_fate_and_the_others_go_on(folder, tmp_path, resources):
    desk = Desk(tmp_path, resources)
    study = desk.collect(folder, date="2026-06-30")
    read = [name for name, state in states(study).items() if state == "read"]
    assert len([name for name in read if name in ("甲.csv", "甲 (1).csv")]) == 1
    assert sorted(states(study).values()) == sorted([*OPEN.values(), *COPIES.values(), "refused"])
    assert states(study)["锁.xlsx"] == states(study)["坏.xlsx"] == "refused"
    assert {finding.code for finding in study.findings if finding.severity == "error"} >= {"READ_PASSWORD"}
    assert len(study.responses) == 12 + 5 + 5
    inner = next(source for source in study.sources if source.name.endswith("丙.csv"))
    assert inner.received
    assert inner.received != inner.sha256


def test_that_a_password_opens_it_later_and_is_written_nowhere(folder, tmp_path, resources):
    desk = Desk(tmp_path, resources)
    desk.collect(folder, date="2026-06-30")
    passwords = tmp_path / "密码.txt"
    passwords.write_text("falsch\n示范2026\n", encoding="utf-8")
    study = desk.collect(folder / "锁.xlsx", password_file=passwords)
    assert states(study)["锁.xlsx"] == "read"
    assert len(study.responses) == 29
    assert not [finding for finding in study.findings if finding.code == "READ_PASSWORD"]
    other = Desk(tmp_path, resources, "窗口")
    other.collect(folder / "锁.xlsx", date="2026-06-30", passwords=("示范2026",))
    for each in (desk, other):
        assert "示范2026" not in json.dumps(
            [(entry.parameters, entry.effect) for entry in each.study.journal], ensure_ascii=False
        )
        assert "示范2026".encode() not in each.path.read_bytes()
    again = desk.run("correct", cell="锁.xlsx#Sheet#F2", text="1")  # the open workbook is what the study keeps
    assert len(again.responses) == 29


def test_that_a_folder_collected_again_is_only_noted_and_then_changes_nothing(folder, tmp_path, resources):
    desk = Desk(tmp_path, resources)
    first = desk.collect(folder, date="2026-06-30")
    second = desk.collect(folder)
    assert states(second) == states(first)
    assert {finding.code for finding in set(second.findings) - set(first.findings)} == {"COLLECT_REPEAT"}
    before = desk.path.read_bytes()
    desk.collect(folder)
    assert desk.path.read_bytes() == before


def test_that_when_all_are_locked_the_reason_is_told_and_nothing_is_saved(tmp_path, resources):
    desk = Desk(tmp_path, resources)
    before = desk.path.read_bytes()
    with pytest.raises(NothingRead) as caught:
        desk.collect(write_locked(tmp_path / "锁.xlsx", rows_of(1)))
    assert [finding.code for finding in caught.value.findings] == ["READ_PASSWORD"]
    assert desk.path.read_bytes() == before


def test_that_every_file_is_told_as_waiting_and_then_with_what_it_gave(folder, tmp_path, resources):
    desk, seen = Desk(tmp_path, resources), []
    parameters = {"paths": (folder,), "date": "2026-06-30"}
    run_to_end(perform(desk.path, "collect", parameters, context(resources)), seen.append)
    files = [event for event in seen if isinstance(event, FileProgress)]
    first = {event.file: event.state for event in reversed(files)}
    last = {event.file: event for event in files}
    assert first["街道.zip/上报/丙.csv"] == "waiting"
    assert (last["街道.zip/上报/丙.csv"].state, last["街道.zip/上报/丙.csv"].rows) == ("read", 5)
    assert last["街道.zip/上报/丙.csv"].township == "东河镇"
    assert last["锁.xlsx"].state == last["坏.xlsx"].state == "refused"
    for name in ("坏.xlsx", "街道.zip/上报/丙.csv"):
        assert sum(event.file == name and event.state in ("read", "refused") for event in files) == 1


def test_that_files_after_the_due_day_are_late(tmp_path, resources):
    desk = Desk(tmp_path, resources)
    first = desk.collect(write_form(tmp_path / "甲.csv", rows_of(1)), date="2026-06-30", due="2026-09-01")
    assert not is_late(first.sources[0], first.waves)
    second = desk.collect(write_form(tmp_path / "乙.csv", rows_of(101)), due="2026-08-31")
    assert [is_late(source, second.waves) for source in second.sources] == [True, True]
    assert [source.arrived[:10] for source in open_study(desk.path).sources] == ["2026-09-01"] * 2


def test_that_a_check_opens_archives_and_locks_as_well(folder, resources):
    report = run_to_end(check((folder,), context(resources)))
    assert {file.name for file in report.files if file.error} == {"锁.xlsx", "坏.xlsx"}
    opened = run_to_end(check((folder / "锁.xlsx",), context(resources), passwords=("示范2026",)))
    assert [(file.name, file.sheets[0].responses) for file in opened.files] == [("锁.xlsx", 7)]


def test_that_a_returned_slip_names_the_form_it_puts_right(tmp_path, resources):
    from openpyxl import load_workbook

    desk = Desk(tmp_path, resources)
    rows = rows_of(1, 4)
    rows[0][4] = "很多"
    workbook = Workbook()
    for row in (HEADER, *rows):
        workbook.active.append(row)
    workbook.save(tmp_path / "甲.xlsx")
    study = desk.collect(tmp_path / "甲.xlsx", date="2026-06-30")
    report = run_to_end(slips(desk.path, tmp_path / "退回", desk.context))
    returned = load_workbook(report.slips[0].path)
    returned.worksheets[0]["E2"] = 35
    for row in (3, 4, 5):  # so much is changed that nothing but the mark tells
        returned.worksheets[0][f"A{row}"] = f"别的{row}厂"
        returned.worksheets[0][f"B{row}"] = None
    returned.save(tmp_path / "退回来的.xlsx")
    after = desk.collect(tmp_path / "退回来的.xlsx")
    assert after.sources[-1].corrects == study.sources[0].sha256
