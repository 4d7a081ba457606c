"""A firm register from a workbook of any shape, read as the forms are: by meaning, with the items that say who a firm is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from app.analysis.intake.asked import Sheets
from app.analysis.intake.columns import text_categorical
from app.analysis.intake.combine import assign_wave, combine
from app.analysis.intake.firms import Classifier
from app.analysis.intake.guided import guide_of
from app.analysis.intake.industry import IndustryReader
from app.analysis.intake.intake_sheet import Desk, SheetIntake, intake_table
from app.analysis.intake.lexicon import lexicon_of
from app.analysis.intake.recognise import recognise
from app.analysis.intake.reports import report
from app.domain.decisions import Decision, DecisionKind, Guidance
from app.domain.findings import CellReference, Finding
from app.domain.firm_names import NameBook
from app.domain.instrument import Instrument, Role
from app.domain.register import REGISTER_COLUMNS, Register
from app.domain.responses import Responses
from app.domain.sheet import Orientation, RawSheet, RawWorkbook
from app.domain.taxonomy import SIZES, Taxonomy

_NAMING = (Role.NAME, Role.CREDIT_CODE)
_NOT_TOLD = frozenset({"column.unmatched", "sheet.no_answers", "sheet.no_items"})  # a register has columns of its own


def register_of(
    workbook: RawWorkbook,
    instrument: Instrument,
    taxonomy: Taxonomy,
    names: NameBook = NameBook(),  # noqa: B008 - a frozen value
) -> tuple[Register | None, tuple[Finding, ...]]:
    """Return the firms that a workbook lists on all its sheets, each once, and what is wrong with the list.

    Read with those items of the instrument that say who a firm is and how large. No register where no table has a column
    of names or codes. Findings: those of the cells, `register.repeat`, and what the register cannot tell.
    """
    asked = replace(instrument, items=tuple(item for item in instrument.items if item.role not in (None, Role.LEVEL)))
    naming = [item.code for role in _NAMING if (item := asked.with_role(role)) is not None]
    read = [intake for sheet in workbook.sheets for intake in _tables(sheet, workbook, asked, taxonomy)]
    lists = [intake for intake in read if intake.responses and intake.responses.blocks[0].cells.keys() & set(naming)]
    parts = [assign_wave(intake.responses, "") for intake in lists if intake.responses is not None]
    if not sum(map(len, parts)):
        return None, (report("register.no_firms", CellReference(workbook.name), workbook.name),)
    whole, found = combine(parts, None, Guidance(), names)
    findings = [finding for intake in lists for finding in intake.findings if finding.code not in _NOT_TOLD]
    findings += [
        report("register.repeat", each.place, each.value, **dict(each.params)) for each in found if each.code == "firm.repeat"
    ]
    firms = _firms(whole, asked)
    findings += _untold(firms, workbook.name)
    sheets = firms["sheet"].unique().tolist()
    register = Register(workbook.name, workbook.sha256, sheets[0] if len(sheets) == 1 else "", firms)
    return register, tuple(dict.fromkeys(findings))


def _tables(sheet: RawSheet, workbook: RawWorkbook, asked: Instrument, taxonomy: Taxonomy) -> Iterator[SheetIntake]:
    """Yield the wide tables of a sheet, read though they answer no question: here to name a firm is enough."""
    lexicon = lexicon_of(asked)
    desk = Desk(Classifier(asked, taxonomy, IndustryReader(taxonomy)), replace(lexicon, identity=frozenset()))
    found = recognise(sheet, lexicon, workbook.name, guide_of(Guidance(), workbook.sha256, sheet.name))
    wanted = Guidance((Decision(DecisionKind.SHEET, "", sheet.name, "read"),))
    for table in found.tables if found.read else ():
        if table.layout.orientation is Orientation.WIDE:
            guided = replace(table, guide=guide_of(wanted, workbook.sha256, sheet.name))
            yield intake_table(Sheets(sheet, sheet, workbook.name), workbook.sha256, guided, desk)


def _firms(whole: Responses, asked: Instrument) -> pd.DataFrame:
    """Return the register's rows, each firm once, those without name and code left out."""
    block = whole.places["block"].to_numpy()
    sheets = np.array([block.sheet for block in whole.blocks], dtype=object)[block]
    firms = whole.firms.assign(row=whole.places["row"].to_numpy(), sheet=pd.array(sheets, dtype="str"), size=_sizes(whole, asked))
    named = (firms["name"].fillna("") != "") | (firms["code"].fillna("") != "")
    return firms.loc[firms["counted"] & named, list(REGISTER_COLUMNS)].reset_index(drop=True)


def _sizes(whole: Responses, asked: Instrument) -> pd.Categorical:
    """Return the size class of each firm: by its figures, and where the register has none, the class that it states."""
    computed = whole.firms["size"].astype(object).to_numpy()
    stated = asked.with_role(Role.SIZE)
    given = np.full(len(whole), "") if stated is None else whole.values[stated.code].astype(object).fillna("").to_numpy()
    return text_categorical(np.where((computed == "") & np.isin(given, SIZES), given, computed).astype(object))


def _untold(firms: pd.DataFrame, file: str) -> Iterator[Finding]:
    for column in ("township", "sector"):
        count = int((firms[column] == "").sum())
        if count:
            yield report(f"register.no_{column}", CellReference(file), str(count))
