"""The register of agents in use as a workbook or csv: what each firm answered, in words, beside the cell it was read from.

It names firms and is for work inside the office, which its first line says.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.atomic import write_atomically
from app.files.settle_zip import settle
from app.files.write_responses import write_csv

ENDINGS = (".xlsx", ".csv")
_TITLE, _NOTE, _HOW, _HEAD, _BODY = range(5)
_STEM = 1  # the firm's name stays in sight
_WIDE, _NARROW = 26, 13  # characters
_SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """A register as it is written: `table` a row a firm, columns by their headings, numbers as numbers, "" where blank.

    `internal` is the line on top; `how` says how to read it; `wide` are the headings of columns that hold texts.
    """

    title: str
    internal: str
    how: str
    table: pd.DataFrame
    wide: frozenset[str]


def write_agent_register(sheet: RegisterSheet, path: Path, palette: Palette, texts: Texts, created: str) -> None:
    """Write the register to `path` as .csv or, whatever else the ending, xlsx: same register and time, same bytes.

    No text of a firm becomes a formula or a link. UserError when the disk will not have it.
    """
    if path.suffix.lower() == ".csv":
        write_csv(sheet.table, path, above=sheet.internal)
        return
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": sheet.title, "created": datetime.fromisoformat(created.replace("Z", "+00:00"))})
    page = book.add_worksheet(texts("watch.register.sheet"))
    _head(page, sheet, _Look(book, palette, texts("write.body_font")))
    _body(page, sheet, _Look(book, palette, texts("write.body_font")))
    page.freeze_panes(_BODY, _STEM)
    page.autofilter(_HEAD, 0, _HEAD + max(len(sheet.table), 1), len(sheet.table.columns) - 1)
    page.set_paper(9)  # A4
    page.set_landscape()
    page.repeat_rows(_HEAD)
    page.repeat_columns(0, _STEM - 1)
    page.set_footer("&L&9 " + sheet.internal.replace("&", "&&"))
    book.close()
    write_atomically(path, settle(buffer.getvalue(), created))


class _Look:
    """The formats of the register."""

    def __init__(self, book: Any, palette: Palette, font: str) -> None:
        base = {"font_name": font, "font_size": 10, "valign": "vcenter"}
        lines: dict[str, object] = dict.fromkeys(_SIDES, 1) | {f"{side}_color": palette.neutral for side in _SIDES}
        head = {"bold": True, "text_wrap": True, "align": "center", "bg_color": palette.accent_soft}
        self.title = book.add_format({**base, "bold": True, "font_size": 16})
        self.strong = book.add_format({**base, "bold": True})
        self.muted = book.add_format({**base, "font_color": palette.muted})
        self.head = book.add_format({**base, **lines, **head})
        self.text = book.add_format({**base, **lines, "num_format": "@"})
        self.number = book.add_format({**base, **lines, "num_format": "0.#"})


def _head(page: Any, sheet: RegisterSheet, look: _Look) -> None:
    page.set_row(_TITLE, 30)
    page.write_string(_TITLE, 0, sheet.title, look.title)
    page.write_string(_NOTE, 0, sheet.internal, look.strong)
    page.write_string(_HOW, 0, sheet.how, look.muted)
    page.set_row(_HEAD, 45)
    for column, heading in enumerate(sheet.table.columns):
        page.set_column(column, column, _WIDE if heading in sheet.wide else _NARROW)
        page.write_string(_HEAD, column, heading, look.head)


def _body(page: Any, sheet: RegisterSheet, look: _Look) -> None:
    for column, heading in enumerate(sheet.table.columns):
        for row, value in enumerate(sheet.table[heading].tolist(), _BODY):
            _write(page, (row, column), value, look)


def _write(page: Any, place: tuple[int, int], value: object, look: _Look) -> None:
    if isinstance(value, str) and value:
        page.write_string(*place, value, look.text)
    elif isinstance(value, int | float) and value == value:  # not NaN
        page.write_number(*place, value, look.number)
    else:
        page.write_blank(*place, None, look.text)
