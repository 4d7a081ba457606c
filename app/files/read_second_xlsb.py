"""Binary workbooks (.xlsb) record by record with pyxlsb's reader, held in memory: the guarded child may write no files.

Record numbers are those of [MS-XLSB] 2.3, in the two-byte form in which pyxlsb names them.
"""

from __future__ import annotations

import contextlib
import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.files.read_second_rows import SheetRows, check_any, send_sheet
from app.files.read_second_xlsx import day
from app.files.read_sink import Merge, Sink
from app.files.scan_binary import ERRORS
from app.files.sheet_codec import Key

_ROW, _CELL_RK, _CELL_ERROR, _CELL_BOOL, _CELL_REAL, _CELL_TEXT, _CELL_SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOL, _FORMULA_ERROR, _CELL_RICH = 8, 9, 10, 11, 62
_SHARED_STRING, _FORMAT, _STYLE, _CELL_STYLES, _CELL_STYLES_END = 0x13, 0x2C, 0x2F, 0x04E9, 0x04EA
_WORKBOOK, _SHEET, _SHEET_DATA, _MERGE = 0x0199, 0x019C, 0x0191, 0x01B0
_NAMESPACE: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@dataclass(slots=True)
class _Book:
    """What cells refer to: shared strings, the styles that are dates (true: durations), and the day that dates count from."""

    archive: zipfile.ZipFile
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    dates: dict[int, bool] = field(default_factory=dict)
    since_1904: bool = False


def read_xlsb(path: Path, sink: Sink) -> None:
    """Send every worksheet of a binary workbook to `sink`; chart and macro sheets are noted."""
    with zipfile.ZipFile(path) as archive:
        book = _open(archive)
        check_any(_read_sheet(book, name, part, hidden, sink) for name, part, hidden in book.sheets)


def _read_sheet(book: _Book, name: str, part: str, hidden: bool, sink: Sink) -> bool:
    if "worksheets/" not in part:
        sink.finding("READ_SHEET_SKIPPED", (name, 0, 0))
        return True
    return send_sheet(name, sink, partial(_send, book, part, hidden))


def _records(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, Any]]:
    """Yield (record, its body to read from); KeyError for a part that is not there."""
    from pyxlsb.reader import BIFF12Reader, RecordReader

    source = BIFF12Reader(io.BytesIO(archive.read(part)))
    while (record := source.read_id()) is not None and (length := source.read_len()) is not None:
        yield record, RecordReader(source._fp.read(length))


def _open(archive: zipfile.ZipFile) -> _Book:
    book = _Book(archive)
    targets = _targets(archive)
    for record, body in _records(archive, "xl/workbook.bin"):
        if record == _WORKBOOK:
            book.since_1904 = bool(body.read_int() & 1)
        elif record == _SHEET:
            hidden, _, relation, name = body.read_int() != 0, body.read_int(), body.read_string(), body.read_string()
            book.sheets.append((name, targets.get(relation, ""), hidden))
    with contextlib.suppress(KeyError):
        for record, body in _records(archive, "xl/sharedStrings.bin"):
            if record == _SHARED_STRING:
                body.skip(1)
                book.strings.append(body.read_string() or "")
    with contextlib.suppress(Exception):  # without styles dates come as numbers, which is better than no cells
        book.dates = dict(_date_styles(archive))
    return book


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    from defusedxml.ElementTree import fromstring

    relations = fromstring(archive.read("xl/_rels/workbook.bin.rels"), forbid_dtd=True)
    return {
        node.get("Id", ""): posixpath.normpath(posixpath.join("/xl", node.get("Target", ""))).lstrip("/")
        for node in relations.iter(f"{_NAMESPACE}Relationship")
    }


def _date_styles(archive: zipfile.ZipFile) -> Iterator[tuple[int, bool]]:
    """Yield (index, whether it is a duration) of the cell styles that show a date or a time."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    formats = dict(BUILTIN_FORMATS)
    n_styles, inside = 0, False
    for record, body in _records(archive, "xl/styles.bin"):
        if record == _FORMAT:
            number = body.read_short()
            formats[number] = body.read_string()
        elif record in (_CELL_STYLES, _CELL_STYLES_END):
            inside = record == _CELL_STYLES
        elif record == _STYLE and inside:
            body.skip(2)
            shown = formats.get(body.read_short())
            if is_date_format(shown):
                yield n_styles, is_timedelta_format(shown)
            n_styles += 1


def _send(book: _Book, part: str, hidden: bool, rows: SheetRows) -> None:
    row = 0
    cells: dict[int, Key] = {}
    merges: list[Merge] = []
    for record, body in _records(book.archive, part):
        if record == _ROW:
            rows.put(row, _line(cells))
            row, cells = body.read_int(), {}
        elif record in (*range(_CELL_RK, _FORMULA_ERROR + 1), _CELL_RICH):
            column, style = body.read_int(), body.read_int() & 0xFFFFFF
            cells[column] = _value(record, body, book, style)
        elif record == _MERGE:
            row0, row1, column0, column1 = (body.read_int() for _ in range(4))
            merges.append((row0, column0, row1, column1))
    rows.put(row, _line(cells))
    rows.close(merges, hidden)


def _line(cells: dict[int, Key]) -> list[Key]:
    return [cells.get(column, "") for column in range(min(max(cells, default=-1) + 1, 1 << 14))]


def _value(record: int, body: Any, book: _Book, style: int) -> Key:
    if record == _CELL_SHARED:
        return book.strings[body.read_int()]
    if record in (_CELL_ERROR, _FORMULA_ERROR):
        return ("e", ERRORS.get(body.read_byte(), "#ERROR!"))
    if record in (_CELL_BOOL, _FORMULA_BOOL):
        return bool(body.read_byte())
    if record == _CELL_RICH:
        body.skip(1)
    if record in (_CELL_TEXT, _FORMULA_TEXT, _CELL_RICH):
        return body.read_string() or ""
    number: float = body.read_float() if record == _CELL_RK else body.read_double()
    return _moment(number, book.since_1904, book.dates[style]) if style in book.dates else number


def _moment(number: float, since_1904: bool, is_span: bool) -> Key:
    from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

    try:
        return day(from_excel(number, MAC_EPOCH if since_1904 else WINDOWS_EPOCH, timedelta=is_span))
    except (OverflowError, ValueError):
        return number
