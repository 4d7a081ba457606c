"""One sheet: recognised, matched and cleaned into responses."""

from __future__ import annotations

from collections.abc import Mapping as Items
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from app.analysis.intake.cells import Column, at_cells
from app.analysis.intake.clean import NUMBERS, clean
from app.analysis.intake.columns import blank_originals, blank_values, frame, original_column, value_column
from app.analysis.intake.distinct import Cleaned, Distinct, distinct_values, is_blank
from app.analysis.intake.firms import Answers, Classifier, firm_frame
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.match import Heading, Trouble, match_headings
from app.analysis.intake.recognise import Recognised
from app.analysis.intake.reports import report
from app.analysis.intake.rules import check_rules
from app.analysis.intake.units import normal_unit, split_unit
from app.domain.findings import CellReference, Finding
from app.domain.instrument import Role
from app.domain.responses import Block, Responses
from app.domain.sheet import Mapping, Match, Orientation, RawColumn, RawSheet

_FEWEST = 3  # questions that must be found on a sheet that names no firm; fewer are chance
_EVIDENCE = 60  # distinct answers looked at to judge what a column means


@dataclass(frozen=True, slots=True)
class Source:
    """The workbook a sheet comes from: its hash and its name."""

    sha256: str
    file: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One item as a sheet asks it: its distinct answers, its unit, its header and where it stands."""

    distinct: Distinct
    unit: str
    header: str
    column: Column


@dataclass(frozen=True, slots=True)
class SheetIntake:
    """What one table of a sheet gave; no mapping when it was not read, no responses when it asks none of our questions."""

    mapping: Mapping | None
    responses: Responses | None
    findings: tuple[Finding, ...] = ()


def intake_table(sheet: RawSheet, found: Recognised, source: Source, classifier: Classifier, lexicon: Lexicon) -> SheetIntake:
    """Return the responses of one recognised table, with its mapping and findings."""
    wide = found.layout.orientation is Orientation.WIDE
    headings = _column_headings(sheet, found) if wide else _row_headings(sheet, found)
    matches, troubles = match_headings(headings, classifier.instrument, lexicon, found.units)
    mapping = Mapping(found.layout, matches)
    place = CellReference(source.file, sheet.name)
    codes = {match.item for match in matches if match.item} | {pair.item for pair in found.pairs}
    if len(codes) < min(_FEWEST, len(classifier.instrument.items)) and not codes & lexicon.identity:
        return SheetIntake(mapping, None, (*found.findings, report("sheet.no_items", place)))
    findings = [*found.findings, *(_told(trouble, found, place) for trouble in troubles)]
    if codes <= lexicon.identity:
        return SheetIntake(mapping, None, (*findings, report("sheet.no_answers", place)))
    asked = _asked_wide(sheet, found, matches, source) if wide else _asked_long(sheet, found, matches, source)
    responses, told = _responses(sheet, found, asked, (source, classifier))
    return SheetIntake(mapping, responses, (*findings, *told))


def _column_headings(sheet: RawSheet, found: Recognised) -> list[Heading]:
    layout = found.layout
    headings = []
    for position, column in enumerate(sheet.columns):
        answers = _sample(column, layout.body)
        if layout.headers[position] or answers:
            headings.append(Heading(position, layout.headers[position], layout.units[position], answers))
    return headings


def _row_headings(sheet: RawSheet, found: Recognised) -> list[Heading]:
    layout = found.layout
    headings = []
    for row in layout.body.tolist():
        text, unit = split_unit(sheet.text(row, layout.label_column).strip())
        unit = unit or normal_unit(sheet.text(row, found.unit_column) if found.unit_column >= 0 else "")
        answer = sheet.text(row, layout.value_column).strip()
        headings.append(Heading(row, text, unit, (answer,) if answer else ()))
    return headings


def _sample(column: RawColumn, body: npt.NDArray[np.int32]) -> tuple[str, ...]:
    used = np.unique(column.codes[body[:5000]])
    texts = (column.texts[code].strip() for code in used[: _EVIDENCE + 1])
    return tuple(text for text in texts if text)[:_EVIDENCE]


def _told(trouble: Trouble, found: Recognised, place: CellReference) -> Finding:
    """Return a trouble with a heading as a finding at the heading's cell."""
    layout = found.layout
    if layout.orientation is Orientation.WIDE:
        cell = replace(place, row=layout.header_rows[-1] + 1, column=trouble.position + 1)
    else:
        cell = replace(place, row=trouble.position + 1, column=layout.label_column + 1)
    return report(trouble.code, cell, trouble.header, **trouble.params)


def _asked_wide(sheet: RawSheet, found: Recognised, matches: tuple[Match, ...], source: Source) -> dict[str, Asked]:
    body = found.layout.body
    rows = body.astype(np.int64) + 1
    asked = {}
    for match in matches:
        if match.item:
            distinct = distinct_values(_filled_down(sheet, match.position, body), body)
            column = Column(source.file, sheet.name, match.position + 1, rows)
            asked[match.item] = Asked(distinct, match.unit, match.header, column)
    return asked


