"""Exit codes and streams of a whole run."""

from __future__ import annotations

import io
import json
import sys
import types
from dataclasses import replace

import pytest

from app import __main__ as entry
from app.cli import main as cli
from app.cli.progress_line import ProgressLine
from app.domain.task import Progress
from tests.study_samples import full_study


@pytest.fixture
def study_file(tmp_path):
    from app.files.study_file import create

    create(tmp_path / "东河.zhiheng", replace(full_study(), progress=()))
    return tmp_path / "东河.zhiheng"


def test_that_help_and_version_end_with_nothing_wrong(capsys):
    for arguments in ([], ["--help"], ["collect", "-h"], ["--version"]):
        assert cli.main(arguments) == 0
        assert capsys.readouterr().out.strip()


def test_that_bad_input_ends_with_two_and_one_sentence_on_standard_error(capsys, tmp_path):
    for arguments in (["bogus"], ["findings", str(tmp_path / "x")], ["new", str(tmp_path / "a"), "--instrument", "none"]):
        assert cli.main(arguments) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_that_the_error_speaks_the_chosen_language(capsys, tmp_path):
    cli.main(["journal", str(tmp_path / "x"), "--lang", "en"])
    assert "There is no study" in capsys.readouterr().err


def test_that_findings_and_journal_print_for_people_and_as_json(capsys, study_file):
    for name, key in (("findings", "findings"), ("journal", "entries")):
        assert cli.main([name, str(study_file)]) == 0
        assert capsys.readouterr().out.strip()
        assert cli.main([name, str(study_file), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)[key]


def test_that_a_new_study_is_made_once(capsys, tmp_path):
    assert cli.main(["new", str(tmp_path / "甲")]) == 0
    assert (tmp_path / "甲.zhiheng").is_file()
    assert cli.main(["new", str(tmp_path / "甲")]) == 2
    assert "甲.zhiheng" in capsys.readouterr().err


@pytest.mark.parametrize(("trouble", "code"), [(KeyboardInterrupt, 130), (ZeroDivisionError, 2), (BrokenPipeError, 0)])
def test_that_whatever_happens_no_traceback_is_printed(capfd, monkeypatch, tmp_path, trouble, code):
    def fail(*_):
        raise trouble

    monkeypatch.setattr(cli, "show", fail)
    monkeypatch.setattr("app.cli.failures._log_folder", lambda: tmp_path)
    monkeypatch.setattr(cli, "drop_output", lambda: None)
    assert cli.main(["new", str(tmp_path / "a")]) == code
    assert "Traceback" not in capfd.readouterr().err


class Full(io.StringIO):
    """A stream to a full disk."""

    def write(self, text):
        raise OSError(28, "No space left on device")


def test_that_an_output_that_takes_no_more_is_said(monkeypatch, study_file, capsys):
    monkeypatch.setattr(sys, "stdout", Full())
    assert cli.main(["journal", str(study_file)]) == 2
    assert "已满" in capsys.readouterr().err


def test_that_closed_streams_swallow_what_they_are_given(monkeypatch, study_file):
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    assert cli.main(["journal", str(study_file)]) == 0
    assert cli.main(["journal", str(study_file) + "x"]) == 2


def test_that_odd_names_are_printed_as_the_disk_has_them(monkeypatch, tmp_path):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, encoding="ascii"))
    cli.main(["journal", str(tmp_path / "东河\udcff\ud800")])
    sys.stderr.flush()
    assert "东河".encode() + b"\xff" in raw.getvalue() or b"\\ud800" in raw.getvalue()


@pytest.mark.parametrize(
    ("arguments", "opened"),
    [
        ([], ([], "")),
        (["甲.zhiheng", "--lang", "en"], (["甲.zhiheng"], "en")),
        (["--lang=en", "甲.zhiheng"], (["甲.zhiheng"], "en")),
        (["--lang", "zh"], ([], "zh")),
    ],
)
def test_that_no_command_opens_the_window_in_the_language_asked_for(monkeypatch, arguments, opened):
    calls = []
    window = types.ModuleType("app.gui.application")
    window.main = lambda *given: calls.append(given) or 0
    monkeypatch.setitem(sys.modules, "app.gui.application", window)
    monkeypatch.setattr(sys, "argv", ["zhiheng", *arguments])
    assert entry.main() == 0
    assert calls == [opened]


def test_that_a_language_there_is_not_is_refused(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["zhiheng", "--lang", "de"])
    assert entry.main() == 2
    assert "--lang" in capsys.readouterr().err


def test_that_a_declared_moment_stands_in_for_the_clock(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        cli.main(["new", str(tmp_path / name / "甲.zhiheng")])
        cli.main(["journal", str(tmp_path / name / "甲.zhiheng")])
    first, second = ((tmp_path / name / "甲.zhiheng").read_bytes() for name in "ab")
    assert first == second
    assert "2026-09-21T14:13:20+00:00" in capsys.readouterr().out


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def test_that_progress_is_shown_on_a_terminal_and_wiped_away(monkeypatch, zh):
    monkeypatch.setattr(sys, "stderr", Terminal())
    line = ProgressLine(zh)
    line.report(Progress("progress.save", 1, 4, "企业" * 60))
    line.clear()
    shown = sys.stderr.getvalue()
    assert "正在保存 1/4" in shown
    assert shown.endswith("\r")


def test_that_progress_is_silent_in_a_pipe(monkeypatch, zh):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    line = ProgressLine(zh)
    line.report(Progress("progress.save"))
    line.clear()
    assert sys.stderr.getvalue() == ""
