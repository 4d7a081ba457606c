"""The items of a table with their answers: where each stands, as received and as it holds."""

from __future__ import annotations

from collections.abc import Mapping as Items
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from app.analysis.intake.cells import Column, at_cells
from app.analysis.intake.code_lists import worded
from app.analysis.intake.distinct import Cleaned, Distinct, Issue, Told, distinct_values, is_blank
from app.analysis.intake.headings import Heading
from app.analysis.intake.join_options import denies, join_options
from app.analysis.intake.layouts import Recognised
from app.analysis.intake.match import UNLISTED
from app.domain.decisions import DecisionKind
from app.domain.findings import Finding
from app.domain.instrument import Item
from app.domain.sheet import CellKind, Match, Orientation, RawColumn, RawSheet


@dataclass(frozen=True, slots=True)
class Asked:
    """One item as a table asks it: its distinct answers as they hold, its unit, its header and where it stands.

    `received` the answers before anybody corrected them; `told` what people decided about the column; `ready` what the
    answers mean where they were joined from `options`, a column an option, with `findings` at their cells.
    """

    distinct: Distinct
    unit: str
    header: str
    column: Column
    received: Distinct
    told: Told = Told()  # noqa: RUF009 - a frozen value
    ready: Cleaned | None = None
    options: Items[str, Column] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheets:
    """A sheet as received, the same with corrections, and the file it comes from."""

    received: RawSheet
    held: RawSheet
    file: str


def asked_items(
    sheets: Sheets, found: Recognised, headings: Sequence[Heading], matches: Sequence[Match], items: Items[str, Item]
) -> dict[str, Asked]:
    """Return what a table asks, by item code."""
    told = _told(found, headings, matches)
    if found.layout.orientation is Orientation.LONG:
        return _of_one_firm(sheets, found, matches, told)
    read = _Reader(sheets, found, {heading.position: heading.entries for heading in headings})
    parts: dict[str, list[Match]] = {}
    asked = {}
    for match in matches:
        if match.item and match.option:
            parts.setdefault(match.item, []).append(match)
        elif match.item:
            asked[match.item] = read.item(match, items[match.item], told[match.position])
    for code, members in parts.items():
        unlisted = [match for match in matches if match.reason in (UNLISTED, "match.decided") and match.rivals[:1] == (code,)]
        asked[code] = read.joined(members, items[code], unlisted)
    return asked


def _told(found: Recognised, headings: Sequence[Heading], matches: Sequence[Match]) -> dict[int, Told]:
    """Return what people decided about the answers of each matched heading, by its position."""
    texts = [heading.text for heading in headings]
    scales, units = (found.guide.headed(kind, texts) for kind in (DecisionKind.SCALE, DecisionKind.UNIT))
    answers: dict[str, dict[str, str]] = {}
    for subject, answer in found.guide.all(DecisionKind.ANSWER).items():
        item, _, text = subject.partition("|")
        answers.setdefault(item, {})[text] = answer
    return {
        match.position: Told(scale or "", unit or "", answers.get(match.item or "", {}))
        for match, scale, unit in zip(matches, scales, units, strict=True)
    }


