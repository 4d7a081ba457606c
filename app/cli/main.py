"""The command line: understand, run, print. Exit codes: 0 done, 1 `check` found something wrong, 2 bad input, 130 stopped."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Sequence
from typing import Any

from app.cli import failures
from app.cli.progress_line import ProgressLine
from app.cli.session import Session
from app.cli.show import show
from app.cli.streams import drop_output, speak_utf8
from app.cli.usage import language, parse
from app.commands.catalog import Request
from app.domain.errors import UserError
from app.domain.resources import Resources
from app.domain.task import run_to_end
from app.domain.words import Lang, Texts
from app.files.resources import load_resources
from app.workflows.context import Context


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; whatever happens, no traceback reaches the screen."""
    speak_utf8()
    lang = language(arguments)
    resources = load_resources()
    texts = Texts(lang, resources.words)
    try:
        return _run(list(arguments), texts, resources)
    except SystemExit as stop:  # argparse has printed its help or the version
        return int(stop.code or 0)
    except UserError as error:
        return failures.user_error(error, texts, resources)
    except KeyboardInterrupt:
        return failures.interrupted(texts)
    except BrokenPipeError:  # the reader of our output has seen enough
        drop_output()
        return 0
    except Exception as error:  # noqa: BLE001 - the promise of this function: one plain sentence, details in the log
        return failures.unexpected(error, texts, _now())


def _run(arguments: list[str], texts: Texts, resources: Resources) -> int:
    command, given = parse(arguments, texts)
    if command is None:
        return 0
    lang: Lang = given.pop("lang", texts.lang)
    parameters = {parameter.name: given[parameter.name] for parameter in command.parameters}
    line = ProgressLine(texts)
    try:
        result = run_to_end(command.load()(Request(parameters, lang, Context(resources, _now()))), line.report)
    finally:
        line.clear()
    return _show(result, Session(command, texts, resources, given))


def _show(result: Any, session: Session) -> int:
    try:
        code = show(result, session)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:  # printing touches no file but standard output
        drop_output()
        raise UserError("output.failed", reason=error.strerror or error) from error
    return code


def _now() -> str:
    """The clock, read once; SOURCE_DATE_EPOCH (seconds) stands in for it so that two runs can give the same bytes."""
    declared = os.environ.get("SOURCE_DATE_EPOCH", "")
    if declared.isdigit():
        return datetime.datetime.fromtimestamp(int(declared), datetime.UTC).isoformat(timespec="seconds")
    return datetime.datetime.now().astimezone().isoformat(timespec="seconds")