def _filled_down(sheet: RawSheet, position: int, body: npt.NDArray[np.int32]) -> RawColumn:
    """Return a column in which every cell of a merged range under the header holds what the range shows."""
    column = sheet.columns[position]
    first = int(body[0]) if len(body) else sheet.n_rows
    spans = [(top, bottom) for top, left, bottom, right in sheet.merges if left <= position == right and top >= first < bottom]
    if not spans:
        return column
    codes = column.codes.copy()
    for top, bottom in spans:
        codes[top : bottom + 1] = codes[top]
    return replace(column, codes=codes)


def _asked_long(sheet: RawSheet, found: Recognised, matches: tuple[Match, ...], source: Source) -> dict[str, Asked]:
    layout = found.layout
    raw = sheet.columns[layout.value_column]
    asked = {}
    for pair in found.pairs:
        cell = sheet.columns[pair.column]
        kind = cell.kinds[cell.codes[pair.row]]
        column = Column(source.file, sheet.name, pair.column + 1, np.array([pair.row + 1]))
        asked[pair.item] = Asked(_single(pair.text, kind), "", pair.label, column)
    for match in matches:
        if match.item:
            code = raw.codes[match.position]
            column = Column(source.file, sheet.name, layout.value_column + 1, np.array([match.position + 1]))
            answer = _single(raw.texts[code], raw.kinds[code])
            if match.item not in asked or not is_blank(raw.texts[code]):
                asked[match.item] = Asked(answer, match.unit, match.header, column)
    return asked


def _single(text: str, kind: Any) -> Distinct:
    return Distinct((text,), (kind,), np.zeros(1, dtype=np.int32), np.ones(1, dtype=np.int64))


def _responses(
    sheet: RawSheet, found: Recognised, asked: Items[str, Asked], context: tuple[Source, Classifier]
) -> tuple[Responses, list[Finding]]:
    source, classifier = context
    wide = found.layout.orientation is Orientation.WIDE
    rows = len(found.layout.body) if wide else 1
    items = {item.code: item for item in classifier.instrument.items}
    cleaned = {code: (clean(ask.distinct, items[code], ask.unit), ask.distinct) for code, ask in asked.items()}
    answers = Answers(rows, cleaned)
    firms, issues = firm_frame(answers, classifier, _townships(found, rows))
    findings = _findings(asked, cleaned, issues)
    findings += _rule_findings(answers, asked, classifier)
    findings += _unnamed(answers, classifier, asked)
    values, originals = {}, {}
    for code, item in items.items():
        there = cleaned.get(code)
        values[code] = value_column(there[0], there[1], item) if there else blank_values(item, rows)
        originals[code] = original_column(there[1]) if there else blank_originals(rows)
    row_of = found.layout.body.astype(np.int32) + 1 if wide else np.zeros(1, dtype=np.int32)
    places = frame({"block": np.zeros(rows, dtype=np.int32), "row": row_of}, rows)
    cells = {code: (0 if wide else int(ask.column.rows[0]), ask.column.column) for code, ask in asked.items()}
    block = Block(source.sha256, source.file, sheet.name, "", cells)
    return Responses(frame(values, rows), frame(originals, rows), firms, places, (block,)), findings


def _townships(found: Recognised, rows: int) -> npt.NDArray[np.object_]:
    """Return the township each row stands under: of the nearest group row above it, else of the reporting unit."""
    townships = np.full(rows, found.place, dtype=object)
    if found.groups and found.layout.orientation is Orientation.WIDE:
        starts = np.array([row for row, _ in found.groups])
        names = np.array([found.place, *(name for _, name in found.groups)], dtype=object)
        townships = names[np.searchsorted(starts, found.layout.body)]
    return townships


def _findings(
    asked: Items[str, Asked], cleaned: Items[str, tuple[Cleaned, Distinct]], issues: list[tuple[str, Any]]
) -> list[Finding]:
    findings: list[Finding] = []
    for code, ask in asked.items():
        own = [*cleaned[code][0].issues, *(issue for item, issue in issues if item == code)]
        findings += at_cells(own, ask.distinct, ask.column, ask.header)
        row = 0 if len(ask.column.rows) != 1 else int(ask.column.rows[0])
        for kind, params in cleaned[code][0].column_issues:
            findings.append(report(kind, ask.column.cell(row), ask.header, header=ask.header, **params))
    return findings


def _rule_findings(answers: Answers, asked: Items[str, Asked], classifier: Classifier) -> list[Finding]:
    codes = [item.code for item in classifier.instrument.items if item.type in NUMBERS and item.code in asked]
    values = {code: answers.numbers(code) for code in codes}
    texts = {code: np.array(asked[code].distinct.texts, dtype=object)[asked[code].distinct.inverse] for code in codes}
    return check_rules(values, {code: asked[code].column for code in codes}, texts, classifier.instrument)


def _unnamed(answers: Answers, classifier: Classifier, asked: Items[str, Asked]) -> list[Finding]:
    """Return a finding for each response that gives neither name nor code, where the form asks for one."""
    name, code = classifier.role(Role.NAME), classifier.role(Role.CREDIT_CODE)
    ask = asked.get(name) or asked.get(code)
    if ask is None:
        return []
    missing = (answers.texts(name) == "") & (answers.texts(code) == "")
    return [report("firm.unnamed", ask.column.cell(int(row))) for row in ask.column.rows[np.flatnonzero(missing)]]
