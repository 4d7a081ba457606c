"""One brief of each township or sector: all that can be written are, and what cannot is told."""

from __future__ import annotations

import zipfile

import pytest

from app.domain.brief import BriefPlan
from app.domain.errors import UserError
from app.domain.task import Progress, run_to_end
from app.workflows.write_briefs import Batch, write_briefs
from tests.unit.workflows.county import Desk, rows_of, write_form


@pytest.fixture(scope="module")
def desk(tmp_path_factory, resources):
    folder = tmp_path_factory.mktemp("county")
    desk = Desk(folder, resources)
    towns = ("东河镇", "西山/北坡乡", "南园街道")
    forms = [write_form(folder / f"{place}.csv", rows_of(1 + 40 * place, 14, town)) for place, town in enumerate(towns)]
    desk.collect(*forms, wave="2026", date="2026-06-30")
    desk.run("assess")
    return desk


def written(desk, folder, **wanted):
    steps: list[Progress] = []
    done = run_to_end(write_briefs(desk.study, Batch(folder, **wanted), "zh", desk.context), steps.append)
    return done, steps


def test_that_each_township_gets_its_own_file_under_a_name_any_system_takes(desk, tmp_path):
    done, steps = written(desk, tmp_path / "分乡镇")
    assert {path.name for path in done.files} == {"东河镇.docx", "西山_北坡乡.docx", "南园街道.docx"}
    assert all(path.is_file() for path in done.files)
    assert done.left_out == ()
    assert [(step.done, step.total) for step in steps if step.step == "progress.briefs"] == [(0, 3), (1, 3), (2, 3)]


def test_that_briefs_of_sectors_take_the_format_and_template_that_was_asked_for(desk, tmp_path):
    done, _ = written(desk, tmp_path, by="sector", ending=".xlsx")
    assert {path.suffix for path in done.files} == {".xlsx"}


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"ending": ".xlsx", "plan": BriefPlan(template="official")}, "brief.format"),
        ({"plan": BriefPlan(template="火星")}, "brief.template"),
        ({"plan": BriefPlan(sections=("summary", "火星"))}, "brief.section"),
        ({"plan": BriefPlan(template="own.pptx")}, "brief.format"),
        ({"plan": BriefPlan(template="没有.toml")}, "file.missing"),
        ({"ending": ".doc"}, "file.unknown_format"),
    ],
)
def test_that_a_plan_that_no_part_can_be_written_by_is_refused_once_before_a_folder_is_made(desk, tmp_path, wanted, code):
    with pytest.raises(UserError) as raised:
        written(desk, tmp_path / "出", **wanted)
    assert raised.value.code == code
    assert not (tmp_path / "出").exists()


def test_that_a_batch_of_which_nothing_could_be_written_is_refused_with_the_reason(desk, tmp_path):
    with pytest.raises(UserError) as raised:
        written(desk, tmp_path / "出", plan=BriefPlan(sector="Z"))
    assert raised.value.code == "brief.no_firms"
    assert list(tmp_path.iterdir()) == []


def test_that_stopping_a_batch_keeps_whole_briefs_and_no_empty_folder(desk, tmp_path):
    task = write_briefs(desk.study, Batch(tmp_path / "早"), "zh", desk.context)
    next(task)
    task.close()
    assert not (tmp_path / "早").exists()
    task = write_briefs(desk.study, Batch(tmp_path / "晚"), "zh", desk.context)
    while not any(path.suffix == ".docx" for path in (tmp_path / "晚").glob("*")):
        next(task)
    task.close()
    (kept,) = (tmp_path / "晚").iterdir()
    assert zipfile.is_zipfile(kept)


def test_that_a_file_in_place_of_the_folder_is_told(desk, tmp_path):
    taken = tmp_path / "简报"
    taken.write_text("x")
    with pytest.raises(UserError) as raised:
        written(desk, taken)
    assert (raised.value.code, taken.read_text()) == ("file.is_file", "x")
    with pytest.raises(UserError) as raised:
        written(desk, taken / "里面")
    assert raised.value.code == "file.no_folder"
    with pytest.raises(UserError) as raised:
        written(desk, tmp_path / ("长" * 300))
    assert raised.value.code == "file.name_too_long"


def test_that_a_study_without_levels_is_refused_in_a_sentence(desk, tmp_path, resources):
    empty = Desk(tmp_path, resources, "空县")
    with pytest.raises(UserError) as raised:
        run_to_end(write_briefs(empty.study, Batch(tmp_path / "出"), "zh", empty.context))
    assert raised.value.code == "briefs.none"
    assert not (tmp_path / "出").exists()
