"""From workbooks as received to typed responses with findings: recognise, match, clean, tell firms apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.analysis.intake.asked import Sheets
from app.analysis.intake.clean_pool import pooled_scales
from app.analysis.intake.combine import assign_wave, combine
from app.analysis.intake.corrected import with_corrections
from app.analysis.intake.doubts import header_question, sheet_question
from app.analysis.intake.firms import Classifier
from app.analysis.intake.guided import guide_of
from app.analysis.intake.header_decisions import rival_subject
from app.analysis.intake.industry import IndustryReader
from app.analysis.intake.intake_sheet import Desk, SheetIntake, intake_table
from app.analysis.intake.lexicon import Lexicon, lexicon_of
from app.analysis.intake.questions import merge_questions, pick
from app.analysis.intake.recognise import SheetTables, recognise
from app.analysis.intake.reports import report
from app.analysis.intake.roles import row_roles
from app.analysis.intake.template import header_subject
from app.domain.decisions import Guidance, Question
from app.domain.findings import CellReference, Finding
from app.domain.instrument import Instrument
from app.domain.rules import Rule
from app.domain.sheet import RawSheet, RawWorkbook
from app.domain.taxonomy import Taxonomy

__all__ = [
    "SheetIntake",
    "WorkbookIntake",
    "assign_wave",
    "combine",
    "header_subject",
    "intake_workbook",
    "merge_questions",
    "pick",
]
_UNGUIDED: Final = Guidance()


@dataclass(frozen=True, slots=True)
class WorkbookIntake:
    """What one workbook gave: an entry a table (a sheet may hold several), and the findings about the file itself."""

    name: str
    sha256: str
    sheets: tuple[SheetIntake, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """What could not be settled in any table of the workbook."""
        return tuple(question for sheet in self.sheets for question in sheet.questions)


def intake_workbook(
    workbook: RawWorkbook,
    instrument: Instrument,
    taxonomy: Taxonomy,
    guidance: Guidance = _UNGUIDED,
    rules: Sequence[Rule] = (),
) -> WorkbookIntake:
    """Return every table of a workbook as typed responses with its mapping, findings and questions.

    `guidance` is what people decided so far; `rules` are checked row by row. Wave and firm ids are still empty.
    """
    desk = Desk(Classifier(instrument, taxonomy, IndustryReader(taxonomy)), lexicon_of(instrument), tuple(rules))
    intakes = [each for sheet in workbook.sheets for each in _intake_sheet(sheet, workbook, desk, guidance)]
    scales = pooled_scales([each.responses for each in intakes if each.responses is not None], instrument)
    if scales:  # what no sheet could tell by itself: read again, each like the others of the file
        desk = replace(desk, scales=scales)
        intakes = [each for sheet in workbook.sheets for each in _intake_sheet(sheet, workbook, desk, guidance)]
    return WorkbookIntake(workbook.name, workbook.sha256, tuple(intakes), workbook.findings)


def _intake_sheet(sheet: RawSheet, workbook: RawWorkbook, desk: Desk, guidance: Guidance) -> list[SheetIntake]:
    mine = [each for each in guidance.corrections if (each.source, each.sheet) == (workbook.sha256, sheet.name)]
    held, corrected = with_corrections(sheet, mine, workbook.name)
    found = recognise(held, desk.lexicon, workbook.name, guide_of(guidance, workbook.sha256, sheet.name))
    if found.facts is None:
        return []
    roles = row_roles(found.facts, found.tables if found.read else ())
    sheets = Sheets(sheet, held, workbook.name)
    tables = [intake_table(sheets, workbook.sha256, table, desk) for table in found.tables] if found.read else []
    about = CellReference(workbook.name, sheet.name)
    findings = (*corrected, *found.findings)
    if len(tables) > 1:
        findings += (report("sheet.two_tables", about, tables=str(len(tables))),)
    questions = _sheet_questions(found, tables, desk.lexicon, about)
    intakes = [replace(table, roles=roles) for table in tables]
    if findings or questions:
        template = "" if tables or not found.tables else found.tables[0].template
        intakes.append(SheetIntake(None, None, findings, template, questions, roles))
    return intakes


def _sheet_questions(
    found: SheetTables, tables: Sequence[SheetIntake], lexicon: Lexicon, place: CellReference
) -> tuple[Question, ...]:
    """Return whether the sheet is a table of ours at all, and where the header is of those that are."""
    if found.facts is None or not found.tables:
        return ()
    facts, first = found.facts, found.tables[0]
    questions = [
        header_question(table, rival_subject(facts, table.layout.header_rows, table.rival), place)
        for table, given in zip(found.tables, tables, strict=False)
        if table.rival >= 0 and given.responses is not None
    ]
    read = any(each.responses is not None for each in tables)
    cells = int(facts.filled[first.layout.body].sum())
    if cells and (found.doubtful or (not read and any(_asks_little(each, lexicon) for each in tables))):
        questions.append(sheet_question(place.sheet, first.template, read=read, cells=cells, place=place))
    return tuple(questions)


def _asks_little(table: SheetIntake, lexicon: Lexicon) -> bool:
    """Return whether a table that was left alone asks some of our questions by name, but too few and not whose they are."""
    matches = table.mapping.matches if table.mapping is not None and table.responses is None else ()
    named = {match.item for match in matches if match.item and match.reason != "match.code"}
    return bool(named) and not named & lexicon.identity
