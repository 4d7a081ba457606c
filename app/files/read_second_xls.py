"""Old workbooks (BIFF 2 to 8) through xlrd, sheet by sheet."""

from __future__ import annotations

import datetime
import io
from functools import partial
from pathlib import Path
from typing import Any

from app.files.read_second_rows import SheetRows, check_any, send_sheet
from app.files.read_second_xlsx import day
from app.files.read_sink import Merge, Sink
from app.files.scan_binary import ERRORS
from app.files.sheet_codec import Key


class _Silence(io.TextIOBase):
    """Takes xlrd's warnings, which would fill the memory where a damaged file has a million of them."""

    def write(self, text: str) -> int:
        return len(text)


def read_xls(path: Path, sink: Sink) -> None:
    """Send every worksheet of a BIFF workbook to `sink`; merged areas where its version keeps them."""
    book = _open(path)
    names = book.sheet_names()
    check_any(send_sheet(name, sink, partial(_send, book, index)) for index, name in enumerate(names))


def _open(path: Path) -> Any:
    """Open with formats, which hold the merged areas; a workbook with damaged ones opens without."""
    import xlrd

    options = {"logfile": _Silence(), "on_demand": True, "ragged_rows": True, "ignore_workbook_corruption": True}
    try:
        return xlrd.open_workbook(str(path), formatting_info=True, **options)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 — xlrd fails in many ways over damaged styles
        return xlrd.open_workbook(str(path), formatting_info=False, **options)


def _send(book: Any, index: int, rows: SheetRows) -> None:
    sheet = book.sheet_by_index(index)
    for row in range(sheet.nrows):
        rows.put(row, [_value(cell, book) for cell in sheet.row(row)])
    rows.close(_merges(sheet), bool(sheet.visibility))
    book.unload_sheet(index)


def _value(cell: Any, book: Any) -> Key:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return ("e", ERRORS.get(cell.value, "#ERROR!"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    return _moment(cell, book) if cell.ctype == xlrd.XL_CELL_DATE else cell.value


def _moment(cell: Any, book: Any) -> Key:
    """Return a serial number as a day, a moment, a time of day (below one) or a duration; as it stands when it is none."""
    import xlrd
    from openpyxl.styles.numbers import is_timedelta_format

    number: float = cell.value
    try:
        if cell.xf_index is not None and is_timedelta_format(book.format_map[book.xf_list[cell.xf_index].format_key].format_str):
            return datetime.timedelta(number)
        moment: datetime.datetime = xlrd.xldate_as_datetime(number, book.datemode)
    except (xlrd.XLDateError, OverflowError, ValueError, LookupError):
        return number
    return moment.time() if 0 <= number < 1 else day(moment)


def _merges(sheet: Any) -> list[Merge]:
    return [(row0, column0, row1 - 1, column1 - 1) for row0, row1, column0, column1 in sheet.merged_cells]
