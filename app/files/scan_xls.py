"""Old workbooks (.xls): error cells, hidden rows and columns, filters and drop-down lists, which calamine does not hand over.

Walks the record stream of [MS-XLS]; a file built in another way has no marks, and calamine says what is wrong with it.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.files.scan_binary import ERRORS, LIST_TYPE, Links, read_list_tokens
from app.files.scan_marks import LISTS, MARKS, RANGES, Area, SheetMarks, hide

_BIFF8: Final = b"\x00\x06"
_FREE: Final = 0xFFFFFFFA  # this and above end a chain of sectors
_BOUNDSHEET, _EXTERNSHEET, _SUPBOOK, _NAME, _EOF = 0x0085, 0x0017, 0x01AE, 0x0018, 0x000A
_FORMULA, _BOOLERR, _ROW, _COLINFO, _FILTERMODE, _DV = 0x0006, 0x0205, 0x0208, 0x007D, 0x009B, 0x01BE
_GLOBALS: Final = frozenset((_BOUNDSHEET, _EXTERNSHEET, _SUPBOOK, _NAME))
_SHEET: Final = frozenset((_FORMULA, _BOOLERR, _ROW, _COLINFO, _FILTERMODE, _DV))
_OWN_BOOK: Final = b"\x01\x04"
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01


def scan_xls(path: Path) -> dict[str, SheetMarks]:
    """Return the marks of each sheet of an old workbook, by name."""
    found: dict[str, SheetMarks] = {}
    with contextlib.suppress(struct.error, IndexError, ValueError, OSError):
        content = path.read_bytes()
        stream = _workbook_stream(content) if content.startswith(b"\xd0\xcf") else content
        unicode = stream[4:6] == _BIFF8
        links, starts = _globals(stream, unicode)
        for name, start in zip(links.sheets, starts, strict=True):
            found[name] = SheetMarks()
            with contextlib.suppress(struct.error, IndexError):  # one damaged sheet does not hide the others
                _scan_sheet(stream, start, (name, links), found[name])
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


def _records(stream: bytes, at: int, wanted: frozenset[int]) -> Iterator[tuple[int, bytes]]:
    """Yield (record, body) of the wanted records from `at` to the end of the substream."""
    unpack, stop = struct.Struct("<HH").unpack_from, len(stream) - 4
    while at <= stop:
        record, length = unpack(stream, at)
        if record in wanted:
            yield record, stream[at + 4 : at + 4 + length]
        elif record == _EOF:
            return
        at += 4 + length


def _globals(stream: bytes, unicode: bool) -> tuple[Links, list[int]]:
    """Return what formulas refer to, and where each sheet starts in the stream."""
    links = Links()
    starts: list[int] = []
    books: list[bool] = []
    pairs: list[tuple[int, int]] = []
    for record, body in _records(stream, 0, _GLOBALS):
        if record == _BOUNDSHEET:
            starts.append(struct.unpack_from("<I", body)[0])
            links.sheets.append(_sheet_name(body, unicode))
        elif record == _SUPBOOK:
            books.append(body[2:4] == _OWN_BOOK)
        elif record == _EXTERNSHEET and unicode:
            count = min(struct.unpack_from("<H", body)[0], (len(body) - 2) // 6)
            pairs += [struct.unpack_from("<HH", body, 2 + 6 * index) for index in range(count)]
        elif record == _NAME and unicode:
            links.names.append(_name_tokens(body))
    for book, sheet in pairs:
        own = book < len(books) and books[book] and sheet < len(links.sheets)
        links.externals.append(links.sheets[sheet] if own else "")
    return links, starts


def _sheet_name(body: bytes, unicode: bool) -> str:
    length = body[6]
    if not unicode:
        return body[7 : 7 + length].decode("gb18030", "replace")
    return body[8 : 8 + 2 * length].decode("utf-16-le") if body[7] & 1 else body[8 : 8 + length].decode("latin-1")


def _name_tokens(body: bytes) -> bytes:
    """Return the formula of a defined name (Lbl of [MS-XLS])."""
    length, size = body[3], struct.unpack_from("<H", body, 4)[0]
    at = 15 + length * (2 if body[14] & 1 else 1)
    return body[at : at + size]


def _scan_sheet(stream: bytes, start: int, place: tuple[str, Links], marks: SheetMarks) -> None:
    hidden: list[int] = []
    for record, body in _records(stream, start, _SHEET):
        if record == _ROW:
            if body[12] & _HIDDEN_ROW:
                hidden.append(struct.unpack_from("<H", body)[0])
        elif record == _COLINFO:
            if body[8] & _HIDDEN_COLUMN:
                hide(marks.hidden_columns, *struct.unpack_from("<HH", body))
        elif record == _FILTERMODE:
            marks.filtered = True
        elif record == _DV:
            _add_list(body, place, marks)
        else:
            _add_error(record, body, marks)
    for row in sorted(hidden):
        hide(marks.hidden_rows, row, row)


def _add_error(record: int, body: bytes, marks: SheetMarks) -> None:
    code = None
    if record == _BOOLERR and body[7]:
        code = body[6]
    elif record == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        code = body[8]
    if code is not None and len(marks.errors) < MARKS:
        marks.errors.append((*struct.unpack_from("<HH", body), ERRORS.get(code, "#ERROR!")))


def _add_list(body: bytes, place: tuple[str, Links], marks: SheetMarks) -> None:
    """Add the drop-down list of a validation (Dv of [MS-XLS]): flags, four texts, two formulas, the areas it guards."""
    if body[0] & 0x0F != LIST_TYPE or len(marks.lists) >= LISTS:
        return
    at = 4
    for _ in range(4):
        length, wide = struct.unpack_from("<HB", body, at)
        at += 3 + length * (2 if wide & 1 else 1)
    (size,) = struct.unpack_from("<H", body, at)
    tokens = body[at + 4 : at + 4 + size]
    at += 4 + size
    at += 4 + struct.unpack_from("<H", body, at)[0]
    found = read_list_tokens(tokens, False, *place)
    if found:
        found.ranges = _areas(body, at)
        marks.lists.append(found)


def _areas(body: bytes, at: int) -> list[Area]:
    count = min(struct.unpack_from("<H", body, at)[0], RANGES)
    found = (struct.unpack_from("<HHHH", body, at + 2 + 8 * index) for index in range(count))
    return [(row0, column0, row1, column1) for row0, row1, column0, column1 in found if row0 <= row1 and column0 <= column1]
