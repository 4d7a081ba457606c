"""What briefs can be made of: templates with their sections and pages, and the places that a document of one's own can name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.domain.brief import BriefTemplate
from app.domain.errors import UserError
from app.domain.task import Progress, Task
from app.files.brief_places import known_places
from app.workflows.context import Context

_READERS: Mapping[str, str] = {".docx": "docx_template", ".pptx": "pptx_template"}


@dataclass(frozen=True, slots=True)
class Offered:
    """The templates there are, the places that can be named, and those that the document asked about names."""

    templates: tuple[BriefTemplate, ...]
    places: tuple[str, ...]
    file: str = ""
    named: tuple[str, ...] = ()


def offered_templates(context: Context, path: Path | None = None) -> Task[Offered]:
    """Return what there is; with a document of one's own, what it names.

    UserError: `file.unknown_format` for one that is neither .docx nor .pptx, `document.*`, `places.*` and `slides.*` for one that
    cannot serve.
    """
    templates, places = tuple(context.resources.templates.values()), known_places()
    if path is None:
        return Offered(templates, places)
    module = _READERS.get(path.suffix.lower())
    if module is None:
        raise UserError("file.unknown_format", file=path.name, known=" ".join(_READERS))
    yield Progress("progress.brief.template", detail=path.name)
    return Offered(templates, places, path.name, import_module(f"app.files.{module}").named_places(path))
