"""Assessing by the command line, from levels over the visit list and back to estimates; and every way of judging."""

from __future__ import annotations

import csv
import json

import openpyxl
import pytest

from tests.e2e.shell import refused, zhiheng, zhiheng_outside
from tests.unit.workflows.county import credit_code, rows_of, write_form

FIRM = "东河镇第1机械有限公司"
BY = ("--who", "张三", "--why", "看了产线")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study of two townships with levels and a visit list of six firms, in a folder with a Chinese name."""
    folder = tmp_path_factory.mktemp("评估 文件夹")
    write_form(folder / "甲.csv", rows_of(1))
    write_form(folder / "乙.csv", rows_of(101, township="西河镇"))
    assert zhiheng("new", folder / "s").code == 0
    assert zhiheng("collect", folder / "s", folder / "甲.csv", folder / "乙.csv", "--date", "2026-06-30").code == 0
    assert zhiheng("assess", folder / "s").code == 0
    drawn = zhiheng_outside("visits", folder / "s", "--n", "6", "--seed", "3", "--out", folder / "名单.xlsx")
    assert drawn.code == 0, drawn.err
    assert "V1" in drawn.out
    return folder


def fill(path, rows=6, level="L2"):
    """Fill in a visit list as an assessor would."""
    book = openpyxl.load_workbook(path)
    page = book.active
    heads = {page.cell(4, at).value: at for at in range(1, page.max_column + 1)}
    for row in range(5, 5 + rows):
        for heading, text in (("评估等级", level), ("评估人", "张三"), ("评估日期", "2026-07-20"), ("依据", "见现场")):
            page.cell(row, heads[heading], text)
    book.save(path)


def test_that_assess_prints_every_part_of_an_assessment_and_no_nan(folder):
    printed = zhiheng("assess", folder / "s", "--json")
    assert printed.code == 0
    assessed = json.loads(printed.out, parse_constant=pytest.fail)
    parts = "firms sectors classifier estimates comparisons changes coherence robustness labels types natives crosswalks"
    assert list(assessed) == parts.split()
    firm = assessed["firms"][0]
    assert {"level", "index", "pillars", "chances", "override", "code", "name"} <= firm.keys()
    assert all(each["wave"] == "2026" for each in assessed["estimates"])


def test_that_assess_says_for_people_what_is_known_and_what_is_next(folder):
    for lang, words in (("zh", ("全部企业", "下一步", "--labels")), ("en", ("All firms", "Next", "--labels"))):
        said = zhiheng("assess", folder / "s", "--lang", lang).out
        assert all(word in said for word in words), said
        assert "nan" not in said.lower().split()


def test_that_a_list_comes_home_filled_in_and_teaches(folder, tmp_path):
    study, path = folder / "s", tmp_path / "名单.xlsx"
    assert zhiheng("visits", study, "--list", "V1", "--out", path).code == 0
    assert zhiheng("journal", study, "--json").json["entries"][-1]["command"] == "visits"
    refused(zhiheng("labels", study, path), "名单.xlsx")
    fill(path)
    taken = zhiheng("assess", study, "--labels", path, "--json")
    assert taken.code == 0, taken.err
    listed = zhiheng("visits", study, "--json").json
    assert [(each["id"], each["n"], each["assessed"]) for each in listed["lists"]] == [("V1", 6, 6)]
    (wave,) = zhiheng("labels", study, "--json").json["waves"]
    assert (wave["labels"], wave["firms"], wave["unknown"]) == (6, 6, 0)
    assert all(row["taught"] and row["firm"] for row in wave["rows"])
    assert not [each for each in zhiheng("findings", study, "--json").json["findings"] if each["code"].startswith("label.")]
    assert "名单.xlsx" in zhiheng("labels", study).out
    again = zhiheng("visits", study, "--n", "99", "--seed", "3", "--json").json
    assert (again["list"]["n"], again["list"]["excluded"]) == (18, 6)
    assert zhiheng("labels", study, "名单.xlsx", "--forget").code == 0
    assert zhiheng("labels", study, "--json").json["waves"][0]["labels"] == 0


def test_that_judgements_are_typed_in_listed_and_taken_back(folder):
    study = folder / "s"
    assert zhiheng("assess", study).code == 0
    assert "assess s.zhiheng" in zhiheng("label", study, FIRM, "L2", *BY).out
    said = zhiheng("label", study, credit_code(1), "集成应用", "--who", "李四", "--when", "2026-07-01", "--lang", "en")
    assert "label.disagree" in said.out
    (wave,) = zhiheng("labels", study, "--json").json["waves"]
    assert [(each["name"], each["levels"]) for each in wave["queue"]] == [(FIRM, ["L2", "L3"])]
    assert wave["agreement"] == {"firms": 1, "agree": 0.0, "kappa": 0.0, "low": None, "high": None}
    text = zhiheng("labels", study).out
    assert all(word in text for word in ("待裁定", "张三", "李四"))
    assert zhiheng("ruling", study, FIRM, "L3", *BY).code == 0
    assert zhiheng("labels", study, "--json").json["waves"][0]["queue"] == []
    assert zhiheng("assess", study).code == 0
    assert zhiheng("override", study, FIRM, "L4", *BY, "--evidence", "照片").code == 0
    firms = {each["name"]: each for each in zhiheng("assess", study, "--json").json["firms"]}
    assert (firms[FIRM]["override"]["level"], firms[FIRM]["override"]["evidence"]) == ("L4", "照片")
    assert zhiheng("confirm", study, FIRM, "no", *BY).code == 0
    assert "不是" in zhiheng("labels", study).out
    for command in ("label", "ruling", "override", "confirm"):
        assert zhiheng(command, study, FIRM, "--forget").code == 0
        refused(zhiheng(command, study, FIRM, "--forget"), FIRM)


def test_that_weights_are_set_with_a_reason_listed_exported_and_taken_back(folder, tmp_path):
    study = folder / "s"
    refused(zhiheng("weights", study, "--set", "data=2"), "--why")
    refused(zhiheng("weights", study, "--set", "datum=2", "--why", "试"), "datum")
    refused(zhiheng("weights", study, "--use", "W9"), "W9")
    assert zhiheng("weights", study, "--set", "data=2", "talent=0", "--aggregation", "geometric", "--why", "会议定").code == 0
    listed = zhiheng("weights", study, "--json").json
    assert listed["in_force"] == "W1"
    assert (listed["versions"][0]["weights"]["data"], listed["versions"][0]["aggregation"]) == (2.0, "geometric")
    assert zhiheng("weights", study, "--export", tmp_path / "w.toml").code == 0
    assert "会议定" in zhiheng("weights", study).out
    assert zhiheng("weights", study, "--use", "rubric").code == 0
    assert zhiheng("weights", study, "--from", tmp_path / "w.toml").code == 0
    assert zhiheng("weights", study, "--json").json["in_force"] == "W2"
    assert "W2" in zhiheng("assess", study).out
    assert zhiheng("weights", study, "--use", "rubric").code == 0


def test_that_bad_input_ends_in_one_plain_sentence(folder, tmp_path):
    study = folder / "s"
    assert zhiheng("assess", study).code == 0
    refused(zhiheng("visits", study, "--n", "3", "--out", tmp_path / "a.pdf"), "a.pdf", ".xlsx")
    refused(zhiheng("visits", study, "--n", "0"))
    refused(zhiheng("visits", study, "--list", "V77"), "V77")
    refused(zhiheng("label", study, "没有这家", "L2", *BY), "没有这家")
    refused(zhiheng("label", study, FIRM, "三级", *BY), "三级", "L2")
    refused(zhiheng("label", study, FIRM, "L2"), "--who")
    refused(zhiheng("override", study, FIRM, "L2", "--who", "张三"), "--why")
    refused(zhiheng("confirm", study, FIRM, "maybe", *BY), "maybe")
    refused(zhiheng("labels", study, tmp_path / "没有.csv"), "没有.csv")
    refused(zhiheng("assess", study, "--labels", folder / "甲.csv"), "甲.csv")
    refused(zhiheng("model", study, "--out", tmp_path / "a.skops"))
    refused(zhiheng("model", study, "--out", tmp_path / "a.pkl"), ".skops")
    assert zhiheng("new", tmp_path / "空").code == 0
    for command in (
        ("visits", "--n", "3"),
        ("label", FIRM, "L2", *BY),
        ("labels", folder / "甲.csv"),
        ("model", "--out", tmp_path / "b.skops"),
    ):
        refused(zhiheng(command[0], tmp_path / "空", *command[1:]), "空")


def test_that_labels_for_unknown_firms_and_unknown_levels_are_told_and_the_others_count(folder, tmp_path):
    path = tmp_path / "现场.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        rows = [
            ("=1+1", "L2", "张三", "2026-07-01"),
            (FIRM, "三级", "张三", "2026-07-01"),
            ("东河镇第2机械有限公司", "L1", "", "2026-07-01"),
        ]
        good = ("东河镇第3机械有限公司", "认知试点", "张三", "2026-07-01")
        csv.writer(file).writerows([("企业名称", "评估等级", "评估人", "评估日期"), *rows, good])
    taken = zhiheng("labels", folder / "s", path, "--json").json
    assert [each["code"] for each in taken["findings"]] == ["label.unknown_firm", "label.unknown_level", "label.no_assessor"]
    assert all(each["file"] == "现场.csv" and each["cell"] for each in taken["findings"])
    (wave,) = taken["waves"]
    assert [row["taught"] for row in wave["rows"]] == [False, False, False, True]
    assert zhiheng("labels", folder / "s", "现场.csv", "--forget").code == 0
