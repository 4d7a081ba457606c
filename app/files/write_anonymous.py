"""The anonymised firm file as csv or xlsx: how it was made, then the firms; no text becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.files.atomic import atomic_path, write_atomically
from app.files.endings import check_ending
from app.files.formula_guard import guarded
from app.files.settle_zip import settle

ENDINGS = (".csv", ".xlsx")
_ROWS = 1_048_000  # of a sheet


@dataclass(frozen=True, slots=True)
class AnonymousSheets:
    """What is written: `lines` on how it was made, headings and `rows` of texts, the codebook, and `names` of the sheets."""

    lines: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    codebook: Sequence[Sequence[str]]
    names: tuple[str, str, str]
    created: str


def write_anonymous(path: Path, sheets: AnonymousSheets) -> None:
    """Write `sheets` to `path` by its ending; UserError `anonymise.too_long`, or why the disk will not have it."""
    check_ending(path, *ENDINGS)
    if path.suffix.lower() == ".csv":
        _write_csv(path, sheets)
        return
    if len(sheets.rows) > _ROWS:
        raise UserError("anonymise.too_long", file=path.name, n=len(sheets.rows))
    _write_xlsx(path, sheets)


def _write_csv(path: Path, sheets: AnonymousSheets) -> None:
    with atomic_path(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([guarded(f"# {line}")] for line in sheets.lines)
        writer.writerow([guarded(name) for name in sheets.headings])
        writer.writerows([guarded(text) for text in row] for row in sheets.rows)


def _write_xlsx(path: Path, sheets: AnonymousSheets) -> None:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime.fromisoformat(sheets.created.replace("Z", "+00:00"))})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    _sheet(book, sheets.names[0], [sheets.headings, *sheets.rows])
    about = book.add_worksheet(sheets.names[1])
    about.set_column(0, 0, 100, wrapped)
    for row, line in enumerate(sheets.lines):
        about.write_string(row, 0, line, wrapped)
    _sheet(book, sheets.names[2], sheets.codebook)
    book.close()
    write_atomically(path, settle(buffer.getvalue(), sheets.created))


def _sheet(book: Any, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 20)
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                sheet.write_string(place, column, text)
