"""OpenDocument spreadsheets (.ods, and the flat .fods) as a stream of rows, repeated cells never multiplied unseen.

Written from OASIS OpenDocument 1.3 part 3 (§9 tables; §19.385 office:value-type and the values beside it).
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from app.files.read_second_events import Element, elements
from app.files.read_second_rows import SheetRows
from app.files.read_second_xlsx import day
from app.files.read_sink import Merge, Sink
from app.files.sheet_codec import Key

_OFFICE, _TABLE, _TEXT, _STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text", "style")
)
_CALC: Final = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ROW: Final = f"{_TABLE}table-row"
_CELL, _COVERED = f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"
_SPACES: Final = 1000
_WHITE: Final = re.compile(r"[ \t\r\n]+")
_BREAKS: Final = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_UNSEEN: Final = frozenset((f"{_OFFICE}annotation", f"{_TEXT}note", f"{_TEXT}ruby-text"))
_DURATION: Final = re.compile(r"^(-?)P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:\.\d+)?)S)?)?$")


def read_ods(path: Path, sink: Sink) -> None:
    """Send every table of an OpenDocument spreadsheet to `sink`."""
    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as content:
        _Tables(sink).read(content)


def read_fods(path: Path, sink: Sink) -> None:
    """Send every table of a flat OpenDocument file to `sink`."""
    with path.open("rb") as content:
        _Tables(sink).read(content)


class _Tables:
    """The tables of one document; those inside other tables are left out."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._depth = 0
        self._rows = SheetRows(sink, "")
        self._row = 0
        self._merges: list[Merge] = []
        self._hidden = False

    def read(self, content: IO[bytes]) -> None:
        """Send the tables as they close."""
        for event, element in elements(content, _ROW):
            if event == "start":
                self._start(element)
            elif element.tag == _ROW and self._depth == 1:
                self._put(element)
            elif element.tag == f"{_TABLE}table":
                self._end()

    def _start(self, element: Element) -> None:
        if element.tag == f"{_STYLE}style":
            self._style = element.get(f"{_STYLE}name", "")
        elif element.tag == f"{_STYLE}table-properties" and element.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)
        elif element.tag == f"{_TABLE}table":
            self._depth += 1
            if self._depth == 1:
                self._rows = SheetRows(self._sink, element.get(f"{_TABLE}name", ""))
                self._row, self._merges = 0, []
                self._hidden = element.get(f"{_TABLE}style-name") in self._hidden_styles

    def _end(self) -> None:
        if self._depth == 1:
            self._rows.close(self._merges, self._hidden)
        self._depth -= 1

    def _put(self, row: Element) -> None:
        values: list[Key] = []
        column = 0
        for cell in row:
            if cell.tag in (_CELL, _COVERED):
                self._note_merge(cell, column)
                times = _count(cell, "number-columns-repeated")
                self._rows.place(values, (self._row, column), cell_value(cell), times)
                column += times
        repeat = _count(row, "number-rows-repeated")
        self._rows.put(self._row, values, repeat)
        self._row += repeat

    def _note_merge(self, cell: Element, column: int) -> None:
        rows, columns = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if (rows > 1 or columns > 1) and cell.tag == _CELL:
            self._merges.append((self._row, column, self._row + rows - 1, column + columns - 1))


def _count(element: Element, name: str) -> int:
    """Return how often something is repeated or spanned, at least once."""
    text = element.get(f"{_TABLE}{name}", "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def cell_value(cell: Element) -> Key:
    """Return what a cell holds; its text where the value beside it is missing or no value of its type."""
    kind = cell.get(f"{_OFFICE}value-type", "")
    text = "\n".join(_paragraph(part) for part in cell if part.tag in (f"{_TEXT}p", f"{_TEXT}h"))
    if cell.get(f"{_CALC}value-type") == "error":
        return ("e", text)
    if kind == "string":
        return cell.get(f"{_OFFICE}string-value", text)
    try:
        return _typed_value(cell, kind, text)
    except (ValueError, OverflowError):
        return text


def _typed_value(cell: Element, kind: str, text: str) -> Key:
    if kind in ("float", "percentage", "currency"):
        return float(cell.get(f"{_OFFICE}value", ""))
    if kind == "boolean":
        return {"true": True, "false": False}.get(cell.get(f"{_OFFICE}boolean-value", ""), text)
    if kind == "date":
        return day(datetime.datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")))
    if kind == "time":
        return _time(cell.get(f"{_OFFICE}time-value", ""))
    return text


def _time(text: str) -> Key:
    """Return an XML duration as the time of a day, or as a duration where it is longer or negative."""
    found = _DURATION.match(text)
    if not found:
        raise ValueError(text)
    sign, days, hours, minutes, seconds = found.groups(default="0")
    span = datetime.timedelta(int(days), float(seconds), hours=int(hours), minutes=int(minutes))
    if sign == "-" or span.days:
        return -span if sign == "-" else span
    return (datetime.datetime.min + span).time()


def _paragraph(node: Element) -> str:
    return "".join(_pieces(node))


def _pieces(node: Element) -> Iterator[str]:
    yield _collapsed(node.text)
    for child in node:
        if child.tag == f"{_TEXT}s":
            yield " " * min(_spaces(child), _SPACES)
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _UNSEEN:
            yield from _pieces(child)
        yield _collapsed(child.tail)


def _spaces(element: Element) -> int:
    text = element.get(f"{_TEXT}c", "")
    return int(text) if text.isascii() and text.isdigit() else 1


def _collapsed(text: str | None) -> str:
    """White space of the XML is one space (§6.1.2); further spaces are elements of their own."""
    return _WHITE.sub(" ", text) if text else ""
