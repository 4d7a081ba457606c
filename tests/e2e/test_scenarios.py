"""Scenarios and changes by the command line: saved, compared, deleted; what cannot be told is said in one sentence."""

from __future__ import annotations

import pytest

from tests.e2e.shell import refused, zhiheng
from tests.unit.workflows.county import rows_of, write_form

GOAL = "dh2027_text"
LAYER = """version = "县1"

[sources]
own = "东河县自编"

[[goal]]
id = "dh2027_text"
layer = "county"
kind = "rate"
year = 2027
operator = ">="
value = 0.6
zh = "规上企业文本智能应用率不低于60%"
en = "At least 60 % of firms use AI on text"
document = "东政发〔2026〕3号"
issued = "2026-03-01"
scope = { zh = "东河县", en = "Donghe county" }
measure = "dh_text"
source = "own"

[[measure]]
id = "dh_text"
zh = "文本智能应用率（分子：使用文本分析的企业；分母：对此作答的全部企业）"
en = "Share using AI on text (numerator: firms using it; denominator: all firms that answered)"
weight = "firms"
proxy = true
source = "own"
numerator = { item = "T1", includes = ["yes"] }
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("supposed")
    path = folder / "东河县.zhiheng"
    zhiheng("new", path)
    for day, yes in (("2025-06-30", 8), ("2026-06-30", 16)):
        form = write_form(folder / f"{day}.csv", rows_of(1, yes) + rows_of(1 + yes, 40 - yes, text="否"))
        assert zhiheng("collect", path, form, "--date", day, "--design", "census").code == 0
    layer = folder / "layer.toml"
    layer.write_text(LAYER, encoding="utf-8")
    assert zhiheng("goalbook", path, "--from", layer).code == 0
    assert zhiheng("goals", path).code == 0
    return path


def test_that_scenarios_are_saved_compared_and_deleted(study):
    assert "还没有情景" in zhiheng("scenario", study).out
    lever = "firms=10;by=2027-06-30;success=0.5-1"
    said = zhiheng("scenario", study, "甲", "--goal", GOAL, "--lever", lever, "--lever", "firms=5;by=2027-09-30", "--who", "张三")
    assert said.code == 0
    for part in ("已保存情景", "甲", "情景是假设，不是预测", "每季度", "举措2"):
        assert part in said.out
    (told,) = zhiheng("scenario", study, "--json").json["scenarios"]
    assert told["now"][1] == pytest.approx(0.4)
    assert told["after"][1] == pytest.approx(0.4 + (7.5 + 5) / 40)
    assert [effect["available"] for effect in told["levers"]] == [24, 24]
    assert zhiheng("scenario", study, "甲", "--forget").code == 0
    assert zhiheng("scenario", study, "--json").json == {"scenarios": [], "needs": []}


def test_that_what_cannot_be_told_is_kept_and_says_why(study):
    said = zhiheng("scenario", study, "过头", "--goal", GOAL, "--lever", "firms=500;by=2027-06-30")
    assert said.code == 0
    assert "一共只有40家" in said.out
    english = zhiheng("scenario", study, "--lang", "en")
    assert "There are only 40" in english.out
    zhiheng("scenario", study, "过头", "--forget")


@pytest.mark.parametrize(
    "arguments",
    [
        ("甲",),
        ("甲", "--goal", GOAL),
        ("甲", "--goal", "nowhere", "--lever", "firms=5;by=2027-06-30"),
        ("甲", "--goal", GOAL, "--lever", "firms=5"),
        ("甲", "--goal", GOAL, "--lever", "firms=x;by=2027-06-30"),
        ("甲", "--goal", GOAL, "--lever", "wealth=big;firms=5;by=2027-06-30"),
        ("没有", "--forget"),
    ],
)
def test_that_bad_scenarios_are_refused_in_a_sentence(study, arguments):
    refused(zhiheng("scenario", study, *arguments))


def test_that_a_change_is_taken_apart_and_adds_up(study):
    (told,) = zhiheng("change", study, "--measure", "dh_text", "--json").json["changes"]
    whole = told["groups"][0]
    assert (told["before"], told["after"], whole["group"]) == ("2025", "2026", "*")
    assert whole["total"] == pytest.approx(20.0)
    assert sum(whole[part] for part in ("same", "entered", "left", "mix")) == pytest.approx(whole["total"], abs=1e-10)
    assert "文本智能应用率" in zhiheng("change", study, "--measure", "dh_text", "--by", "township").out


@pytest.mark.parametrize(
    "arguments", [("--measure", "nothing"), ("--to", "2031"), ("--from", "2026", "--to", "2026"), ("--by", "colour")]
)
def test_that_bad_changes_are_refused_in_a_sentence(study, arguments):
    refused(zhiheng("change", study, *arguments))
