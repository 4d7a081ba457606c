"""Hostile goals, layers, figures, levers, series and studies: one plain sentence or a grey light, and never a small group given away."""

from __future__ import annotations

import csv
import json
import re
import shutil

import pytest

from tests.e2e.hostile import LANGS, plain_sentence, some_firms, strict
from tests.e2e.shell import zhiheng
from tests.e2e.test_goals_bad_input import surveyed, with_goals

GREY = "cannot_tell"


@pytest.fixture(scope="module", autouse=True)
def raised(resources):
    """Resources loaded once, and a bug that is a bug instead of a sentence that points to the log."""

    def again(error, _texts, _now=""):
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.cli.main.load_resources", lambda: resources)
        patch.setattr("app.cli.failures.unexpected", again)
        yield


@pytest.fixture
def questions(resources):
    return resources.instruments["aiplus-2026"]


FEW = [{**firm, "industry": "建筑业" if place < 3 else "批发业"} for place, firm in enumerate(some_firms(60))]
SAYS_NOTHING = ("gap", "required_pace", "observed_pace", "probability", "pace", "status")


def numbers_of(found):
    """Every number in the JSON of a goal but what its document says."""
    own = ("target", "year")
    if isinstance(found, dict):
        return [each for name, value in found.items() if name not in own for each in numbers_of(value)]
    if isinstance(found, list):
        return [each for value in found for each in numbers_of(value)]
    return [found] if isinstance(found, int | float) and not isinstance(found, bool) else []


def test_that_a_goal_of_three_firms_gives_no_number_in_any_output(tmp_path, questions):
    waves = [(f"{year}", f"{year}-06-30", FEW) for year in (2024, 2025, 2026)]
    study = surveyed(tmp_path, questions, *waves)
    with_goals(study, tmp_path, {"sections": '["E"]'})
    (own,) = [each for each in strict(zhiheng("goals", study, "--json"))["goals"] if each["id"] == "own"]
    assert numbers_of(own) == []
    assert (own["light"], own["observations"], own["fan"], own["upper"]) == (GREY, [], [], [])
    printed = zhiheng("goals", study)
    assert "为保护单个企业" in printed.out
    for ending in ("json", "csv", "yml"):
        assert zhiheng("goals", study, "--export", tmp_path / f"a.{ending}").code == 0
    written = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["own"]
    assert (written["own"]["current_value"], written["about"]["n"]) == (None, None)
    rows = csv.DictReader((tmp_path / "a.csv").open(encoding="utf-8-sig", newline=""))
    assert next(row for row in rows if row["goal"] == "own")["current_value"] == ""


def test_that_a_hidden_wave_takes_with_it_all_that_would_give_it_back(tmp_path, questions):
    waves = [("2025", "2025-06-30", some_firms(4)), ("2026", "2026-06-30", some_firms(60))]
    study = with_goals(surveyed(tmp_path, questions, *waves), tmp_path, {"value": "0.999"})
    own = next(each for each in strict(zhiheng("goals", study, "--json"))["goals"] if each["id"] == "own")
    assert [each["wave"] for each in own["observations"]] == ["2026"]
    assert own["value"] is not None and own["observations"][0]["planned"] is None
    assert [own[name] for name in SAYS_NOTHING] == [None] * len(SAYS_NOTHING)


def test_that_nothing_follows_from_volunteers(tmp_path, questions):
    study = surveyed(tmp_path, questions, ("2026", "2026-06-30", some_firms(60), "--design", "volunteer"))
    with_goals(study, tmp_path, {"value": "0.999"})
    own = next(each for each in strict(zhiheng("goals", study, "--json"))["goals"] if each["id"] == "own")
    assert (own["light"], own["n"], own["low"], own["path"]) == (GREY, 60, None, [])
    assert [own[name] for name in SAYS_NOTHING] == [None] * len(SAYS_NOTHING)


BY = ("--who", "张三", "--why", "试")
GOAL = "n2027_penetration"


@pytest.fixture(scope="module")
def made(tmp_path_factory, resources):
    """120 firms in each of two years, with a county goal that counts and one of agents that is a share."""
    folder = tmp_path_factory.mktemp("made")
    before = [{**firm, "skill": firm["skill"] * 0.4} for firm in some_firms(120)]
    waves = ("2025", "2025-06-30", before), ("2026", "2026-06-30", some_firms(120))
    study = surveyed(folder, resources.instruments["aiplus-2026"], *waves)
    count = {"id": '"own_count"', "kind": '"count"', "value": "20", "unit": '"家"', "measure": None}
    with_goals(study, folder, {}, count)
    assert zhiheng("goals", study).code == 0
    return study


@pytest.fixture
def study(made, tmp_path):
    return shutil.copy(made, tmp_path / "东河.zhiheng")


