"""The goal book by the command line: goals changed, layers carried, evidence, figures and breaks entered, statuses written."""

from __future__ import annotations

import csv
import json

import pytest

from app.domain.numbers import percent
from tests.e2e.shell import refused, zhiheng, zhiheng_outside
from tests.unit.workflows.county import rows_of, write_form
from tests.unit.workflows.test_goal_fields import NEW

GOAL = "n2027_penetration"
BY = ("--who", "张三", "--why", "县委会议")
SERIES = "base_value base_year current_value current_year target target_year direction sign limit progress_value status score"


def county(path, start, n, yes):
    """A form of `n` firms that says of `yes` of them that they use text analysis; a layer measures just that."""
    rows = rows_of(start, yes) + rows_of(start + yes, n - yes, text="否")
    return write_form(path, rows)


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
paragraph = "二（三）"
scope = { zh = "东河县", en = "Donghe county" }
measure = "dh_text"
source = "own"

[[goal]]
id = "dh2027_firms"
layer = "county"
kind = "count"
year = 2027
operator = ">="
value = 20
unit = "家"
zh = "培育20家标杆企业"
en = "20 benchmark firms"
document = "东政发〔2026〕3号"
issued = "2026-03-01"
scope = { zh = "东河县", en = "Donghe county" }
source = "own"

