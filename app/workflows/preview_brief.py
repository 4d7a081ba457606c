"""The brief as it will be seen: written by the very writer of the export, and read back from the file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from app.domain.brief import Brief, BriefPlan
from app.domain.paper import Paper
from app.domain.release_report import ReleaseReport
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.present.released_brief import Settled, release_brief, settled_of
from app.workflows.context import Context
from app.workflows.write_brief import write_brief

Reader = Callable[[bytes, str], Paper]
READERS: Mapping[str, tuple[str, str]] = {".docx": ("document", "read_docx"), ".pptx": ("slides", "read_pptx")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be seen: a brief after `plan` in `lang`, as a file of `ending`."""

    plan: BriefPlan
    lang: Lang
    ending: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen of a brief: `paper` of a file with pages, else the `brief` itself, which a workbook holds table by table.

    `settled` is what documents of the study keep back: found once, it serves every later one of the same study.
    """

    settled: Settled
    paper: Paper | None = None
    brief: Brief | None = None


def seen_as(formats: tuple[str, ...]) -> str:
    """Return the ending a brief is shown as, of those it can be written as: the first that has pages, else the first."""
    return next((ending for ending in formats if ending in READERS), formats[0] if formats else "")


def preview_brief(study: Study, wanted: Wanted, context: Context, settled: Settled | None = None) -> Task[Shown]:
    """Write the brief beside the program's other temporary files, read it back, and leave no file behind.

    `settled`: what was found for this very study before. UserError: whatever `write_brief` refuses, and `paper.not_document`
    should the file not be read.
    """
    held = yield from settled_of(study, context.resources, wanted.plan, settled)
    if wanted.ending not in READERS:
        yield Progress("progress.brief.make")
        return Shown(held, brief=_released(study, wanted, context, held)[0])
    with tempfile.TemporaryDirectory(prefix="zhiheng-") as folder:
        path = Path(folder) / f"brief{wanted.ending}"
        yield from write_brief(study, path, wanted.lang, context, wanted.plan, held)
        content = path.read_bytes()
    yield Progress("progress.brief.read")
    return Shown(held, _reader(wanted.ending)(content, study.name))


def report_brief(study: Study, wanted: Wanted, context: Context, settled: Settled | None = None) -> Task[ReleaseReport]:
    """Return the report on the release of a brief: what it shows, what it keeps back and why."""
    held = yield from settled_of(study, context.resources, wanted.plan, settled)
    yield Progress("progress.brief.make")
    return _released(study, wanted, context, held)[1]


def _released(study: Study, wanted: Wanted, context: Context, settled: Settled) -> tuple[Brief, ReleaseReport]:
    texts = Texts(wanted.lang, context.resources.words)
    return release_brief(study, context.resources, texts, context.now, wanted.plan, settled)


def _reader(ending: str) -> Reader:
    module, name = READERS[ending]
    reader: Reader = getattr(import_module(f"app.files.pages.{module}"), name)
    return reader
