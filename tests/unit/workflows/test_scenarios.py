"""Scenarios in a study file: saved, changed, deleted, replayed; levers read as people type them; changes by measure."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.progress.scenario import scenarios_in_force
from app.domain.condition import Condition
from app.domain.errors import UserError
from app.domain.goals import Measure
from app.domain.targets import Lever, MeasureEdit
from app.domain.words import Words
from app.workflows.levers import lever_of, lever_text, levers_of, success_of
from app.workflows.scenarios import changes_of, compare
from tests.unit.workflows.county import Desk, rows_of, write_form

GOAL = "n2027_penetration"
TEXT = "size=small;firms=12;by=2027-06-30;success=0.3-0.7"
LEVER = Lever((("size", "small"),), 12, "", "2027-06-30", (0.3, 0.7))


@pytest.fixture(scope="module")
def collected(tmp_path_factory, resources):
    folder = tmp_path_factory.mktemp("scenarios")
    desk = Desk(folder, resources)
    desk.collect(write_form(folder / "甲.csv", rows_of(1, text="否")), date="2025-06-30")
    desk.collect(write_form(folder / "乙.csv", [*rows_of(1, 6), *rows_of(7, 10, text="否")]), date="2026-06-30")
    return desk.path.read_bytes()


@pytest.fixture
def desk(tmp_path, resources, collected):
    made = Desk(tmp_path, resources)
    made.path.write_bytes(collected)
    return made


def held(desk):
    return {each.name: each for each in scenarios_in_force(desk.study.targets.scenarios)}


def refused(desk, **parameters):
    before = desk.path.read_bytes()
    with pytest.raises(UserError) as caught:
        desk.run("scenario", **parameters)
    assert desk.path.read_bytes() == before
    return caught.value.code


def test_that_a_scenario_is_kept_with_who_and_when_and_its_history(desk):
    desk.run("scenario", name="甲", goal=GOAL, lever=(TEXT,), note="会议定的", who="张三", when="2026-08-01")
    desk.run("scenario", name="甲", lever=("firms=5;by=2027-06-30",))
    assert (held(desk)["甲"].levers[0].firms, held(desk)["甲"].goal, held(desk)["甲"].note) == (5, GOAL, "会议定的")
    assert [each.levers[0].firms for each in desk.study.targets.scenarios] == [12, 5]
    assert (desk.study.targets.scenarios[0].who, desk.study.targets.scenarios[0].when) == ("张三", "2026-08-01")


def test_that_saving_the_same_again_changes_nothing(desk):
    desk.run("scenario", name="甲", goal=GOAL, lever=(LEVER,))
    before = desk.path.read_bytes()
    desk.run("scenario", name="甲", goal=GOAL, lever=(TEXT,))
    assert desk.path.read_bytes() == before


def test_that_a_deleted_scenario_is_gone_and_told_in_the_journal(desk):
    desk.run("scenario", name="甲", goal=GOAL, lever=(TEXT,))
    desk.run("scenario", name="甲", forget=True, who="李四")
    assert held(desk) == {}
    assert "甲" in desk.study.journal[-1].effect
    assert refused(desk, name="甲", forget=True) == "scenario.unknown"


def test_that_what_is_missing_or_unknown_is_refused_in_words(desk):
    assert refused(desk, goal=GOAL, lever=(TEXT,)) == "scenario.name"
    assert refused(desk, name="甲" * 41, goal=GOAL, lever=(TEXT,)) == "scenario.long"
    assert refused(desk, name="甲", goal=GOAL) == "scenario.levers"
    assert refused(desk, name="甲", lever=(TEXT,)) == "scenario.goal"
    assert refused(desk, name="甲", goal="nowhere", lever=(TEXT,)) == "targets.unknown_goal"


def test_that_scenarios_that_hold_are_compared_with_what_their_goals_take(desk):
    desk.run("scenario", name="甲", goal=GOAL, lever=(TEXT,))
    compared = compare(desk.study, desk.context)
    assert [each.scenario.name for each in compared.outcomes] == ["甲"]
    assert [need.goal for need in compared.needs] == [GOAL]


def measured(desk):
    """The study with a measure of its own, of which blanks elsewhere leave nothing unknown."""
    words = Words("文本分析应用率", "Share using text analysis")
    own = Measure("text", words, Condition("answer", item="T1", includes=("yes",)), None, "firms", True, "自编")
    study = desk.study
    return replace(study, targets=replace(study.targets, measures=(MeasureEdit("text", own, "张三", "2026-08-01", "县"),)))


def test_that_changes_are_told_between_the_newest_waves_unless_said(desk):
    (found,) = changes_of(measured(desk), {"measure": "text"}, desk.context)
    assert (found.before, found.after) == ("2025", "2026")
    assert found.changes[0].total == pytest.approx(6 / 16)
    with pytest.raises(UserError, match=r"change\.same_wave"):
        changes_of(desk.study, {"from": "2026", "to": "2026"}, desk.context)
    with pytest.raises(UserError, match=r"change\.measure"):
        changes_of(desk.study, {"measure": "nothing"}, desk.context)
    with pytest.raises(UserError, match=r"change\.wave"):
        changes_of(desk.study, {"to": "2031"}, desk.context)


def test_that_a_declared_break_keeps_waves_from_being_compared(desk):
    desk.run("break", wave="2026", measure="", why="问法变了", who="张三")
    found = {each.measure.id: each for each in changes_of(measured(desk), {}, desk.context)}
    assert found["text"].reason == "change.cannot.break"
    assert dict(found["text"].reason_values)["said"] == "问法变了"


def test_that_a_lever_is_read_as_it_is_typed():
    assert lever_of(TEXT) == LEVER
    assert lever_of("sector=C；level=L1；firms=1,200；reach=L2；by=2027-06-30") == Lever(
        (("sector", "C"), ("level", "L1")), 1200, "L2", "2027-06-30"
    )
    assert levers_of((TEXT, LEVER)) == (LEVER, LEVER)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("firms=12", "scenario.lacks"),
        ("by=2027-06-30", "scenario.lacks"),
        ("firms=many;by=2027-06-30", "scenario.firms"),
        ("firms=3;by=next June", "wave.date"),
        ("firms=3;by=2027-06-30;colour=red", "scenario.part"),
        ("firms=3;firms=4;by=2027-06-30", "scenario.part"),
        ("firms=3;by=2027-06-30;success=most", "scenario.success"),
        ("firms=3;by=2027-06-30;success=0.7-0.3", "scenario.success"),
        ("firms=3;by=2027-06-30;success=120%", "scenario.success"),
    ],
)
def test_that_a_lever_that_cannot_be_read_is_refused(text, error):
    with pytest.raises(UserError) as caught:
        lever_of(text)
    assert caught.value.code == error


def test_that_success_may_be_a_fraction_or_percent():
    assert success_of("30%-70%") == success_of("0.3-0.7") == success_of("30–70%") == (0.3, 0.7)
    assert (success_of("0.5"), success_of("")) == ((0.5, 0.5), (1.0, 1.0))


names = st.sampled_from(("C", "small", "L1", "东河镇"))


@given(
    st.dictionaries(st.sampled_from(("sector", "size", "township", "level")), names),
    st.integers(-5, 10**6),
    st.sampled_from(("", "L2")),
    st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted),
)
def test_that_a_lever_is_read_back_as_it_was_written(group, firms, reach, success):
    order = [(field, group[field]) for field in ("sector", "size", "township", "level") if field in group]
    lever = Lever(tuple(order), firms, reach, "2027-06-30", (success[0] / 100, success[1] / 100))
    assert lever_of(lever_text(lever)) == lever
