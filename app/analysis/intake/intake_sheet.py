"""One table of a sheet: matched and cleaned into responses, with what is wrong and what is open to question."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Items
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from app.analysis.intake.asked import Asked, Sheets, asked_items
from app.analysis.intake.cells import at_cells
from app.analysis.intake.clean import clean
from app.analysis.intake.clean_qualifiers import qualifier_frame
from app.analysis.intake.columns import blank_originals, blank_values, frame, original_column, value_column
from app.analysis.intake.distinct import Cleaned, Distinct, Told
from app.analysis.intake.doubts import answer_questions, heading_questions, hidden_columns, hidden_questions
from app.analysis.intake.firms import Answers, Classifier, firm_frame
from app.analysis.intake.headings import Heading, headings_of
from app.analysis.intake.layouts import Recognised
from app.analysis.intake.lexicon import Lexicon
from app.analysis.intake.lost_rows import blank_below, side_by_side
from app.analysis.intake.match import Trouble, match_headings
from app.analysis.intake.reports import report
from app.analysis.intake.row_decisions import in_spans
from app.analysis.intake.rules import check_rows
from app.domain.decisions import DecisionKind, Question
from app.domain.findings import CellReference, Finding
from app.domain.instrument import Role
from app.domain.responses import Block, Responses
from app.domain.rules import Rule
from app.domain.sheet import Mapping, Match, Orientation, RowRole

_BY_VALUES = 0.8  # confidence that names over columns are those of firms
_FEWEST = 3  # questions that must be found on a sheet that names no firm; fewer are chance


@dataclass(frozen=True, slots=True)
class Desk:
    """What every table is read by: instrument and taxonomy, the instrument's words, the rules for its rows.

    `scales`: how the shares of an item are written in the sheets of a file that hold one firm each (fraction | percent | mixed).
    """

    classifier: Classifier
    lexicon: Lexicon
    rules: tuple[Rule, ...] = ()
    scales: Items[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetIntake:
    """What one table of a sheet gave; no mapping when it was not read, no responses when it asks none of our questions.

    `template` is the fingerprint of its headings, `roles` what each row of the sheet was taken for.
    """

    mapping: Mapping | None
    responses: Responses | None
    findings: tuple[Finding, ...] = ()
    template: str = ""
    questions: tuple[Question, ...] = ()
    roles: tuple[RowRole, ...] = ()


def intake_table(sheets: Sheets, source: str, found: Recognised, desk: Desk) -> SheetIntake:
    """Return the responses of one recognised table, with its mapping, findings and questions; `source` is the file's hash."""
    place = CellReference(sheets.file, sheets.held.name)
    headings, matches, troubles = _matched(sheets, found, desk.lexicon)
    mapping = Mapping(found.layout, matches)
    codes = {match.item for match in matches if match.item} | {pair.item for pair in found.pairs}
    told = (*found.findings, *_hidden_rows(found, place))
    asking = tuple(heading_questions(headings, matches, found, place))
    enough = len(codes) >= min(_FEWEST, len(desk.lexicon.items_of)) or bool(codes & desk.lexicon.identity)
    wanted = found.guide.answer(DecisionKind.SHEET, sheets.held.name) == "read" and bool(codes)
    if not (enough or wanted):
        return SheetIntake(mapping, None, (*told, report("sheet.no_items", place)), found.template)
    findings = (*told, *(_told(trouble, found, place) for trouble in troubles))
    if codes <= desk.lexicon.identity:
        return SheetIntake(mapping, None, (*findings, report("sheet.no_answers", place)), found.template, asking)
    asked = asked_items(sheets, found, headings, matches, desk.lexicon.items_of)
    table = _Table(found, asked, desk)
    headings_of_items = {code: ask.header for code, ask in asked.items()}
    units = {code: ask.told.unit or ask.unit for code, ask in asked.items()}
    block = Block(source, sheets.file, sheets.held.name, "", *_cells(asked, found), headings_of_items, units)
    responses = table.responses(block)
    hidden = tuple(hidden_questions(found, sheets.held, matches, place))
    columns = hidden_columns(found, sheets.held, matches)
    findings += (report("sheet.hidden_columns", place, str(len(columns))),) if columns and hidden else ()
    checked = check_rows(responses, desk.classifier.instrument, desk.rules)
    findings += (*side_by_side(found, matches, desk.lexicon.firm, place), *_below(found, asked, desk))
    findings += (*table.findings(), *checked, *table.unnamed())
    return SheetIntake(mapping, responses, findings, found.template, (*asking, *hidden, *table.questions()))


