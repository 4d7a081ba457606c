"""What calamine does not hand over from xlsx: error values, formulas never calculated, what is hidden, drop-down lists.

A search over the unpacked bytes, not a parse: parts without such things cost a few passes of `in`. Standard library only.
"""

from __future__ import annotations

import contextlib
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from app.files.preflight import UNREADABLE_ZIP
from app.files.scan_marks import LISTS, MARKS, SheetMarks, column_index, hide, read_list, read_ranges

_CHUNK: Final = 1 << 22
_KEPT: Final = 1 << 24
_HEAD: Final = 1 << 20
_TABLES: Final = 50
_TABLE_BYTES: Final = 1 << 16
_ERROR: Final = b't="e"'
_EMPTY_RESULT: Final = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_REFERENCE: Final = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE: Final = re.compile(rb"<v>([^<]{1,40})</v>")
_HIDDEN: Final = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\bhidden\s*=\s*[\"'](?:1|true)[\"'][^<>]*>")
_ROW: Final = re.compile(rb"\br\s*=\s*[\"']([0-9]{1,7})[\"']")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s[^<>]*?\bhidden\s*=\s*[\"'](?:1|true)[\"'][^<>]*>")
_MIN: Final = re.compile(rb"\bmin\s*=\s*[\"']([0-9]{1,5})[\"']")
_MAX: Final = re.compile(rb"\bmax\s*=\s*[\"']([0-9]{1,5})[\"']")
_FILTER_MODE: Final = re.compile(rb"<(?:\w+:)?sheetPr\s[^<>]*\bfilterMode\s*=\s*[\"'](?:1|true)[\"']")
_FILTER: Final = re.compile(rb"<(?:\w+:)?filterColumn\s")
_LIST: Final = re.compile(rb"<(?:\w+:)?dataValidation\s")
_LIST_TYPE: Final = re.compile(rb"\btype\s*=\s*[\"']list[\"']")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?formula1>\s*(?:<(?:\w+:)?f>)?([^<]{1,9000})<")
_SQREF: Final = re.compile(rb"\bsqref\s*=\s*[\"']([^\"'<>]{1,20000})[\"']|<(?:\w+:)?sqref>([^<]{1,20000})<")
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class _Book:
    """The sheets of a workbook (name, part) and its defined names, lower case, with their formulas."""

    sheets: tuple[tuple[str, str], ...]
    names: Mapping[str, str]


def scan_xlsx(path: Path) -> dict[str, SheetMarks]:
    """Return the marks of each sheet by name; what cannot be unpacked or parsed has none."""
    found: dict[str, SheetMarks] = {}
    with contextlib.suppress(*UNREADABLE_ZIP, ElementTree.ParseError), zipfile.ZipFile(path) as archive:
        book = _book(archive)
        for name, part in book.sheets:
            found[name] = SheetMarks()
            _scan_sheet(archive, part, name, (found[name], book.names))
    return found  # calamine reads the same file and reports the damage


