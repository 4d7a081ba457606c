"""OpenDocument sheets (.ods, .fods): hidden rows and columns, filters, merged areas and drop-down lists.

One pass of expat over the content; repeats are counted and never carried out. Standard library only.
"""

from __future__ import annotations

import contextlib
import re
import zipfile
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from app.files.preflight import UNREADABLE_ZIP
from app.files.scan_marks import ENTRIES, LISTS, RANGES, SPANS, DropDown, SheetMarks, hide, read_area

_BLOCK: Final = 1 << 18
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_IN_LIST: Final = re.compile(r"cell-content-is-in-list\((.*)\)\s*$", re.DOTALL)
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')
_POINT: Final = r"(?:\$?((?:'(?:[^']|'')+')|[^.'$\[\]:]+)?\.)\$?([A-Z]{1,3})\$?([0-9]{1,7})"
_REFERENCE: Final = re.compile(rf"\[{_POINT}(?::{_POINT})?\]")


def scan_ods(path: Path) -> dict[str, SheetMarks]:
    """Return the marks of each sheet by name; what cannot be unpacked or parsed has none."""
    scan = _Content()
    with contextlib.suppress(*UNREADABLE_ZIP), zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        scan.read(stream)
    return scan.found


def scan_fods(path: Path) -> dict[str, SheetMarks]:
    """Return the same of a flat file."""
    scan = _Content()
    with path.open("rb") as stream:
        scan.read(stream)
    return scan.found


class _Content:
    """Follows rows and columns through the elements of a document; cells outside a sheet (tracked changes) do not count."""

    def __init__(self) -> None:
        self.found: dict[str, SheetMarks] = {}
        self._marks = SheetMarks()
        self._conditions: dict[str, str] = {}
        self._lists: dict[str, DropDown | None] = {}
        self._sheet = ""
        self._depth = 0
        self._row = self._rows = self._column = self._columns = 0
        self._open = {
            "table:table": self._open_table,
            "table:table-column": self._open_column,
            "table:table-row": self._open_row,
            "table:table-cell": self._open_cell,
            "table:covered-table-cell": self._open_cell,
            "table:content-validation": self._open_validation,
        }

    def read(self, stream: IO[bytes]) -> None:
        """Parse; at the first damage what was found so far stands."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = _refuse
        with contextlib.suppress(expat.ExpatError, *UNREADABLE_ZIP):
            while block := stream.read(_BLOCK):
                parser.Parse(block, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self._open.get(name)
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        if name == "table:table":
            self._depth -= 1
        elif name == "table:table-row" and self._depth == 1:
            self._row += self._rows

    def _open_table(self, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self._sheet = attributes.get("table:name", "")
            self._marks = self.found[self._sheet] = SheetMarks()
            self._lists = {}
            self._row = self._rows = self._columns = 0

    def _open_column(self, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            first, repeat = self._columns, _repeat(attributes, "table:number-columns-repeated")
            self._columns += repeat
            if attributes.get("table:visibility") in ("collapse", "filter"):
                hide(self._marks.hidden_columns, first, min(first + repeat - 1, _LAST_COLUMN))

    def _open_row(self, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            self._rows, self._column = _repeat(attributes, "table:number-rows-repeated"), 0
            visibility = attributes.get("table:visibility")
            if visibility in ("collapse", "filter"):
                hide(self._marks.hidden_rows, self._row, min(self._row + self._rows - 1, _LAST_ROW))
                self._marks.filtered = self._marks.filtered or visibility == "filter"

    def _open_cell(self, attributes: dict[str, str]) -> None:
        if self._depth != 1:
            return
        first, repeat = self._column, _repeat(attributes, "table:number-columns-repeated")
        self._column += repeat
        rows = _repeat(attributes, "table:number-rows-spanned")
        columns = _repeat(attributes, "table:number-columns-spanned")
        if (rows > 1 or columns > 1) and len(self._marks.merges) < SPANS:
            self._marks.merges.append((self._row, first, self._row + rows - 1, first + columns - 1))
        rule = attributes.get("table:content-validation-name")
        if rule:
            self._guard(rule, first, first + repeat - 1)

    def _open_validation(self, attributes: dict[str, str]) -> None:
        if len(self._conditions) < LISTS:
            self._conditions[attributes.get("table:name", "")] = attributes.get("table:condition", "")

    def _guard(self, rule: str, first: int, last: int) -> None:
        """Say that the cells first … last of these rows choose from a list, joined to the same cells of the rows above."""
        if rule not in self._lists:
            self._lists[rule] = found = read_condition(self._conditions.get(rule, ""), self._sheet)
            if found:
                self._marks.lists.append(found)
        found = self._lists[rule]
        if found is None:
            return
        stop = min(self._row + self._rows - 1, _LAST_ROW)
        for index in range(len(found.ranges) - 1, max(len(found.ranges) - 50, -1), -1):
            row0, column0, row1, column1 = found.ranges[index]
            if (row1 + 1, column0, column1) == (self._row, first, last):
                found.ranges[index] = (row0, column0, stop, column1)
                return
        if len(found.ranges) < RANGES:
            found.ranges.append((self._row, first, stop, last))


def _refuse(*_: object) -> None:
    raise expat.ExpatError("a document type is declared")


def _repeat(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, min(int(text), _LAST_ROW + 1)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def read_condition(condition: str, sheet: str) -> DropDown | None:
    """Return the list of `of:cell-content-is-in-list("是";"否")` or `…([$Lists.$A$1:.$A$9])`, None for other conditions."""
    found = _IN_LIST.search(condition)
    if not found:
        return None
    if entries := _QUOTED.findall(found[1]):
        return DropDown([], [entry.replace('""', '"').strip() for entry in entries if entry.strip()][:ENTRIES])
    cells = _REFERENCE.search(found[1])
    if not cells:
        return None
    name, left, top, _, right, bottom = cells.groups()
    area = read_area(f"{left}{top}:{right or left}{bottom or top}")
    return DropDown([], [], (name or "").strip("'").replace("''", "'") or sheet, area[1]) if area else None