def _matched(sheets: Sheets, found: Recognised, lexicon: Lexicon) -> tuple[list[Heading], tuple[Match, ...], tuple[Trouble, ...]]:
    """Return headings and what each means, as decided where it was; a hidden column that was left out means nothing."""
    headings = headings_of(sheets.held, found)
    texts = [heading.text for heading in headings]
    decided = found.guide.headed(DecisionKind.COLUMN, texts)
    if found.layout.orientation is Orientation.WIDE and found.guide.answer(DecisionKind.HIDDEN, "columns") == "leave":
        hidden = in_spans(sheets.held.hidden_columns, len(sheets.held.columns))
        decided = ["" if hidden[heading.position] else said for heading, said in zip(headings, decided, strict=True)]
    matches, troubles = match_headings(headings, lexicon, found.units, decided)
    if found.firm_row >= 0:
        headings, matches = _with_names(sheets, found, lexicon, headings, matches)
    units = found.guide.headed(DecisionKind.UNIT, [heading.text for heading in headings])
    matches = tuple(replace(match, unit=unit) if unit else match for match, unit in zip(matches, units, strict=True))
    return headings, matches, troubles


def _with_names(
    sheets: Sheets, found: Recognised, lexicon: Lexicon, headings: list[Heading], matches: tuple[Match, ...]
) -> tuple[list[Heading], tuple[Match, ...]]:
    """Return headings and matches with the row over the columns that names the firms, unless another row does."""
    item = next((item.code for item in lexicon.items_of.values() if item.role is Role.NAME), "")
    if not item or any(match.item == item for match in matches):
        return headings, matches
    text = sheets.held.text(found.firm_row, found.layout.label_column).strip()
    named = Match(found.firm_row, text, item, _BY_VALUES, "match.values")
    return [*headings, Heading(found.firm_row, text)], (*matches, named)


def _below(found: Recognised, asked: Items[str, Asked], desk: Desk) -> Iterator[Finding]:
    """Yield that townships were left out below their first row, unless the sheet names them over groups of rows."""
    if not (found.groups or found.place):
        yield from blank_below(found, asked.get(desk.classifier.role(Role.TOWNSHIP)))


def _hidden_rows(found: Recognised, place: CellReference) -> Iterator[Finding]:
    """Yield how many rows of the table are not shown, while nobody decided about them, or were left out by decision."""
    if found.hidden.rows:
        code = "sheet.filtered" if found.hidden.subject == "filter" else "sheet.hidden_rows"
        yield report(code, place, str(len(found.hidden.rows)))
    if found.hidden.left:
        yield report("sheet.rows_left", place, str(found.hidden.left))


def _told(trouble: Trouble, found: Recognised, place: CellReference) -> Finding:
    """Return a trouble with a heading as a finding at the heading's cell."""
    layout = found.layout
    if layout.orientation is Orientation.WIDE:
        cell = replace(place, row=layout.header_rows[-1] + 1, column=trouble.position + 1)
    else:
        cell = replace(place, row=trouble.position + 1, column=layout.label_column + 1)
    return report(trouble.code, cell, trouble.header, **trouble.params)


def _cells(
    asked: Items[str, Asked], found: Recognised
) -> tuple[dict[str, tuple[int, int]], dict[str, dict[str, tuple[int, int]]]]:
    """Return where each item stands, and each option that has a column of its own."""
    one = found.layout.orientation is Orientation.LONG
    cells = {code: (int(ask.column.rows[0]), ask.column.column) if one else ask.column.place for code, ask in asked.items()}
    options = {code: {option: column.place for option, column in ask.options.items()} for code, ask in asked.items()}
    return cells, {code: places for code, places in options.items() if places}