def _book(archive: zipfile.ZipFile) -> _Book:
    rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 — no DOCTYPE passed the preflight
    targets = {node.get("Id", ""): node.get("Target", "") for node in rels}
    parts = set(archive.namelist())
    sheets, names = [], {}
    for node in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():  # noqa: S314
        if node.tag.endswith("}sheet"):
            target = targets.get(node.get(_RELATION) or node.get(_RELATION_STRICT) or "", "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in parts:
                sheets.append((node.get("name", ""), part))
        elif node.tag.endswith("}definedName"):
            names[node.get("name", "").lower()] = node.text or ""
    return _Book(tuple(sheets), names)


def _scan_sheet(archive: zipfile.ZipFile, part: str, name: str, known: tuple[SheetMarks, Mapping[str, str]]) -> None:
    marks, names = known
    piece = b""
    for number, piece in enumerate(_pieces(archive, part)):
        if number == 0:
            _collect_head(piece[:_HEAD].partition(b"sheetData")[0], marks)
        _collect(piece, marks)
    _collect_tail(piece, name, marks, names)
    if marks.hidden_rows and not marks.filtered:
        marks.filtered = any(_FILTER.search(table) for table in _tables(archive, part))


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield a part in whole rows of a few megabytes; a row past 16 MB is given up in pieces."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            cut = rest.rfind(b"</row>")
            if cut < 0 and len(rest) < _KEPT:
                continue
            cut = len(rest) if cut < 0 else cut
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _tables(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield the beginning of each table of a sheet, which has a filter of its own."""
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.namelist():
        return
    for node in list(ElementTree.fromstring(archive.read(relations)))[:_TABLES]:  # noqa: S314
        table = posixpath.normpath(posixpath.join(folder, node.get("Target", ""))).lstrip("/")
        if node.get("Type", "").endswith("/table") and table in archive.namelist():
            with archive.open(table) as stream:
                yield stream.read(_TABLE_BYTES)


def _collect_head(head: bytes, marks: SheetMarks) -> None:
    marks.filtered = _FILTER_MODE.search(head) is not None
    for match in _COLUMN.finditer(head):
        first, last = _MIN.search(match[0]), _MAX.search(match[0])
        if first and last:
            hide(marks.hidden_columns, int(first[1]) - 1, int(last[1]) - 1)


def _collect(piece: bytes, marks: SheetMarks) -> None:
    """Look for what is rare: a letter that plain cells do not hold is looked for first, ten times as fast as a word."""
    start = max(piece.find(b"sheetData", 0, _HEAD), 0) + len(b"sheetData")
    if piece.find(b"e", start) >= 0 and _ERROR in piece:
        _collect_errors(piece, marks)
    if piece.find(b"d", start) >= 0 and b"hidden" in piece:
        for match in _HIDDEN.finditer(piece):
            row = _ROW.search(match[0])
            if row and row[1] != b"0":
                hide(marks.hidden_rows, int(row[1]) - 1, int(row[1]) - 1)
    if piece.find(b"f", start) >= 0 and b"<f" in piece:
        _collect_uncalculated(piece, marks)


def _collect_errors(piece: bytes, marks: SheetMarks) -> None:
    at = piece.find(_ERROR)
    while at >= 0 and len(marks.errors) < MARKS:
        end = piece.find(b"</c>", at)
        start = piece.rfind(b"<", 0, at)
        cell = _position(piece, start, at, end)
        value = _VALUE.search(piece, at, end if end >= 0 else len(piece))
        if cell and value:
            marks.errors.append((*cell, value[1].decode("utf-8", "replace")))
        at = piece.find(_ERROR, at + 1)


def _collect_uncalculated(piece: bytes, marks: SheetMarks) -> None:
    for match in _EMPTY_RESULT.finditer(piece):
        start = max(piece.rfind(b"<c ", 0, match.start()), 0)
        opening = piece[start : piece.find(b">", start)]
        cell = _position(piece, start, start, start + len(opening))
        if cell and b't="str"' not in opening and len(marks.uncalculated) < MARKS:
            marks.uncalculated.append(cell)


def _collect_tail(piece: bytes, sheet: str, marks: SheetMarks, names: Mapping[str, str]) -> None:
    """Behind the cells stand the filter and the drop-down lists, those of later Excel versions in an extension of their own."""
    tail = piece[max(piece.rfind(b"</sheetData>"), 0) :]
    marks.filtered = marks.filtered or _FILTER.search(tail) is not None
    for text in _LIST.split(tail, LISTS)[1 : LISTS + 1]:
        formula, cells = _FORMULA.search(text), _SQREF.search(text)
        if formula and cells and _LIST_TYPE.search(text, 0, max(text.find(b">"), 0)):
            found = read_list(unescape(formula[1].decode("utf-8", "replace")), sheet, names)
            if found:
                found.ranges = read_ranges((cells[1] or cells[2]).decode("ascii", "replace"))
                marks.lists.append(found)


def _position(piece: bytes, start: int, at: int, end: int) -> tuple[int, int] | None:
    stop = piece.find(b">", at)
    found = _REFERENCE.search(piece, start, min(stop if stop >= 0 else end, len(piece)) + 1)
    return (int(found[2]) - 1, column_index(found[1].decode("ascii"))) if found else None
