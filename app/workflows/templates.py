"""What briefs can be made of: templates with their sections and pages, and the places that a document of one's own can name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.domain.brief import BriefTemplate
from app.domain.errors import UserError
from app.domain.task import Progress, Task
from app.files.brief_places import known_places
from app.workflows.context import Context


@dataclass(frozen=True, slots=True)
class Offered:
    """The templates there are, the places that can be named, and those that the document asked about names."""

    templates: tuple[BriefTemplate, ...]
    places: tuple[str, ...]
    file: str = ""
    named: tuple[str, ...] = ()


def offered_templates(context: Context, path: Path | None = None) -> Task[Offered]:
    """Return what there is; with a document of one's own, what it names.

    UserError: `file.unknown_format` for one that is no .docx, `document.*` and `places.*` for one that cannot serve.
    """
    templates, places = tuple(context.resources.templates.values()), known_places()
    if path is None:
        return Offered(templates, places)
    if path.suffix.lower() != ".docx":
        raise UserError("file.unknown_format", file=path.name, known=".docx")
    from app.files.docx_template import named_places

    yield Progress("progress.brief.template", detail=path.name)
    return Offered(templates, places, path.name, named_places(path))
