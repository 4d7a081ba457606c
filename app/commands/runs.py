"""What each command of the command line runs; loaded with the analysis, after the arguments were understood."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.commands.catalog import Request
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.files.study_file import open_study
from app.workflows.check import CheckReport, check
from app.workflows.demo import DemoReport, demo
from app.workflows.new_study import new_study
from app.workflows.perform import perform, run_and_save
from app.workflows.write_brief import write_brief
from app.workflows.write_figure import Picture, write_figure


@dataclass(frozen=True, slots=True)
class Collected:
    """A study before and after a collection (the same object when nothing was new)."""

    before: Study
    after: Study


def run_demo(request: Request) -> Task[DemoReport]:
    """The demonstration county, end to end."""
    return demo(request.parameters["out"], request.lang, request.context, request.parameters["seed"])


def run_check(request: Request) -> Task[CheckReport]:
    """Read and check files without a study."""
    return check(request.parameters["paths"], request.context, request.parameters["instrument"])


def run_new(request: Request) -> Task[Study]:
    """Make a study file."""
    return new_study(request.parameters["study"], request.context, request.parameters["instrument"])


def run_collect(request: Request) -> Task[Collected]:
    """Add workbooks to a study."""
    path = request.parameters["study"]
    before = yield from _open(path)
    after = yield from run_and_save(path, before, "collect", _without_study(request), request.context)
    return Collected(before, after)


def run_assess(request: Request) -> Task[Study]:
    """Compute levels."""
    return _perform("assess", request)


def run_goals(request: Request) -> Task[Study]:
    """Compute progress toward the goals."""
    return _perform("goals", request)


def run_findings(request: Request) -> Task[Study]:
    """Open a study to list its findings."""
    return _open(request.parameters["study"])


def run_journal(request: Request) -> Task[Study]:
    """Open a study to list its journal."""
    return _open(request.parameters["study"])


def run_brief(request: Request) -> Task[Path]:
    """Write the brief."""
    study = yield from _open(request.parameters["study"])
    return (yield from write_brief(study, request.parameters["out"], request.lang, request.context))


def run_figure(request: Request) -> Task[Path]:
    """Write one figure."""
    study = yield from _open(request.parameters["study"])
    picture, path = Picture(request.parameters["figure"]), request.parameters["out"]
    return (yield from write_figure(study, picture, path, request.lang, request.context))


def _perform(command: str, request: Request) -> Task[Study]:
    return perform(request.parameters["study"], command, _without_study(request), request.context)


def _without_study(request: Request) -> dict[str, Any]:
    return {name: value for name, value in request.parameters.items() if name != "study"}


def _open(path: Path) -> Task[Study]:
    yield Progress("progress.open", detail=path.name)
    return open_study(path)
