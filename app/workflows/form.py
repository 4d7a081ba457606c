"""A clean form of any instrument, to send out: a workbook, or an XLSForm for tools that ask on telephones."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import UserError
from app.domain.register import Register
from app.domain.task import Progress, Task
from app.domain.words import Lang, Texts, Words
from app.files.resources import definition_texts, load_palette, parse_instrument, parse_rubric
from app.files.write_form import write_form as write_workbook
from app.files.write_form_plan import plan_form
from app.files.write_xlsform import write_xlsform
from app.workflows.context import Context

XLSFORM_ENDING = ".xlsform.xlsx"


def write_form(
    instrument: str, path: Path, lang: Lang, context: Context, register: Register | None = None, xlsform: bool = False
) -> Task[Path]:
    """Write the form of `instrument` (id or path of a definition) in `lang` to `path`, firms of `register` filled in.

    An XLSForm, which holds both languages and no firms, where `xlsform` is asked for or `path` ends in .xlsform.xlsx.
    UserError: `instrument.*`, `file.unknown_format` for another ending than .xlsx, or why the disk will not have it.
    """
    if path.suffix.lower() != ".xlsx":
        raise UserError("file.unknown_format", file=path.name, known=".xlsx")
    yield Progress("progress.form", detail=path.name)
    definition = definition_texts(instrument)
    questions = parse_instrument(definition[0])
    texts = Texts(lang, context.resources.words)
    groups = _groups(definition[1])
    if xlsform or path.name.lower().endswith(XLSFORM_ENDING):
        write_xlsform(questions, groups, path, texts, context.now)
        return path
    names = {code: texts.of(words) for code, words in groups.items()}
    plan = plan_form(questions, names, context.resources.taxonomy, texts, register)
    write_workbook(plan, path, load_palette("light"), texts, context.now)
    return path


def _groups(rules: str) -> dict[str, Words]:
    """Return the name of each pillar by its code; empty for an instrument without a rubric."""
    return {pillar.code: pillar.words for pillar in parse_rubric(rules).pillars} if rules else {}
