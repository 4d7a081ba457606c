"""Binary workbooks (.xlsb): error cells, hidden rows and columns, filters, merged areas and drop-down lists.

Walks the record streams of [MS-XLSB] for what calamine does not hand over; a file built in another way has no marks.
"""

from __future__ import annotations

import contextlib
import posixpath
import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from app.files.preflight import UNREADABLE_ZIP
from app.files.scan_binary import ERRORS, LIST_TYPE, Links, read_list_tokens
from app.files.scan_marks import LISTS, MARKS, RANGES, SPANS, Area, SheetMarks, hide

_CELL_ERROR, _FORMULA_ERROR, _ROW, _COLUMN, _MERGE, _FILTER, _VALIDATION = 3, 11, 0, 60, 176, 163, 64
_BUNDLE_SHEET, _NAME, _OWN_BOOK, _SAME_SHEET, _FIRST_BOOK, _LAST_BOOK, _EXTERNALS = 156, 39, 357, 358, 355, 361, 362
_SHEET: Final = frozenset((_ROW, _CELL_ERROR, _FORMULA_ERROR, _COLUMN, _MERGE, _FILTER, _VALIDATION))
_BOOK: Final = frozenset((_BUNDLE_SHEET, _NAME, *range(_FIRST_BOOK, _EXTERNALS + 1)))
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x10, 0x01
_NULL: Final = 0xFFFFFFFF
_BROKEN: Final = (struct.error, IndexError)


def scan_xlsb(path: Path) -> dict[str, SheetMarks]:
    """Return the marks of each sheet of a binary workbook, by name."""
    found: dict[str, SheetMarks] = {}
    broken = (*UNREADABLE_ZIP, ElementTree.ParseError, IndexError)
    with contextlib.suppress(*broken), zipfile.ZipFile(path) as archive:
        links, parts = _book(archive)
        for name, part in parts.items():
            found[name] = SheetMarks()
            with contextlib.suppress(KeyError, *_BROKEN):  # one damaged sheet does not hide the others
                _scan_part(archive, part, (name, links), found[name])
    return found


def _scan_part(archive: zipfile.ZipFile, part: str, place: tuple[str, Links], marks: SheetMarks) -> None:
    _scan_sheet(archive.read(part), place, marks)
    if marks.hidden_rows and not marks.filtered:
        marks.filtered = any(_has_filter(archive.read(table)) for table in _tables(archive, part))


def _targets(archive: zipfile.ZipFile, part: str) -> Mapping[str, str]:
    """Return the parts that `part` relates to, by relation."""
    folder, name = posixpath.split(part)
    rels = ElementTree.fromstring(archive.read(f"{folder}/_rels/{name}.rels"))  # noqa: S314 — no DOCTYPE passed the preflight
    joined = {node.get("Id", ""): posixpath.join(f"/{folder}", node.get("Target", "")) for node in rels}
    return {relation: posixpath.normpath(target).lstrip("/") for relation, target in joined.items()}


def _book(archive: zipfile.ZipFile) -> tuple[Links, dict[str, str]]:
    """Return what formulas refer to, and the part of each sheet by name."""
    links = Links()
    parts: dict[str, str] = {}
    targets = _targets(archive, "xl/workbook.bin")
    books: list[bool] = []
    for record, body in _records(archive.read("xl/workbook.bin"), _BOOK):
        if record == _BUNDLE_SHEET:
            relation, at = _wide_string(body, 8)
            name, _ = _wide_string(body, at)
            links.sheets.append(name)
            parts[name] = targets.get(relation, "")
        elif record == _NAME:
            links.names.append(_name_tokens(body))
        elif record == _EXTERNALS:
            links.externals = list(_externals(body, books, links.sheets))
        else:
            books.append(record == _OWN_BOOK)
    return links, parts


def _externals(body: bytes, books: list[bool], sheets: list[str]) -> Iterator[str]:
    count = min(struct.unpack_from("<I", body)[0], (len(body) - 4) // 12)
    for index in range(count):
        book, first = struct.unpack_from("<Ii", body, 4 + 12 * index)
        yield sheets[first] if book < len(books) and books[book] and 0 <= first < len(sheets) else ""


def _name_tokens(body: bytes) -> bytes:
    """Return the formula of a defined name (BrtName of [MS-XLSB])."""
    _, at = _wide_string(body, 9)
    (size,) = struct.unpack_from("<I", body, at)
    return body[at + 4 : at + 4 + size]


def _tables(archive: zipfile.ZipFile, part: str) -> list[str]:
    with contextlib.suppress(KeyError):
        return [target for target in _targets(archive, part).values() if "tables/" in target]
    return []


def _has_filter(part: bytes) -> bool:
    return any(True for _ in _records(part, frozenset((_FILTER,))))


def _records(part: bytes, wanted: frozenset[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the wanted (record, body); numbers of records take one or two bytes, lengths one to four of seven bits each."""
    at, stop = 0, len(part)
    while at < stop:
        record = part[at]
        at += 1
        if record & 0x80:
            record = (record & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        length = part[at] & 0x7F
        shift = 7
        while part[at] & 0x80 and shift < 28:
            at += 1
            length |= (part[at] & 0x7F) << shift
            shift += 7
        at += 1
        if record in wanted:
            yield record, part[at : at + length]
        at += length


def _wide_string(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + (0 if length == _NULL else 2 * length)
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _scan_sheet(part: bytes, place: tuple[str, Links], marks: SheetMarks) -> None:
    row = 0
    for record, body in _records(part, _SHEET):
        if record == _ROW:
            (row,) = struct.unpack_from("<I", body)
            if body[11] & _HIDDEN_ROW:
                hide(marks.hidden_rows, row, row)
        elif record in (_CELL_ERROR, _FORMULA_ERROR):
            if len(marks.errors) < MARKS:
                marks.errors.append((row, struct.unpack_from("<I", body)[0], ERRORS.get(body[8], "#ERROR!")))
        elif record == _COLUMN:
            if body[16] & _HIDDEN_COLUMN:
                hide(marks.hidden_columns, *struct.unpack_from("<II", body))
        elif record == _MERGE:
            if len(marks.merges) < SPANS:
                marks.merges.append(_area(body, 0))
        elif record == _FILTER:
            marks.filtered = True
        else:
            _add_list(body, place, marks)


def _area(body: bytes, at: int) -> Area:
    row0, row1, column0, column1 = struct.unpack_from("<IIII", body, at)
    return row0, column0, row1, column1


def _add_list(body: bytes, place: tuple[str, Links], marks: SheetMarks) -> None:
    """Add the drop-down list of a validation (BrtDVal of [MS-XLSB]): flags, the areas it guards, four texts, two formulas."""
    if body[0] & 0x0F != LIST_TYPE or len(marks.lists) >= LISTS:
        return
    (count,) = struct.unpack_from("<I", body, 4)
    if count > len(body) // 16:
        return
    ranges = [_area(body, 8 + 16 * index) for index in range(min(count, RANGES))]
    at = 8 + 16 * count
    for _ in range(4):
        _, at = _wide_string(body, at)
    (size,) = struct.unpack_from("<I", body, at)
    found = read_list_tokens(body[at + 4 : at + 4 + size], True, *place)
    if found:
        found.ranges = [area for area in ranges if area[0] <= area[2] and area[1] <= area[3]]
        marks.lists.append(found)
