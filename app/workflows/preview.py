"""A sheet as received with what was made of it: every row's role, every column's meaning, what is open and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.analysis.intake import SheetIntake, intake_workbook
from app.domain.decisions import Decision, Question
from app.domain.errors import UserError
from app.domain.findings import Finding
from app.domain.sheet import Mapping, RawSheet, RawWorkbook, RowRole
from app.domain.study import Source, Study
from app.domain.task import Progress, Task
from app.files.read_workbook import read_content
from app.files.study_file import read_source
from app.workflows.context import Context


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet: the fingerprint of its template and what its columns (or rows) were taken to mean."""

    template: str
    mapping: Mapping


@dataclass(frozen=True, slots=True)
class SheetPaint:
    """A sheet to paint. `roles` one a row, `decisions` those in force here, `findings` those of this sheet."""

    source: Source
    sheets: tuple[str, ...]
    sheet: RawSheet
    roles: tuple[RowRole, ...]
    tables: tuple[Table, ...]
    questions: tuple[Question, ...]
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]


def sheet_scope(source: Source, sheet: str) -> str:
    """Return the scope of a decision that holds for one sheet of one source alone."""
    return f"{source.sha256}/{sheet}"


def preview(study_path: Path, study: Study, source: str, sheet: str, context: Context) -> Task[SheetPaint]:
    """Return sheet `sheet` of the source named `source` (sheet "": the first with a table, else the first) as taken in today.

    UserError: `source.unknown` when the study keeps no such file or sheet, `study.*` when it is damaged.
    """
    yield Progress("progress.source", detail=source)
    known = next((each for each in study.sources if each.name == source and each.status == "read"), None)
    if known is None:
        raise UserError("source.unknown", file=source, sheet=sheet)
    workbook = yield from read_content(known.name, read_source(study_path, known.sha256))
    resources = context.resources
    intake = intake_workbook(workbook, study.instrument, resources.taxonomy, study.guidance, resources.rules)
    raw = _sheet(workbook, sheet or _first_table(intake.sheets))
    if raw is None:
        raise UserError("source.unknown", file=source, sheet=sheet)
    return _painted(study, known, workbook, raw, intake.sheets)


def _first_table(intakes: tuple[SheetIntake, ...]) -> str:
    return next((each.mapping.layout.sheet for each in intakes if each.mapping is not None), "")


def _sheet(workbook: RawWorkbook, name: str) -> RawSheet | None:
    if not name:
        return next(iter(workbook.sheets), None)
    return next((sheet for sheet in workbook.sheets if sheet.name == name), None)


def _painted(study: Study, source: Source, workbook: RawWorkbook, raw: RawSheet, intakes: tuple[SheetIntake, ...]) -> SheetPaint:
    here = [each for each in intakes if each.mapping is not None and each.mapping.layout.sheet == raw.name]
    tables = tuple(Table(each.template, each.mapping) for each in here if each.mapping is not None)
    own = sheet_scope(source, raw.name)
    scopes = {"", own, *(table.template for table in tables)}
    return SheetPaint(
        source,
        tuple(sheet.name for sheet in workbook.sheets),
        raw,
        _roles(raw, here),
        tables,
        tuple(
            question
            for each in intakes
            for question in each.questions
            if question.scope == own or any(place.sheet == raw.name for place in question.places)
        ),
        tuple(decision for decision in study.guidance.decisions if decision.scope in scopes),
        tuple(each for each in study.findings if each.place.source == source.name and each.place.sheet == raw.name),
    )


def _roles(raw: RawSheet, intakes: list[SheetIntake]) -> tuple[RowRole, ...]:
    """Every table of a sheet tells the roles of all its rows; a row that is blank to one may be something to another."""
    roles = [RowRole.BLANK] * raw.n_rows
    for intake in intakes:
        for row, role in enumerate(intake.roles[: raw.n_rows]):
            if role is not RowRole.BLANK:
                roles[row] = role
    return tuple(roles)
