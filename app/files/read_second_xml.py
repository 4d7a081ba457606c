"""Excel 2003 XML, which Chinese business systems export under the name of .xls: a stream of rows.

Written from Microsoft's "XML Spreadsheet Reference" (elements Worksheet, Table, Row, Cell, Data; namespace ss).
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Final

from app.files.read_second_events import Element, elements
from app.files.read_second_rows import SheetRows
from app.files.read_second_xlsx import day
from app.files.read_sink import Merge, Sink
from app.files.sheet_codec import Key

_SS: Final = "{urn:schemas-microsoft-com:office:spreadsheet}"
_EXCEL: Final = "{urn:schemas-microsoft-com:office:excel}"
_ROW: Final = f"{_SS}Row"
_BASE_DAY: Final = datetime.date(1899, 12, 31)


def read_xml(path: Path, sink: Sink) -> None:
    """Send every worksheet of an XML spreadsheet to `sink`."""
    sheets = _Sheets(sink)
    with path.open("rb") as content:
        for event, element in elements(content, _ROW):
            sheets.take(event, element)


class _Sheets:
    """The worksheet in hand; a sheet is sent when it closes, for its visibility stands behind its rows."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._rows: SheetRows | None = None
        self._row = 0
        self._merges: list[Merge] = []
        self._hidden = False

    def take(self, event: str, element: Element) -> None:
        """Work off one event."""
        if event == "start":
            if element.tag == f"{_SS}Worksheet":
                self._rows = SheetRows(self._sink, element.get(f"{_SS}Name", ""))
                self._row, self._merges, self._hidden = 0, [], False
        elif self._rows is not None and element.tag == _ROW:
            self._put(element, self._rows)
        elif element.tag == f"{_EXCEL}Visible":
            self._hidden = (element.text or "").strip() != "SheetVisible"
        elif self._rows is not None and element.tag == f"{_SS}Worksheet":
            self._rows.close(self._merges, self._hidden)
            self._rows = None

    def _put(self, row: Element, rows: SheetRows) -> None:
        """Rows and cells say where they stand only where some before them are missing."""
        self._row = _number(row, "Index", self._row + 1) - 1
        values: list[Key] = []
        next_column = 0
        for cell in row.iter(f"{_SS}Cell"):
            column = _number(cell, "Index", next_column + 1) - 1
            if column < next_column:
                raise ValueError("cells out of order")
            down, across = _number(cell, "MergeDown", 0), _number(cell, "MergeAcross", 0)
            if down or across:
                self._merges.append((self._row, column, self._row + down, column + across))
            rows.place(values, (self._row, column), _value(cell))
            next_column = column + across + 1
        rows.put(self._row, values)
        self._row += _number(row, "Span", 0) + 1


def _number(element: Element, name: str, other: int) -> int:
    text = element.get(f"{_SS}{name}", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else other


def _value(cell: Element) -> Key:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return ""
    text = "".join(data.itertext())  # rich text stands in elements of its own
    kind = data.get(f"{_SS}Type", "String")
    try:
        return _typed(kind, text)
    except (ValueError, OverflowError):
        return text


def _typed(kind: str, text: str) -> Key:
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text.strip() not in ("0", "false", "")
    if kind == "Error":
        return ("e", text)
    if kind == "DateTime":
        moment = datetime.datetime.fromisoformat(text)
        return moment.time() if moment.date() == _BASE_DAY else day(moment)
    return text
