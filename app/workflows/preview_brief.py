"""The brief as it will be seen: written by the very writer of the export, and read back from the file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.domain.brief import Brief, BriefPlan
from app.domain.paper import Paper
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.present.released_brief import release_brief
from app.workflows.context import Context
from app.workflows.write_brief import write_brief

Reader = Callable[[bytes, str], Paper]
READERS: Mapping[str, tuple[str, str]] = {".docx": ("document", "read_docx"), ".pptx": ("slides", "read_pptx")}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen of a brief: `paper` of a file with pages, else the `brief` itself, which a workbook holds table by table."""

    paper: Paper | None = None
    brief: Brief | None = None


def seen_as(formats: tuple[str, ...]) -> str:
    """Return the ending a brief is shown as, of those it can be written as: the first that has pages, else the first."""
    return next((ending for ending in formats if ending in READERS), formats[0] if formats else "")


def preview_brief(study: Study, ending: str, lang: Lang, context: Context, plan: BriefPlan) -> Task[Shown]:
    """Write the brief after `plan` beside the program's other temporary files, read it back, and leave no file behind.

    UserError: whatever `write_brief` refuses, and `paper.not_document` should the file not be read.
    """
    if ending not in READERS:
        yield Progress("progress.brief.make")
        texts = Texts(lang, context.resources.words)
        return Shown(brief=release_brief(study, context.resources, texts, context.now, plan)[0])
    with tempfile.TemporaryDirectory(prefix="zhiheng-") as folder:
        path = Path(folder) / f"brief{ending}"
        yield from write_brief(study, path, lang, context, plan)
        content = path.read_bytes()
    yield Progress("progress.brief.read")
    return Shown(_reader(ending)(content, study.name))


def _reader(ending: str) -> Reader:
    module, name = READERS[ending]
    reader: Reader = getattr(import_module(f"app.files.pages.{module}"), name)
    return reader
