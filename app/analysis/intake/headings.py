"""The headings of a table with what stands under them: of columns where a firm has a row, of rows where an indicator has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.analysis.intake.layouts import Recognised
from app.analysis.intake.units import normal_unit, split_unit
from app.domain.sheet import Orientation, RawColumn, RawSheet

_EVIDENCE = 60  # distinct answers looked at to judge what a column means
_LOOKED = 5000  # rows they are taken from


@dataclass(frozen=True, slots=True)
class Heading:
    """A header to be matched: its place, text, unit, a sample of the distinct answers under it, and its drop-down list.

    `filled` counts the cells under it that are not blank.
    """

    position: int
    text: str
    unit: str = ""
    answers: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    filled: int = 0


def headings_of(sheet: RawSheet, found: Recognised) -> list[Heading]:
    """Return the headings of a table; a column without heading and without answers is none."""
    entries = _Entries(sheet, found)
    if found.layout.orientation is Orientation.WIDE:
        return _of_columns(sheet, found, entries)
    return _of_rows(sheet, found, entries)


class _Entries:
    """The drop-down lists of a sheet, by the cells of the table that they guard."""

    def __init__(self, sheet: RawSheet, found: Recognised) -> None:
        self._lists = [(area, each.entries) for each in sheet.validations for area in each.ranges if len(each.entries) > 1]
        self._rows = (int(found.layout.body[0]), int(found.layout.body[-1])) if len(found.layout.body) else (0, -1)

    def of_column(self, column: int) -> tuple[str, ...]:
        """Return the entries of the list that guards a column of the table's body, () when none does."""
        first, last = self._rows
        return self._first(first, last, column)

    def of_cell(self, row: int, column: int) -> tuple[str, ...]:
        """Return the entries of the list that guards one cell, () when none does."""
        return self._first(row, row, column)

    def _first(self, first: int, last: int, column: int) -> tuple[str, ...]:
        for (top, left, bottom, right), entries in self._lists:
            if left <= column <= right and top <= last and bottom >= first:
                return entries
        return ()


def _of_columns(sheet: RawSheet, found: Recognised, entries: _Entries) -> list[Heading]:
    layout = found.layout
    headings = []
    for position, column in enumerate(sheet.columns):
        answers = _sample(column, layout.body)
        if layout.headers[position] or answers:
            filled = int(np.count_nonzero(column.codes[layout.body]))
            text, unit = layout.headers[position], layout.units[position]
            headings.append(Heading(position, text, unit, answers, entries.of_column(position), filled))
    return headings


def _of_rows(sheet: RawSheet, found: Recognised, entries: _Entries) -> list[Heading]:
    layout = found.layout
    columns = layout.across or (layout.value_column,)
    headings = []
    for row in layout.body.tolist():
        text, unit = split_unit(sheet.text(row, layout.label_column).strip())
        unit = unit or normal_unit(sheet.text(row, found.unit_column) if found.unit_column >= 0 else "")
        shown = [sheet.text(row, column).strip() for column in columns]
        texts = [answer for answer in shown if answer]
        answers = tuple(dict.fromkeys(texts))[:_EVIDENCE]
        headings.append(Heading(row, text, unit, answers, entries.of_cell(row, columns[0]), len(texts)))
    return headings


def _sample(column: RawColumn, body: npt.NDArray[np.int32]) -> tuple[str, ...]:
    used = np.unique(column.codes[body[:_LOOKED]])
    texts = (column.texts[code].strip() for code in used[: _EVIDENCE + 1])
    return tuple(text for text in texts if text)[:_EVIDENCE]
