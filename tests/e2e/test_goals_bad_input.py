"""Bad input to goals: one plain sentence and a grey light, and never a number that looks like an answer."""

from __future__ import annotations

import csv
import math
import shutil

import pytest

from app.domain.instrument import Role
from app.domain.words import Texts
from app.files.study_file import open_study
from app.present import pages
from app.present.figures import figure_ids, make_figure
from tests.e2e.hostile import LANGS, NO_NUMBER, plain_sentence, some_firms, sound, strict, write_answers
from tests.e2e.shell import zhiheng

pytestmark = pytest.mark.usefixtures("raised")

GREY = "cannot_tell"
SAYING = ("value", "low", "high", "required_pace", "observed_pace", "probability")


def layer(folder, *goals):
    """A layer file of goals given as fields that differ from a sound one."""
    sound_goal = {
        "id": '"own"',
        "layer": '"county"',
        "kind": '"rate"',
        "year": "2027",
        "operator": '">="',
        "value": "0.6",
        "zh": '"应用率"',
        "en": '"rate of use"',
        "document": '"东政发1号"',
        "issued": '"2026"',
        "scope": '{ zh = "东河", en = "Donghe" }',
        "measure": '"p_kpi"',
        "source": '"own"',
    }
    text = 'version = "1"\n'
    for goal in goals:
        fields = {name: value for name, value in {**sound_goal, **goal}.items() if value is not None}
        text += "\n[[goal]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items())
    path = folder / "层.toml"
    path.write_text(text, encoding="utf-8")
    return path


def surveyed(folder, instrument, *waves, id_=""):
    """A study of these waves: (id, date, firms, more arguments of collect)."""
    study = folder / "东河.zhiheng"
    assert zhiheng("new", study, *(("--instrument", id_) if id_ else ())).code == 0
    for seed, (wave, date, firms, *more) in enumerate(waves):
        form = write_answers(folder / f"{wave}.csv", instrument, firms, seed)
        taken = zhiheng("collect", study, form, "--wave", wave, "--date", date, *more)
        assert taken.code == 0, taken.err
    return study


def told(study, goal="own", *more):
    """The JSON of one goal, everything printed held to the promises."""
    shown = strict(zhiheng("goals", study, "--json", *more))["goals"]
    printed = zhiheng("goals", study, *more)
    assert printed.code == 0, printed.err
    assert NO_NUMBER.search(printed.out) is None, printed.out
    assert "⟦" not in printed.out
    for each in shown:
        walked(each, each["id"])
    return next(each for each in shown if each["id"] == goal)


def walked(value, where):
    """No number that there is not, no share beyond 0 to 1, and no grey light with a probability."""
    if isinstance(value, dict):
        for name, each in value.items():
            walked(each, f"{where}.{name}")
        if value.get("light") == GREY:
            assert value["probability"] is None, where
        if value.get("kind") == "rate":
            shares = [
                point[name] for part in ("fan", "path", "upper") for point in value[part] for name in point if name != "time"
            ]
            shares += [value[name] for name in ("value", "low", "high") if value[name] is not None]
            assert all(0 <= share <= 1 for share in shares), where
    elif isinstance(value, list):
        for each in value:
            walked(each, where)
    elif isinstance(value, float):
        assert math.isfinite(value), where
    elif isinstance(value, str):
        assert NO_NUMBER.search(value) is None, (where, value)
        assert "⟦" not in value, (where, value)


def drawn(study, resources):
    """Every page and figure about goals, in both languages, says only numbers that there are."""
    whole = open_study(study)
    for lang in LANGS:
        texts = Texts(lang, resources.words)
        sound(pages.goals_page(whole, resources, texts), f"{lang}:goals")
        for id_ in figure_ids(whole):
            if id_.startswith("goal"):
                sound(make_figure(whole, resources, id_, texts), f"{lang}:{id_}")


@pytest.fixture
def questions(resources):
    return resources.instruments["aiplus-2026"]


@pytest.fixture(scope="module")
def two_waves(tmp_path_factory, resources):
    """120 firms in each of two years, more of them users in the second."""
    folder = tmp_path_factory.mktemp("two")
    instrument = resources.instruments["aiplus-2026"]
    before = [{**firm, "skill": firm["skill"] * 0.4} for firm in some_firms(120)]
    return surveyed(folder, instrument, ("2025", "2025-06-30", before), ("2026", "2026-06-30", some_firms(120)))


@pytest.fixture
def study(two_waves, tmp_path):
    return shutil.copy(two_waves, tmp_path / "东河.zhiheng")


def with_goals(study, tmp_path, *goals):
    taken = zhiheng("goalbook", study, "--from", layer(tmp_path, *goals), "--who", "张三")
    assert taken.code == 0, taken.err
    return study


def test_that_sound_waves_carry_a_light(study, tmp_path, resources):
    """What the rest of this file is held against: the walker sees numbers here."""
    found = told(with_goals(study, tmp_path, {}))
    assert found["light"] != GREY
    assert all(found[name] is not None for name in SAYING)
    assert found["fan"] and found["forecasts"] and found["path"]
    drawn(study, resources)


