"""What the commands about watching run: the aggregates of a wave, and the register of agents as a file."""

from __future__ import annotations

from pathlib import Path

from app.commands.catalog import Request
from app.commands.running import opened, without_study
from app.domain.task import Task
from app.workflows.perform import record
from app.workflows.watch import Watching, watching, write_agents


def run_watch(request: Request) -> Task[Watching]:
    """Look at agents, jobs and models in a wave."""
    study = yield from opened(request.parameters["study"])
    return (yield from watching(study, request.parameters["wave"] or "", request.context))


def run_agents(request: Request) -> Task[Path]:
    """Write the register of agents, and into the journal that it was written: it names firms."""
    given = request.parameters
    study = yield from opened(given["study"])
    path = yield from write_agents(study, given["out"], request.lang, request.context, given["wave"] or "")
    record(given["study"], study, "agents", without_study(request), request.context)
    return path
