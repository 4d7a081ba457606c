"""What the commands about scenarios and changes run."""

from __future__ import annotations

from dataclasses import dataclass

from app.commands.catalog import Request
from app.commands.running import Changed, changed_if, opened
from app.domain.change import MeasureChange
from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.workflows.scenarios import Compared, changes_of, compare


@dataclass(frozen=True, slots=True)
class Supposed:
    """A study before and after a command on its scenarios, and where those that hold lead."""

    changed: Changed
    compared: Compared


@dataclass(frozen=True, slots=True)
class Decomposed:
    """A study and the changes of its measures."""

    study: Study
    changes: tuple[MeasureChange, ...]


def run_scenario(request: Request) -> Task[Supposed]:
    """Save or delete a scenario, or only compare those there are."""
    given = request.parameters
    told = any(given[name] for name in ("goal", "lever", "note", "forget"))
    if given["name"] and not told:
        raise UserError("scenario.levers", name=given["name"])
    changed = yield from changed_if(bool(given["name"]) or told, "scenario", request)
    yield Progress("progress.goals")
    return Supposed(changed, compare(changed.after, request.context))


def run_change(request: Request) -> Task[Decomposed]:
    """Take the changes of measures between two waves apart."""
    study = yield from opened(request.parameters["study"])
    yield Progress("progress.goals")
    return Decomposed(study, changes_of(study, request.parameters, request.context))
