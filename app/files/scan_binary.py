"""Error values in the binary formats (.xls, .xlsb), which calamine hands over as empty cells. Standard library only.

Walks the record streams of [MS-XLS] and [MS-XLSB] and looks at error records alone; a file built in another way has no
marks, and calamine says what is wrong with it.
"""

from __future__ import annotations

import contextlib
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from app.files.preflight import UNREADABLE_ZIP
from app.files.scan_cells import SheetMarks

ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Error values of cells, [MS-XLS] 2.5.10 BErr."""

_MARKS: Final = 200_000
_BIFF8: Final = b"\x00\x06"
_FREE: Final = 0xFFFFFFFA  # this and above end a chain of sectors
_BOUNDSHEET, _FORMULA, _BOOLERR, _EOF = 0x0085, 0x0006, 0x0205, 0x000A
_ROW, _CELL_ERROR, _FORMULA_ERROR, _BUNDLE_SHEET = 0, 3, 11, 156


def scan_xls(path: Path) -> dict[str, SheetMarks]:
    """Return the error cells of each sheet of an old workbook, by name."""
    found: dict[str, SheetMarks] = {}
    with contextlib.suppress(struct.error, IndexError, ValueError, OSError):
        stream = _workbook_stream(path.read_bytes())
        unicode = stream[4:6] == _BIFF8
        for record, body in _records(stream, 0):
            if record == _BOUNDSHEET:
                (start,) = struct.unpack_from("<I", body)
                found[_sheet_name(body, unicode)] = SheetMarks(errors=_sheet_errors(stream, start))
    return found


def _workbook_stream(content: bytes) -> bytes:
    """Return the stream `Workbook` or `Book` of a compound file ([MS-CFB]); short ones in the mini stream are left out."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    def numbers(raw: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])

    allocation = list(numbers(content[76:512]))
    (further,) = struct.unpack_from("<I", content, 68)
    while further < _FREE and len(allocation) * 4 <= len(content):
        *more, further = numbers(sector(further))
        allocation += more
    table = numbers(b"".join(sector(number) for number in allocation if number < _FREE))

    def chain(number: int) -> bytes:
        parts: list[bytes] = []
        while number < _FREE and len(parts) * size <= len(content):
            parts.append(sector(number))
            number = table[number]
        return b"".join(parts)

    directory = chain(struct.unpack_from("<I", content, 48)[0])
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        first, length = struct.unpack_from("<II", entry, 116)
        if name.lower() in ("workbook", "book") and length >= 4096:
            return chain(first)[:length]
    return b""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield (record, body) from `at` to the end of the substream."""
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        yield record, stream[at + 4 : at + 4 + length]
        if record == _EOF:
            return
        at += 4 + length


def _sheet_name(body: bytes, unicode: bool) -> str:
    length = body[6]
    if not unicode:
        return body[7 : 7 + length].decode("gb18030", "replace")
    return body[8 : 8 + 2 * length].decode("utf-16-le") if body[7] & 1 else body[8 : 8 + length].decode("latin-1")


def _sheet_errors(stream: bytes, start: int) -> list[tuple[int, int, str]]:
    errors: list[tuple[int, int, str]] = []
    for record, body in _records(stream, start):
        code = None
        if record == _BOOLERR and body[7]:
            code = body[6]
        elif record == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
            code = body[8]
        if code is not None and len(errors) < _MARKS:
            errors.append((*struct.unpack_from("<HH", body), ERRORS.get(code, "#ERROR!")))
    return errors


def scan_xlsb(path: Path) -> dict[str, SheetMarks]:
    """Return the error cells of each sheet of a binary workbook, by name."""
    found: dict[str, SheetMarks] = {}
    broken = (*UNREADABLE_ZIP, ElementTree.ParseError, IndexError)
    with contextlib.suppress(*broken), zipfile.ZipFile(path) as archive:
        rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.bin.rels"))  # noqa: S314 — no DOCTYPE passed the preflight
        targets = {node.get("Id", ""): node.get("Target", "") for node in rels}
        for record, body in _long_records(archive.read("xl/workbook.bin")):
            if record == _BUNDLE_SHEET:
                relation, at = _wide_string(body, 8)
                name, _ = _wide_string(body, at)
                part = targets.get(relation, "")
                errors = _part_errors(archive.read(part.lstrip("/") if part.startswith("/") else f"xl/{part}"))
                found[name] = SheetMarks(errors=errors)
    return found


def _long_records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (record, body); record numbers take one or two bytes, lengths one to four of seven bits each ([MS-XLSB] 2.1.4)."""
    at = 0
    while at < len(part):
        record = part[at]
        at += 1
        if record & 0x80:
            record = (record & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while shift < 28:
            length |= (part[at] & 0x7F) << shift
            shift += 7 if part[at] & 0x80 else 28
            at += 1
        yield record, part[at : at + length]
        at += length


def _wide_string(body: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", body, at)
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le"), end


def _part_errors(part: bytes) -> list[tuple[int, int, str]]:
    errors: list[tuple[int, int, str]] = []
    row = 0
    for record, body in _long_records(part):
        if record == _ROW:
            (row,) = struct.unpack_from("<I", body)
        elif record in (_CELL_ERROR, _FORMULA_ERROR) and len(errors) < _MARKS:
            errors.append((row, struct.unpack_from("<I", body)[0], ERRORS.get(body[8], "#ERROR!")))
    return errors
