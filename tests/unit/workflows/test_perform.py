"""One command: run, journaled, saved in one transaction; and what the later steps of the chain need first."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.domain.errors import UserError
from app.domain.findings import CellReference
from app.domain.journal import first_broken
from app.domain.task import run_to_end
from app.files.study_file import open_study
from app.workflows.assess import assess
from app.workflows.check import check
from app.workflows.goals import goals
from app.workflows.new_study import empty_study as made
from app.workflows.perform import journaled, perform
from app.workflows.view_source import view_source
from app.workflows.write_brief import write_brief
from app.workflows.write_figure import Picture, write_figure
from tests.study_samples import INSTRUMENT, empty_study
from tests.unit.workflows.samples import NOW, context, new, write_answers


@pytest.fixture
def path(tmp_path, resources):
    """A study with one collected file."""
    path = tmp_path / "东河.zhiheng"
    new(path, resources)
    parameters = {"paths": (write_answers(tmp_path / "甲.csv"),), "wave": None, "date": "2026-06-30"}
    run_to_end(perform(path, "collect", parameters, context(resources)))
    return path


def test_that_a_command_is_saved_with_a_journal_entry_that_names_files_and_no_folders(path):
    study = open_study(path)
    assert [entry.command for entry in study.journal] == ["new", "collect"]
    entry = study.journal[-1]
    assert entry.time == NOW
    assert json.loads(entry.parameters) == {"paths": ["甲.csv"], "date": "2026-06-30"}
    effect = json.loads(entry.effect)
    assert effect["responses"] == 12
    assert effect["files"] == {"甲.csv": study.sources[0].sha256}
    assert str(path.parent) not in entry.parameters + entry.effect
    assert first_broken(study.journal) is None


def test_that_a_command_that_changes_nothing_is_not_journaled(path, resources, tmp_path):
    parameters = {"paths": (tmp_path / "甲.csv",)}
    run_to_end(perform(path, "collect", parameters, context(resources)))
    before = path.read_bytes()
    run_to_end(perform(path, "collect", parameters, context(resources)))
    assert path.read_bytes() == before


@pytest.mark.parametrize(("command", "parameters"), [("assess", {"seed": 3}), ("goals", {"as_of": "2026-12-31"})])
def test_that_computing_the_same_results_again_neither_writes_nor_journals(path, resources, command, parameters):
    first = run_to_end(perform(path, command, parameters, context(resources)))
    before = path.read_bytes()
    later = context(resources, "2026-09-02T08:00:00+08:00")
    again = run_to_end(perform(path, command, parameters, later))
    assert path.read_bytes() == before
    assert again.journal == first.journal
    changed = run_to_end(perform(path, "assess", {"seed": 4}, later))
    assert len(changed.journal) == len(first.journal) + 1


def test_that_zero_is_a_seed_and_not_the_default(path, resources):
    study = run_to_end(perform(path, "assess", {"seed": 0}, context(resources)))
    assert study.latest_assessment.classifier.seed == 0


def test_that_a_failing_command_leaves_the_file_as_it_was(path, resources, tmp_path):
    before = path.read_bytes()
    with pytest.raises(UserError):
        run_to_end(perform(path, "collect", {"paths": (tmp_path / "没有.csv",)}, context(resources)))
    assert path.read_bytes() == before


def test_that_levels_and_goals_are_computed_and_saved(path, resources):
    run_to_end(perform(path, "assess", {"seed": 3}, context(resources)))
    run_to_end(perform(path, "goals", {}, context(resources)))
    study = open_study(path)
    assert study.latest_assessment.total.n == 12
    assert len(study.progress) == len(resources.goal_book.goals)
    assert [json.loads(entry.effect) for entry in study.journal[2:]] == [{"assessments": 1}, {"goals": len(study.progress)}]


def test_that_an_undo_is_written_into_the_journal_and_not_out_of_it():
    study = empty_study()
    later = journaled(study, replace(study, name="b"), "rename", {}, NOW)
    undone = journaled(later, study, "undo", {}, NOW)
    assert [entry.command for entry in undone.journal] == ["new", "rename", "undo"]
    assert first_broken(undone.journal) is None
    assert undone.name == study.name


@pytest.mark.parametrize("step", [assess, lambda study, resources: goals(study, resources.goal_book)])
def test_that_a_study_without_answers_says_what_comes_first(resources, step):
    with pytest.raises(UserError) as caught:
        run_to_end(step(empty_study(), resources))
    assert caught.value.code == "study.no_answers"


def test_that_goals_refuse_an_impossible_date(path, resources):
    with pytest.raises(UserError) as caught:
        run_to_end(goals(open_study(path), resources.goal_book, "2026-13-01"))
    assert caught.value.code == "wave.date"


def test_that_a_cell_leads_back_to_the_sheet_as_received(path):
    study = open_study(path)
    cell = study.responses.cell(4, "Q23")
    sheet = run_to_end(view_source(path, cell))
    assert sheet.text(cell.row - 1, cell.column - 1) == "No (we do not use ML methods)"


def test_that_an_unknown_source_is_a_plain_error(path):
    for place in (CellReference("乙.csv", "x", 1, 1), CellReference("甲.csv", "没有", 1, 1)):
        with pytest.raises(UserError) as caught:
            run_to_end(view_source(path, place))
        assert caught.value.code == "source.unknown"


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx"])
def test_that_a_brief_is_written_by_its_ending_and_twice_the_same(path, resources, tmp_path, ending):
    run_to_end(perform(path, "assess", {}, context(resources)))
    study = open_study(path)
    written = [run_to_end(write_brief(study, tmp_path / f"{n}.{ending}", "zh", context(resources))) for n in "ab"]
    assert written[0].read_bytes() == written[1].read_bytes()
    assert written[0].read_bytes().startswith(b"PK")


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_that_a_figure_is_written_by_its_ending(path, resources, tmp_path, ending):
    run_to_end(perform(path, "assess", {}, context(resources)))
    out = tmp_path / f"a.{ending}"
    run_to_end(write_figure(open_study(path), Picture("level-distribution"), out, "en", context(resources)))
    assert out.stat().st_size > 1000


def test_that_an_unknown_ending_is_refused_before_anything_is_made(path, resources, tmp_path):
    study = open_study(path)
    for task in (
        write_brief(study, tmp_path / "a.odt", "zh", context(resources)),
        write_figure(study, Picture("heat"), tmp_path / "a.docx", "zh", context(resources)),
    ):
        with pytest.raises(UserError) as caught:
            run_to_end(task)
        assert caught.value.code == "file.unknown_format"


def test_that_an_instrument_without_a_rubric_makes_no_study(resources, tmp_path):
    text = INSTRUMENT.read_text(encoding="utf-8")
    bare = tmp_path / "bare.toml"
    bare.write_text(text[: text.index("[rubric]")], encoding="utf-8")
    with pytest.raises(UserError) as caught:
        made("a", context(resources), str(bare))
    assert caught.value.code == "instrument.no_rubric"


def test_that_a_check_reports_every_file_and_stores_nothing(tmp_path, resources):
    good, bad = write_answers(tmp_path / "甲.csv"), tmp_path / "坏.xlsx"
    bad.write_bytes(b"")
    report = run_to_end(check((good, bad, tmp_path / "没有.xlsx"), context(resources), str(INSTRUMENT)))
    by_name = {file.name: file for file in report.files}
    assert by_name["甲.csv"].sheets[0].responses == 12
    assert by_name["甲.csv"].error is None
    assert by_name["坏.xlsx"].error is not None
    assert by_name["没有.xlsx"].error is not None
    assert report.is_wrong
    assert sorted(path.name for path in tmp_path.iterdir()) == ["坏.xlsx", "甲.csv"]


def test_that_a_clean_file_is_not_wrong_and_an_empty_folder_is_refused(tmp_path, resources):
    assert not run_to_end(check((write_answers(tmp_path / "甲.csv"),), context(resources), str(INSTRUMENT))).is_wrong
    (tmp_path / "空").mkdir()
    with pytest.raises(UserError) as caught:
        run_to_end(check((tmp_path / "空",), context(resources)))
    assert caught.value.code == "check.no_files"
