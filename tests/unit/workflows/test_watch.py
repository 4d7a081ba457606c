"""The register of agents as a file: who, what they answered and where, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from app.domain.errors import UserError
from app.domain.task import run_to_end
from app.workflows.context import Context
from app.workflows.watch import write_agents
from tests.unit.analysis.watch.studies import CAREFUL, CARELESS, NO_AGENTS, study_of

NOW = "2026-09-01T08:00:00+08:00"


@pytest.fixture
def context(resources):
    return Context(resources, NOW)


@pytest.fixture
def study(resources):
    return study_of(resources.instruments["aiplus-2026"], NO_AGENTS, CAREFUL, CARELESS, {"A1": "yes"}, sectors="CJCC")


def written(study, path, context, lang="zh", wave=""):
    return run_to_end(write_agents(study, path, lang, context, wave))


def lines_of(path):
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


def test_that_the_first_line_says_internal_use_and_each_answer_stands_beside_its_cell(study, tmp_path, context):
    note, head, *rows = lines_of(written(study, tmp_path / "台账.csv", context))
    assert note[0].startswith("内部使用")
    careful = dict(zip(head, next(row for row in rows if row[0] == "第1公司"), strict=True))
    label = "G4 智能体运行环境"
    assert careful[label] == "虚拟机或容器"
    assert careful[f"{label}：出处"] == str(study.responses.cell(1, "G4"))
    assert careful["决策权限（三类）"] == "仅限用户本人决策" and careful["红线"] == ""


def test_that_flagged_firms_stand_first_in_their_sector_and_blanks_are_told_as_not_answered(study, tmp_path, context):
    _, head, *rows = lines_of(written(study, tmp_path / "台账.csv", context))
    assert [row[0] for row in rows] == ["第2公司", "第3公司", "第1公司"]
    blank = dict(zip(head, rows[1], strict=True))
    assert blank["G5 智能体是否以管理员权限运行"] == "未填" and blank["控制力得分"] == ""
    assert (blank["控制力下限"], blank["控制力上限"]) == ("0", "100")
    assert blank["因空白无法排除的红线"].count("、") == 3


def test_that_the_workbook_holds_the_same_and_numbers_as_numbers(study, tmp_path, context):
    page = openpyxl.load_workbook(written(study, tmp_path / "台账.xlsx", context)).active
    rows = list(page.iter_rows(values_only=True))
    assert "3家企业" in rows[0][0] and rows[1][0].startswith("内部使用")
    table = lines_of(written(study, tmp_path / "台账.csv", context))
    assert list(rows[3]) == table[1]
    assert [["" if cell is None else f"{cell}" for cell in row] for row in rows[4:]] == table[2:]
    assert isinstance(rows[4][table[1].index("A2 智能体数量")], int)


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+1+1", "@SUM(A1)", "-2", "http://x.cn", "\t=1"])
def test_that_no_name_becomes_a_formula_or_a_link(study, tmp_path, context, name):
    firms = study.responses.firms.assign(name=name)
    hostile = replace(study, responses=replace(study.responses, firms=firms))
    path = written(hostile, tmp_path / "台账.xlsx", context)
    with zipfile.ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet
    texts = [row[0] for row in lines_of(written(hostile, tmp_path / "台账.csv", context))[2:]]
    assert all(not text.startswith(tuple("=+-@\t")) for text in texts)


def test_that_the_same_study_and_time_give_the_same_bytes_and_both_languages(study, tmp_path, context):
    one, other = (written(study, tmp_path / f"{name}.xlsx", context).read_bytes() for name in "ab")
    assert one == other
    english = lines_of(written(study, tmp_path / "c.csv", context, "en"))
    assert english[0][0].startswith("Internal use") and "G4 Where agents run: cell" in english[1]


def test_that_where_there_is_no_register_one_sentence_says_why(resources, tmp_path, context):
    questions = resources.instruments["aiplus-2026"]
    cases = {
        "watch.nobody": study_of(questions, NO_AGENTS, {}),
        "watch.not_asked": study_of(resources.instruments["miit-sme-2024"], {}),
        "study.no_answers": replace(study_of(questions, {}), responses=None),
    }
    for code, study in cases.items():
        with pytest.raises(UserError) as error:
            written(study, tmp_path / "a.xlsx", context)
        assert error.value.code == code and f"error.{code}" in resources.words
    with pytest.raises(UserError) as error:
        written(study_of(questions, CAREFUL), tmp_path / "a.pdf", context)
    assert error.value.code == "file.unknown_format"
    with pytest.raises(UserError) as error:
        written(study_of(questions, CAREFUL), tmp_path / "a.csv", context, wave="1999")
    assert error.value.code == "watch.unknown_wave"
    assert not list(tmp_path.iterdir())
