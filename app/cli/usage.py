"""The command line's own words: help and usage errors in the chosen language, made from the catalogue."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

from app.commands.catalog import COMMANDS, Command, Kind, Parameter
from app.domain.errors import UserError
from app.domain.words import Lang, Texts

_SPOKEN = (
    ("required", re.compile(r"the following arguments are required: (?P<what>.+)")),
    ("choice", re.compile(r"argument (?P<what>-\S+): invalid choice: (?P<value>.*?) \(choose from (?P<known>.+)\)")),
    ("command", re.compile(r"argument \S+: invalid choice: (?P<value>.*?) \(choose from (?P<known>.+)\)")),
    ("unknown", re.compile(r"unrecognized arguments: (?P<what>.+)")),
    ("value", re.compile(r"argument (?P<what>\S+): expected (?:one|at least one) argument")),
    ("number", re.compile(r"argument (?P<what>\S+): invalid _seed_number value: (?P<value>.+)")),
    ("rows", re.compile(r"argument (?P<what>\S+): invalid _row_numbers value: (?P<value>.+)")),
    ("flag", re.compile(r"argument (?P<what>\S+): ignored explicit argument")),
    ("empty", re.compile(r"argument (?P<what>\S+): invalid _?[a-z]+_path value: ")),
)
_SUFFIX = ".zhiheng"
_SEEDS = 2**32
_ROWS = 1_000_000


class UsageError(UserError):
    """A command line that cannot be understood."""


def language(arguments: Iterable[str]) -> Lang:
    """Return the language asked for anywhere on the command line, before anything else is understood."""
    words = list(arguments)
    for position, word in enumerate(words):
        if word == "--lang=en" or (word == "--lang" and words[position + 1 : position + 2] == ["en"]):
            return "en"
    return "zh"


def parse(arguments: list[str], texts: Texts) -> tuple[Command | None, dict[str, Any]]:
    """Return the command asked for and its values by name (None when only help was printed); UsageError otherwise."""
    parser = make_parser(texts)
    values = vars(parser.parse_args(arguments))
    name = values.pop("command")
    if name is None:
        parser.print_help()
        return None, values
    return next(command for command in COMMANDS if command.name == name), values


def make_parser(texts: Texts) -> argparse.ArgumentParser:
    """Return the parser of the whole catalogue."""
    parser = _parser(texts, prog="zhiheng", description=texts("cli.description"), epilog=texts("cli.epilog"))
    parser.add_argument("--version", action="version", version=_version(), help=texts("cli.option.version"))
    commands = parser.add_subparsers(title=texts("cli.commands"), dest="command", metavar=texts("cli.metavar.command"))
    for command in COMMANDS:
        if command.name:
            words = texts(f"command.{command.id}")
            sub = commands.add_parser(command.name, help=words, **_frame(texts, description=words))
            _add_common(sub, texts)
            for parameter in command.parameters:
                _add(sub, parameter, _words(command, parameter, texts), texts)
            sub.add_argument("--json", action="store_true", help=texts("cli.option.json"))
    return parser


class _Parser(argparse.ArgumentParser):
    """Errors are raised and worded by us, not printed in English by argparse."""

    texts: Texts

    def error(self, message: str) -> NoReturn:
        for kind, pattern in _SPOKEN:
            found = pattern.search(message)
            if found:
                raise UsageError(f"usage.{kind}", **{name: text.replace("'", "") for name, text in found.groupdict().items()})
        raise UsageError("usage.other", what=message)


def _frame(texts: Texts, **words: str) -> dict[str, Any]:
    """What every parser and subparser shares."""

    class Formatter(argparse.HelpFormatter):
        def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
            super().add_usage(usage, actions, groups, texts("cli.usage") if prefix is None else prefix)

    return {"add_help": False, "formatter_class": Formatter, "allow_abbrev": False, **words}


def _parser(texts: Texts, prog: str, **words: str) -> argparse.ArgumentParser:
    parser = _Parser(prog=prog, **_frame(texts, **words))
    _add_common(parser, texts)
    return parser


def _add_common(parser: argparse.ArgumentParser, texts: Texts) -> None:
    # argparse has no public way to name these two groups in another language
    parser._positionals.title = texts("cli.arguments")
    parser._optionals.title = texts("cli.options")
    parser.add_argument("-h", "--help", action="help", help=texts("cli.option.help"))
    parser.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help=texts("cli.option.lang"))


def _words(command: Command, parameter: Parameter, texts: Texts) -> str:
    own = f"command.parameter_of.{command.name}.{parameter.name}"
    return texts(own if own in texts.entries else f"command.parameter.{parameter.name}")


def _add(parser: argparse.ArgumentParser, parameter: Parameter, words: str, texts: Texts) -> None:
    flag = "--" + parameter.name.replace("_", "-")
    if parameter.kind is Kind.FLAG:
        parser.add_argument(flag, dest=parameter.name, action="store_true", help=words)
        return
    options: dict[str, Any] = {"type": _TYPES.get(parameter.kind, str), "help": words}
    options["metavar"] = texts(f"cli.metavar.{parameter.kind.value}")
    if parameter.choices:
        options |= {"choices": parameter.choices, "metavar": None}
    if parameter.kind in (Kind.PATHS, Kind.WORDS):
        options["nargs"] = "+"
    if parameter.positional:
        if not parameter.required:
            options["nargs"] = "?"
        parser.add_argument(parameter.name, **options)
        return
    if parameter.kind is Kind.WORDS:
        options["action"] = "extend"  # said twice, both count
    default = (
        Path(parameter.default) if parameter.kind is Kind.FOLDER and isinstance(parameter.default, str) else parameter.default
    )
    parser.add_argument(flag, required=parameter.required, default=default, **options)


def study_path(text: str) -> Path:
    """Return the path of a study; its ending may be left out. ValueError for an empty text."""
    path = _given_path(text)
    return path if path.suffix == _SUFFIX or os.path.exists(text) else path.with_name(path.name + _SUFFIX)  # noqa: PTH110


def _given_path(text: str) -> Path:
    """A path with a name: nothing at all is not the folder one happens to stand in, and `.` is called by its name."""
    path = Path(text)
    if not text.strip() or "\0" in text:
        raise ValueError(text)
    return path if path.name else path.absolute()


def _seed_number(text: str) -> int:
    number = int(text)
    if not 0 <= number < _SEEDS:
        raise ValueError(text)
    return number


def _row_numbers(text: str) -> tuple[int, ...]:
    """Return row numbers written like 1,3,5-8."""
    rows: list[int] = []
    for part in text.replace("，", ",").split(","):
        first, _, last = part.partition("-")
        start, stop = int(first), int(last or first)
        if not 0 < start <= stop < _ROWS:
            raise ValueError(text)
        rows += range(start, stop + 1)
    return tuple(rows)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("zhiheng")
    except PackageNotFoundError:
        return "0"


_TYPES: dict[Kind, Callable[[str], Any]] = {
    Kind.PATHS: _given_path,
    Kind.STUDY: study_path,
    Kind.NEW_STUDY: study_path,
    Kind.OPEN: _given_path,
    Kind.SAVE: _given_path,
    Kind.FOLDER: _given_path,
    Kind.NUMBER: _seed_number,
    Kind.ROWS: _row_numbers,
}
