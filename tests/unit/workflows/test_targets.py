"""What people enter about goals, step by step on a study in a file: kept in full, undone, the same whatever way it came about."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.analysis.progress.book import history
from app.domain.condition import Condition
from app.domain.errors import UserError
from app.domain.goals import Layer
from app.domain.journal import first_broken, head
from app.domain.targets import ProofState, Targets
from app.domain.task import run_to_end
from app.domain.words import Words
from app.files.goal_layer_file import read_goal_layer, write_goal_layer
from app.files.study_file import open_study, save
from app.workflows.goal_edit import present
from app.workflows.layers import PROGRAM, export_layer, look_over
from app.workflows.perform import apply, journaled
from app.workflows.proofs import latest, provable
from app.workflows.reported import breaks_of, figures
from app.workflows.targets import book_of
from tests.unit.workflows.county import Desk, rows_of, write_form
from tests.unit.workflows.test_goal_fields import NEW

GOAL = "n2027_penetration"
BY = {"who": "张三", "why": "县委会议", "when": "2026-08-01"}
SAID = {**NEW, "operator": "不低于", "value": "1.2万家", "unit": "家"}


@pytest.fixture(scope="module")
def collected(tmp_path_factory, resources):
    """The bytes of a study with two waves of twelve firms and progress toward the goals as known in the first of them."""
    folder = tmp_path_factory.mktemp("targets")
    desk = Desk(folder, resources)
    desk.collect(write_form(folder / "甲.csv", rows_of(1, text="否")), date="2025-06-30")
    desk.collect(write_form(folder / "乙.csv", rows_of(1)), date="2026-06-30")
    desk.run("goals", as_of="2026-01-31")
    return desk.path.read_bytes()


@pytest.fixture
def desk(tmp_path, resources, collected):
    made = Desk(tmp_path, resources)
    made.path.write_bytes(collected)
    return made


def refused(desk, command, **parameters):
    before = desk.path.read_bytes()
    with pytest.raises(UserError) as caught:
        desk.run(command, **parameters)
    assert desk.path.read_bytes() == before
    words = desk.context.resources.words[f"error.{caught.value.code}"]
    assert all(words.in_(lang).format(**caught.value.params) for lang in ("zh", "en"))
    return caught.value.code


def computed(study, id_):
    return next((each for each in study.progress if each.goal.id == id_), None)


def test_that_a_figure_reported_after_the_newest_wave_counts(desk):
    desk.run("goal", goal="c2027_own", set=SAID, **BY)
    given = {"goal": "c2027_own", "value": "300", "date": "2026-07-20", "source": "台账", "who": "张三"}
    study = desk.run("reported", **given)
    assert [seen.value for seen in computed(study, "c2027_own").observations] == [300]
    assert {each.as_of for each in study.progress} == {"2026-07-20"}
    assert {each.as_of for each in desk.run("goals").progress} == {"2026-07-20"}


def test_that_an_edit_holds_at_once_and_keeps_what_was_known_when(desk):
    before = desk.study
    study = desk.run("goal", goal=GOAL, set=("value=75%", "operator=不低于"), **BY)
    assert (computed(study, GOAL).goal.value, computed(study, GOAL).goal.operator) == (0.75, ">=")
    assert {each.as_of for each in study.progress} == {"2026-01-31"}
    assert len(study.progress) == len(before.progress)
    (edit,) = study.targets.goals
    assert (edit.who, edit.when, edit.why, edit.origin) == ("张三", "2026-08-01", "县委会议", "")
    own, now = history(desk.context.resources.goal_book, study.targets, GOAL)
    assert (own.goal.value, own.who, now.goal.value) == (0.7, "", 0.75)
    assert desk.study.targets == study.targets


def test_that_the_same_edit_again_changes_nothing(desk):
    desk.run("goal", goal=GOAL, set=("value=75%",), **BY)
    before = desk.path.read_bytes()
    desk.run("goal", goal=GOAL, set=("value=0.75",), **BY)
    assert desk.path.read_bytes() == before


def test_that_a_new_goal_stands_at_the_end_is_withdrawn_and_brought_back(desk):
    study = desk.run("goal", goal="dh_firms", set=SAID, **BY)
    assert book_of(study, desk.context).goals[-1].id == "dh_firms"
    assert computed(study, "dh_firms").goal.value == 12_000
    study = desk.run("goal", goal="dh_firms", withdraw=True, **BY)
    assert computed(study, "dh_firms") is None
    assert present(study, "dh_firms", desk.context) is None
    study = desk.run("goal", goal="dh_firms", set=SAID | {"value": "300"}, **BY)
    assert [edit.goal and edit.goal.value for edit in study.targets.goals] == [12_000, None, 300]
    study = desk.run("goal", goal="dh_firms", forget=True)
    assert present(study, "dh_firms", desk.context) is None
    assert refused(desk, "goal", goal="dh_firms", forget=True) == "targets.as_it_came"


def test_that_what_was_changed_is_put_back_as_it_came(desk):
    desk.run("goal", goal=GOAL, set=("value=75%",), **BY)
    desk.run("goal", goal=GOAL, withdraw=True, **BY)
    study = desk.run("goal", goal=GOAL, forget=True, who="李四")
    assert present(study, GOAL, desk.context) == desk.context.resources.goal_book.goal(GOAL)
    assert len(study.targets.goals) == 3
    assert refused(desk, "goal", goal=GOAL, forget=True) == "targets.as_it_came"
    desk.run("goalbook", add="sichuan")
    came = present(desk.study, "sc2027_parks", desk.context)
    desk.run("goal", goal="sc2027_parks", set=("value=60",), **BY)
    study = desk.run("goal", goal="sc2027_parks", forget=True)
    assert present(study, "sc2027_parks", desk.context) == came
    assert study.targets.goals[-1].origin == "sichuan.toml"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"set": ("value=75%",), "why": "x"}, "targets.who"),
        ({"set": ("value=75%",), "who": "张三"}, "targets.why"),
        ({"set": ("value=75%",), "who": " ", "why": " "}, "targets.who"),
        ({"set": ("value=75%",), **BY, "when": "2026-02-30"}, "wave.date"),
        ({"set": ("value=75%",), **BY, "when": "2027-01-01"}, "judge.future"),
        ({"set": (), **BY}, "targets.nothing"),
        ({"goal": "", "set": ("value=75%",), **BY}, "targets.no_goal"),
        ({"goal": "nobody", "withdraw": True, **BY}, "targets.unknown_goal"),
        ({"goal": "nobody", "forget": True}, "targets.unknown_goal"),
        ({"goal": "nobody", "set": ("value=75%",), **BY}, "targets.missing"),
        ({"set": ("year=2025",), **BY}, "targets.past"),
        ({"set": ("measure=p_nothing",), **BY}, "targets.measure"),
    ],
)
def test_that_an_edit_that_cannot_stand_leaves_the_study(desk, said, code):
    assert refused(desk, "goal", **{"goal": GOAL, **said}) == code


def test_that_a_layer_is_taken_in_looked_over_edited_and_written_out_again(desk, tmp_path):
    study = desk.run("goalbook", add="zhejiang_county", who="张三")
    assert {edit.origin for edit in study.targets.goals} == {"zhejiang_county.toml"}
    desk.run("goal", goal="zj2027_firms", set=("value=25",), **BY)
    study = desk.run("goal", goal="dh_firms", set=SAID, **BY)
    layers = look_over(study, desk.context)
    county = next(each for each in layers.counts if each.layer is Layer.COUNTY)
    assert dict(county.origins) == {"": 2, "zhejiang_county.toml": 4}
    assert (county.goals, county.quantified, county.measured) == (6, 6, 0)
    assert next(dict(each.origins) for each in layers.counts if each.layer is Layer.STATE).keys() == {PROGRAM}
    path = export_layer(study, "county", tmp_path / "县.toml", desk.context)
    other = Desk(tmp_path, desk.context.resources, name="西河县")
    again = other.run("goalbook", **{"from": path})
    goals = [goal for goal in book_of(again, other.context).goals if goal.layer is Layer.COUNTY]
    assert goals == [goal for goal in book_of(study, desk.context).goals if goal.layer is Layer.COUNTY]
    before = other.path.read_bytes()
    other.run("goalbook", **{"from": path})
    assert other.path.read_bytes() == before


def test_that_a_layer_brings_its_measures_and_redefines_none(desk, tmp_path):
    book = desk.context.resources.goal_book
    asked = Condition("answer", "T1", includes=("yes",))
    measure = replace(
        book.measure("p_any"), id="dh_any", words=Words("县口径", "own"), version="1", numerator=asked, planned=None
    )
    goal = replace(book.goal(GOAL), id="dh_rate", layer=Layer.COUNTY, measure="dh_any")
    write_goal_layer(tmp_path / "县.toml", "1", [goal], [measure])
    study = desk.run("goalbook", **{"from": tmp_path / "县.toml"})
    assert [(edit.id, edit.origin) for edit in study.targets.measures] == [("dh_any", "县.toml")]
    assert computed(study, "dh_rate").measure == measure
    assert [(seen.wave, seen.value, seen.n) for seen in computed(study, "dh_rate").observations] == [("2025", 0.0, 12)]
    path = export_layer(study, "county", tmp_path / "又.toml", desk.context)
    assert (read_goal_layer(path).goals, read_goal_layer(path).measures) == ((goal,), (measure,))
    write_goal_layer(tmp_path / "坏.toml", "1", [goal], [replace(measure, id="p_any")])
    assert refused(desk, "goalbook", **{"from": tmp_path / "坏.toml"}) == "goalbook.redefines"
    write_goal_layer(tmp_path / "缺.toml", "1", [replace(goal, measure="none")])
    assert refused(desk, "goalbook", **{"from": tmp_path / "缺.toml"}) == "targets.measure"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("id", "a|b", "targets.id"),
        ("year", 12027, "targets.year"),
        ("value", -3.0, "resource.kind"),
        ("sections", ("Z",), "targets.section"),
    ],
)
def test_that_a_row_that_cannot_stand_is_refused_whoever_wrote_the_file(desk, tmp_path, field, value, code):
    goal = next(goal for goal in desk.context.resources.goal_book.goals if goal.kind == "count")
    write_goal_layer(tmp_path / "县.toml", "1", [replace(goal, **{field: value})])
    assert refused(desk, "goalbook", **{"from": tmp_path / "县.toml"}) == code


def test_that_layers_that_are_not_there_are_refused(desk, tmp_path):
    assert refused(desk, "goalbook") == "goalbook.nothing"
    assert refused(desk, "goalbook", add="atlantis") == "goals.unknown_layer"
    assert refused(desk, "goalbook", **{"from": tmp_path / "没有.toml"}) == "file.missing"
    for layer, name, code in (
        ("county", "a.toml", "goalbook.no_goals"),
        ("", "a.toml", "goalbook.layer"),
        ("state", "a.xlsx", "file.unknown_format"),
    ):
        with pytest.raises(UserError) as caught:
            export_layer(desk.study, layer, tmp_path / name, desk.context)
        assert caught.value.code == code


def test_that_evidence_is_recorded_made_more_precise_and_taken_back(desk):
    study = desk.run("proof", entry="item_2_1", state="under_way", note="已立项", who="张三")
    assert latest(study, "item_2_1").state is ProofState.UNDER_WAY
    assert refused(desk, "proof", entry="item_2_1", state="done", who="张三") == "proof.no_document"
    study = desk.run("proof", entry="item_2_1", state="done", document="验收报告", who="李四")
    found = latest(study, "item_2_1")
    assert (found.note, found.document, found.who, found.when) == ("已立项", "验收报告", "李四", "2026-09-01")
    before = desk.path.read_bytes()
    desk.run("proof", entry="item_2_1", state="done", who="王五")
    assert desk.path.read_bytes() == before
    study = desk.run("proof", entry="item_2_1", forget=True, who="李四")
    assert latest(study, "item_2_1").state is ProofState.UNKNOWN
    assert len(study.targets.proofs) == 3
    assert refused(desk, "proof", entry="item_2_1", forget=True) == "proof.none"


def test_that_actions_items_supports_and_milestones_can_be_proved_and_nothing_else(desk):
    ids = provable(book_of(desk.study, desk.context))
    assert {"action_1", "item_6_2", "support_8", "n2027_integration"} <= set(ids)
    assert len([id_ for id_ in ids if id_.startswith(("action_", "item_", "support_"))]) == 6 + 17 + 8
    assert latest(desk.run("proof", entry="n2027_integration", state="none", who="张三"), "n2027_integration") is not None
    said = {"state": "none", "who": "张三"}
    assert refused(desk, "proof", entry=GOAL, **said) == "proof.counted"
    assert refused(desk, "proof", entry="item_9_9", **said) == "proof.unknown"
    assert refused(desk, "proof", entry="", **said) == "proof.no_entry"
    assert refused(desk, "proof", entry="item_1_1", who="张三") == "proof.nothing"
    assert refused(desk, "proof", entry="item_1_1", state="begun", who="张三") == "proof.state"
    assert refused(desk, "proof", entry="item_1_1", state="none") == "targets.who"


def test_that_reported_figures_stand_by_day_and_the_newest_is_forgotten_first(desk):
    desk.run("goalbook", add="zhejiang_county")
    said = {"goal": "zj2027_firms", "source": "县经信局", "who": "张三"}
    desk.run("reported", value="5家", date="2025-12-31", **said)
    desk.run("reported", value="8", date="2026-06-30", **said)
    study = desk.run("reported", value="9", date="2026-06-30", **said)
    assert {date: each.value for date, each in figures(study, "zj2027_firms").items()} == {"2025-12-31": 5, "2026-06-30": 9}
    before = desk.path.read_bytes()
    desk.run("reported", value="9家", date="2026-06-30", **said)
    assert desk.path.read_bytes() == before
    study = desk.run("reported", goal="zj2027_firms", forget=True, who="张三")
    assert list(figures(study, "zj2027_firms")) == ["2025-12-31"]
    assert refused(desk, "reported", goal="zj2027_firms", date="2026-06-30", forget=True) == "reported.none"
    assert len(study.targets.reported) == 4


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"goal": GOAL, "value": "75%"}, "reported.measured"),
        ({"goal": "n2027_integration", "value": "1"}, "reported.milestone"),
        ({"goal": "nobody", "value": "1"}, "targets.unknown_goal"),
        ({"goal": ""}, "targets.no_goal"),
        ({"value": ""}, "reported.no_value"),
        ({"source": ""}, "reported.no_source"),
        ({"who": ""}, "targets.who"),
        ({"value": "约5"}, "targets.number"),
        ({"value": "-5"}, "targets.negative"),
        ({"date": "2027-01-01"}, "judge.future"),
        ({"date": "昨天"}, "wave.date"),
    ],
)
def test_that_a_figure_that_cannot_stand_leaves_the_study(desk, said, code):
    given_ = {"goal": "c2027_benchmarks", "value": "5", "source": "工信局", "who": "张三", "date": "2026-06-30", **said}
    assert refused(desk, "reported", **given_) == code


def test_that_a_rate_that_the_survey_does_not_ask_may_be_reported(desk):
    study = desk.run("reported", goal="ip2028_penetration", value="42%", date="2026-06-30", source="工信局", who="张三")
    assert figures(study, "ip2028_penetration")["2026-06-30"].value == 0.42


def test_that_a_declared_break_stands_until_it_is_taken_back(desk):
    said = {"wave": "2026", "who": "张三", "why": "问法改了"}
    study = desk.run("break", **said)
    assert [(each.wave, each.measure, each.why) for each in breaks_of(study)] == [("2026", "", "问法改了")]
    before = desk.path.read_bytes()
    desk.run("break", **said)
    assert desk.path.read_bytes() == before
    study = desk.run("break", **said, measure="p_kpi")
    assert len(breaks_of(study)) == 2
    study = desk.run("break", wave="2026", forget=True, who="李四")
    assert [each.measure for each in breaks_of(study)] == ["p_kpi"]
    assert refused(desk, "break", wave="2026", forget=True) == "break.none"
    for changed, code in (
        ({"wave": "2031"}, "break.wave"),
        ({"wave": ""}, "break.no_wave"),
        ({"wave": "2025"}, "break.first"),
        ({"measure": "p_nothing"}, "targets.measure"),
        ({"why": ""}, "targets.why"),
        ({"who": ""}, "targets.who"),
    ):
        assert refused(desk, "break", **(said | changed)) == code


def test_that_goals_can_be_changed_before_anything_is_collected(tmp_path, resources):
    desk = Desk(tmp_path, resources)
    study = desk.run("goal", goal=GOAL, set=("value=75%",), **BY)
    assert study.progress == ()
    desk.run("proof", entry="item_2_1", state="none", who="张三")
    assert len(desk.study.targets.proofs) == 1


def test_that_the_journal_holds_what_was_said_in_full_and_no_folder(desk, tmp_path):
    write_goal_layer(tmp_path / "县.toml", "1", [replace(desk.context.resources.goal_book.goal(GOAL), id="dh_rate")])
    desk.run("goalbook", **{"from": tmp_path / "县.toml"})
    desk.run("proof", entry="item_2_1", state="done", document="报告", who="张三")
    study = desk.run("goal", goal=GOAL, set=("value=75%",), **BY)
    layer, proof, goal = (json.loads(entry.effect) for entry in study.journal[-3:])
    assert [(each["id"], each["origin"]) for each in layer["target_goals"]] == [("dh_rate", "县.toml")]
    assert proof["target_proofs"] == [
        {"id": "item_2_1", "state": "done", "note": "", "document": "报告", "who": "张三", "when": "2026-09-01"}
    ]
    assert goal["target_goals"][0]["goal"]["value"] == 0.75
    assert goal["goals"] == len(study.progress)
    assert json.loads(study.journal[-3].parameters) == {"from": "县.toml"}
    assert str(tmp_path) not in study.journal[-3].parameters + study.journal[-3].effect


STEPS = st.one_of(
    st.tuples(
        st.just("goal"),
        st.fixed_dictionaries(
            {
                "goal": st.sampled_from([GOAL, "sc2027_parks", "dh_firms"]),
                "set": st.sampled_from([SAID, {"value": "0.75"}, {"value": "60"}]),
            }
        ),
    ),
    st.tuples(st.just("goal"), st.fixed_dictionaries({"goal": st.sampled_from([GOAL, "dh_firms"]), "withdraw": st.just(True)})),
    st.tuples(st.just("goal"), st.fixed_dictionaries({"goal": st.sampled_from([GOAL, "sc2027_parks"]), "forget": st.just(True)})),
    st.tuples(st.just("goalbook"), st.fixed_dictionaries({"add": st.sampled_from(["sichuan", "jiangsu"])})),
    st.tuples(
        st.just("proof"),
        st.fixed_dictionaries(
            {"entry": st.just("item_1_1"), "state": st.sampled_from(["none", "done"]), "document": st.sampled_from(["", "报告"])}
        ),
    ),
    st.tuples(st.just("proof"), st.fixed_dictionaries({"entry": st.just("item_1_1"), "forget": st.just(True)})),
    st.tuples(
        st.just("reported"),
        st.fixed_dictionaries(
            {"goal": st.just("c2027_benchmarks"), "value": st.sampled_from(["5", "6"]), "source": st.just("局")}
        ),
    ),
    st.tuples(st.just("reported"), st.fixed_dictionaries({"goal": st.just("c2027_benchmarks"), "forget": st.just(True)})),
    st.tuples(st.just("break"), st.fixed_dictionaries({"wave": st.just("2026"), "forget": st.booleans()})),
    st.tuples(st.just("undo"), st.just({})),
)
EXPECTED = {
    "targets.as_it_came", "targets.unknown_goal", "targets.missing", "targets.rate", "targets.milestone_value", "targets.unit",
    "proof.none", "proof.no_document", "reported.none", "break.none",
}  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=2, max_size=8))
def test_that_any_way_to_the_targets_gives_what_the_steps_that_stand_give(resources, collected, steps):
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name), resources)
        desk.path.write_bytes(collected)
        study = first = desk.study
        earlier, standing = [], []
        for command, said in steps:
            if command == "undo":
                if earlier:
                    standing.pop()
                    study = journaled(study, earlier.pop(), "undo", {}, desk.context.now)
                continue
            after = step(desk, study, command, said)
            if after is not study:
                earlier.append(study)
                standing.append((command, said))
                study = after
        assert first_broken(study.journal) is None
        save(desk.path, study, head(first.journal))
        opened = open_study(desk.path)
        assert (opened.targets, opened.progress) == (study.targets, study.progress)
        again = first
        for command, said in standing:
            again = step(desk, again, command, said)
        assert (again.targets, again.progress) == (study.targets, study.progress)
        if not standing:
            assert study.targets == Targets()


def step(desk, study, command, said):
    try:
        return run_to_end(apply(desk.path, study, command, BY | said, desk.context))
    except UserError as error:
        assert error.code in EXPECTED, error  # noqa: PT017
        return study
