"""What a table leaves open, as questions with the cells that hang on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from app.analysis.intake.asked import Asked
from app.analysis.intake.cells import ValueRows
from app.analysis.intake.distinct import Cleaned
from app.analysis.intake.furniture import is_serial
from app.analysis.intake.header_decisions import rows_text
from app.analysis.intake.headings import Heading
from app.analysis.intake.layouts import Recognised
from app.analysis.intake.match import EARLIER, LOWEST, UNLISTED
from app.analysis.intake.option_book import SEPARATORS
from app.analysis.intake.row_decisions import in_spans
from app.domain.decisions import DecisionKind, Question
from app.domain.findings import CellReference
from app.domain.instrument import Item, ItemType
from app.domain.sheet import Match, Orientation, RawSheet
from app.domain.words import normal_form

_PLACES = 200  # cells named for one question of one table; all of them are counted
_UNITS = ("万元", "元", "千元", "亿元")
_YES_NO = ("yes", "no", "planned", "unknown", "na")
_MIXED = "mixed"  # a column of shares of which each cell was read by how it is written
_LONGEST = 40  # characters of an answer worth a question; longer ones are free text
_CLOSED = (ItemType.YES_NO, ItemType.SINGLE, ItemType.LADDER, ItemType.MULTI)
_UNKNOWN = frozenset({"option.unknown", "option.part_unknown"})


def heading_questions(
    headings: Sequence[Heading], matches: Sequence[Match], found: Recognised, place: CellReference
) -> Iterator[Question]:
    """Yield what a heading means, where an item is likely but not sure and no other heading has it."""
    taken = {match.item for match in matches if match.item}
    for heading, match in zip(headings, matches, strict=True):
        open_items = tuple(code for code in match.rivals if code not in taken)
        unsure = match.reason == "match.rivals" or (match.reason == "match.weak" and match.confidence >= LOWEST)
        ours = bool(match.rivals) and match.rivals[0] in open_items
        asked = (unsure and ours) or match.reason == UNLISTED
        if not (asked and heading.filled) or is_serial(match.header) or EARLIER.search(match.header):
            continue
        params = (("header", match.header), ("items", "|".join(open_items)), ("score", f"{match.confidence:.2f}"))
        yield Question(
            DecisionKind.COLUMN, "", match.header, (*open_items, ""), "", heading.filled, (_at(heading, found, place),), params
        )


def answer_questions(code: str, asked: Asked, cleaned: Cleaned, item: Item, template: str) -> Iterator[Question]:
    """Yield what the answers of one item leave open: scale, unit, and what a text means that is no option."""
    unknown = item.type in _CLOSED and not asked.options and any(issue.code in _UNKNOWN for issue in cleaned.issues)
    if not (cleaned.doubts or cleaned.column_issues or unknown):
        return
    rows = ValueRows(asked.distinct, asked.column)
    for doubt in cleaned.doubts:
        scope = "" if doubt.kind is DecisionKind.ANSWER else template
        n, places = _cells(asked, rows, doubt.indices)
        params = doubt.params or (("header", asked.header),)
        assumed = doubt.assumed or (_MIXED if doubt.kind is DecisionKind.SCALE else "")
        yield Question(doubt.kind, scope, doubt.subject or asked.header, doubt.choices, assumed, n, places, params)
    for kind, params_of in cleaned.column_issues:
        if kind == "money.unit_assumed":
            yield _unit_question(asked, params_of.get("unit", _UNITS[0]), template)
    if unknown:
        yield from _unknown_answers(code, asked, cleaned, item, rows)


def _unit_question(asked: Asked, unit: str, template: str) -> Question:
    filled = int(asked.distinct.counts[[bool(text.strip()) for text in asked.distinct.texts]].sum())
    choices = tuple(dict.fromkeys((unit, *_UNITS)))
    params = (("header", asked.header), ("unit", unit))
    place = asked.column.cell(0 if len(asked.column.rows) != 1 else int(asked.column.rows[0]))
    return Question(DecisionKind.UNIT, template, asked.header, choices, unit, filled, (place,), params)


def _unknown_answers(code: str, asked: Asked, cleaned: Cleaned, item: Item, rows: ValueRows) -> Iterator[Question]:
    told = {doubt.subject for doubt in cleaned.doubts}
    for issue in cleaned.issues:
        text = dict(issue.params).get("part") or asked.distinct.texts[issue.index].strip()
        for part in _parts(text, item) if issue.code in _UNKNOWN else ():
            subject = f"{code}|{normal_form(part)}"
            if subject not in told:
                n, places = _cells(asked, rows, (issue.index,))
                params = (("header", asked.header), ("item", code), ("text", part))
                yield Question(DecisionKind.ANSWER, "", subject, (*_options(item), ""), "", n, places, params)


def _cells(asked: Asked, rows: ValueRows, indices: Sequence[int]) -> tuple[int, tuple[CellReference, ...]]:
    """Return how many cells hold one of the distinct values `indices`, and the first of them."""
    cells = np.sort(np.concatenate([rows[index] for index in indices])) if indices else np.zeros(0, dtype=np.int64)
    return len(cells), tuple(asked.column.cell(int(row)) for row in cells[:_PLACES])


def hidden_questions(found: Recognised, sheet: RawSheet, matches: Sequence[Match], place: CellReference) -> Iterator[Question]:
    """Yield whether hidden rows and columns count; they do until somebody says otherwise, so that no answer is lost."""
    items = sum(match.item is not None for match in matches)
    rows = found.hidden.rows
    if rows and items:
        places = tuple(CellReference(place.source, place.sheet, row + 1) for row in rows[:_PLACES])
        yield _hidden(found, found.hidden.subject, len(rows) * items, places, len(rows))
    columns = hidden_columns(found, sheet, matches)
    if columns:
        places = tuple(CellReference(place.source, place.sheet, 0, column + 1) for column in columns)
        yield _hidden(found, "columns", len(columns) * len(found.layout.body), places, len(columns))


def hidden_columns(found: Recognised, sheet: RawSheet, matches: Sequence[Match]) -> list[int]:
    """Return the hidden columns that answer one of our questions, zero-based."""
    if found.layout.orientation is not Orientation.WIDE or not sheet.hidden_columns:
        return []
    hidden = in_spans(sheet.hidden_columns, len(sheet.columns))
    return [match.position for match in matches if match.item and hidden[match.position]]


def header_question(found: Recognised, subject: str, place: CellReference) -> Question:
    """Return which of two rows is the header of a table."""
    rows = rows_text(found.layout.header_rows)
    rival = str(found.rival + 1)
    places = tuple(CellReference(place.source, place.sheet, row + 1) for row in (found.layout.header_rows[0], found.rival))
    params = (("sheet", place.sheet), ("rows", rows), ("rival", rival))
    return Question(DecisionKind.HEADER, found.template, subject, (rows, rival), rows, len(found.layout.body), places, params)


def sheet_question(name: str, template: str, *, read: bool, cells: int, place: CellReference) -> Question:
    """Return whether a sheet is to be read that was, or was not."""
    choices = ("read", "skip") if read else ("skip", "read")
    params = (("sheet", name),)
    return Question(DecisionKind.SHEET, template, name, choices, choices[0], cells, (place,), params)


def _hidden(found: Recognised, subject: str, answers: int, places: tuple[CellReference, ...], n: int) -> Question:
    params = (("sheet", found.layout.sheet), ("what", subject), ("n", str(n)))
    return Question(DecisionKind.HIDDEN, found.template, subject, ("keep", "leave"), "keep", answers, places, params)


def _at(heading: Heading, found: Recognised, place: CellReference) -> CellReference:
    layout = found.layout
    if layout.orientation is Orientation.WIDE:
        return CellReference(place.source, place.sheet, layout.header_rows[-1] + 1, heading.position + 1)
    return CellReference(place.source, place.sheet, heading.position + 1, layout.label_column + 1)


def _parts(text: str, item: Item) -> list[str]:
    """Return the texts of an unknown answer that can be asked about: words, not codes or long remarks."""
    parts = SEPARATORS.split(text) if item.type is ItemType.MULTI else [text]
    return [
        part.strip() for part in parts if normal_form(part) and not part.strip().isdecimal() and len(part.strip()) <= _LONGEST
    ]


def _options(item: Item) -> tuple[str, ...]:
    return _YES_NO if item.type is ItemType.YES_NO else tuple(option.code for option in item.options)
