"""The learnt model as a file: the one of the assessment, readable for the same questionnaire, and refused where there is none."""

from __future__ import annotations

import csv
import functools

import pytest

from app.analysis.learn import learn_levels
from app.analysis.learn.nested import Budget
from app.analysis.learn.save import model_from_bytes
from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.workflows.model import export_model
from tests.study_samples import empty_study, full_study
from tests.unit.workflows.county import Desk, rows_of, write_form
from tests.unit.workflows.samples import context

QUICK = Budget(1, 1, 1, ("majority", "rubric", "ordinal"))  # how thoroughly it is tested is no matter here


@pytest.fixture
def taught(tmp_path, resources, monkeypatch):
    """A county whose assessors saw exactly what one answer says, and its folder."""
    monkeypatch.setattr("app.analysis.assess.learn_levels", functools.partial(learn_levels, budget=QUICK))
    rows = [rows_of(k, 1, township=f"镇{k % 12}", text="是" if k % 2 else "否")[0] for k in range(1, 81)]
    with (tmp_path / "评估.csv").open("w", encoding="utf-8", newline="") as file:
        given = [(row[0], "L2" if row[6] == "是" else "L0", "张三", "2026-07-01") for row in rows]
        csv.writer(file).writerows([("企业名称", "评估等级", "评估人", "评估日期"), *given])
    desk = Desk(tmp_path, resources)
    desk.collect(write_form(tmp_path / "甲.csv", rows), date="2026-06-30")
    desk.run("assess", labels=tmp_path / "评估.csv", seed=3)
    return desk


def test_that_the_model_of_the_assessment_is_written_and_the_same_each_time(taught):
    study = taught.study
    assert study.latest_assessment.classifier.refusal is None
    paths = [run_to_end(export_model(study, taught.folder / name, taught.context)) for name in ("a.skops", "b.skops")]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    read, meta = model_from_bytes(paths[0].read_bytes(), study.instrument, study.rubric)
    assert read.fitted.kind == study.latest_assessment.classifier.model
    assert (meta.instrument, meta.wave, meta.when) == (study.instrument.id, "2026", "2026-09-01")


@pytest.mark.parametrize(
    ("study", "name", "code"),
    [
        (empty_study(), "a.skops", "model.not_assessed"),
        (full_study(), "a.skops", "model.none"),
        (full_study(), "a.pkl", "file.unknown_format"),
    ],
)
def test_that_there_is_no_file_where_there_is_no_model(tmp_path, resources, study, name, code):
    with pytest.raises(UserError) as caught:
        run_to_end(export_model(study, tmp_path / name, context(resources)))
    assert caught.value.code == code
    assert not list(tmp_path.iterdir())
