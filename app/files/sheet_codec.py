"""The words between the guarded child and the program: columns coded by distinct value, and length-prefixed frames.

A frame is two little-endian lengths (uint32 header, uint64 body), a JSON header and a raw body. Frames in order:
`stage` (rows done, rows in all, sheet), `finding`, `sheet` (then its columns one frame each), and at last `end`.
Standard library only: the child must start fast and owns no numpy.
"""

from __future__ import annotations

import json
import math
import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, Final

from app.domain.sheet import CellKind
from app.files.read_causes import EXACT_NUMBER

_LENGTHS: Final = struct.Struct("<IQ")
FRAME_BYTES: Final = 1 << 30
Key = Any  # what a reader hands over for a cell: str, float, int, date, time … or a tagged tuple
_TEXT: Final = bytes([CellKind.TEXT])
_PLAIN_KINDS: Final = {str: CellKind.TEXT, float: CellKind.NUMBER}
_NUL: Final = "\0"


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """One column as it travels: int32 codes, the distinct texts (code 0 is the empty cell) and their kinds.

    `lost_digits` and `not_finite` are the codes of numbers past 15 digits and of inf or NaN.
    """

    codes: array[int]
    texts: list[str]
    kinds: bytes
    lost_digits: tuple[int, ...] = ()
    not_finite: tuple[int, ...] = ()


class _Codes(dict[Key, int]):
    """Distinct values of a column, each with its code; an unseen value gets the next one."""

    __slots__ = ()

    def __missing__(self, key: Key) -> int:
        code = self[key] = len(self)
        return code


class SheetEncoder:
    """Takes rows as a reader yields them and keeps codes alone, so a big sheet never stands in memory twice."""

    def __init__(self, n_rows: int = 0, left: int = 0) -> None:
        """Start below `n_rows` empty rows; `left` columns before the first value stay empty."""
        self.n_rows = n_rows
        self._left = left
        self._tables: list[_Codes] = []
        self._codes: list[array[int]] = []

    @property
    def n_columns(self) -> int:
        """Columns so far, with the empty ones on the left."""
        return self._left + len(self._tables)

    def add(self, rows: Sequence[Sequence[Key]]) -> None:
        """Code a few rows of equal length (see `padded`); rows of some dozens keep values in the processor's cache."""
        for index, values in enumerate(zip(*rows, strict=True)):
            if index == len(self._tables):
                self._tables.append(_Codes({"": 0}))
                self._codes.append(array("i", bytes(4 * self.n_rows)))
            self._add_values(self._tables[index], self._codes[index], values)
        self.n_rows += len(rows)
        for codes in self._codes:
            if len(codes) < self.n_rows:
                codes.frombytes(bytes(4 * (self.n_rows - len(codes))))

    def _add_values(self, table: _Codes, codes: array[int], values: tuple[Key, ...]) -> None:
        known, before = len(table), len(codes)
        codes.extend(map(table.__getitem__, values))
        if (1 in table or 0 in table) and bool in set(map(type, values)):
            # True == 1 == 1.0 to a dictionary: take the booleans of these rows out under a tag of their own
            del codes[before:]
            while len(table) > known:
                table.popitem()
            codes.extend(table[("b", value) if value is True or value is False else value] for value in values)

    def mark_error(self, row: int, column: int, text: str) -> None:
        """Set one cell, zero-based and absolute, to an error value such as `#DIV/0!`; outside the sheet nothing happens."""
        index = column - self._left
        if 0 <= index < len(self._tables) and row < self.n_rows:
            self._codes[index][row] = self._tables[index]["e", text]

    def columns(self) -> Iterator[CodedColumn]:
        """Yield the columns from A on, giving each up as it goes."""
        for _ in range(self._left):
            yield CodedColumn(array("i", bytes(4 * self.n_rows)), [""], b"\0")
        while self._tables:
            yield _coded(self._tables.pop(0), self._codes.pop(0))


