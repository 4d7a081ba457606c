"""The preview of a brief: the pages of the very file that an export writes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from app.domain.brief import BriefPlan
from app.domain.errors import UserError
from app.domain.paper import Para
from app.domain.task import run_to_end
from app.files.pages.document import read_docx
from app.workflows import preview_brief as module
from app.workflows.preview_brief import Wanted, preview_brief, report_brief, seen_as
from app.workflows.write_brief import write_brief
from tests.unit.workflows.county import Desk, rows_of, write_form

PLAIN = BriefPlan("plain", ("summary", "method"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory, resources):
    folder = tmp_path_factory.mktemp("county")
    desk = Desk(folder, resources)
    forms = [write_form(folder / f"{k}.csv", rows_of(1 + 40 * k, 14, town)) for k, town in enumerate(("东河镇", "西山乡"))]
    desk.collect(*forms, wave="2026", date="2026-06-30")
    desk.run("assess")
    return desk


def words(paper):
    return [block.text for part in paper.parts for block in part.blocks if isinstance(block, Para)]


def shown(desk, ending=".docx", plan=PLAIN, settled=None):
    return run_to_end(preview_brief(desk.study, Wanted(plan, "zh", ending), desk.context, settled))


def test_that_the_preview_says_what_the_export_writes(desk, tmp_path):
    path = tmp_path / "简报.docx"
    run_to_end(write_brief(desk.study, path, "zh", desk.context, PLAIN))
    assert words(shown(desk).paper) == words(read_docx(path.read_bytes(), path.name))


def test_that_no_file_is_left_behind(desk, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    shown(desk)
    assert list(tmp_path.iterdir()) == []


def test_that_slides_are_read_back_and_a_workbook_is_shown_by_its_tables(desk):
    assert shown(desk, ".pptx", BriefPlan("deck", ("summary",))).paper.slides
    tables = shown(desk, ".xlsx", BriefPlan("tables", ("summary",)))
    assert tables.paper is None
    assert tables.brief.blocks


def test_that_what_is_kept_back_is_worked_out_once_for_a_study(desk, monkeypatch):
    held = shown(desk).settled
    monkeypatch.setattr("app.present.released_brief.settle", lambda *_arguments: pytest.fail("worked out again"))
    assert shown(desk, settled=held).settled is held


def test_that_the_report_on_the_release_is_told_without_writing(desk):
    report = run_to_end(report_brief(desk.study, Wanted(PLAIN, "zh", ""), desk.context))
    assert report.tables


def test_that_a_study_without_answers_is_refused_in_a_sentence(tmp_path, resources):
    empty = Desk(tmp_path, resources, "空县")
    with pytest.raises(UserError, match=r"brief\.needs_responses"):
        shown(empty)


@pytest.mark.parametrize(
    ("formats", "ending"),
    [((".docx", ".pdf"), ".docx"), ((".pdf", ".pptx"), ".pptx"), ((".xlsx",), ".xlsx"), ((".xlsx", ".docx"), ".docx"), ((), "")],
)
def test_that_a_kind_of_file_with_pages_is_shown_where_there_is_one(formats, ending):
    assert seen_as(formats) == ending


def test_that_every_kind_has_a_reader():
    assert all(Path(f"app/files/pages/{name}.py").is_file() for name, _ in module.READERS.values())
