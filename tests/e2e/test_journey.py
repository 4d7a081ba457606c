"""The main job by the command line, from an empty folder to documents, and what the JSON of each step says."""

from __future__ import annotations

import pytest

from tests.e2e.shell import zhiheng, zhiheng_outside
from tests.study_samples import INSTRUMENT
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
    assert collected.json["waves"] == [{"id": "2026", "date": "2026-06-30", "design": "sample", "frame": {}, "due": ""}]


def test_that_collecting_again_adds_nothing(folder, collected):
    again = zhiheng("collect", folder / "东河", folder / "收到的表", "--json")
    assert again.code == 0
    assert again.json["files"] == []
    assert {finding["code"] for finding in again.json["findings"]} == {"COLLECT_REPEAT"}
    assert "--design" not in zhiheng("collect", folder / "东河", folder / "收到的表").out


def test_that_assess_prints_firms_sectors_and_the_classifier(folder, collected):
    assessed = zhiheng("assess", folder / "东河", "--json").json
    assert assessed.keys() == {"firms", "sectors", "classifier"}
    assert len(assessed["firms"]) == 65
    levels = [firm["level"] for firm in assessed["firms"] if firm["basis"] == "ladder"]
    assert levels == ["L0"] * 40
    total = next(sector for sector in assessed["sectors"] if sector["sector"] == "*")
    assert (total["n"], total["n_level"], total["shares"]["L0"]["value"]) == (65, 40, 1.0)
    assert assessed["classifier"]["refusal"]


def test_that_goals_print_the_fields_of_the_contract(folder, collected):
    goals = zhiheng("goals", folder / "东河", "--as-of", "2026-12-31", "--json").json["goals"]
    fields = "id measure value low high n target operator year required_pace observed_pace probability light reason"
    assert all(list(goal) == fields.split() for goal in goals)
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