[[measure]]
id = "dh_text"
version = "1"
zh = "文本智能应用率（分子：使用文本分析的企业；分母：作答企业）"
en = "Use of AI on text (numerator: firms that use it; denominator: firms that answered)"
weight = "firms"
proxy = true
source = "own"
numerator = { item = "T1", includes = ["yes"] }
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A study of two waves of forty firms with progress, in a folder with a Chinese name, and a layer file beside it."""
    folder = tmp_path_factory.mktemp("目标 文件夹")
    assert zhiheng("new", folder / "s").code == 0
    for year, yes in (("2025", 8), ("2026", 16)):
        form = county(folder / f"{year}.csv", 1, 40, yes)
        assert zhiheng("collect", folder / "s", form, "--date", f"{year}-06-30", "--design", "census").code == 0
    (folder / "东河.toml").write_text(LAYER, encoding="utf-8")
    assert zhiheng("goals", folder / "s").code == 0
    taken = zhiheng_outside("goalbook", folder / "s", "--from", folder / "东河.toml", "--who", "张三")
    assert taken.code == 0, taken.err
    assert "东河.toml" in taken.out
    return folder


def goals_of(study, *more):
    return {each["id"]: each for each in zhiheng("goal", study, *more, "--json").json["goals"]}


def test_that_goals_are_listed_shown_changed_withdrawn_and_put_back(folder):
    study = folder / "s"
    listed = zhiheng("goal", study).out
    assert all(word in listed for word in (GOAL, "程序自带", "dh2027_text", "东河.toml"))
    done = zhiheng("goal", study, GOAL, "--set", "value=75%", "operator=不低于", *BY)
    assert done.code == 0, done.err
    assert "重新计算" in done.out and "2027年不低于75%" in done.out
    goal = goals_of(study, GOAL)[GOAL]
    assert (goal["value"], goal["operator"], goal["origin"]) == (0.75, ">=", "")
    assert [(each["who"], each["why"]) for each in goal["history"]] == [("", ""), ("张三", "县委会议")]
    progress = {each["id"]: each for each in zhiheng("goals", study, "--json").json["goals"]}
    assert progress[GOAL]["target"] == 0.75
    assert "已不再采用" in zhiheng("goal", study, GOAL, "--withdraw", *BY).out
    assert goals_of(study)[GOAL]["withdrawn"]
    assert GOAL in zhiheng("goalbook", study).out
    assert zhiheng("goal", study, GOAL, "--forget").code == 0
    assert goals_of(study, GOAL)[GOAL]["value"] == 0.7
    assert len(goals_of(study, GOAL)[GOAL]["history"]) == 4


def test_that_a_new_goal_is_made_and_a_reversed_one_is_told(folder):
    study = folder / "s"
    said = [f"{name}={text}" for name, text in NEW.items()]
    refused(zhiheng("goal", study, "dh_new", "--set", "value=20", *BY), "dh_new", "layer", "scope_zh", "operator")
    made = zhiheng("goal", study, "dh_new", "--set", *said, "value=2万", "unit=家", "operator=<=", *BY, "--lang", "en")
    assert made.code == 0, made.err
    assert "lower is better" in made.out
    assert goals_of(study, "dh_new")["dh_new"]["value"] == 20_000


def test_that_a_layer_brings_goals_and_measures_and_travels_on(folder, tmp_path):
    study = folder / "s"
    listed = zhiheng("goalbook", study, "--json").json
    county = next(each for each in listed["layers"] if each["layer"] == "county")
    assert county["origins"]["东河.toml"] == 2
    assert "dh_text" in listed["measures"]
    assert "sichuan" in listed["available"]
    progress = {each["id"]: each for each in zhiheng("goals", study, "--json").json["goals"]}
    assert (progress["dh2027_text"]["measure"], progress["dh2027_text"]["value"]) == ("dh_text", 0.4)
    written = zhiheng("goalbook", study, "--export", tmp_path / "又.toml", "--layer", "county", "--json").json
    assert written["written"] == [str(tmp_path / "又.toml")]
    assert zhiheng("new", tmp_path / "西").code == 0
    assert zhiheng("goalbook", tmp_path / "西", "--from", tmp_path / "又.toml", "--json").json["changed"]
    assert not zhiheng("goalbook", tmp_path / "西", "--from", tmp_path / "又.toml", "--json").json["changed"]
    strip = {"history", "origin"}
    mine, theirs = (
        {
            id_: {name: each[name] for name in each if name not in strip}
            for id_, each in goals_of(where).items()
            if each.get("layer") == "county"
        }
        for where in (study, tmp_path / "西")
    )
    assert mine == theirs and len(mine) >= 2
    assert zhiheng("goalbook", tmp_path / "西", "--add", "sichuan").code == 0
    assert "sichuan.toml" in zhiheng("goalbook", tmp_path / "西").out


def test_that_evidence_figures_and_breaks_are_entered_listed_and_taken_back(folder):
    study = folder / "s"
    assert "不清楚" in zhiheng("proof", study).out
    refused(zhiheng("proof", study, "item_2_2", "--state", "done", "--who", "张三"), "item_2_2", "--document")
    assert "已落实" in zhiheng("proof", study, "item_2_2", "--state", "done", "--document", "验收报告", "--who", "张三").out
    entries = {each["id"]: each for each in zhiheng("proof", study, "--json").json["entries"]}
    assert (entries["item_2_2"]["state"], entries["item_2_2"]["document"], entries["n2027_integration"]["group"]) == (
        "done",
        "验收报告",
        "milestone",
    )
    assert sum(each["group"].startswith("action_") for each in entries.values()) == 17
    assert zhiheng("proof", study, "item_2_2", "--forget").code == 0
    (entry,) = zhiheng("proof", study, "item_2_2", "--json").json["entries"]
    assert (entry["state"], len(entry["history"])) == ("unknown", 2)
    assert "reported" in zhiheng("reported", study).out
    for value, date in (("5家", "2025-06-30"), ("0.8千", "2026-06-30")):
        assert (
            zhiheng(
                "reported", study, "dh2027_firms", "--value", value, "--date", date, "--source", "经信局", "--who", "张三"
            ).code
            == 0
        )
    figures = zhiheng("reported", study, "--json").json["goals"]
    assert [(each["goal"], [figure["value"] for figure in each["figures"]]) for each in figures] == [
        ("dh2027_firms", [5.0, 800.0])
    ]
    assert zhiheng("reported", study, "dh2027_firms", "--date", "2026-06-30", "--forget").code == 0
    assert "800" not in zhiheng("reported", study).out
    said = ("--wave", "2026", "--who", "张三", "--why", "问法改了")
    assert "问法改了" in zhiheng("break", study, *said).out
    assert [each["wave"] for each in zhiheng("break", study, "--json").json["breaks"]] == ["2026"]
    assert zhiheng("break", study, "--wave", "2026", "--forget").code == 0
    assert zhiheng("break", study, "--json").json["breaks"] == []


def test_that_the_status_of_every_goal_is_written_as_open_sdg_names_it(folder, tmp_path):
    study = folder / "s"
    assert zhiheng("goals", study, "--export", tmp_path / "a.json").code == 0
    written = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert set(written) == {each["id"] for each in zhiheng("goals", study, "--json").json["goals"]}
    text = written["dh2027_text"]
    series = text["dh2027_text"]
    assert list(series) == SERIES.split()
    assert (text["progress_status"], text["score"]) == (series["status"], series["score"])
    grown = (0.4 / 0.2) ** (1 / (series["current_year"] - series["base_year"])) - 1
    needed = (0.6 / 0.2) ** (1 / (series["target_year"] - series["base_year"])) - 1
    assert series["progress_value"] == pytest.approx(grown / needed)
    assert (series["base_value"], series["current_value"], series["target"], series["direction"]) == (0.2, 0.4, 0.6, 1)
    assert series["status"] == "substantial_progress"
    about = text["about"]
    assert (about["document"], about["proxy"], about["n"], about["measure_version"]) == ("东政发〔2026〕3号", "proxy", 40, "1")
    assert "分母" in about["computation"]
    milestone = written["n2027_integration"]
    assert (milestone["progress_status"], milestone["score"]) == ("not_available", None)
    assert zhiheng("goals", study, "--export", tmp_path / "a.csv", "--lang", "en").code == 0
    rows = {row["goal"]: row for row in csv.DictReader((tmp_path / "a.csv").open(encoding="utf-8-sig", newline=""))}
    assert float(rows["dh2027_text"]["progress_value"]) == series["progress_value"]
    assert rows["dh2027_text"]["indicator_name"] == "At least 60 % of firms use AI on text"
    assert zhiheng("goals", study, "--export", tmp_path / "a.yml").code == 0
    assert "  progress_status: substantial_progress" in (tmp_path / "a.yml").read_text(encoding="utf-8")


def test_that_a_value_that_rests_on_few_firms_is_written_nowhere(tmp_path):
    assert zhiheng("new", tmp_path / "s").code == 0
    for year, yes in (("2025", 1), ("2026", 3)):
        county(tmp_path / f"{year}.csv", 1, 4, yes)
        assert zhiheng("collect", tmp_path / "s", tmp_path / f"{year}.csv", "--date", f"{year}-06-30").code == 0
    (tmp_path / "东河.toml").write_text(LAYER, encoding="utf-8")
    assert zhiheng("goalbook", tmp_path / "s", "--from", tmp_path / "东河.toml").code == 0
    assert zhiheng("goals", tmp_path / "s", "--export", tmp_path / "a.json").code == 0
    text = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["dh2027_text"]
    numbers = [text["score"], *(text["dh2027_text"][name] for name in ("base_value", "current_value", "progress_value", "score"))]
    numbers += [
        text["about"][name] for name in ("low", "high", "n", "required_pace", "observed_pace", "pace_ratio", "probability")
    ]
    assert numbers == [None] * len(numbers)
    assert (text["progress_status"], text["about"]["light"]) == ("not_available", "cannot_tell")
    assert percent(0.75) not in json.dumps(text, ensure_ascii=False)


def test_that_nothing_is_required_of_volunteers(tmp_path):
    assert zhiheng("new", tmp_path / "s").code == 0
    for year, yes in (("2025", 8), ("2026", 16)):
        form = county(tmp_path / f"{year}.csv", 1, 40, yes)
        assert zhiheng("collect", tmp_path / "s", form, "--date", f"{year}-06-30", "--design", "volunteer").code == 0
    (tmp_path / "东河.toml").write_text(LAYER, encoding="utf-8")
    assert zhiheng("goalbook", tmp_path / "s", "--from", tmp_path / "东河.toml").code == 0
    assert zhiheng("goals", tmp_path / "s", "--export", tmp_path / "a.json").code == 0
    about = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["dh2027_text"]["about"]
    assert [about[name] for name in ("low", "required_pace", "observed_pace", "probability")] == [None] * 4
    assert (about["light"], about["n"]) == ("cannot_tell", 40)


def test_that_bad_input_ends_in_one_plain_sentence_and_an_unchanged_study(folder, tmp_path):
    study = folder / "s"
    before = (folder / "s.zhiheng").read_bytes()
    refused(zhiheng("goal", study, "nobody"), "nobody")
    refused(zhiheng("goal", study, GOAL, "--set", "value=75", *BY), "75")
    refused(zhiheng("goal", study, GOAL, "--set", "value=75%", "--who", "张三"), "--why")
    refused(zhiheng("goal", study, GOAL, "--set", "colour=red", *BY), "colour", "operator")
    refused(zhiheng("goal", study, GOAL, "--set", "year=2020", *BY), "2020")
    refused(zhiheng("goal", study, GOAL, "--set", "measure=p_x", *BY), "p_x", "p_kpi")
    refused(zhiheng("goal", study, GOAL, "--set", "value=75%", "--withdraw", *BY), "--withdraw")
    refused(zhiheng("goal", study, "--withdraw", *BY))
    refused(zhiheng("goalbook", study, "--from", tmp_path / "没有.toml"), "没有.toml")
    refused(zhiheng("goalbook", study, "--from", folder / "2026.csv"), "2026.csv")
    refused(zhiheng("goalbook", study, "--add", "atlantis"), "atlantis", "sichuan")
    refused(zhiheng("goalbook", study, "--export", tmp_path / "a.toml"), "--layer")
    refused(zhiheng("goalbook", study, "--export", tmp_path / "a.toml", "--layer", "city"), "city")
    refused(zhiheng("goalbook", study, "--export", tmp_path / "a.xlsx", "--layer", "state"), ".toml")
    refused(zhiheng("proof", study, "item_9_9", "--state", "none", "--who", "张三"), "item_9_9")
    refused(zhiheng("reported", study, "dh2027_text", "--value", "70%", "--source", "局", "--who", "张三"), "dh_text")
    refused(zhiheng("reported", study, "dh2027_firms", "--value", "几家", "--source", "局", "--who", "张三"), "几家")
    refused(
        zhiheng("reported", study, "dh2027_firms", "--value", "5", "--source", "局", "--who", "张三", "--date", "2099-01-01"),
        "2099",
    )
    refused(zhiheng("break", study, "--wave", "2031", "--who", "张三", "--why", "x"), "2031", "2026")
    refused(zhiheng("goals", study, "--export", tmp_path / "a.pdf"), "a.pdf", ".json")
    refused(zhiheng("break", study, "--forget"))
    assert (folder / "s.zhiheng").read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.suffix != ".zhiheng"]
