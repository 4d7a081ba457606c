"""What is printed: aligned tables, findings in words, JSON without NaN, failures in one sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import failures
from app.cli.session import aligned, display_width
from app.cli.shapes import assess_json, goals_json, journal_json
from app.cli.wording import finding_json, finding_rows, finding_words
from app.domain.errors import UserError
from app.domain.findings import CellReference, Finding, Severity
from app.workflows.nothing_read import NothingRead
from tests.study_samples import full_study

NOTE = Finding("COLLECT_REPEAT", Severity.NOTE, CellReference("b.csv"), "b.csv", (("original", "a.csv"),))
STRANGE = Finding("FROM_A_NEWER_VERSION", Severity.ERROR, CellReference("a.csv", "s", 3, 2), "x")


def test_that_chinese_takes_two_places_in_a_terminal():
    assert display_width("企业 A") == 6
    assert display_width("é") == display_width("e\u0301") == 1


@given(st.lists(st.tuples(st.text("甲乙ab1 ", max_size=9), st.text("甲乙ab1 ", max_size=9)), max_size=5))
def test_that_columns_start_at_the_same_place_in_every_line(rows):
    lines = aligned(("名称", "说明"), [(f"{first}甲", f"|{second}") for first, second in rows])
    starts = {display_width(line.split("|")[0]) for line in lines[1:]}
    assert len(starts) <= 1


def test_that_numbers_stand_to_the_right_and_lines_stay_lines():
    assert aligned(("n", "x"), [("1", "a\nb"), ("200", "c")]) == ["  n  x", "  1  a b", "200  c"]


def test_that_a_finding_is_worded_in_both_languages(zh, en, resources):
    assert "a.csv" in finding_words(NOTE, zh, resources).message
    assert finding_words(NOTE, en, resources).title == "Repeated file"


def test_that_a_finding_of_an_unknown_kind_still_shows_its_code_and_place(zh, resources):
    assert finding_words(STRANGE, zh, resources).title == "FROM_A_NEWER_VERSION"
    assert finding_json(STRANGE, zh, resources)["cell"] == "B3"


def test_that_a_finding_that_lacks_a_place_of_the_wording_shows_its_title(zh, resources):
    bare = Finding("COLLECT_REPEAT", Severity.NOTE, CellReference("b.csv"))
    assert finding_words(bare, zh, resources).message == "重复文件"


def test_that_findings_are_listed_by_kind_the_worst_first(zh, resources):
    rows = finding_rows([NOTE, STRANGE, NOTE, NOTE], zh, resources, in_file="a.csv")
    assert [(row[0], row[1]) for row in rows] == [("错误", "1"), ("说明", "3")]
    assert rows[0][3] == "s · B3"
    assert rows[1][3].endswith("…")


def test_that_json_holds_null_and_never_nan(resources, zh):
    study = full_study()
    firms = study.assessments[0].firms.assign(index=float("nan"), p_data=[1.0, float("nan")])
    study = study.with_(
        assessments=(study.assessments[0].__class__("2026", "r", "1", firms, (), study.assessments[0].total, None),)
    )
    printed = json.loads(json.dumps(assess_json(study, resources), allow_nan=False))
    assert printed["firms"][0]["index"] is None
    assert printed["firms"][1]["pillars"] == {"data": None}
    assert printed["sectors"][0]["sector"] == "*"
    assert printed["classifier"] is None


def test_that_goals_and_journal_have_the_shape_of_the_contract(zh):
    study = full_study().with_(progress=())
    assert goals_json(study, zh) == {"goals": []}
    journal = journal_json(full_study())
    assert journal["intact"]
    assert [entry["number"] for entry in journal["entries"]] == [1, 2]


def test_that_an_error_is_one_sentence_and_names_each_file_that_failed(zh, resources, capsys):
    assert failures.user_error(UserError("study.missing", file="甲.zhiheng"), zh, resources) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert failures.user_error(NothingRead("collect.nothing_read", [NOTE]), zh, resources) == 2
    assert "b.csv" in capsys.readouterr().err


def test_that_a_bug_is_logged_without_values_and_said_in_one_sentence(en, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(failures, "_log_folder", lambda: tmp_path / "log")
    firm = "东河造纸有限公司"
    with pytest.raises(KeyError) as caught:
        raise KeyError(firm)
    assert failures.unexpected(caught.value, en) == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert str(tmp_path) in said
    log = (tmp_path / "log" / "zhiheng.log").read_text(encoding="utf-8")
    assert "builtins.KeyError" in log
    assert "test_printing.py" in log
    assert firm not in log


def test_that_a_log_that_cannot_be_written_goes_to_the_temporary_folder(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setattr(failures, "_log_folder", lambda: blocked)
    monkeypatch.setattr(failures.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    assert failures.write_log(ValueError()).parent == tmp_path / "temporary"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_stopping_is_said(lang, zh, capsys):
    assert failures.interrupted(zh.switched(lang)) == 130
    assert capsys.readouterr().err.strip()
