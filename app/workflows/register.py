"""Taking a firm register into a study: the firms that ought to report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.analysis.intake.coverage import response_table
from app.analysis.intake.register import register_of
from app.domain.errors import UserError
from app.domain.register import Coverage
from app.domain.study import Study
from app.domain.task import Progress, Task
from app.files.read_workbook import read_workbook
from app.workflows.context import Context
from app.workflows.nothing_read import NothingRead
from app.workflows.whole import with_parts


def take_register(study: Study, file: Path, context: Context) -> Task[Study]:
    """Return the study with the register of `file` in place of any earlier one; the very same study for the same file.

    UserError: NothingRead when the file cannot be read, `register.no_firms` when no sheet of it lists firms.
    """
    workbook = yield from read_workbook(file)
    if not workbook.sheets:
        raise NothingRead("collect.nothing_read", workbook.findings)
    if study.register is not None and study.register.sha256 == workbook.sha256 and study.register.name == workbook.name:
        return study
    yield Progress("progress.register", detail=workbook.name)
    resources = context.resources
    register, findings = register_of(workbook, study.instrument, resources.taxonomy, resources.names)
    if register is None:
        raise UserError("register.no_firms", file=workbook.name)
    old = study.register.name if study.register is not None else ""
    named = {source.name for source in study.sources}
    kept = (each for each in study.findings if each.place.source not in {old, register.name} - named)
    listed = replace(study, register=register, findings=tuple(dict.fromkeys((*kept, *findings))))
    return with_parts(listed, (), context)  # the register may know a code that a form has wrong


def coverage_of(study: Study, context: Context) -> Coverage:
    """Return who of the register answered in the newest wave; UserError `register.none` without a register."""
    if study.register is None:
        raise UserError("register.none", study=study.name)
    wave = study.waves[-1].id if study.waves else ""
    return response_table(study.register, study.responses, wave, context.resources.names)