REFUSED = {
    "a lever of a number without end": ("scenario", "甲", "--goal", "own", "--lever", f"firms={'9' * 400};by=2027-06-30"),
    "a lever of a million millions": ("scenario", "甲", "--goal", "own", "--lever", "firms=1e12;by=2027-06-30"),
    "a lever in Python's digits": ("scenario", "甲", "--goal", "own", "--lever", "firms=1_0;by=2027-06-30"),
    "a lever of half a firm": ("scenario", "甲", "--goal", "own", "--lever", "firms=1.5;by=2027-06-30"),
    "a lever of tonnes": ("scenario", "甲", "--goal", "own", "--lever", "firms=5吨;by=2027-06-30"),
    "a kind changed alone": ("goal", GOAL, "--set", "kind=count", *BY),
    "a day that is none": ("goal", GOAL, "--set", "issued=2026-02-31", *BY),
    "a figure without a number": ("reported", "own_count", "--value", "", "--source", "局", "--who", "张三"),
    "no figure to take back": ("reported", "--forget"),
    "a break of no wave": ("break", "--wave", "", *BY),
    "evidence that says nothing": ("proof", "item_2_1", "--who", "张三"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_that_such_an_entry_is_refused_and_the_study_as_it_was(name, study):
    before = study.read_bytes()
    command, *more = REFUSED[name]
    for lang in LANGS:
        plain_sentence(zhiheng(command, study, *more, "--lang", lang))
    assert study.read_bytes() == before


def test_that_a_lever_of_an_unknown_group_is_kept_and_says_so(study):
    for place, group in enumerate(("size=giant", "size=", "sector=ZZ", "township=火星", "level=L9", "sector=")):
        said = ("--goal", "own", "--lever", f"{group};firms=一百二十;by=2027-06-30")
        assert zhiheng("scenario", study, f"情景{place}", *said).code == 0
    told = strict(zhiheng("scenario", study, "--json"))["scenarios"]
    assert {(each["now"], each["after"], bool(each["reason"])) for each in told} == {(None, None, True)}
    assert zhiheng("scenario", study, "--lang", "en").code == 0


def test_that_nothing_reported_is_nothing_without_a_sign(study):
    said = ("--date", "2026-03-01", "--source", "局", "--who", "张三")
    assert " 0 " in zhiheng("reported", study, "own_count", "--value", "-0", *said).out
    for command in ("goals", "change", "reported"):
        assert re.search(r"-0(\.0+)?(?![\d.-])", zhiheng(command, study, "--json").out) is None


def test_that_what_people_write_is_one_line_without_signs_that_files_trip_over(study, tmp_path):
    hostile = "第一行\n第二行\x00\x07\u202e倒"
    assert zhiheng("goal", study, GOAL, "--set", f"zh={hostile}", *BY).code == 0
    assert zhiheng("proof", study, "item_2_1", "--state", "under_way", "--note", hostile, "--who", "张\x0b三").code == 0
    assert (
        zhiheng("scenario", study, "甲\x00\n乙", "--goal", GOAL, "--lever", "firms=5;by=2027-06-30", "--note", hostile).code == 0
    )
    (goal,) = strict(zhiheng("goal", study, GOAL, "--json"))["goals"]
    assert goal["words"]["zh"] == "第一行 第二行 倒"
    assert strict(zhiheng("scenario", study, "--json"))["scenarios"][0]["name"] == "甲 乙"
    for ending in ("docx", "pptx", "xlsx"):
        assert zhiheng("brief", study, "--out", tmp_path / f"a.{ending}").code == 0


def series(folder, lines, sep=",", end="\n"):
    path = folder / "s.csv"
    path.write_bytes(("\ufeff" + end.join(sep.join(line) for line in [("series", "time", "value"), *lines]) + end).encode())
    return path


def values(write, times=str):
    return [
        (name, times(2015 + year), write(0.1 + 0.03 * year + 0.01 * place))
        for place, name in enumerate("abcd")
        for year in range(8)
    ]


def test_that_series_as_offices_write_them_are_read_alike(tmp_path):
    told = []
    for lines, how in (
        (values("{:.3f}".format), {}),
        (values("{:.3f}".format), {"end": "\r\n"}),
        (values(lambda value: f"{value:.3f}".replace(".", ",")), {"sep": ";"}),
        (values("{:.1%}".format), {"sep": "\t"}),
        (values(lambda value: f"{100 * value:.1f}"), {}),
        (values("{:.3f}".format, times=lambda year: f"{year}-12-31"), {}),
    ):
        told.append(strict(zhiheng("backtest", series(tmp_path, lines, **how), "--json"))["rows"])
    for rows in told:
        assert [row["mean_absolute_error"]["forecast"] for row in rows] == pytest.approx(
            [row["mean_absolute_error"]["forecast"] for row in told[0]], rel=1e-6
        )


def test_that_shares_and_percents_in_one_file_are_not_guessed_at(tmp_path):
    mixed = [(name, time, value if time < "2018" else f"{value}%") for name, time, value in values("{:.3f}".format)]
    plain_sentence(zhiheng("backtest", series(tmp_path, mixed)))
    named = [(f"{name} %", time, value) for name, time, value in values("{:.3f}".format)]
    assert strict(zhiheng("backtest", series(tmp_path, named), "--json"))["unit"] == "fraction"


def test_that_one_forecast_is_no_verdict_and_no_ratio_is_endless(tmp_path):
    said = zhiheng("backtest", series(tmp_path, values("{:.3f}".format)[:3])).out.splitlines()[-1]
    assert "不据此评判；误差也不评判" in said
    tiny = [(f"{name}{k}", time, f"{value}e-308") for k in range(4) for name, time, value in values("{:.3f}".format)]
    assert "10 倍以上" in zhiheng("backtest", series(tmp_path, tiny), "--horizons", "1").out
