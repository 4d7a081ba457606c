"""The commands on goals in the window: entered with parameters, asked for or shown without, written beside the document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.domain.goals import Layer
from app.domain.targets import GoalEdit, Targets
from app.domain.task import run_to_end
from app.files.goal_layer_file import read_goal_layer
from app.gui import targeting, work
from app.gui.store import Store
from app.gui.targeting import Targeting
from tests.study_samples import full_study

PARAMETERS = {
    "goal": {"goal": "n2027_penetration", "set": {"value": "75%"}, "who": "张三", "why": "会议"},
    "proof": {"entry": "item_2_1", "state": "none", "who": "张三"},
    "reported": {"goal": "c2027_firms", "value": "5", "source": "局", "who": "张三"},
    "break": {"wave": "2026", "who": "张三", "why": "问法"},
}


class Session:
    """Notes what is asked of it and runs tasks at once; a change leaves the study as `made` says."""

    def __init__(self, resources, zh, made=lambda study: study):
        self.store, self.changed, self.resources, self._made = Store(), [], resources, made
        self.texts = zh
        study = full_study()
        told = tuple(replace(each, reason="light.reason.no_data", reason_values=()) for each in study.progress)
        self.store.open(replace(study, progress=told), Path("东河.zhiheng"))

    def change(self, command, parameters, label, done):
        self.changed.append((command, parameters, label))
        base, new = self.store.study, self._made(self.store.study)
        if new is not base:
            self.store.put(new, base, label)
        done(new)

    def asked(self):
        return work.Asked(self.store.study, self.resources, self.texts, None)

    def run(self, id_, task, done):
        done(run_to_end(task))


@pytest.fixture
def window(resources, zh):
    return make_window(resources, zh)


def make_window(resources, zh, made=lambda study: study):
    shown, told, written = [], [], []
    error = SimpleNamespace(tell=lambda text, done: told.append(text))
    session = Session(resources, zh, made)
    return SimpleNamespace(
        session=session, go=shown.append, error=error, say_written=written.append, shown=shown, told=told, written=written
    )


@pytest.mark.parametrize("command", PARAMETERS)
def test_that_what_is_entered_is_handed_on_as_it_is_and_the_page_opens_without(window, command):
    flow = Targeting(window).flows[f"study.{command}"]
    flow({})
    page = "goal" if command in ("reported", "break") else "goals"  # figures and breaks are entered on the page of one goal
    assert (window.shown, window.session.changed) == ([page], [])
    flow(PARAMETERS[command])
    ((name, parameters, label),) = window.session.changed
    assert (name, parameters) == (command, PARAMETERS[command])
    assert label == window.session.texts(f"gui.command.study.{command}")
    assert window.told == [window.session.texts("gui.target.unchanged")]


def test_that_a_layer_taken_in_tells_how_many_goals_came(resources, zh):
    edit = GoalEdit("a", resources.goal_book.goals[0], "张三", "2026-08-01", "", "县.toml")
    window = make_window(resources, zh, lambda study: replace(study, targets=Targets(goals=(edit, edit))))
    Targeting(window).flows["goalbook.import"]({"from": Path("县.toml")})
    assert window.session.changed[0][:2] == ("goalbook", {"from": Path("县.toml")})
    assert window.told == [zh("gui.target.taken", n="2")]


@pytest.mark.parametrize("mode", ["import", "layer", "progress"])
def test_that_files_are_asked_for_where_none_is_said(window, monkeypatch, tmp_path, mode):
    asked = []
    monkeypatch.setattr(
        targeting, "ask_open", lambda parent, question, answer: (asked.append(question), answer((tmp_path / "县.toml",)))
    )
    monkeypatch.setattr(
        targeting, "ask_save", lambda parent, question, answer: (asked.append(question), answer((tmp_path / question.name,)))
    )
    flows = Targeting(window).flows
    if mode == "import":
        flows["goalbook.import"]({})
        assert window.session.changed[0][:2] == ("goalbook", {"from": tmp_path / "县.toml"})
    elif mode == "layer":
        flows["study.goalbook"]({"export": tmp_path / "国家.toml", "layer": "state"})
        flows["goalbook.export"]({"layer": "state"})
        own = [goal for goal in window.session.resources.goal_book.goals if goal.layer is Layer.STATE]
        assert [list(read_goal_layer(path).goals) for path in window.written] == [own, own]
    else:
        flows["goals.export"]({})
        assert window.written[0].suffix == ".csv" and window.written[0].is_file()
    assert len(asked) == 1 and asked[0].title


def test_that_every_command_has_its_flow_its_words_and_a_name_in_the_catalogue(window, resources):
    from app.commands.catalog import command

    for id_ in Targeting(window).flows:
        assert command(id_)
        assert f"gui.command.{id_}" in resources.words


def test_that_the_lowest_layer_people_entered_is_offered(resources, zh):
    goal = replace(resources.goal_book.goals[0], layer=Layer.CITY)
    study = replace(full_study(), targets=Targets(goals=(GoalEdit("a", goal, "", "", ""),)))
    assert (targeting._lowest(study), targeting._lowest(full_study())) == ("city", "county")
