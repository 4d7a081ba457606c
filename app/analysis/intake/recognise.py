"""RawSheet → Layout: where the table stands on a sheet, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.analysis.intake.body import Body, find_body
from app.analysis.intake.furniture import (
    is_guide_sheet,
    is_preamble,
    names_persons,
    public_note,
    region_name,
    reporting_place,
)
from app.analysis.intake.header import Header, find_header
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.long_form import LongForm, Pair, find_long_form, find_pairs
from app.analysis.intake.reports import report
from app.analysis.intake.sheet_facts import HEAD, SheetFacts, sheet_facts
from app.analysis.intake.totals import check_totals
from app.analysis.intake.units import note_units, split_unit, unit_kind
from app.domain.findings import CellReference, Finding
from app.domain.sheet import Layout, Orientation, RawSheet
from app.domain.words import normal_form


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table found on a sheet: its layout and what the layout has no place for.

    `units` of the sheet's unit note; `group_rows` head groups of firms, `groups` (row, township) those that name one;
    `place` the township of 填报单位; `pairs` answers in the head of a long form; `unit_column` of a long form (−1 none);
    `stop` the row after the table.
    """

    layout: Layout
    units: tuple[str, ...] = ()
    group_rows: tuple[int, ...] = ()
    groups: tuple[tuple[int, str], ...] = ()
    place: str = ""
    pairs: tuple[Pair, ...] = ()
    unit_column: int = -1
    stop: int = 0
    findings: tuple[Finding, ...] = ()


def recognise(sheet: RawSheet, lexicon: Lexicon, file: str) -> tuple[tuple[Recognised, ...], tuple[Finding, ...]]:
    """Return the tables of a sheet, and the finding why it was not read; an empty sheet gives neither."""
    facts = sheet_facts(sheet, lexicon)
    if not facts.filled.any():
        return (), ()
    hits = max(facts.hits, default=0)
    reason = _reason_to_skip(facts, lexicon, hits)
    if reason:
        return (), (report(reason, CellReference(file, sheet.name)),)
    long = find_long_form(facts, lexicon, hits)
    tables = (_long(facts, lexicon, long),) if long else _tables(facts, lexicon)
    if not tables:
        return (), (report("sheet.no_table", CellReference(file, sheet.name)),)
    return tuple(_with_totals(sheet, table, file) for table in tables), ()


def _tables(facts: SheetFacts, lexicon: Lexicon) -> tuple[Recognised, ...]:
    """Return the wide tables that stand under one another on a sheet."""
    tables: list[Recognised] = []
    start = 0
    while start < facts.sheet.n_rows and (table := _wide(facts, lexicon, start)):
        tables.append(table)
        start = table.stop
    return tuple(tables)


def _with_totals(sheet: RawSheet, table: Recognised, file: str) -> Recognised:
    money = next((unit for unit in table.units if unit_kind(unit) == "money"), "")
    return replace(table, findings=check_totals(sheet, table.layout, file, table.group_rows, money))


def _reason_to_skip(facts: SheetFacts, lexicon: Lexicon, hits: int) -> str:
    """Return the finding that says why a sheet holds no answers, "" when it may hold some."""
    sheet = facts.sheet
    identified = any(lexicon.identity & set(lexicon.items(facts.text(row, column))) for row, column in _head_cells(facts))
    if is_guide_sheet(sheet.name) and not (identified and hits >= 3):
        return "sheet.guide"
    if sheet.hidden and not (identified and hits >= 3):
        return "sheet.hidden"
    texts = {text for column in sheet.columns for text in column.texts[1:200] if len(text) > 1}
    answers = sum(normal_form(text) in lexicon.answers for text in texts)
    if not identified and texts and answers >= 0.6 * len(texts) and facts.filled.sum() <= 2 * len(texts):
        return "sheet.options"
    return ""


def _head_cells(facts: SheetFacts) -> list[tuple[int, int]]:
    rows, columns = np.nonzero(facts.filled[:HEAD])
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]


