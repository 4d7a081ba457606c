"""What is printed: aligned tables, findings in words, JSON without NaN, failures in one sentence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli import failures
from app.cli.session import aligned, display_width, wrapped
from app.cli.shapes import journal_json
from app.cli.shapes_assess import assess_json
from app.cli.shapes_goals import goals_json
from app.cli.wording import finding_json, finding_lines, finding_sentence, finding_words
from app.domain.errors import UserError
from app.domain.findings import CellReference, Finding, Severity
from app.present.view import View
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
    lines = finding_lines([NOTE, STRANGE, NOTE, NOTE], zh, resources, in_file="a.csv")
    assert [line.split()[:2] for line in lines if line[0] != " "] == [["错误", "1"], ["说明", "3"]]
    assert lines[1].strip() == "位置：s · B3。"
    assert "COLLECT_REPEAT" in lines[2]
    assert "b.csv" in lines[3]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_that_no_finding_is_wider_than_a_page(lang, zh, resources):
    place = CellReference("云屏山镇上报的企业人工智能应用情况调查表" * 5 + ".xlsx", "表", 3, 2)
    found = [Finding(code, Severity.ERROR, place, "x") for code in resources.finding_kinds for _ in "12"]
    lines = finding_lines(found, zh.switched(lang), resources)
    assert max(map(display_width, lines)) <= 120
    assert "".join(lines).count("调查表") == 5 * len(resources.finding_kinds)


@given(st.text("甲乙，。ab ", max_size=99), st.integers(44, 60))
def test_that_wrapping_loses_nothing_and_keeps_words_whole(text, width):
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(display_width(line) <= width for line in wrapped(text.replace("，", "").replace("。", ""), width))


def test_that_no_line_begins_with_a_mark_and_words_are_not_cut():
    assert wrapped("甲乙丙，丁", 6) == ["甲乙", "丙，丁"]
    assert wrapped("one two", 5) == ["one", "two"]
    assert [len(line) for line in wrapped("x" * 90, 50)] == [40, 50]


def test_that_a_finding_in_one_line_names_its_file_once(zh, en, resources):
    missing = Finding("READ_MISSING", Severity.ERROR, CellReference("a.csv"), "", (("file", "a.csv"),))
    for texts in (zh, en):
        assert finding_sentence(missing, texts, resources).count("a.csv") == 1
    assert finding_sentence(STRANGE, en, resources).startswith("a.csv")
    assert ". " in finding_sentence(missing, en, resources)


def test_that_json_holds_null_and_never_nan(resources, zh):
    study = full_study()
    firms = study.assessments[0].firms.assign(index=float("nan"), p_data=[1.0, float("nan")])
    study = replace(
        study, assessments=(study.assessments[0].__class__("2026", "r", "1", firms, (), study.assessments[0].total, None),)
    )
    printed = json.loads(json.dumps(assess_json(study, resources), allow_nan=False))
    assert printed["firms"][0]["index"] is None
    assert printed["firms"][1]["pillars"] == {"data": None}
    assert printed["sectors"][0]["sector"] == "*"
    assert printed["classifier"] is None


def test_that_goals_and_journal_have_the_shape_of_the_contract(zh, resources):
    study = replace(full_study(), progress=())
    assert goals_json(View(study, resources, zh)) == {"goals": []}
    journal = journal_json(full_study())
    assert journal["intact"]
    assert [entry["number"] for entry in journal["entries"]] == [1, 2]


def test_that_an_error_is_one_sentence_and_names_each_file_that_failed(zh, resources, capsys):
    assert failures.user_error(UserError("study.missing", file="甲.zhiheng"), zh, resources) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert failures.user_error(NothingRead("collect.nothing_read", [NOTE]), zh, resources) == 2
    said = capsys.readouterr().err
    assert "b.csv" in said
    assert said.count("\n") == 1
    many = [replace(NOTE, place=CellReference(f"{n}.csv")) for n in range(9)]
    assert failures.user_error(NothingRead("collect.nothing_read", many), zh, resources) == 2
    first, *others = capsys.readouterr().err.splitlines()
    assert first.endswith("4.csv…")
    assert len(others) == 9


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
