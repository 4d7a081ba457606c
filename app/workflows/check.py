"""Reading and checking files without a study: what was recognised in each, and what is wrong where."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.analysis.intake import WorkbookIntake, intake_workbook, merge_questions
from app.domain.decisions import Question
from app.domain.errors import UserError
from app.domain.findings import Finding, Severity
from app.domain.instrument import Instrument
from app.domain.sheet import Mapping, RawWorkbook
from app.domain.task import Progress, Task
from app.files.arrive import arrive
from app.files.file_names import shown_name
from app.files.read_workbook import read_workbooks
from app.files.resources import definition_texts, parse_instrument
from app.workflows.context import DEFAULT_INSTRUMENT, Context


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """One table of a sheet: what its columns mean (None: nothing was recognised), firms read from it, and its findings."""

    name: str
    mapping: Mapping | None
    responses: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """One file: its sheets and the findings about the file itself; `error` is the one for which it could not be read."""

    name: str
    sheets: tuple[CheckedSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: Finding | None = None
    questions: tuple[Question, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The error, what concerns the file, and what concerns each sheet."""
        first = () if self.error is None else (self.error,)
        return (*first, *self.findings, *(finding for sheet in self.sheets for finding in sheet.findings))


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Files in the order they were given; `found` is False when there was not one file at the paths given."""

    instrument: Instrument
    files: tuple[CheckedFile, ...]
    found: bool = True

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, file by file, those for which a file could not be read included."""
        return tuple(finding for file in self.files for finding in file.all_findings)

    @property
    def is_wrong(self) -> bool:
        """Whether anything is an error, by which `check` ends with 1."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check(
    paths: Sequence[Path], context: Context, instrument: str = DEFAULT_INSTRUMENT, passwords: Sequence[str] = ()
) -> Task[CheckReport]:
    """Read `paths` (folders and archives are searched) and check them against `instrument` (id or path); nothing is stored.

    A file that cannot be read is one entry with its error. UserError `instrument.*`, or `check.no_files` for an empty folder.
    """
    questions = parse_instrument(definition_texts(instrument)[0])
    with tempfile.TemporaryDirectory(prefix="zhiheng-", ignore_cleanup_errors=True) as folder:
        arrivals, refused = yield from arrive(paths, passwords, Path(folder))
        checked = [_refused(finding) for finding in refused]
        if not arrivals and not any(file.error for file in checked):
            raise UserError("check.no_files", paths="、".join(shown_name(path) for path in paths))
        names = [arrival.name for arrival in arrivals]
        for event in read_workbooks([arrival.path for arrival in arrivals], names=names):
            if isinstance(event, Progress):
                yield event
                continue
            yield Progress("progress.check", len(checked) - len(refused), len(arrivals), event.name)
            checked.append(_checked(event, questions, context))
    return CheckReport(questions, tuple(checked), bool(arrivals))


def _refused(finding: Finding) -> CheckedFile:
    if finding.severity is Severity.ERROR:
        return CheckedFile(finding.place.source, error=finding)
    return CheckedFile(finding.place.source, findings=(finding,))


def _checked(workbook: RawWorkbook, questions: Instrument, context: Context) -> CheckedFile:
    if not workbook.sheets:
        error = next((each for each in workbook.findings if each.severity is Severity.ERROR), None)
        return CheckedFile(workbook.name, (), tuple(each for each in workbook.findings if each is not error), error)
    resources = context.resources
    intake = intake_workbook(workbook, questions, resources.taxonomy, rules=resources.rules)
    sheets = tuple(checked for raw in workbook.sheets for checked in _tables(raw.name, intake))
    findings = tuple(dict.fromkeys((*workbook.findings, *intake.findings)))
    return CheckedFile(workbook.name, sheets, findings, questions=merge_questions(intake.questions))


def _tables(name: str, intake: WorkbookIntake) -> list[CheckedSheet]:
    """The tables of one sheet (it may hold several); what was found about the sheet itself stands with its first."""
    tables = [each for each in intake.sheets if each.mapping is not None and each.mapping.layout.sheet == name]
    loose = tuple(
        finding for each in intake.sheets if each.mapping is None for finding in each.findings if finding.place.sheet == name
    )
    if not tables:
        return [CheckedSheet(name, None, 0, loose)]
    before = [loose, *(() for _ in tables[1:])]
    return [
        CheckedSheet(name, each.mapping, 0 if each.responses is None else len(each.responses), (*about, *each.findings))
        for each, about in zip(tables, before, strict=True)
    ]
