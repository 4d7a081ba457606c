"""Understanding the command line, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.usage import UsageError, language, make_parser, parse, study_path


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [([], "zh"), (["--lang", "en", "check"], "en"), (["check", "--lang=en"], "en"), (["--lang"], "zh"), (["--lang", "zh"], "zh")],
)
def test_that_the_language_is_known_before_the_rest_is_understood(arguments, lang):
    assert language(arguments) == lang


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["new"], "usage.required", "项目"),
        (["bogus"], "usage.command", "bogus"),
        (["a.zhiheng", "b.zhiheng"], "usage.command", "a.zhiheng"),
        (["assess", "a", "--seed", "-5"], "usage.number", "-5"),
        (["assess", "a", "--seed", "99999999999"], "usage.number", "99999999999"),
        (["new", ""], "usage.empty", "项目"),
        (["check", " "], "usage.empty", "文件"),
        (["brief", "a", "--out="], "usage.empty", "--out"),
        (["check", "a", "-b.csv"], "usage.unknown", "./-"),
        (["check", "a.csv", "--bogus"], "usage.unknown", "--bogus"),
        (["check", "a.csv", "--instrument"], "usage.value", "--instrument"),
        (["assess", "a", "--seed", "x"], "usage.number", "x"),
        (["collect", "a", "b.csv", "--design", "guess"], "usage.choice", "guess"),
        (["brief", "a"], "usage.required", "--out"),
        (["check", "a.csv", "--json=1"], "usage.flag", "--json"),
    ],
)
def test_that_a_wrong_command_line_is_said_in_a_worded_sentence(arguments, code, said, zh, en):
    with pytest.raises(UsageError) as caught:
        parse(arguments, zh)
    assert caught.value.code == code
    for texts in (zh, en):
        sentence = texts(f"error.{code}", **caught.value.params)
        assert said in sentence
        assert "'" not in sentence


def test_that_values_come_typed_by_their_kind(zh):
    command, values = parse(["collect", "东河", "a.xlsx", "夹", "--date", "2026-06-30", "--json"], zh)
    assert command.id == "study.collect"
    assert values["study"] == Path("东河.zhiheng")
    assert values["paths"] == [Path("a.xlsx"), Path("夹")]
    assert (values["date"], values["wave"], values["json"]) == ("2026-06-30", None, True)


def test_that_the_language_may_stand_on_either_side_of_the_command(zh):
    for arguments in (["--lang", "en", "check", "a"], ["check", "a", "--lang", "en"]):
        assert parse(arguments, zh)[1]["lang"] == "en"


def test_that_the_ending_of_a_study_may_be_left_out(tmp_path):
    assert study_path("a.zhiheng") == Path("a.zhiheng")
    assert study_path("东河县2026.7") == Path("东河县2026.7.zhiheng")
    other = tmp_path / "a.xlsx"
    other.touch()
    assert study_path(str(other)) == other


def test_that_a_study_may_have_any_name_and_a_folder_has_its_own(tmp_path, monkeypatch):
    assert study_path("县" * 200).name == "县" * 200 + ".zhiheng"
    monkeypatch.chdir(tmp_path)
    assert study_path(".").name == tmp_path.name


def test_that_help_is_in_the_chosen_language(zh, en):
    chinese, english = make_parser(zh).format_help(), make_parser(en).format_help()
    assert "用法：" in chinese
    assert "usage: " in english
    assert "show this help" in english
    for word in ("positional arguments", "optional", "show this help message and exit"):
        assert word not in chinese
