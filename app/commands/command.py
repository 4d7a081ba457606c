"""What a command is: its words, its parameters, when it makes sense, and the function that runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from app.domain.study import Study
from app.domain.task import Task
from app.domain.words import Lang
from app.workflows.context import Context


class Kind(StrEnum):
    """What a parameter is; a missing one is asked for by its kind."""

    PATHS = "paths"
    STUDY = "study"
    NEW_STUDY = "new_study"
    OPEN = "open"
    SAVE = "save"
    FOLDER = "folder"
    TEXT = "text"
    WORD = "word"
    WORDS = "words"
    DATE = "date"
    CHOICE = "choice"
    NUMBER = "number"
    ROWS = "rows"
    FLAG = "flag"


class When(StrEnum):
    """What must be there before a command makes sense."""

    ALWAYS = "always"
    STUDY = "study"
    ANSWERS = "answers"
    LEVELS = "levels"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. On the command line it is positional, or `--name`.

    Its words are `command.parameter_of.<command>.<name>` where that is worded, else `command.parameter.<name>`.
    """

    name: str
    kind: Kind
    positional: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    default: str | int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One call of a command: its parameters by name, the language of what it writes, and the context."""

    parameters: Mapping[str, Any]
    lang: Lang
    context: Context


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `name` is its word on the command line, "" for what only a window can do; its words are `command.<id>`.

    `module` of app.commands holds the function that runs it, `run_<name>`.
    """

    id: str
    name: str = ""
    parameters: tuple[Parameter, ...] = ()
    keys: str = ""
    when: When = When.ALWAYS
    module: str = "runs"

    def load(self) -> Callable[[Request], Task[Any]]:
        """Return the function that runs it, loading the analysis on the way; KeyError for a command of the window alone."""
        if not self.name:
            raise KeyError(self.id)
        run: Callable[[Request], Task[Any]] = getattr(import_module(f"app.commands.{self.module}"), f"run_{self.name}")
        return run

    def is_ready(self, study: Study | None) -> bool:
        """Whether the command makes sense for the study as it stands (None: no study is open)."""
        return (
            self.when is When.ALWAYS
            or (self.when is When.STUDY and study is not None)
            or (self.when is When.ANSWERS and study is not None and study.responses is not None)
            or (self.when is When.LEVELS and study is not None and bool(study.assessments))
        )
