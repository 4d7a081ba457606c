"""The tables of a package as a workbook: a sheet a table with what it rests on. Text never becomes a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.relay import RelaySheet
from app.files.atomic import write_atomically
from app.files.endings import check_ending
from app.files.settle_zip import settle

ENDING = ".xlsx"
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
_WIDTHS = (34, 14)


def write_relay_xlsx(path: Path, sheets: Sequence[RelaySheet], created: str, font: str) -> None:
    """Write `sheets` to `path`; UserError when the disk will not have it."""
    import xlsxwriter

    check_ending(path, ENDING)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.fromisoformat(created.replace("Z", "+00:00"))})
    looks = _Looks(book, font)
    for number, sheet in enumerate(sheets, 1):
        _write(book.add_worksheet(_name(sheet.name, number)), sheet, looks)
    book.close()
    write_atomically(path, settle(buffer.getvalue(), created))


class _Looks:
    """Formats of a workbook, each made once."""

    def __init__(self, book: Any, font: str) -> None:
        self._book, self._font, self._made = book, font, dict[tuple[tuple[str, object], ...], Any]()

    def of(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": self._font, "font_size": 10, **properties})
        return self._made[key]


def _name(name: str, number: int) -> str:
    return f"{number} {_NOT_IN_SHEET_NAMES.sub(' ', name).strip()}"[:31].strip()


def _write(sheet: Any, said: RelaySheet, looks: _Looks) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, _WIDTHS[0])
    sheet.set_column(1, len(said.header), _WIDTHS[1])
    sheet.write_string(0, 0, said.title, looks.of(bold=True, font_size=13))
    for column, text in enumerate(said.header):
        sheet.write_string(1, column, text, looks.of(bold=True, bottom=1, text_wrap=True, align="center", valign="vcenter"))
    sheet.freeze_panes(2, 1)
    for row, values in enumerate(said.rows, 2):
        strong = row == len(said.rows) + 1
        for column, value in enumerate(values):
            side = "right" if column else "left"
            _cell(sheet, (row, column), value, looks.of(num_format=said.formats[column] or "@", bold=strong, align=side))
    for row, line in enumerate(said.lines, len(said.rows) + 3):
        sheet.write_string(row, 0, line, looks.of(font_size=9, font_color="#555555"))


def _cell(sheet: Any, at: tuple[int, int], value: str | float | None, look: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(*at, value, look)
    else:
        sheet.write_number(*at, value, look)
