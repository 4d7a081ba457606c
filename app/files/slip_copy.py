"""A workbook that cannot be changed in place, written anew as xlsx: the same texts at the same addresses."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np

from app.domain.sheet import RawSheet, RawWorkbook
from app.files.settle_zip import settle

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767
_MANY_CELLS = 400_000  # from here on rows go to the disk as they are written, and merged ranges are left out
_WIDEST = 40


def copy_workbook(workbook: RawWorkbook, created: str) -> bytes:
    """Return an xlsx with every cell of `workbook` as text where it stood; formulas, formats and pictures are not in it."""
    import xlsxwriter

    many = sum(sheet.n_rows * len(sheet.columns) for sheet in workbook.sheets) > _MANY_CELLS
    buffer = io.BytesIO()
    options = {"constant_memory": many, "in_memory": not many, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    look = book.add_format({"num_format": "@", "valign": "vcenter"})
    for sheet, name in zip(workbook.sheets, sheet_names(workbook), strict=True):
        target = book.add_worksheet(name)
        if sheet.hidden and len(workbook.sheets) > 1:
            target.hide()
        _write(target, sheet, look, many=many)
    _show_one(book)
    book.close()
    return settle(buffer.getvalue(), created)


def sheet_names(workbook: RawWorkbook) -> tuple[str, ...]:
    """Return the names of a copy's sheets: as received where Excel takes them, else the nearest that is free."""
    taken: set[str] = set()
    names = []
    for sheet in workbook.sheets:
        base = _NOT_IN_SHEET_NAMES.sub(" ", sheet.name).strip(" '")[:_LONGEST_NAME] or "Sheet"
        others = (f"{base[: _LONGEST_NAME - 5]}~{number}" for number in range(2, 10_000))
        name = next(free for free in (base, *others) if free.casefold() not in taken)
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _show_one(book: Any) -> None:
    """A workbook needs a sheet that shows: where all were hidden, the first does."""
    sheets = book.worksheets()
    first = next((sheet for sheet in sheets if not sheet.hidden), sheets[0])
    first.hidden = False
    first.activate()
    first.set_first_sheet()


def _write(target: Any, sheet: RawSheet, look: Any, *, many: bool) -> None:
    target.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for position, column in enumerate(sheet.columns):
        target.set_column(position, position, min(_WIDEST, max(10, *(len(text) * 1.4 for text in column.texts[:200]))))
    if not many:
        _merge(target, sheet, look)
    codes = np.array([column.codes for column in sheet.columns]).T if sheet.columns else np.zeros((0, 0), dtype=np.int32)
    for row, position in zip(*(places.tolist() for places in np.nonzero(codes)), strict=True):
        text = sheet.columns[position].texts[codes[row, position]]
        target.write_string(row, position, text[:_LONGEST_TEXT], look)


def _merge(target: Any, sheet: RawSheet, look: Any) -> None:
    from xlsxwriter.exceptions import OverlappingRange

    for top, left, bottom, right in sheet.merges:
        try:
            target.merge_range(top, left, bottom, right, "", look)
        except OverlappingRange:
            continue  # a damaged file may hold such; the first of the two stands
