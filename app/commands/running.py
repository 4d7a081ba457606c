"""What the functions that run commands share: opening a study, and changing it with its journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.commands.catalog import Request
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.files.study_file import open_study
from app.workflows.perform import perform, run_and_save


@dataclass(frozen=True, slots=True)
class Changed:
    """A study before and after a command (the same object when nothing changed)."""

    before: Study
    after: Study


def change(command: str, request: Request) -> Task[Changed]:
    """Run a command on the request's study and save it."""
    path = request.parameters["study"]
    before = yield from opened(path)
    after = yield from run_and_save(path, before, command, without_study(request), request.context)
    return Changed(before, after)


def changed_if(wanted: bool, command: str, request: Request) -> Task[Changed]:
    """Run a command on the request's study, or only open it where nothing is to be changed."""
    if wanted:
        return (yield from change(command, request))
    study = yield from opened(request.parameters["study"])
    return Changed(study, study)


def performed(command: str, request: Request) -> Task[Study]:
    """Run a command on the request's study and save it; the study as saved."""
    return perform(request.parameters["study"], command, without_study(request), request.context)


def without_study(request: Request) -> dict[str, Any]:
    """Return the parameters of a command on the study, as the journal keeps them."""
    return {name: value for name, value in request.parameters.items() if name != "study"}


def opened(path: Path) -> Task[Study]:
    """Open the study at `path`."""
    yield Progress("progress.open", detail=path.name)
    return open_study(path)
