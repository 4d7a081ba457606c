"""From workbooks as received to typed responses with findings: recognise, match, clean, tell firms apart."""

from __future__ import annotations

from dataclasses import dataclass

from app.analysis.intake.combine import assign_wave, combine
from app.analysis.intake.firms import Classifier
from app.analysis.intake.industry import IndustryReader
from app.analysis.intake.intake_sheet import SheetIntake, Source, intake_table
from app.analysis.intake.lexicon import lexicon_of
from app.analysis.intake.recognise import recognise
from app.analysis.intake.reports import report
from app.domain.findings import CellReference, Finding
from app.domain.instrument import Instrument
from app.domain.sheet import RawWorkbook
from app.domain.taxonomy import Taxonomy

__all__ = ["SheetIntake", "WorkbookIntake", "assign_wave", "combine", "intake_workbook"]


@dataclass(frozen=True, slots=True)
class WorkbookIntake:
    """What one workbook gave: an entry a table (a sheet may hold several), and the findings about the file itself."""

    name: str
    sha256: str
    sheets: tuple[SheetIntake, ...]
    findings: tuple[Finding, ...] = ()


def intake_workbook(workbook: RawWorkbook, instrument: Instrument, taxonomy: Taxonomy) -> WorkbookIntake:
    """Return every table of a workbook as typed responses with its mapping and findings; wave and firm ids are still empty."""
    classifier = Classifier(instrument, taxonomy, IndustryReader(taxonomy))
    lexicon = lexicon_of(instrument)
    source = Source(workbook.sha256, workbook.name)
    intakes = []
    for sheet in workbook.sheets:
        tables, findings = recognise(sheet, lexicon, workbook.name)
        intakes += [intake_table(sheet, table, source, classifier, lexicon) for table in tables]
        if findings:
            intakes.append(SheetIntake(None, None, findings))
        if len(tables) > 1:
            note = report("sheet.two_tables", CellReference(workbook.name, sheet.name), tables=str(len(tables)))
            intakes.append(SheetIntake(None, None, (note,)))
    return WorkbookIntake(workbook.name, workbook.sha256, tuple(intakes), workbook.findings)
