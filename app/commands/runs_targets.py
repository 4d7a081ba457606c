"""What the commands about goals run: progress, the goal book, evidence, reported figures, declared breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.commands.catalog import Request
from app.commands.running import Changed, changed_if, performed
from app.domain.errors import UserError
from app.domain.goals import GoalBook
from app.domain.study import Study
from app.domain.task import Task
from app.files.endings import check_ending
from app.workflows.goal_edit import present
from app.workflows.layers import Layers, export_layer, look_over, origins_of
from app.workflows.progress_out import ENDINGS, export_progress
from app.workflows.targets import book_of, text_of


@dataclass(frozen=True, slots=True)
class Targeted:
    """A study before and after a command on its targets, with its goal book as it then stands and where its goals came from."""

    changed: Changed
    book: GoalBook
    origins: dict[str, str]


@dataclass(frozen=True, slots=True)
class Layered:
    """What became of the goal book, looked over by layers, and the file that a layer was written to."""

    targeted: Targeted
    layers: Layers
    path: Path | None


def run_goals(request: Request) -> Task[Study | Path]:
    """Compute progress toward the goals, and write its components where a file is named."""
    given = request.parameters
    if given["export"] is None:
        return (yield from performed("goals", request))
    check_ending(given["export"], *ENDINGS)
    study = yield from performed("goals", request)
    return (yield from export_progress(study, given["export"], request.lang, request.context))


def run_goal(request: Request) -> Task[Targeted]:
    """Change one goal, or only list them."""
    given = request.parameters
    wanted = bool(given["set"] or given["withdraw"] or given["forget"])
    if given["withdraw"] and given["set"]:
        raise UserError("targets.withdraw_or_set")
    changed = yield from changed_if(wanted, "goal", request)
    found = _targeted(changed, request)
    id_ = text_of(given, "goal")
    if id_ and not wanted and present(changed.after, id_, request.context) is None and not _known(id_, changed.after):
        raise UserError("targets.unknown_goal", goal=id_, study=changed.after.name)
    return found


def run_goalbook(request: Request) -> Task[Layered]:
    """Take in a layer of goals, write one out, or look the layers over."""
    given = request.parameters
    if given["from"] is not None and given["add"]:
        raise UserError("goalbook.from_or_add")
    changed = yield from changed_if(given["from"] is not None or bool(given["add"]), "goalbook", request)
    path = given["export"]
    if path is not None:
        path = export_layer(changed.after, given["layer"] or "", path, request.context)
    return Layered(_targeted(changed, request), look_over(changed.after, request.context), path)


def run_proof(request: Request) -> Task[Targeted]:
    """Record evidence or take it back; without an entry only list it."""
    given = request.parameters
    wanted = bool(given["forget"]) or _is_said(given, "state", "note", "document", "who")
    return _targeted((yield from changed_if(wanted, "proof", request)), request)


def run_reported(request: Request) -> Task[Targeted]:
    """Record a reported figure or take it back; without a value only list them."""
    given = request.parameters
    return _targeted(
        (yield from changed_if(bool(given["forget"]) or _is_said(given, "value", "source", "who"), "reported", request)), request
    )


def run_break(request: Request) -> Task[Targeted]:
    """Declare that a series breaks, or take that back; without a wave only list the breaks."""
    given = request.parameters
    return _targeted(
        (yield from changed_if(bool(given["forget"]) or _is_said(given, "wave", "why", "who"), "break", request)), request
    )


def _targeted(changed: Changed, request: Request) -> Targeted:
    book = book_of(changed.after, request.context)
    return Targeted(changed, book, origins_of(changed.after, book))


def _is_said(given: Mapping[str, object], *names: str) -> bool:
    """Whether any of these was given: then something is to be entered, and what lacks is asked for instead of a list shown."""
    return any(given[name] not in (None, "") for name in names)


def _known(id_: str, study: Study) -> bool:
    return any(edit.id == id_ for edit in study.targets.goals)
