"""xlsx and xlsm through openpyxl, streamed; only what cells need is read, so that damage elsewhere does no harm."""

from __future__ import annotations

import contextlib
import datetime
import re
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from app.files.read_second_rows import SheetRows, check_any, send_sheet
from app.files.read_sink import Merge, Sink
from app.files.sheet_codec import Key

_MERGE: Final = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,80}?\bref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"')
_HEX: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ECMA-376 Part 1, 22.9.2.19: characters that XML cannot hold
_CHUNK: Final = 1 << 20
_OVERLAP: Final = 200


def read_xlsx(path: Path, sink: Sink) -> None:
    """Send every sheet of an Office Open XML workbook to `sink`."""
    warnings.simplefilter("ignore")  # openpyxl warns of the styles and extensions it drops
    with path.open("rb") as file:
        book = _open(file)
        check_any(send_sheet(sheet.title, sink, partial(_send, sheet)) for sheet in book.worksheets)


def _open(file: IO[bytes]) -> Any:
    """Return a read-only workbook; document properties, theme and names are left out, and styles where they are damaged."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.styles.stylesheet import apply_stylesheet

    reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    with contextlib.suppress(Exception):  # without styles dates come as numbers, which is better than no cells
        apply_stylesheet(reader.archive, reader.wb)
    reader.read_worksheets()
    return reader.wb


def _send(sheet: Any, rows: SheetRows) -> None:
    sheet.reset_dimensions()  # what a file declares may be a lie
    for index, cells in enumerate(sheet.iter_rows()):
        rows.put(index, [_value(cell) for cell in cells])
    rows.close(_merges(sheet), sheet.sheet_state != "visible")


def _value(cell: Any) -> Key:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return ("e", str(value))
    if isinstance(value, str):
        return _HEX.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return day(value)


def day(value: Key) -> Key:
    """Return a moment at midnight as its day, as python-calamine does."""
    if type(value) is datetime.datetime and value.time() == datetime.time():
        return value.date()
    return value


def _merges(sheet: Any) -> list[Merge]:
    from openpyxl.utils.cell import column_index_from_string as column

    return [
        (int(row0) - 1, column(column0.decode()) - 1, int(row1) - 1, column(column1.decode()) - 1)
        for column0, row0, column1, row1 in _merge_references(sheet)
    ]


def _merge_references(sheet: Any) -> Iterator[tuple[bytes, ...]]:
    """Merged areas stand behind the cells, where the streaming reader does not look: a search over the part."""
    rest = b""
    with sheet._get_source() as part:
        while chunk := part.read(_CHUNK):
            rest += chunk
            stop = 0
            for match in _MERGE.finditer(rest):
                yield match.groups()
                stop = match.end()
            rest = rest[max(stop, len(rest) - _OVERLAP) :]