NOT_SAID = {
    "a goal without value": ({"value": None, "operator": None}, "no_number", True),
    "a milestone with a measure": ({"kind": '"milestone"', "value": None, "operator": None}, "milestone", False),
    "a year before the first wave": ({"year": "2020"}, "before_first", True),
    "no measure": ({"measure": None}, "no_measure", False),
    "a count with a measure": ({"kind": '"count"', "value": "20"}, "not_a_share", False),
    "sections nobody belongs to": ({"sections": '["T"]'}, "no_data", False),
}


@pytest.mark.parametrize("name", NOT_SAID)
def test_that_such_a_goal_is_grey_with_a_reason(name, study, tmp_path, resources):
    fields, reason, has_value = NOT_SAID[name]
    found = told(with_goals(study, tmp_path, fields))
    assert (found["light"], found["probability"], found["fan"]) == (GREY, None, [])
    assert found["reason"] == Texts("zh", resources.words)(f"light.reason.{reason}")
    assert (found["value"] is not None) is has_value
    drawn(study, resources)


@pytest.mark.parametrize(
    "fields",
    [{"value": "1.5"}, {"value": "150"}, {"value": "-0.1"}, {"value": "nan"}, {"year": '"soon"'}, {"measure": '"nobody"'}],
    ids=str,
)
def test_that_a_file_with_an_impossible_number_is_refused_and_the_study_as_it_was(fields, study, tmp_path):
    before = study.read_bytes()
    plain_sentence(zhiheng("goalbook", study, "--from", layer(tmp_path, fields), "--who", "张三"))
    assert study.read_bytes() == before


@pytest.mark.parametrize("text", ["150%", "1.5", "-3%", "很多", "1e999"])
def test_that_a_target_that_is_no_share_is_refused_where_it_is_typed(text, study):
    plain_sentence(zhiheng("goal", study, "n2027_penetration", "--set", f"value={text}", "--who", "张三", "--why", "试"))


def test_that_a_goal_downwards_is_judged_downwards(study, tmp_path):
    found = told(with_goals(study, tmp_path, {"operator": '"<"', "value": "0.05"}))
    assert found["required_pace"] < 0 < found["observed_pace"]
    assert found["light"] == "off_track"
    assert found["pace"]["band"] == "backwards"


def test_that_a_year_that_is_over_is_judged_by_the_newest_wave(study, tmp_path, resources):
    found = told(with_goals(study, tmp_path, {"year": "2025", "value": "0.99"}))
    assert (found["light"], found["required_pace"], found["fan"], found["path"]) == ("off_track", None, [], [])
    assert found["reason"] == Texts("zh", resources.words)("light.reason.missed")


def test_that_targets_of_none_and_all_give_no_endless_logits(study, tmp_path):
    for value in ("0", "1.0"):
        found = told(with_goals(study, tmp_path, {"value": value}))
        assert found["pace"]["required_logit"] in (None, 0.0)


def test_that_a_day_before_any_wave_knows_nothing(study, tmp_path, resources):
    found = told(with_goals(study, tmp_path, {}), "own", "--as-of", "2020-01-01")
    assert (found["light"], [found[name] for name in SAYING]) == (GREY, [None] * len(SAYING))
    assert found["reason"] == Texts("zh", resources.words)("light.reason.no_data")
    plain_sentence(zhiheng("goals", study, "--as-of", "2026-02-30"))


WAVES = {
    "everything blank": ([("2026", "2026-06-30", some_firms(40, skill=None))], "no_data"),
    "six firms": ([("2026", "2026-06-30", some_firms(6))], "too_few"),
    "one wave": ([("2026", "2026-06-30", some_firms(40))], "one_wave"),
    "volunteers": ([("2026", "2026-06-30", some_firms(40), "--design", "volunteer")], "volunteers"),
    "29 firms": ([("2026", "2026-06-30", some_firms(29))], "too_few"),
    "two waves of one day": ([("a", "2026-06-30", some_firms(40)), ("b", "2026-06-30", some_firms(41))], "no_trend"),
    "two waves within a quarter": ([("a", "2026-06-30", some_firms(40)), ("b", "2026-08-30", some_firms(41))], "no_trend"),
    "waves that came in the wrong order": (
        [("b", "2026-06-30", some_firms(60)), ("a", "2025-06-30", some_firms(61)), ("c", "2026-07-30", some_firms(5))],
        "too_few",
    ),
    "volunteers after a census": (
        [("a", "2025-06-30", some_firms(60)), ("b", "2026-06-30", some_firms(61), "--design", "volunteer")],
        "volunteers",
    ),
    "a census after volunteers": (
        [("a", "2025-06-30", some_firms(60), "--design", "volunteer"), ("b", "2026-06-30", some_firms(61), "--design", "census")],
        "after_break",
    ),
}


