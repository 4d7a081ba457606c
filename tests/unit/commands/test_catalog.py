"""The catalogue: every command is worded, reachable, and light to import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from app.commands.catalog import COMMANDS, When, command
from app.commands.menus import MENUS, SEPARATOR
from tests.study_samples import empty_study, full_study

SPOKEN = [entry for entry in COMMANDS if entry.name]


def test_that_ids_names_and_keys_are_unique():
    for values in (
        [entry.id for entry in COMMANDS],
        [entry.name for entry in SPOKEN],
        [entry.keys for entry in COMMANDS if entry.keys],
    ):
        assert len(values) == len(set(values))


def test_that_every_command_of_the_contract_is_there():
    names = {"check", "new", "collect", "findings", "assess", "goals", "brief", "figure", "journal", "demo"}
    names |= {"questions", "decide", "decisions", "correct", "revisions", "accept", "register", "form", "slips", "responses"}
    names |= {"backtest", "labels", "label", "ruling", "override", "confirm", "visits", "weights", "model"}
    names |= {"watch", "agents"}
    names |= {"briefs", "verify", "templates"}
    names |= {"scenario", "change"}
    names |= {"sign", "releases", "anonymise", "relay", "merge", "receipt"}
    names |= {"goal", "goalbook", "proof", "reported", "break"}
    assert names == {entry.name for entry in SPOKEN}


def test_that_menus_show_only_commands_that_exist():
    shown = [id_ for _, ids in MENUS for id_ in ids if id_ != SEPARATOR]
    assert len(shown) == len(set(shown))
    assert all(command(id_) for id_ in shown)
    with pytest.raises(KeyError):
        command("no.such")


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.id)
def test_that_every_command_and_parameter_is_worded(entry, resources):
    assert f"command.{entry.id}" in resources.words
    assert all(f"command.parameter.{parameter.name}" in resources.words for parameter in entry.parameters)


@pytest.mark.parametrize("entry", SPOKEN, ids=lambda entry: entry.name)
def test_that_every_command_of_the_command_line_can_be_loaded(entry):
    assert callable(entry.load())


def test_that_a_command_of_the_window_has_nothing_to_load():
    with pytest.raises(KeyError):
        command("edit.undo").load()


def test_that_a_command_is_ready_when_what_it_needs_is_there():
    ready = {When.ALWAYS: (None, empty_study(), full_study()), When.STUDY: (empty_study(), full_study())}
    ready |= {When.ANSWERS: (full_study(),), When.LEVELS: (full_study(),)}
    for entry in COMMANDS:
        states = [entry.is_ready(study) for study in (None, empty_study(), full_study())]
        assert sum(states) == len(ready[entry.when]), entry.id


def test_that_the_catalogue_loads_without_the_analysis():
    program = "import sys, app.commands.catalog, app.commands.menus; print([m for m in ('pandas', 'numpy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == "[]"
