"""What the command that writes figures runs: the profile, the outlines of a map, then the picture or its data."""

from __future__ import annotations

from pathlib import Path

from app.commands.catalog import Request
from app.commands.running import opened
from app.domain.boundary import Boundary
from app.domain.errors import UserError
from app.domain.export import ExportProfile
from app.domain.study import Study
from app.domain.task import Task
from app.files.boundary_file import read_boundary
from app.files.resource_exports import load_profiles
from app.workflows.write_figure import Picture, checked_dpi, write_figure


def run_figure(request: Request) -> Task[Path]:
    """Write one figure of a study, as a picture or as the data behind it."""
    given = request.parameters
    profile = _profile(given.get("profile") or "")
    dpi = 0 if given.get("dpi") is None else checked_dpi(given["dpi"])
    study = yield from opened(given["study"])
    picture = Picture(given["figure"], profile=profile, dpi=dpi, boundary=_boundary(request, study))
    return (yield from write_figure(study, picture, given["out"], request.lang, request.context))


def _profile(id_: str) -> ExportProfile | None:
    """Return the profile with this id, None where none is asked for; UserError `export.profile` for one nobody knows."""
    if not id_:
        return None
    known = load_profiles()
    if id_ not in known:
        raise UserError("export.profile", profile=id_, known=", ".join(known))
    return known[id_]


def _boundary(request: Request, study: Study) -> Boundary | None:
    path, approval = request.parameters.get("map"), request.parameters.get("approval") or ""
    if path is None and approval:
        raise UserError("boundary.approval_alone")
    if path is None:
        return None
    if request.parameters["figure"] != "townships":
        raise UserError("boundary.only_townships")
    responses = study.responses
    towns = [] if responses is None else [str(town) for town in responses.firms["township"].dropna().unique()]
    return read_boundary(path, approval, towns)
