"""RawSheet → the tables that stand on it, and what stands around them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.intake.across import find_across
from app.analysis.intake.furniture import is_guide_sheet
from app.analysis.intake.guided import Guide
from app.analysis.intake.header import Header, find_header, header_at
from app.analysis.intake.header_decisions import decided_rows, rival_subject
from app.analysis.intake.layouts import Recognised, long_table, wide_table
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.long_form import find_long_form
from app.analysis.intake.reports import report
from app.analysis.intake.sheet_facts import HEAD, SheetFacts, sheet_facts
from app.analysis.intake.totals import check_totals
from app.analysis.intake.units import unit_kind
from app.domain.decisions import DecisionKind
from app.domain.findings import CellReference, Finding
from app.domain.sheet import RawSheet
from app.domain.words import normal_form

SURE = 3  # items named in one row from which a sheet with a firm's name is a table of ours, whatever it is called


@dataclass(frozen=True, slots=True)
class SheetTables:
    """The tables of a sheet, and the finding why it was not read; an empty sheet gives neither.

    `doubtful`: it may be otherwise than was assumed, whether the tables were read (`read`) or not.
    """

    tables: tuple[Recognised, ...] = ()
    findings: tuple[Finding, ...] = ()
    facts: SheetFacts | None = None
    read: bool = True
    doubtful: bool = False


def recognise(sheet: RawSheet, lexicon: Lexicon, file: str, guide: Guide) -> SheetTables:
    """Return the tables of a sheet; with `read` False they were recognised but are left alone."""
    facts = sheet_facts(sheet, lexicon)
    if not facts.filled.any():
        return SheetTables()
    place = CellReference(file, sheet.name)
    if guide.answer(DecisionKind.SHEET, sheet.name) == "skip":
        return SheetTables(findings=(report("sheet.left", place),), facts=facts, read=False)
    hits = max(facts.hits, default=0)
    identified = _identified(facts, lexicon)
    reason = _reason_to_skip(facts, lexicon, sure=identified and hits >= SURE)
    tables = _all_tables(facts, lexicon, guide, hits)
    decision = _decided(tables, sheet.name, guide)
    if decision == "skip":
        return SheetTables(tables, (report("sheet.left", place),), facts, read=False)
    if reason and decision != "read":
        likely = hits >= SURE - 1 and (identified or not _lists_options(facts, lexicon))
        doubtful = likely and any(len(table.layout.body) and table.layout.value_column < 0 for table in tables)
        return SheetTables(tables, (report(reason, place),), facts, read=False, doubtful=doubtful)
    if not tables:
        return SheetTables((), (report("sheet.no_table", place),), facts, read=False)
    checked = tuple(_with_totals(sheet, table, file) for table in tables)
    hidden = (report("sheet.hidden_read", place),) if sheet.hidden else ()
    return SheetTables(checked, hidden, facts, doubtful=sheet.hidden and decision is None)


def _all_tables(facts: SheetFacts, lexicon: Lexicon, guide: Guide, hits: int) -> tuple[Recognised, ...]:
    long = find_long_form(facts, lexicon, hits)
    rows = decided_rows(facts, guide)
    if long is not None and (not rows or rows == long.header_rows):
        return (long_table(facts, lexicon, long, find_across(facts, lexicon, long), guide),)
    return _wide_tables(facts, lexicon, guide, rows)


def _wide_tables(facts: SheetFacts, lexicon: Lexicon, guide: Guide, decided: tuple[int, ...]) -> tuple[Recognised, ...]:
    """Return the wide tables that stand under one another on a sheet, the first at the header that was decided."""
    tables: list[Recognised] = []
    start = 0
    header = header_at(facts, decided) if decided else find_header(facts, lexicon)
    while header is not None:
        table = wide_table(facts, lexicon, start, _as_chosen(facts, header, guide), guide)
        tables.append(table)
        start = table.stop
        header = find_header(facts, lexicon, start) if start < facts.sheet.n_rows else None
    return tuple(tables)


def _as_chosen(facts: SheetFacts, header: Header, guide: Guide) -> Header:
    """Return the header, or its rival where that was decided."""
    if header.rival < 0:
        return header
    answer = guide.elsewhere(DecisionKind.HEADER).get(rival_subject(facts, header.rows, header.rival))
    if answer == str(header.rival + 1):
        return header_at(facts, (header.rival,))
    return replace(header, rival=-1) if answer else header


def _decided(tables: tuple[Recognised, ...], name: str, guide: Guide) -> str | None:
    """Return whether a sheet was decided to be read or skipped: for itself, or for the template of one of its tables."""
    guides = [guide, *(table.guide for table in tables)]
    return next((answer for each in guides if (answer := each.answer(DecisionKind.SHEET, name))), None)


def _with_totals(sheet: RawSheet, table: Recognised, file: str) -> Recognised:
    money = next((unit for unit in table.units if unit_kind(unit) == "money"), "")
    return replace(table, findings=check_totals(sheet, table.layout, file, table.group_rows, money))


def _identified(facts: SheetFacts, lexicon: Lexicon) -> bool:
    rows, columns = np.nonzero(facts.filled[:HEAD])
    cells = zip(rows.tolist(), columns.tolist(), strict=True)
    return any(lexicon.identity & set(lexicon.items(facts.text(row, column))) for row, column in cells)


def _reason_to_skip(facts: SheetFacts, lexicon: Lexicon, *, sure: bool) -> str:
    """Return the finding that says why a sheet holds no answers, "" when it may hold some."""
    sheet = facts.sheet
    if is_guide_sheet(sheet.name) and not sure:
        return "sheet.guide"
    if sheet.hidden and not sure:
        return "sheet.hidden"
    if not _identified(facts, lexicon) and _lists_options(facts, lexicon):
        return "sheet.options"
    return ""


def _lists_options(facts: SheetFacts, lexicon: Lexicon) -> bool:
    """Return whether most texts of a sheet are options, hardly any of them twice: the dictionary behind drop-down lists."""
    texts = {text for column in facts.sheet.columns for text in column.texts[1:200] if len(text) > 1}
    answers = sum(normal_form(text) in lexicon.answers for text in texts)
    return bool(texts) and answers >= 0.6 * len(texts) and bool(facts.filled.sum() <= 2 * len(texts))