@pytest.mark.parametrize("name", WAVES)
def test_that_such_waves_carry_no_light(name, tmp_path, questions, resources):
    waves, reason = WAVES[name]
    study = with_goals(surveyed(tmp_path, questions, *waves), tmp_path, {"value": "0.999"})
    found = told(study)
    assert (found["light"], found["probability"], found["observed_pace"], found["fan"]) == (GREY, None, None, [])
    said = Texts("zh", resources.words)(f"light.reason.{reason}", n=str(found["n"]), least="30")
    assert found["reason"] == said
    drawn(study, resources)


def test_that_one_firm_is_not_told(tmp_path, questions, resources):
    study = with_goals(surveyed(tmp_path, questions, ("2026", "2026-06-30", some_firms(1))), tmp_path, {})
    found = told(study)
    assert (found["light"], [found[name] for name in (*SAYING, "n")]) == (GREY, [None] * (len(SAYING) + 1))
    assert found["reason"] == Texts("zh", resources.words)("brief.goals.hidden")
    drawn(study, resources)


@pytest.mark.parametrize("skill", [0.0, 1.0])
def test_that_none_and_all_are_numbers_and_the_walker_finds_no_other(skill, tmp_path, questions):
    waves = [(str(year), f"{year}-06-30", some_firms(40, skill=skill)) for year in (2024, 2025, 2026)]
    found = told(with_goals(surveyed(tmp_path, questions, *waves), tmp_path, {}))
    assert found["value"] in (0.0, 1.0)
    assert found["low"] < found["high"]
    assert found["pace"]["observed"] == pytest.approx(0.0)


def test_that_six_waves_of_few_and_uneven_firms_hold_together(tmp_path, questions):
    waves = [(str(2021 + place), f"{2021 + place}-06-30", some_firms(n)) for place, n in enumerate((40, 3, 60, 1, 45, 50))]
    found = told(with_goals(surveyed(tmp_path, questions, *waves), tmp_path, {}))
    assert [each["wave"] for each in found["observations"]] == ["2021", "2023", "2025", "2026"]  # those of 3 and of 1 are hidden
    assert [each["time"] for each in found["observations"]] == sorted(each["time"] for each in found["observations"])


def test_that_a_weight_left_blank_by_all_gives_no_value(tmp_path, questions, resources):
    people = questions.with_role(Role.EMPLOYEES)
    study = tmp_path / "东河.zhiheng"
    assert zhiheng("new", study).code == 0
    form = write_answers(tmp_path / "甲.csv", questions, some_firms(40))
    lines = form.read_text(encoding="utf-8").splitlines()
    assert people is not None
    table = list(csv.reader(lines))
    column = table[0].index(people.words.zh)
    for row in table[1:]:
        row[column] = ""
    with form.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(table)
    assert zhiheng("collect", study, form, "--date", "2026-06-30").code == 0
    found = told(with_goals(study, tmp_path, {"measure": '"p_kpi_employees"'}))
    assert (found["light"], found["value"]) == (GREY, None)
    assert found["reason"] == Texts("zh", resources.words)("light.reason.no_data")


def test_that_an_instrument_without_the_items_says_so(tmp_path, resources):
    instrument = resources.instruments["miit-sme-2024"]
    study = surveyed(tmp_path, instrument, ("2026", "2026-06-30", some_firms(40)), id_="miit-sme-2024")
    found = told(with_goals(study, tmp_path, {}))
    assert (found["light"], found["value"], found["observations"]) == (GREY, None, [])
    assert found["reason"] == Texts("zh", resources.words)("light.reason.not_asked")
    drawn(study, resources)


def test_that_a_declared_break_ends_the_trend_and_its_return_brings_it_back(study, tmp_path, resources):
    with_goals(study, tmp_path, {"value": "0.999"})
    assert zhiheng("break", study, "--wave", "2026", "--who", "张三", "--why", "题目改了").code == 0
    found = told(study)
    assert (found["light"], found["fan"], len(found["observations"])) == (GREY, [], 2)
    assert [each["why"] for each in found["breaks"]] == ["题目改了"]
    assert found["reason"] == Texts("zh", resources.words)("light.reason.after_break")
    drawn(study, resources)
    assert zhiheng("break", study, "--wave", "2026", "--forget").code == 0
    assert told(study)["fan"]


def test_that_reported_figures_of_a_count_are_paced_in_their_unit(study, tmp_path, resources):
    count = {"kind": '"count"', "value": "20", "unit": '"家"', "measure": None}
    with_goals(study, tmp_path, count)
    for value, date in (("6", "2025-06-30"), ("9", "2026-06-30")):
        done = zhiheng("reported", study, "own", "--value", value, "--date", date, "--source", "台账", "--who", "张三")
        assert done.code == 0, done.err
    found = told(study)
    assert (found["value"], found["unit"], found["n"]) == (9.0, "家", 0)
    assert found["observed_pace"] == pytest.approx(3.0)
    assert found["upper"] == []
    drawn(study, resources)
