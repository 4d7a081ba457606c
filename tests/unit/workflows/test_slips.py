"""Slips of a study: one a sender, in the sender's own workbook where that can be, and known when they come back."""

from __future__ import annotations

import openpyxl
import pytest

from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.files.read_workbook import read_workbook
from app.files.slip_mark import slip_mark
from app.files.study_file import open_study
from app.workflows.perform import perform
from app.workflows.slips import slips
from tests.unit.workflows.samples import HEADER, LADDER, context, new, write_answers


def write_book(path, steps):
    """A workbook of one answer a step."""
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    for step in steps:
        book.active.append(["Manufacturing/Fabrication", "0-49 employees", "1-2", step, "$1-$99"])
    book.active["D2"].number_format = "@"
    book.save(path)
    return path


def collected(folder, resources, *paths):
    path = folder / "s.zhiheng"
    new(path, resources)
    parameters = {"paths": paths, "wave": "2026", "date": "2026-06-30", "design": "census"}
    run_to_end(perform(path, "collect", parameters, context(resources)))
    return path


@pytest.fixture
def study(tmp_path, resources):
    """A study of a workbook with a wrong answer, a csv with one, and a workbook without any."""
    wrong = write_book(tmp_path / "城关镇.xlsx", ["不知所云", *LADDER[:2], LADDER[0]])
    table = write_answers(tmp_path / "河口镇.csv", n=4)
    table.write_text(table.read_text("utf-8").replace("3-4", "zzzz"), "utf-8")
    return collected(tmp_path, resources, wrong, table, write_book(tmp_path / "无误.xlsx", LADDER[:2]))


def written(study, tmp_path, resources, lang="zh"):
    return run_to_end(slips(study, tmp_path / "out", context(resources), lang))


def test_that_each_sender_with_something_to_mend_gets_one(study, tmp_path, resources):
    report = written(study, tmp_path, resources)
    told = {slip.source: (slip.path.name, slip.kind, slip.errors > 0, slip.cells > 0) for slip in report.slips}
    assert told == {
        "城关镇.xlsx": ("城关镇（请核对）.xlsx", "own", True, True),
        "河口镇.csv": ("河口镇（请核对）.xlsx", "copy", True, True),
    }
    assert report.clean == ("无误.xlsx",)
    assert report.refused == ()
    assert all(slip.path.is_file() and not slip.unwrapped for slip in report.slips)


@pytest.mark.parametrize("source", ["城关镇（请核对）.xlsx", "河口镇（请核对）.xlsx"])
def test_that_the_wrong_cell_is_coloured_and_says_what_to_do(study, tmp_path, resources, source):
    written(study, tmp_path, resources)
    book = openpyxl.load_workbook(tmp_path / "out" / source)
    marked = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.comment]
    assert marked
    assert all(cell.fill.fgColor.rgb == "FFFFC9CD" and "修改办法：" in cell.comment.text for cell in marked)
    assert {cell.value for cell in marked} <= {"不知所云", "zzzz"}
    summary = book["核查结果说明"]
    addresses = {row[3].value for row in summary.iter_rows(min_row=7) if row[1].value == "错误"}
    assert addresses == {cell.coordinate for cell in marked}


def test_that_a_slip_can_be_in_english(study, tmp_path, resources):
    report = written(study, tmp_path, resources, "en")
    book = openpyxl.load_workbook(report.slips[0].path)
    assert book.sheetnames[-1] == "Check results (guide)"
    assert "What to do:" in book.worksheets[0]["D2"].comment.text


def test_that_a_slip_returned_unchanged_is_known_and_gives_equal_answers(study, tmp_path, resources):
    report = written(study, tmp_path, resources)
    before = open_study(study)
    again = open_study(collected(tmp_path / "out", resources, *(slip.path for slip in report.slips)))
    marks = {slip_mark(run_to_end(read_workbook(slip.path))): slip.source for slip in report.slips}
    assert marks == {source.sha256: source.name for source in before.sources if source.name != "无误.xlsx"}
    kept = before.responses.firms.index[: len(again.responses)]
    assert len(again.responses) == 8
    assert again.responses.values.equals(
        before.responses.values.loc[kept].reset_index(drop=True).astype(again.responses.values.dtypes)
    )


def test_that_writing_slips_twice_gives_the_same_bytes(study, tmp_path, resources):
    first = {slip.path.name: slip.path.read_bytes() for slip in written(study, tmp_path, resources).slips}
    assert {slip.path.name: slip.path.read_bytes() for slip in written(study, tmp_path, resources).slips} == first


def test_that_the_study_stays_as_it_was(study, tmp_path, resources):
    before = study.read_bytes()
    written(study, tmp_path, resources)
    assert study.read_bytes() == before


def test_that_a_folder_that_cannot_be_made_is_told(study, tmp_path, resources):
    (tmp_path / "out").write_text("")
    with pytest.raises(UserError):
        written(study, tmp_path, resources)
