"""Correcting a cell: every rule runs again, the bytes stay, and the cell can be named as people name it."""

from __future__ import annotations

import pytest

from app.domain.decisions import Correction
from app.domain.errors import UserError
from app.files.study_file import read_source
from tests.unit.workflows.county import Desk, rows_of, write_form


@pytest.fixture
def desk(tmp_path, resources):
    """A township in which the first firm's head count is no number."""
    rows = rows_of(1)
    rows[0][4] = "很多"
    desk = Desk(tmp_path, resources)
    desk.collect(write_form(tmp_path / "甲.csv", rows), write_form(tmp_path / "乙.csv", rows_of(101)), date="2026-06-30")
    return desk


def errors(study):
    return [(finding.code, str(finding.place)) for finding in study.findings if finding.severity == "error"]


def test_that_a_correction_runs_every_rule_again_and_says_what_stood_there(desk, tmp_path):
    assert errors(desk.study) == [("value.unread", "甲.csv · 甲 · E2")]
    after = desk.run("correct", cell="甲.csv#甲#E2", text="35", reason="电话核实")
    assert errors(after) == []
    assert desk.answers("ID05")["东河镇第1机械有限公司"] == 35
    (note,) = [finding for finding in after.findings if finding.code == "cell.corrected"]
    assert (str(note.place), dict(note.params)["old"]) == ("甲.csv · 甲 · E2", "很多")
    assert read_source(desk.path, after.sources[0].sha256) == (tmp_path / "甲.csv").read_bytes()
    worse = desk.run("correct", cell="甲.csv#甲#E2", text="负数")
    assert errors(worse) == [("value.unread", "甲.csv · 甲 · E2")]


def test_that_a_correction_is_taken_back(desk):
    before = desk.study
    desk.run("correct", cell="甲.csv#甲#E2", text="35")
    after = desk.run("correct", cell="甲.csv#甲#E2", forget=True)
    assert (after.guidance, after.findings) == (before.guidance, before.findings)


@pytest.mark.parametrize("cell", ["甲.csv#甲#E2", "甲.csv!甲!E2", "甲.csv · 甲 · E2", "甲.csv#E2", "甲.csv#甲#$e$2", "1"])
def test_that_a_cell_is_known_by_any_of_its_names(desk, cell):
    number = next(n for n, finding in enumerate(desk.study.findings, 1) if finding.code == "value.unread")
    after = desk.run("correct", cell=str(number) if cell == "1" else cell, text="35")
    (correction,) = after.guidance.corrections
    assert correction == Correction(desk.study.sources[0].sha256, "甲", 2, 5, "35")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("丙.csv#甲#E2", "correct.source"),
        ("甲.csv#没有#E2", "correct.sheet"),
        ("甲.csv#甲#22", "correct.cell"),
        ("甲.csv#甲#ZZZ1", "correct.cell"),
        ("E2", "correct.cell"),
        ("", "correct.cell"),
        ("0", "correct.no_finding"),
        ("99999", "correct.no_finding"),
    ],
)
def test_that_a_cell_that_is_not_there_is_named(desk, cell, code):
    before = desk.path.read_bytes()
    with pytest.raises(UserError) as caught:
        desk.run("correct", cell=cell, text="35")
    assert caught.value.code == code
    assert desk.path.read_bytes() == before


def test_that_a_finding_about_a_whole_file_names_no_cell(desk, tmp_path):
    desk.collect(write_form(tmp_path / "甲 (1).csv", rows_of(101)))
    number = next(n for n, finding in enumerate(desk.study.findings, 1) if finding.code == "COLLECT_REPEAT")
    with pytest.raises(UserError) as caught:
        desk.run("correct", cell=str(number), text="35")
    assert caught.value.code == "correct.no_cell"


def test_that_what_the_cell_should_say_must_be_said(desk):
    with pytest.raises(UserError) as caught:
        desk.run("correct", cell="甲.csv#甲#E2")
    assert caught.value.code == "correct.nothing"
    with pytest.raises(UserError) as caught:
        desk.run("correct", corrections=(Correction("ab" * 32, "甲", 2, 5, "35"),))
    assert caught.value.code == "correct.source"


def test_that_the_same_correction_again_changes_nothing(desk):
    desk.run("correct", cell="甲.csv#甲#E2", text="35")
    before = desk.path.read_bytes()
    desk.run("correct", cell="甲.csv#甲#E2", text="35")
    assert desk.path.read_bytes() == before
