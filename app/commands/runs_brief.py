"""Running the commands about documents."""

from __future__ import annotations

from pathlib import Path

from app.commands.catalog import Request
from app.commands.running import opened
from app.domain.brief import BriefPlan
from app.domain.study import Study
from app.domain.task import Task
from app.domain.words import normal_form
from app.workflows.releases import Released, releases
from app.workflows.sign import LONGEST_NAME
from app.workflows.targets import short_text_of
from app.workflows.write_brief import write_brief
from app.workflows.write_briefs import Batch, By, Written, write_briefs


def run_brief(request: Request) -> Task[Path]:
    """Write the brief."""
    study = yield from opened(request.parameters["study"])
    return (yield from write_brief(study, request.parameters["out"], request.lang, request.context, plan_of(request, study)))


def run_briefs(request: Request) -> Task[Written]:
    """Write a brief of each township or sector into a folder."""
    study = yield from opened(request.parameters["study"])
    by: By = "sector" if request.parameters.get("by") == "sector" else "township"
    ending = f".{request.parameters.get('format') or 'docx'}"
    batch = Batch(request.parameters["out"], by, ending, plan_of(request, study) or BriefPlan())
    return (yield from write_briefs(study, batch, request.lang, request.context))


def run_releases(request: Request) -> Task[Released]:
    """Tell what was released, and with `check` how the brief would be released now."""
    study = yield from opened(request.parameters["study"])
    return (
        yield from releases(study, request.lang, request.context, plan_of(request, study), bool(request.parameters.get("check")))
    )


def plan_of(request: Request, study: Study) -> BriefPlan | None:
    """Return what a request asks the brief of `study` to be; None where it leaves that to the ending of the file.

    UserError `targets.too_long` for an issuer that fills more than a line.
    """
    texts = {name: str(request.parameters.get(name) or "") for name in ("template", "township", "sector")}
    texts["sector"] = _sector(texts["sector"], study, request)
    texts["issuer"] = short_text_of(request.parameters, "issuer", LONGEST_NAME)
    sections = tuple(request.parameters.get("sections") or ())
    if not sections and not any(texts.values()):
        return None
    return BriefPlan(sections=sections, **texts)


def _sector(text: str, study: Study, request: Request) -> str:
    """Return the code of a sector, which may be said by its name or in small letters; unchanged where nothing is like it."""
    found = study.latest_assessment
    codes = () if found is None else tuple(profile.sector for profile in found.sectors)
    sections = request.context.resources.taxonomy.sections
    if not text or text in codes:
        return text
    names = {code: (code, sections[code].words.zh, sections[code].words.en) for code in codes if code in sections}
    wanted = normal_form(text)
    return next((code for code, said in names.items() if wanted in map(normal_form, said)), text)
