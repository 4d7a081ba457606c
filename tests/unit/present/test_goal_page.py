"""One goal in depth: only what may be said is said, everything says where it comes from, and grey says what would change it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.goals import Light
from app.domain.study import Design
from app.domain.targets import DeclaredBreak, GoalEdit, Reported
from app.domain.words import Texts
from app.files.resources import load_resources
from app.present.evidence import evidence
from app.present.marks import parse, progress_id
from app.present.pages.goal import goal_page
from app.present.pages.goal_form import fields_of
from app.present.pages.goal_models import disagreement
from app.present.pages.section import Listing, parts_of
from app.present.view import View
from app.workflows.goal_fields import Known, with_fields
from tests.unit.present import goal_study as made
from tests.unit.present import small_study as small


@pytest.fixture(scope="module")
def book():
    return replace(small.resources(), references=load_resources().references)


@pytest.fixture(scope="module")
def page(book):
    def shown(study, goal="", lang="zh"):
        return goal_page(study, book, Texts(lang, book.words), goal=goal)

    return shown


def facts(view):
    return {fact.evidence.split("|")[-1]: fact.value for fact in view.facts}


def listing(section, id_):
    return next(part for part in parts_of(section) if isinstance(part, Listing) and part.id == id_)


def test_that_every_number_of_a_measured_goal_is_told_and_opens(page):
    view = page(made.study(), "national-2027")
    assert facts(view) == {
        "value": "41%",
        "gap": "29个百分点",
        "required": "+29.0点/年",
        "per_quarter": "174家",
        "observed": "+12.7点/年",
        "ratio": "0.44 明显滞后",
        "probability": "4%",
    }
    assert "logit +1.21" in view.facts[2].label
    for fact in view.facts:
        assert parse(fact.evidence).kind == "progress"


def test_that_volunteers_show_their_value_and_nothing_that_follows(page):
    view = page(made.volunteers())
    assert facts(view) == {"value": "51%"}
    assert view.verdict.light is Light.CANNOT_TELL
    assert "概率抽样" in view.verdict.next
    assert "不作比较" in view.waves.headline
    assert not view.models.rows


def test_that_one_wave_has_distance_and_required_pace_only(page):
    view = page(made.one_wave())
    assert set(facts(view)) == {"value", "gap", "required", "per_quarter"}
    assert view.verdict.light is Light.CANNOT_TELL
    assert view.verdict.step.command == "study.collect"
    assert "没有趋势" in view.models.headline


def test_that_a_hidden_value_gives_nothing_away(page):
    study = small.study(sectors={"B": 3, "C": 60, "F": 40})
    goal = replace(study.progress[0].goal, sections=("B",))
    hidden = replace(study.progress[0], goal=goal)
    view = page(replace(study, progress=(hidden, *study.progress[1:])), goal.id)
    assert facts(view) == {"value": "‡"}
    assert view.verdict.light is Light.CANNOT_TELL
    assert view.models.rows == ()
    waves = listing(view.waves, "goal-waves").table
    shown = dict(zip((column.key for column in waves.columns), waves.data, strict=True))
    assert set(shown["value"]) == set(shown["n"]) == {"‡"}
    assert set(shown["frame"]) == {"—"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("goal", ["national-2027", "benchmarks", "national-2035", "js2027"])
def test_that_a_grey_light_says_why_and_what_would_change_it(page, goal, lang):
    verdict = page(made.study(), goal, lang).verdict
    assert verdict.reason.endswith(("。", "."))
    assert verdict.next


def test_that_every_reason_of_a_grey_light_has_its_next_step_in_words(book):
    reasons = [key.removeprefix("light.reason.") for key in book.words if key.startswith("light.reason.")]
    assert [name for name in reasons if f"page.goal.next.{name}" not in book.words] == []


def test_that_a_milestone_has_no_figure_no_models_and_a_way_to_evidence(page):
    view = page(made.study(), "national-2035")
    assert view.figure is None
    assert view.nothing
    assert (view.models, view.waves, view.change, view.report) == (None, None, None, None)
    assert view.verdict.step.command == "goal.prove"
    assert "原文无数值" in view.badges


def test_that_models_stand_side_by_side_with_why_they_disagree(page):
    view = page(made.study(), "national-2027")
    table = listing(view.models, "goal-models").table
    assert table.data[0] == ("合成", "直线", "S形（logit直线）", "局部趋势")
    assert table.data[3] == ("4%", "1%", "3%", "5%")
    assert "每年13个百分点" in table.data[4][1]
    assert "相差不大" in view.models.headline


def test_that_no_model_gives_a_probability_where_the_light_cannot_tell_one(book):
    study = made.study()
    first, *rest = study.progress
    unsure = replace(
        first,
        light=Light.CANNOT_TELL,
        probability=None,
        reason="light.reason.unsure",
        reason_values=(("high", "70%"), ("low", "20%")),
        forecasts=tuple(replace(each, probability=None) for each in first.forecasts),
    )
    grey, texts = replace(study, progress=(unsure, *rest)), Texts("zh", book.words)
    table = listing(goal_page(grey, book, texts, goal="national-2027").models, "goal-models").table
    assert set(table.data[3]) == {"—"}
    assert "54%" in table.data[1]
    fan = evidence(grey, book, progress_id("national-2027", "fan"), texts)
    assert "达标概率说不准" in " ".join(fan.notes)


def test_that_models_far_apart_say_from_where_to_where(book):
    study = made.study()
    far = tuple(replace(each, middle=0.9) if each.model == "logit" else each for each in study.progress[0].forecasts)
    view = View(study, book, Texts("zh", book.words))
    said = disagreement(view, replace(study.progress[0], forecasts=far))
    assert "从54%（直线）到90%（S形（logit直线））" in said
    assert "可比的只有4期" in said


def test_that_the_published_status_stands_with_its_formula(page):
    view = page(made.study(), "national-2027")
    status = listing(view.models, "goal-status")
    rows = dict(zip(status.table.data[0], status.table.data[1], strict=True))
    assert rows["比值"] == "0.80"
    assert rows["状态"] == "进展中等，尚需加快"
    assert "复合增长率" in status.notes[0]


def test_that_waves_before_a_break_are_named_as_such(page):
    view = page(made.study(), "national-2027")
    table = listing(view.waves, "goal-waves").table
    shown = dict(zip((column.key for column in table.columns), table.data, strict=True))
    assert shown["wave"][0] == "2026下期"
    assert shown["comparable"] == ("可比",) * 4 + ("断点之前，不可比",) * 2
    assert shown["value"][0] == "41%"
    assert made.LONG in view.waves.notes[0]
    assert all(parse(mark).kind == "measure" for mark in table.ids)


def test_that_reported_figures_keep_who_when_and_what_was_taken_back(page):
    study = made.study()
    more = (
        *study.targets.reported,
        Reported("benchmarks", "2026-12-31", 12.0, "更正报表", "李强", "2027-01-05"),
        Reported("benchmarks", "2026-03-31", None, "", "李强", "2027-01-06"),
    )
    view = page(replace(study, targets=replace(study.targets, reported=more)), "benchmarks")
    shown = dict(zip((column.key for column in view.reported.columns), view.reported.data, strict=True))
    assert shown["state"] == ("已收回", "● 现用", "已被更新", "● 现用", "已被更新")
    assert view.reported.ids == ("", "2026-12-31", "", "2026-06-30", "")
    assert view.report.taken == ("2026-12-31", "2026-06-30")
    assert view.report.source == "更正报表"


def test_that_only_goals_the_survey_does_not_measure_take_figures(page):
    study = made.study()
    assert page(study, "national-2027").report is None
    assert page(study, "national-2027").reported is None
    assert page(study, "benchmarks").report.unit == "家"


def test_that_a_break_may_be_declared_from_any_wave_but_the_first(page):
    study = made.study()
    view = page(study, "national-2027")
    assert [wave for wave, _ in view.breaks.waves] == list(reversed(made.WAVES[1:]))
    declared = (
        DeclaredBreak("2026上", "kpi", "改了问法", "王敏", "2026-07-01"),
        DeclaredBreak("2025下", "", "换表", "李强", "2026-07-02"),
    )
    broken = page(replace(study, targets=replace(study.targets, breaks=declared)), "national-2027").broken
    assert broken.ids == ("2025下|", "2026上|kpi")
    assert broken.data[1] == ("全部口径", "本口径")


def test_that_every_version_says_what_changed_and_can_be_brought_back(page):
    history = page(made.study(), "benchmarks").history
    shown = dict(zip((column.key for column in history.table.columns), history.table.data, strict=True))
    assert shown["changed"] == ("目标值：15 → 20", "新录入")
    assert shown["who"] == ("李强", "王敏")
    assert [version.in_force for version in history.versions] == [True, False]
    assert dict(history.versions[1].fields)["value"] == "15"


def test_that_a_withdrawn_version_is_told(page):
    study = made.study()
    edits = (*study.targets.goals, GoalEdit("benchmarks", None, "赵", "2026-05-01", "并入市级目标"))
    history = page(replace(study, targets=replace(study.targets, goals=edits)), "benchmarks").history
    assert history.table.data[1][0] == "不再采用"
    assert history.versions[0].fields == ()


def test_that_the_fields_of_a_goal_read_back_as_the_same_goal(book):
    known = Known(("kpi",), ("C", "I"), book.words, 2026)
    for goal in made.goals().values():
        whole = replace(goal, sections=("C", "I"), paragraph="二", path="s_curve", verify=True)
        assert with_fields(None, whole.id, {k: v for k, v in fields_of(whole).items() if v}, known) == whole


def test_that_a_clash_with_another_layer_is_said_on_the_page(book):
    looser = replace(made.goals()["province"], operator="≈")
    edits = (GoalEdit("js2027", looser, "王敏", "2026-03-01", "录入"), GoalEdit("own", None, "", "", ""))
    study = made.study()
    texts = Texts("zh", book.words)
    known = replace(
        study,
        targets=replace(
            study.targets, goals=(*edits, GoalEdit("national-2027", made.goals()["own"], "王敏", "2026-03-01", "加指标名"))
        ),
    )
    (line,) = goal_page(known, book, texts, goal="national-2027").conflicts
    assert "措辞更松" in line


def test_that_the_goal_asked_for_is_shown_and_a_measured_one_where_none_is(page):
    study = made.study()
    assert page(study, "benchmarks").goal == "benchmarks"
    assert page(study, "gone").goal == "national-2027"
    assert [id_ for id_, _ in page(study).options] == [p.goal.id for p in study.progress]


def test_that_without_answers_or_goals_the_page_says_what_is_next(page):
    study = made.study()
    assert page(replace(study, responses=None)).head.empty.step.command == "study.collect"
    assert page(replace(study, progress=())).head.empty.step.command == "study.goals"


def test_that_census_sample_and_volunteers_are_told_apart_in_the_waves(page):
    table = listing(page(small.study(Design.CENSUS)).waves, "goal-waves").table
    shown = dict(zip((column.key for column in table.columns), table.data, strict=True))
    assert set(shown["design"]) == {"普查"}


def test_that_each_series_from_elsewhere_carries_definition_and_source(page):
    switches = {switch.id: switch for switch in page(made.study(), "national-2027").switches}
    assert switches["eu27"].shown
    assert not switches["eu_denmark"].shown
    assert "来源：" in switches["us_btos"].sentence
    assert "待核实" in switches["cn_manufacturing"].sentence
