"""The brief as a document: Word, slides or a workbook, by the ending of the file's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from app.domain.brief import BriefPlan, PageLayout
from app.domain.errors import UserError
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts
from app.files.file_names import shown_name
from app.files.resources import load_palette
from app.present.brief import OWN, template_of, wanted_sections
from app.present.draw import draw
from app.present.released_brief import Settled, release_brief, settled_of
from app.workflows.context import Context
from app.workflows.own_page import ENDING as PAGE
from app.workflows.own_page import own_page

Writer = Callable[..., None]  # of a Brief, Path, Palette and Texts
_MODULES: Mapping[str, str] = {".docx": "write_docx", ".pptx": "write_pptx", ".xlsx": "write_xlsx", ".pdf": "write_pdf"}
ENDINGS = tuple(_MODULES)
OWN_TEMPLATES = (".docx", ".pptx")  # documents of one's own that can serve as templates
DRAWN = (".pptx", ".pdf")  # formats for which figures are laid out: those no chart can show, and all of a PDF
USUAL: Mapping[str, str] = {".pptx": "deck", ".xlsx": "tables"}  # the template of an ending, where it is not the official one


def write_brief(
    study: Study, path: Path, lang: Lang, context: Context, plan: BriefPlan | None = None, settled: Settled | None = None
) -> Task[Path]:
    """Write the brief of `study` in `lang` to `path`, in the format of its ending, dated by the context's clock.

    `plan` None: the template that is usual for the ending, whole; `settled` as for `release_brief`.
    UserError: as `check_plan`, `brief.*` when there is nothing to say yet or the file would take the place of the user's own
    template, or why the disk will not have it.
    """
    asked, page = check_plan(plan or BriefPlan(), path.suffix, context, path.name)
    _spare(path, asked)
    write = _writer(path.suffix)
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


def check_plan(plan: BriefPlan, ending: str, context: Context, file: str = "") -> tuple[BriefPlan, PageLayout | None]:
    """Return the plan with its template named, and the page where that is a profile of one's own.

    UserError for a plan that no file of this `ending` can be written by: `file.unknown_format`, `brief.template`,
    `brief.template_kind`, `brief.format`, `brief.section`; `file.missing` for a page profile that is not there. `file` is what
    the refused file would have been called.
    """
    ending, file = ending.lower(), file or ending
    if ending not in _MODULES:
        raise UserError("file.unknown_format", file=file, known=" ".join(ENDINGS))
    kind = Path(plan.template).suffix.lower()
    if kind and kind not in (*OWN_TEMPLATES, PAGE) and plan.template not in context.resources.templates:
        raise UserError("brief.template_kind", file=shown_name(Path(plan.template)), known=" ".join((*OWN_TEMPLATES, PAGE)))
    asked, page = own_page(plan)
    asked = replace(asked, template=asked.template or USUAL.get(ending, OWN))
    template = template_of(context.resources, asked)
    own = Path(asked.template).suffix.lower() if template.id != asked.template else ""
    known = (own,) if own else template.formats
    if ending not in known:
        raise UserError("brief.format", file=file, template=shown_name(Path(asked.template)), known=" ".join(known))
    wanted_sections(template, asked)
    return asked, page


def _spare(path: Path, plan: BriefPlan) -> None:
    """UserError `brief.over_template` where the brief would be written over the user's own template."""
    own = Path(plan.template)
    if own.is_file() and path.is_file() and own.samefile(path):
        raise UserError("brief.over_template", file=path.name)


def _writer(ending: str) -> Writer:
    """Office libraries take a while to load: only the one that is wanted is."""
    name = _MODULES[ending.lower()]
    writer: Writer = getattr(import_module(f"app.files.{name}"), name)
    return writer
