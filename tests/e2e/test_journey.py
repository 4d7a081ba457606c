"""The main job by the command line, from an empty folder to documents, and what the JSON of each step says."""

from __future__ import annotations

import pytest

from tests.e2e.shell import refused, zhiheng, zhiheng_outside
from tests.study_samples import INSTRUMENT
from tests.unit.workflows.county import rows_of, write_form
from tests.unit.workflows.samples import write_answers


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study in a folder with a Chinese name, with two files collected and assessed."""
    folder = tmp_path_factory.mktemp("数据 文件夹 𠮷🈳")
    received = folder / "收到的表"
    received.mkdir()
    write_answers(received / "甲.csv", 40)
    write_answers(received / "乙.csv", 25, "Medical/Pharmaceutical", "I do not know")
    assert zhiheng_outside("new", folder / "东河", "--instrument", INSTRUMENT).code == 0
    return folder


@pytest.fixture(scope="module")
def collected(folder):
    return zhiheng_outside(
        "collect", folder / "东河", folder / "收到的表", "--date", "2026-06-30", "--design", "sample", "--json"
    )


def test_that_a_folder_is_collected_as_one_wave(collected):
    assert collected.code == 0, collected.err
    assert {file["name"]: file["responses"] for file in collected.json["files"]} == {"甲.csv": 40, "乙.csv": 25}
    wave = {"id": "2026", "date": "2026-06-30", "design": "sample", "frame": {}, "due": ""}
    (held,) = collected.json["waves"]
    assert held == wave | {"strata": [], "cells": {}, "instrument": held["instrument"]}
    assert held["instrument"]


def test_that_collecting_again_adds_nothing(folder, collected):
    again = zhiheng("collect", folder / "东河", folder / "收到的表", "--json")
    assert again.code == 0
    assert again.json["files"] == []
    assert {finding["code"] for finding in again.json["findings"]} == {"COLLECT_REPEAT"}
    assert "--design" not in zhiheng("collect", folder / "东河", folder / "收到的表").out


def test_that_assess_prints_firms_sectors_and_the_classifier(folder, collected):
    assessed = zhiheng("assess", folder / "东河", "--json").json
    assert assessed.keys() >= {"firms", "sectors", "classifier"}
    assert len(assessed["firms"]) == 65
    levels = [firm["level"] for firm in assessed["firms"] if firm["basis"] == "ladder"]
    assert levels == ["L0"] * 40
    total = next(sector for sector in assessed["sectors"] if sector["sector"] == "*")
    assert (total["n"], total["n_level"], total["shares"]["L0"]["value"]) == (65, 40, 1.0)
    assert assessed["classifier"]["refusal"]


def test_that_goals_print_the_fields_of_the_contract(folder, collected):
    goals = zhiheng("goals", folder / "东河", "--as-of", "2026-12-31", "--json").json["goals"]
    fields = "id measure value low high n target operator year required_pace observed_pace probability light reason"
    assert all(list(goal)[: len(fields.split())] == fields.split() for goal in goals)
    assert {goal["light"] for goal in goals} == {"cannot_tell"}
    assert all(goal["reason"] for goal in goals)


def test_that_brief_figure_findings_and_journal_follow(folder, collected):
    study = folder / "东河.zhiheng"
    assert zhiheng("assess", study).code == 0
    for name in ("简报.docx", "简报.pptx", "表.xlsx"):
        ended = zhiheng("brief", study, "--out", folder / name, "--lang", "en")
        assert ended.code == 0, ended.err
        assert name in ended.out
        assert (folder / name).read_bytes().startswith(b"PK")
    for name in ("图.png", "图.svg"):
        assert zhiheng("figure", study, "levels-by-sector", "--out", folder / name).code == 0
        assert (folder / name).stat().st_size > 2000
    assert zhiheng("findings", study).out
    journal = zhiheng("journal", study, "--json").json
    assert journal["intact"]
    assert [entry["command"] for entry in journal["entries"]][:2] == ["new", "collect"]
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_that_check_has_the_shape_of_the_contract_and_ends_with_one_when_something_is_wrong(folder, tmp_path):
    empty = tmp_path / "空.xlsx"
    empty.touch()
    clean = zhiheng("check", folder / "收到的表" / "甲.csv", "--instrument", INSTRUMENT, "--json")
    assert clean.code == 0
    (file,) = clean.json["files"]
    assert file["error"] is None
    (sheet,) = file["sheets"]
    assert (sheet["header_rows"], sheet["first_row"], sheet["last_row"], sheet["rows"]) == ([1], 2, 41, 40)
    assert sheet["orientation"] == "wide"
    assert sheet["columns"][3] == {"column": "D", "header": "Q23", "item": "Q23", "confidence": 1.0}
    wrong = zhiheng("check", empty, folder / "收到的表" / "甲.csv", "--instrument", INSTRUMENT, "--json")
    assert wrong.code == 1
    assert [bool(file["error"]) for file in wrong.json["files"]] == [True, False]
    assert wrong.json["files"][0]["error"].keys() == {"code", "message"}


def test_that_the_tables_of_both_languages_name_the_file(folder):
    for lang, word in (("zh", "表头"), ("en", "header row")):
        said = zhiheng("check", folder / "收到的表" / "甲.csv", "--instrument", INSTRUMENT, "--lang", lang).out
        assert "甲.csv" in said
        assert word in said


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A study of two townships with one question, and a corrected form and a register that have not come yet."""
    folder = tmp_path_factory.mktemp("county")
    write_form(folder / "甲.csv", rows_of(1, text="试用中"))
    write_form(folder / "乙.csv", rows_of(101, township="西河镇"))
    rows = rows_of(1, text="试用中")
    rows[0][5] = "3000"
    write_form(folder / "甲（更正）.csv", [*rows[:-1], *rows_of(50, 1, text="试用中")])
    write_form(folder / "名录.csv", [*rows_of(1, 14), *rows_of(101, 12, "西河镇")])
    assert zhiheng("new", folder / "s").code == 0
    said = zhiheng("collect", folder / "s", folder / "甲.csv", folder / "乙.csv", "--date", "2026-06-30", "--due", "2020-01-01")
    assert said.code == 0, said.err
    assert "questions s.zhiheng" in said.out
    assert "迟报" in said.out
    return folder


