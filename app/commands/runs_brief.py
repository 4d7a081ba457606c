"""Running the commands about documents."""

from __future__ import annotations

from pathlib import Path

from app.commands.catalog import Request
from app.commands.running import opened
from app.domain.brief import BriefPlan
from app.domain.task import Task
from app.workflows.releases import Released, releases
from app.workflows.write_brief import write_brief
from app.workflows.write_briefs import Batch, By, Written, write_briefs


def run_brief(request: Request) -> Task[Path]:
    """Write the brief."""
    study = yield from opened(request.parameters["study"])
    return (yield from write_brief(study, request.parameters["out"], request.lang, request.context, plan_of(request)))


def run_briefs(request: Request) -> Task[Written]:
    """Write a brief of each township or sector into a folder."""
    study = yield from opened(request.parameters["study"])
    by: By = "sector" if request.parameters.get("by") == "sector" else "township"
    ending = f".{request.parameters.get('format') or 'docx'}"
    batch = Batch(request.parameters["out"], by, ending, plan_of(request) or BriefPlan())
    return (yield from write_briefs(study, batch, request.lang, request.context))


def run_releases(request: Request) -> Task[Released]:
    """Tell what was released, and with `check` how the brief would be released now."""
    study = yield from opened(request.parameters["study"])
    return (yield from releases(study, request.lang, request.context, plan_of(request), bool(request.parameters.get("check"))))


def plan_of(request: Request) -> BriefPlan | None:
    """Return what a request asks the brief to be; None where it leaves that to the ending of the file."""
    texts = {name: str(request.parameters.get(name) or "") for name in ("template", "township", "sector")}
    sections = tuple(request.parameters.get("sections") or ())
    if not sections and not any(texts.values()):
        return None
    return BriefPlan(sections=sections, **texts)
