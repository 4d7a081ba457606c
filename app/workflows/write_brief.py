"""The brief as a document: Word, slides or a workbook, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from app.domain.brief import BriefPlan
from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.resources import load_palette
from app.present.brief import OWN, template_of
from app.present.draw import draw
from app.present.released_brief import Settled, release_brief, settled_of
from app.workflows.context import Context
from app.workflows.own_page import own_page

Writer = Callable[..., None]  # of a Brief, Path, Palette and Texts
_MODULES: Mapping[str, str] = {".docx": "write_docx", ".pptx": "write_pptx", ".xlsx": "write_xlsx", ".pdf": "write_pdf"}
ENDINGS = tuple(_MODULES)
DRAWN = (".pptx", ".pdf")  # formats for which figures are laid out: those no chart can show, and all of a PDF
USUAL: Mapping[str, str] = {".pptx": "deck", ".xlsx": "tables"}  # the template of an ending, where it is not the official one


def write_brief(
    study: Study, path: Path, lang: Lang, context: Context, plan: BriefPlan | None = None, settled: Settled | None = None
) -> Task[Path]:
    """Write the brief of `study` in `lang` to `path`, in the format of its ending, dated by the context's clock.

    `plan` None: the template that is usual for the ending, whole; `settled` as for `release_brief`.
    UserError: `file.unknown_format`, `brief.*` when there is nothing to say yet or the plan asks for what there is not, or why
    the disk will not have it.
    """
    write = _writer(path)
    asked, page = own_page(plan or BriefPlan())
    asked = replace(asked, template=asked.template or USUAL.get(path.suffix.lower(), OWN))
    template = template_of(context.resources, asked)
    if path.suffix.lower() not in template.formats:
        known = " ".join(template.formats)
        raise UserError("brief.format", file=path.name, template=template.id, known=known)
    texts = Texts(lang, context.resources.words)
    held = yield from settled_of(study, context.resources, asked, settled)
    yield Progress("progress.brief.make")
    brief, _report = release_brief(study, context.resources, texts, context.now, asked, held)
    brief = replace(brief, layout=page or brief.layout)
    yield Progress("progress.brief.write", detail=path.name)
    palette = load_palette("light")
    if path.suffix.lower() in DRAWN:
        write = partial(write, draw=lambda figure, width, height: draw(figure, palette, width, height, texts, bare=True))
    write(brief, path, palette, texts)
    return path


def _writer(path: Path) -> Writer:
    """Office libraries take a while to load: only the one that is wanted is."""
    name = _MODULES.get(path.suffix.lower())
    if name is None:
        raise UserError("file.unknown_format", file=path.name, known=" ".join(ENDINGS))
    writer: Writer = getattr(import_module(f"app.files.{name}"), name)
    return writer