def padded(rows: Sequence[list[str]]) -> Sequence[list[str]]:
    """Return ragged rows filled with empty cells to the longest of them."""
    width = max(map(len, rows), default=0)
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _coded(table: _Codes, codes: array[int]) -> CodedColumn:
    types = set(map(type, table))
    if types == {str}:
        return CodedColumn(codes, list(table), b"\0" + _TEXT * (len(table) - 1))
    if types == {str, float} and (numbers := _plain_numbers([key for key in table if type(key) is float])):
        remaining = iter(numbers)
        texts = [key if type(key) is str else next(remaining) for key in table]
        return CodedColumn(codes, texts, b"\0" + bytes(map(_PLAIN_KINDS.__getitem__, map(type, table)))[1:])
    cells = list(map(cell_text, table))
    kinds = b"\0" + bytes(kind for _, kind in cells[1:])
    pairs = enumerate(zip(table, kinds, strict=True))
    lost = tuple(code for code, (key, kind) in pairs if kind == CellKind.NUMBER and abs(key) >= EXACT_NUMBER)
    endless = tuple(code for code, key in enumerate(table) if type(key) is float and not math.isfinite(key))
    return CodedColumn(codes, [text for text, _ in cells], kinds, lost, endless)


def _plain_numbers(numbers: list[float]) -> list[str]:
    """Return `number_text` of all, ten times as fast; empty where one is too large, too small or endless for this way."""
    if not -EXACT_NUMBER < min(numbers) <= max(numbers) < EXACT_NUMBER:
        return []
    joined = f"{_NUL.join(map(repr, numbers))}{_NUL}"
    if "e" in joined or "n" in joined or "-0.0\0" in joined:
        return []
    return joined.replace(".0\0", _NUL)[:-1].split(_NUL)


def cell_text(value: Key) -> tuple[str, CellKind]:
    """Return the exact text of a cell value and its kind: 2000.0 → 2000, never scientific; dates ISO; inf is an error."""
    if type(value) is str:
        return value, CellKind.TEXT
    if type(value) is float:
        if not math.isfinite(value):
            return repr(value), CellKind.ERROR
        return number_text(value), CellKind.NUMBER
    if type(value) is int:
        return str(value), CellKind.NUMBER
    if type(value) is tuple:
        tag, content = value
        return (content, CellKind.ERROR) if tag == "e" else ("TRUE" if content else "FALSE", CellKind.BOOLEAN)
    return (value.isoformat() if hasattr(value, "isoformat") else str(value)), CellKind.DATE


def number_text(value: float) -> str:
    """Return the shortest decimal text that reads back as `value`: 2000, 0.1, 0.0000001, 123456789012345680."""
    text = repr(value)
    if text.endswith(".0"):
        return "0" if value == 0 else text[:-2]
    if "e" in text:
        from decimal import Decimal

        return format(Decimal(text), "f")
    return text


def write_frame(pipe: IO[bytes], header: dict[str, Any], body: bytes = b"") -> None:
    """Write one frame."""
    text = json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    pipe.write(_LENGTHS.pack(len(text), len(body)))
    pipe.write(text)
    pipe.write(body)


def write_column(pipe: IO[bytes], column: CodedColumn) -> None:
    """Write one column: codes, kinds, then the texts joined by NUL (as a JSON list when one of them holds a NUL)."""
    if sys.byteorder == "big":
        column.codes.byteswap()
    joined = _NUL.join(column.texts)
    plain = joined.count(_NUL) == len(column.texts) - 1
    texts = joined.encode("utf-8", "surrogatepass") if plain else json.dumps(column.texts).encode("ascii")
    header = {"t": "column", "rows": len(column.codes), "values": len(column.kinds), "plain": plain}
    write_frame(pipe, header, b"".join((column.codes.tobytes(), column.kinds, texts)))


def split_texts(header: dict[str, Any], body: bytes) -> list[str]:
    """Return the texts of a column frame's body; ValueError when they are not as many as the header says."""
    blob = body[4 * header["rows"] + header["values"] :]
    texts: list[str] = blob.decode("utf-8", "surrogatepass").split(_NUL) if header["plain"] else json.loads(blob)
    if len(texts) != header["values"]:
        raise ValueError("column frame with a wrong number of texts")
    return texts


def read_frame(pipe: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Return the next frame, None where the pipe ends (in the middle of a frame as well: the child has died)."""
    lengths = pipe.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    n_header, n_body = _LENGTHS.unpack(lengths)
    if n_header + n_body > FRAME_BYTES:
        raise ValueError("frame too long")
    text, body = pipe.read(n_header), pipe.read(n_body)
    return (json.loads(text), body) if len(text) == n_header and len(body) == n_body else None