def test_that_a_question_is_asked_answered_carried_to_others_and_taken_back(county, tmp_path):
    study = county / "s"
    (question,) = zhiheng("questions", study, "--json").json["questions"]
    assert (question["kind"], question["answers"], question["assumed"]) == ("answer", 12, "planned")
    said = zhiheng("questions", study, "--lang", "en").out
    assert question["id"] in said
    assert "试用中" in said
    assert zhiheng("decide", study, question["id"], "yes").code == 0
    assert zhiheng("questions", study, "--json").json == {"questions": []}
    assert question["id"] in zhiheng("decisions", study).out
    file = tmp_path / "决定.json"
    assert zhiheng("decisions", study, "--out", file).code == 0
    assert zhiheng("decide", study, question["id"], "--forget", "--json").json["questions"] == 1
    refused(zhiheng("decisions", study, "--out", tmp_path / "无.json"), "s")
    taken = zhiheng("decisions", study, "--from", file, "--json").json
    assert (taken["changed"], taken["questions"]) == (True, 0)
    assert not zhiheng("decisions", study, "--from", file, "--json").json["changed"]


def test_that_a_cell_is_corrected_by_the_number_of_its_finding_or_its_address(county):
    study = county / "s"
    listed = zhiheng("findings", study, "--json").json["findings"]
    assert [finding["number"] for finding in listed] == list(range(1, len(listed) + 1))
    done = zhiheng("correct", study, "乙.csv#乙#F2", "9000", "--reason", "电话核实", "--json").json
    assert [(finding["code"], finding["cell"]) for finding in done["findings"]] == [("cell.corrected", "F2")]
    number = next(f["number"] for f in zhiheng("findings", study, "--json").json["findings"] if f["code"] == "cell.corrected")
    assert zhiheng("correct", study, number, "9100", "--json").json["changed"]
    assert "9100" in zhiheng("decisions", study).out
    assert zhiheng("correct", study, "乙.csv!乙!F2", "--forget", "--json").json["changed"]


def test_that_a_register_tells_who_has_not_reported(county):
    study = county / "s"
    refused(zhiheng("register", study), "名录")
    said = zhiheng("register", study, county / "名录.csv").out
    assert "东河镇第13机械有限公司" in said
    told = zhiheng("register", study, "--json").json
    assert (told["registered"], told["responded"], len(told["absent"])) == (26, 24, 2)
    assert {(cell["township"], cell["responded"]) for cell in told["cells"]} == {("东河镇", 12), ("西河镇", 12)}
    refused(zhiheng("register", study, INSTRUMENT))


def test_that_a_corrected_form_is_shown_and_accepted_by_row(county):
    study, name = county / "s", "甲（更正）.csv"
    assert "COLLECT_REVISION" in zhiheng("collect", study, county / name).out
    (revision,) = zhiheng("revisions", study, "--json").json["revisions"]
    assert (revision["file"], revision["corrects"], revision["unchanged"]) == (name, "甲.csv", 10)
    assert [(row["kind"], row["state"]) for row in revision["rows"]] == [
        ("changed", "waiting"),
        ("new", "accepted"),
        ("vanished", "waiting"),
    ]
    assert "2001 → 3000" in zhiheng("revisions", study, name).out
    assert zhiheng("accept", study, name, "--rows", "1").code == 0
    assert "COLLECT_REVISED" in {f["code"] for f in zhiheng("findings", study, "--json").json["findings"]}
    refused(zhiheng("accept", study, name, "--rows", "9"), "9")
    refused(zhiheng("accept", study, name, "--rows", "eins"), "eins")
    refused(zhiheng("accept", study, "甲.csv", "--all"), "甲.csv")


def test_that_form_slips_and_the_firm_table_are_written(county, tmp_path):
    study = county / "s"
    for arguments in (
        ("form", "aiplus-2026", "--out", tmp_path / "表.xlsx", "--register", study),
        ("responses", study, "--out", tmp_path / "总表.csv"),
    ):
        ended = zhiheng(*arguments, "--json")
        assert ended.code == 0, ended.err
        assert ended.json["written"] == [str(arguments[arguments.index("--out") + 1])]
        assert (tmp_path / ended.json["written"][0]).stat().st_size > 500
    assert zhiheng("slips", study, "--out", tmp_path / "退回", "--json").code == 0
    assert zhiheng("journal", study, "--json").json["entries"][-1]["command"] == "responses"
    refused(zhiheng("responses", study, "--out", tmp_path / "总表.pdf"), "总表.pdf")