class _Reader:
    """Takes the answers of items out of a table with many firms, down its columns or across its rows."""

    def __init__(self, sheets: Sheets, found: Recognised, entries: Items[int, tuple[str, ...]]) -> None:
        self._sheets = sheets
        self._body = found.layout.body
        self._across = found.layout.across
        self._entries = entries
        places = np.array(self._across, dtype=np.int64) if self._across else self._body.astype(np.int64)
        self._rows = places + 1

    def item(self, match: Match, item: Item, told: Told) -> Asked:
        """Return an item that has a column, or a row, of its own."""
        distinct, received = self._answers(match.position)
        distinct = worded(distinct, item, self._entries.get(match.position, ()))
        return Asked(distinct, match.unit, match.header, self._column(match.position), received, told)

    def joined(self, members: Sequence[Match], item: Item, unlisted: Sequence[Match]) -> Asked:
        """Return an item whose options have a column each; what stands under `unlisted`, none of its options, is told."""
        held = {match.option: self._answers(match.position)[0] for match in members}
        received = {match.option: self._answers(match.position)[1] for match in members}
        distinct, ready, unread = join_options(held, item, whole_list=not unlisted)
        columns = {match.option: self._column(match.position) for match in members}
        told = [
            finding
            for match in members
            for finding in at_cells(unread[match.option], held[match.option], columns[match.option], match.header)
        ]
        told += [finding for match in unlisted if match.reason == UNLISTED for finding in self._unlisted(match, item)]
        first = members[0]
        kept = (
            join_options(received, item, whole_list=not unlisted)[0]
            if any(received[code] is not held[code] for code in held)
            else distinct
        )
        header = first.header.split(" / ")[0] if " / " in first.header else first.header
        return Asked(distinct, "", header, columns[first.option], kept, ready=ready, options=columns, findings=tuple(told))

    def _unlisted(self, match: Match, item: Item) -> list[Finding]:
        """Return a finding for each cell that says something in a column that is no option of the item."""
        answers = self._answers(match.position)[0]
        params = (("item", item.words.zh),)
        said = [place for place, text in enumerate(answers.texts) if not is_blank(text) and not denies(text)]
        issues = [Issue(place, "option.unlisted", params) for place in said]
        return at_cells(issues, answers, self._column(match.position), match.header)

    def _column(self, position: int) -> Column:
        return Column(self._sheets.file, self._sheets.held.name, position + 1, self._rows, across=bool(self._across))

    def _answers(self, position: int) -> tuple[Distinct, Distinct]:
        """Return the answers as they hold and as received."""
        if self._across:
            held = _row_values(self._sheets.held, position, self._across)
            same = self._sheets.held is self._sheets.received
            return held, held if same else _row_values(self._sheets.received, position, self._across)
        column, raw = self._sheets.held.columns[position], self._sheets.received.columns[position]
        held = distinct_values(_filled_down(self._sheets.held, position, self._body), self._body)
        if column is raw:
            return held, held
        return held, distinct_values(_filled_down(self._sheets.received, position, self._body), self._body)


def _filled_down(sheet: RawSheet, position: int, body: npt.NDArray[np.int32]) -> RawColumn:
    """Return a column in which every blank cell of a merged range under the header holds what the range shows."""
    column = sheet.columns[position]
    first = int(body[0]) if len(body) else sheet.n_rows
    spans = [(top, bottom) for top, left, bottom, right in sheet.merges if left <= position == right and top >= first < bottom]
    if not spans:
        return column
    codes = column.codes.copy()
    for top, bottom in spans:
        inside = codes[top : bottom + 1]
        inside[inside == 0] = codes[top]
    return replace(column, codes=codes)


def _row_values(sheet: RawSheet, row: int, columns: Sequence[int]) -> Distinct:
    """Return the distinct values of one row over some columns."""
    table: dict[tuple[str, CellKind], int] = {}
    inverse = []
    for column in columns:
        raw = sheet.columns[column]
        code = int(raw.codes[row])
        inverse.append(table.setdefault((raw.texts[code], raw.kinds[code]), len(table)))
    places = np.array(inverse, dtype=np.int32)
    counts = np.bincount(places, minlength=len(table)).astype(np.int64)
    return Distinct(tuple(text for text, _ in table), tuple(kind for _, kind in table), places, counts)


def _of_one_firm(sheets: Sheets, found: Recognised, matches: Sequence[Match], told: Items[int, Told]) -> dict[str, Asked]:
    layout, sheet = found.layout, sheets.held
    asked = {}
    for pair in found.pairs:
        cell = sheet.columns[pair.column]
        answer = _single(pair.text, cell.kinds[cell.codes[pair.row]])
        column = Column(sheets.file, sheet.name, pair.column + 1, np.array([pair.row + 1]))
        asked[pair.item] = Asked(answer, "", pair.label, column, answer)
    for match in matches:
        if match.item:
            answer, received = (_cell(each, match.position, layout.value_column) for each in (sheet, sheets.received))
            column = Column(sheets.file, sheet.name, layout.value_column + 1, np.array([match.position + 1]))
            if match.item not in asked or not is_blank(answer.texts[0]):
                asked[match.item] = Asked(answer, match.unit, match.header, column, received, told[match.position])
    return asked


def _cell(sheet: RawSheet, row: int, column: int) -> Distinct:
    raw = sheet.columns[column]
    code = raw.codes[row]
    return _single(raw.texts[code], raw.kinds[code])


def _single(text: str, kind: Any) -> Distinct:
    return Distinct((text,), (kind,), np.zeros(1, dtype=np.int32), np.ones(1, dtype=np.int64))
