"""What leaves the house from the window, by command id: asked for in a form, written, registered, refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel

from app.files.relay_file import read_relay
from app.gui.preferences import Preferences
from app.gui.widgets.warning_bar import WarningBar
from tests.unit.workflows.county import Desk, rows_of, write_form

PLACE = {"place": "990136", "name": "东河县", "who": "王敏"}
WISH = {"purpose": "交统计局作课题研究", "who": "李强"}


@pytest.fixture(scope="module")
def county(tmp_path_factory, resources):
    folder = tmp_path_factory.mktemp("county")
    made = Desk(folder, resources)
    forms = [write_form(folder / f"{k}.csv", rows_of(1 + 40 * k, 14, town)) for k, town in enumerate(("东河镇", "西山乡"))]
    made.collect(*forms, wave="2026", date="2026-06-30")
    made.run("assess")
    return made


@pytest.fixture
def window(window, county, tmp_path, monkeypatch):
    """The window on a copy of the county, on a computer that has no key yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "东河县.zhiheng"
    path.write_bytes(county.path.read_bytes())
    window.session.take(county.study, path)
    return window


def form(window, command, **said):
    """Open the form of a command and fill it in."""
    window.desk.trigger(f"study.{command}")
    dialog = window.findChild(QDialog, f"dialog.{command}")
    for name, words in said.items():
        dialog.fields[name].setText(words)
    return dialog


def write_to(window, qtbot, path):
    """Answer the question where to write, and wait until it is written or refused."""
    asked = window.findChild(QFileDialog, "dialog.file")
    assert Path(asked.directory().absolutePath()) == window.session.store.path.parent
    asked.filesSelected.emit([str(path)])
    asked.close()
    qtbot.waitUntil(lambda: not window.session.runner.is_busy, timeout=60_000)


def journal_of(window, command):
    return [entry for entry in window.session.store.study.journal if entry.command == command]


def test_that_a_package_is_asked_for_written_registered_and_told_with_its_key(window, qtbot, tmp_path):
    out = tmp_path / "县.zhrelay"
    dialog = form(window, "relay")
    assert not dialog.go.isEnabled()
    for name, words in PLACE.items():
        dialog.fields[name].setText(words)
    dialog.go.click()
    write_to(window, qtbot, out)
    package = read_relay(out)
    assert (package.content.place.code, package.content.place.name, package.content.who) == ("990136", "东河县", "王敏")
    (release,) = window.session.store.study.signing.releases
    assert (release.kind, release.purpose, release.who) == ("relay", "990136 东河县", "王敏")
    assert len(journal_of(window, "relay")) == 1
    assert str(out) in window.error.sentence
    key = lambda: any(package.fingerprint in words.text() for words in window.error.findChildren(QLabel))  # noqa: E731
    qtbot.waitUntil(key, timeout=20_000)


def test_that_whose_package_it_is_is_remembered(window, qtbot, tmp_path):
    form(window, "relay", **PLACE).go.click()
    write_to(window, qtbot, tmp_path / "县.zhrelay")
    assert Preferences().sender == PLACE | {"level": "county"}
    dialog = form(window, "relay")
    assert dialog.said == PLACE | {"level": "county", "protect": "hide"}
    dialog.close()


@pytest.mark.parametrize(
    ("said", "word"), [({"place": "99013"}, "6至12位"), ({"place": "９９０１３６"}, "半角"), ({"who": "王" * 61}, "60")]
)
def test_that_what_cannot_be_is_one_sentence_in_the_form_and_nothing_is_written(window, said, word):
    before = window.session.store.study
    dialog = form(window, "relay", **PLACE | said)
    dialog.go.click()
    bar = dialog.findChild(WarningBar, "relay.why")
    (sentence,) = (words.text() for words in bar.findChildren(QLabel) if words.isVisible())
    assert word in sentence
    assert "--" not in sentence
    assert sentence.count("。") == 1
    assert dialog.isVisible()
    assert dialog.said["name"] == "东河县"
    assert window.findChild(QFileDialog, "dialog.file") is None
    assert window.session.store.study is before
    for name in said:
        dialog.fields[name].setText(PLACE[name])
    assert not bar.isVisible()
    dialog.close()


def test_that_a_firm_file_without_names_is_written_and_its_purpose_journaled(window, qtbot, tmp_path):
    out = tmp_path / "企业.csv"
    dialog = form(window, "anonymise", **WISH)
    assert [dialog.fields["k"].itemData(place) for place in range(4)] == ["3", "5", "10", "20"]
    dialog.go.click()
    write_to(window, qtbot, out)
    assert "东河镇第1机械有限公司" not in out.read_text(encoding="utf-8-sig")
    (entry,) = journal_of(window, "anonymise")
    assert WISH["purpose"] in entry.parameters
    assert '"k": 5' in entry.parameters
    (release,) = window.session.store.study.signing.releases
    assert (release.kind, release.purpose, release.who) == ("firms", WISH["purpose"], "李强")
    assert str(out) in window.error.sentence


def test_that_without_a_purpose_nothing_can_be_written(window):
    dialog = form(window, "anonymise", who="李强")
    assert not dialog.go.isEnabled()
    dialog.close()


def test_that_what_was_said_is_there_again_after_the_program_refused(window, qtbot, tmp_path):
    before = window.session.store.study
    form(window, "anonymise", **WISH).go.click()
    write_to(window, qtbot, tmp_path / "企业.txt")
    assert ".csv" in window.error.sentence
    assert not (tmp_path / "企业.txt").exists()
    assert window.session.store.study is before
    dialog = form(window, "anonymise")
    assert dialog.said == WISH | {"k": "5"}
    dialog.close()


@pytest.mark.parametrize(("command", "said"), [("relay", PLACE), ("anonymise", WISH)])
def test_that_leaving_the_form_or_the_choice_of_a_file_does_nothing(window, command, said):
    def beside():
        return {path.name for path in window.session.store.path.parent.iterdir()} - {"settings"}

    before, files = window.session.store.study, beside()
    form(window, command, **said).close()
    assert window.findChild(QFileDialog, "dialog.file") is None
    form(window, command, **said).go.click()
    window.findChild(QFileDialog, "dialog.file").reject()
    assert not window.session.runner.is_busy
    assert window.session.store.study is before
    assert beside() == files


def test_that_both_stand_in_the_menu_and_the_palette(window):
    window.actions_.follow(window.session)
    assert {"study.relay", "study.anonymise"} <= {entry.id for entry in window.actions_.entries()}