class _Table:
    """The answers of one table, cleaned once."""

    def __init__(self, found: Recognised, asked: Items[str, Asked], desk: Desk) -> None:
        self._found, self._asked, self._desk = found, asked, desk
        layout = found.layout
        self._one = layout.orientation is Orientation.LONG
        self._rows = 1 if self._one else len(layout.across or layout.body)
        items = desk.lexicon.items_of
        self._cleaned: dict[str, tuple[Cleaned, Distinct]] = {
            code: (ask.ready or clean(ask.distinct, items[code], ask.unit, self._told(code)), ask.distinct)
            for code, ask in asked.items()
        }
        self._answers = Answers(self._rows, self._cleaned)
        self._issues: list[tuple[str, Any]] = []

    def _told(self, code: str) -> Told:
        """Return what was decided about the answers of an item; a lone firm's shares are written as its file's others are."""
        told = self._asked[code].told
        if told.scale or not self._one or code not in self._desk.scales:
            return told
        return replace(told, scale=self._desk.scales[code])

    def responses(self, block: Block) -> Responses:
        """Return the responses; the issues with their firms are kept for `findings`."""
        rows = self._rows
        firms, self._issues = firm_frame(self._answers, self._desk.classifier, self._townships())
        values, originals = {}, {}
        for code, item in self._desk.lexicon.items_of.items():
            there = self._cleaned.get(code)
            values[code] = value_column(there[0], there[1], item) if there else blank_values(item, rows)
            originals[code] = original_column(self._asked[code].received) if there else blank_originals(rows)
        places = frame({"block": np.zeros(rows, dtype=np.int32), "row": self._places()}, rows)
        told = qualifier_frame(self._cleaned)
        return Responses(frame(values, rows), frame(originals, rows), firms, places, (block,), told)

    def findings(self) -> list[Finding]:
        """Return what is wrong with the answers, at their cells."""
        findings: list[Finding] = []
        for code, ask in self._asked.items():
            cleaned = self._cleaned[code][0]
            own = [*cleaned.issues, *(issue for item, issue in self._issues if item == code)]
            findings += at_cells(own, ask.distinct, ask.column, ask.header)
            findings += ask.findings
            row = 0 if len(ask.column.rows) != 1 else int(ask.column.rows[0])
            for kind, params in cleaned.column_issues:
                findings.append(report(kind, ask.column.cell(row), ask.header, header=ask.header, **params))
        return findings

    def questions(self) -> Iterator[Question]:
        """Yield what the answers leave open."""
        for code, ask in self._asked.items():
            item = self._desk.lexicon.items_of[code]
            yield from answer_questions(code, ask, self._cleaned[code][0], item, self._found.template)

    def unnamed(self) -> list[Finding]:
        """Return a finding for each response that gives neither name nor code, where the form asks for one."""
        name, code = self._desk.classifier.role(Role.NAME), self._desk.classifier.role(Role.CREDIT_CODE)
        ask = self._asked.get(name) or self._asked.get(code)
        if ask is None:
            return []
        missing = (self._answers.texts(name) == "") & (self._answers.texts(code) == "")
        return [report("firm.unnamed", ask.column.cell(int(row))) for row in ask.column.rows[np.flatnonzero(missing)]]

    def _places(self) -> npt.NDArray[np.int32]:
        if self._one:
            return np.zeros(1, dtype=np.int32)
        layout = self._found.layout
        return np.asarray(layout.across or layout.body, dtype=np.int32) + 1

    def _townships(self) -> npt.NDArray[np.object_]:
        """Return the township each response stands under: of the nearest group row above it, else of the reporting unit."""
        found = self._found
        if not found.groups or found.layout.orientation is not Orientation.WIDE:
            return np.full(self._rows, found.place, dtype=object)
        starts = np.array([row for row, _ in found.groups])
        names = np.array([found.place, *(name for _, name in found.groups)], dtype=object)
        return names[np.searchsorted(starts, found.layout.body)]