def _wide(facts: SheetFacts, lexicon: Lexicon, start: int) -> Recognised | None:
    header = find_header(facts, lexicon, start)
    if header is None:
        return None
    body = find_body(facts, header, lexicon)
    head = _head_texts(facts, start, header.rows[0])
    units = _note_units(head)
    layout = Layout(
        sheet=facts.sheet.name,
        orientation=Orientation.WIDE,
        header_rows=header.rows,
        body=body.firms,
        headers=header.names,
        units=_filled_units(facts, header, body, units, lexicon),
        title=_title(head),
        notes=_notes(facts, head, body.footers),
        total_rows=body.totals,
        footer_rows=body.footers,
    )
    return Recognised(layout, units, body.groups, _places(facts, body), _reporting(head), stop=body.stop)


def _long(facts: SheetFacts, lexicon: Lexicon, form: LongForm) -> Recognised:
    sheet = facts.sheet
    first = form.body[0] if form.body else sheet.n_rows
    top = form.header_rows[0] if form.header_rows else first
    head = _head_texts(facts, 0, top)
    footers = tuple(row for row in range(first, sheet.n_rows) if row not in set(form.body) and facts.filled[row].any())
    columns = range(len(sheet.columns))
    names = tuple(facts.text(top, column) if form.header_rows else "" for column in columns)
    layout = Layout(
        sheet=sheet.name,
        orientation=Orientation.LONG,
        header_rows=form.header_rows,
        body=np.array(form.body, dtype=np.int32),
        headers=names,
        units=tuple("" for _ in columns),
        title=_title(head),
        notes=_notes(facts, head, footers),
        footer_rows=footers,
        label_column=form.label,
        value_column=form.value,
    )
    pairs = find_pairs(facts, lexicon, range(top))
    return Recognised(layout, _note_units(head), place=_reporting(head), pairs=pairs, unit_column=form.unit, stop=sheet.n_rows)


def _head_texts(facts: SheetFacts, start: int, stop: int) -> list[str]:
    return [text for row in range(start, stop) for text in facts.shown(row).values()]


def _title(head: list[str]) -> str:
    """Return the longest line above the table that is no form furniture."""
    return max((text for text in head if not is_preamble(text) and not names_persons(text)), key=len, default="")


def _notes(facts: SheetFacts, head: list[str], footers: tuple[int, ...]) -> tuple[str, ...]:
    """Return the lines around the table that may be kept: furniture without persons, and 注, 说明, 数据来源 with what follows."""
    kept = [text for text in head if is_preamble(text) and not names_persons(text)]
    noting = False
    for row in footers:
        for text in facts.shown(row).values():
            note = public_note(text)
            noting = bool(note) or (noting and not names_persons(text))
            if noting:
                kept.append(note or text.strip())
    return tuple(kept)


def _note_units(head: list[str]) -> tuple[str, ...]:
    """Return the units named above the table: 单位：万元、人, or the unit of a 指标： line."""
    named = next((units for text in head if (units := note_units(text))), ())
    if named:
        return named
    indicator = next((split_unit(text)[1] for text in head if text.startswith("指标") and is_preamble(text)), "")
    return (indicator,) if indicator else ()


def _filled_units(facts: SheetFacts, header: Header, body: Body, units: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the units of the columns; in a table of none of our items a single unit note holds for every column of numbers."""
    known = any(lexicon.items(name.split(" / ")[-1]) for name in header.names if name)
    if len(units) != 1 or known:
        return header.units
    rows = body.firms[body.firms < len(facts.numeric)]
    numeric = facts.numeric[rows].sum(axis=0) > 0.5 * np.maximum(facts.filled[rows].sum(axis=0), 1)
    return tuple(unit or (units[0] if numeric[column] else "") for column, unit in enumerate(header.units))


def _places(facts: SheetFacts, body: Body) -> tuple[tuple[int, str], ...]:
    named = ((row, region_name(next(iter(facts.shown(row).values())))) for row in body.groups)
    return tuple((row, name) for row, name in named if name)


def _reporting(head: list[str]) -> str:
    return next((place for text in head if (place := reporting_place(text))), "")
