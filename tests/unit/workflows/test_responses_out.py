"""The firm table of a study as a file."""

from __future__ import annotations

import fastparquet
import pytest

from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.files.study_file import open_study
from app.workflows.perform import perform
from app.workflows.responses_out import write_responses
from tests.unit.workflows.samples import context, new, write_answers


@pytest.fixture
def study(tmp_path, resources):
    path = tmp_path / "s.zhiheng"
    new(path, resources)
    parameters = {
        "paths": (write_answers(tmp_path / "河口镇.csv", n=6),),
        "wave": "2026",
        "date": "2026-06-30",
        "design": "census",
    }
    run_to_end(perform(path, "collect", parameters, context(resources)))
    return open_study(path)


def test_that_parquet_says_which_instrument_its_answers_belong_to(study, tmp_path):
    path = run_to_end(write_responses(study, tmp_path / "out.parquet"))
    file = fastparquet.ParquetFile(str(path))
    assert file.key_value_metadata["instrument"] == study.instrument.id
    back = file.to_pandas()
    assert back["Q22.cell"].tolist()[:2] == [str(study.responses.cell(0, "Q22")), str(study.responses.cell(1, "Q22"))]
    assert back["Q22"].tolist() == study.responses.values["Q22"].tolist()


def test_that_csv_holds_a_row_a_response(study, tmp_path):
    lines = run_to_end(write_responses(study, tmp_path / "out.CSV")).read_text("utf-8-sig").splitlines()
    assert len(lines) == 7
    assert lines[0].startswith("firm,name,code,code_valid,sector")


def test_that_another_ending_and_a_study_without_answers_are_refused(study, tmp_path, resources):
    with pytest.raises(UserError) as told:
        run_to_end(write_responses(study, tmp_path / "out.xlsx"))
    assert told.value.code == "file.unknown_format"
    empty = new(tmp_path / "e.zhiheng", resources)
    with pytest.raises(UserError) as told:
        run_to_end(write_responses(empty, tmp_path / "out.csv"))
    assert told.value.code == "study.no_answers"
