"""csv, tsv and other delimited text in the encodings Chinese offices send: read as received, row by row.

Strict UTF-8 first, then UTF-16, GB18030 and Big5; a file that is none of them throughout is decoded line by line with a
finding. Standard library only: it runs inside the guarded child.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.files.chinese_codecs import chinese_codecs
from app.files.read_causes import Refusal
from app.files.read_sink import Sink, batches
from app.files.sheet_codec import SheetEncoder, padded

MIXED: Final = "mixed"
_BLOCK: Final = 1 << 20
_HEAD: Final = 1 << 16
_FIELD_CHARACTERS: Final = 1 << 17  # four times what a spreadsheet cell can hold: beyond it a quote was never closed
_LONGEST_FIELD: Final = 1 << 26
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NON_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_CONTROL: Final = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")
_DELIMITERS: Final = (",", "\t", ";", "|")


def find_encoding(path: Path) -> str:
    """Return the codec that decodes the whole file strictly, or MIXED."""
    with path.open("rb") as file:
        head = file.read(_BLOCK)
    for mark, codec in _BOMS:
        if head.startswith(mark):
            return codec if _decodes(path, codec) else MIXED
    if b"\0" in head[:_HEAD] and (wide := _wide_codec(head[:_HEAD])) and _decodes(path, wide):
        return wide
    if _decodes(path, "utf-8"):
        return "utf-8"
    found = next((codec for codec in chinese_codecs(head) if _decodes(path, codec)), MIXED)
    return MIXED if _has_utf8_lines(path) else found


def _has_utf8_lines(path: Path) -> bool:
    """Whether a file that is not UTF-8 has lines that are: GB18030 would turn them into other characters without a word."""
    with path.open("rb") as raw:
        return any(len(_NON_ASCII.findall(_utf8(line))) > 1 for line in raw if not line.isascii())


def _utf8(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeError:
        return ""


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _wide_codec(head: bytes) -> str:
    """UTF-16 without a mark shows as NUL bytes (of commas, digits, line ends) on one side of the pairs only."""
    low, high = head[0::2].count(0), head[1::2].count(0)
    if high > len(head) // 50 and not low:
        return "utf-16-le"
    return "utf-16-be" if low > len(head) // 50 and not high else ""


def text_lines(path: Path, encoding: str) -> Iterator[str]:
    """Yield the lines with their ends; MIXED tries UTF-8, then GB18030 on each line and marks what is neither with �."""
    if encoding != MIXED:
        with path.open(encoding=encoding, newline="") as file:
            yield from file
        return
    with path.open("rb") as raw:
        for line in raw:
            yield _utf8(line) or line.decode("gb18030", "replace")


class _Lines:
    """Lines without NUL bytes, which no cell can hold; remembers the first line that had some, and the last line."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._n = 0
        self.nul_line = 0
        self.last = ""

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._n += 1
            if "\0" in line:
                self.nul_line = self.nul_line or self._n
                line = line.replace("\0", "")
            self.last = line
            yield line


def find_delimiter(head: str) -> str:
    """Return the delimiter that splits most rows into the same number of cells, of those the one that gives more cells."""
    lines = head.splitlines(keepends=True)
    agreed = {delimiter: _agreement(lines, delimiter) for delimiter in _DELIMITERS}
    best = max(agreed.values())
    if best == agreed["\t"] != (0, 0):  # of equals the tab: 1,234⇥企业
        return "\t"
    return next(delimiter for delimiter in _DELIMITERS if agreed[delimiter] == best)


def _agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    lengths = Counter(map(len, csv.reader(lines, delimiter=delimiter)))
    return max(((rows, cells) for cells, rows in lengths.items() if cells > 1), default=(0, 0))


def read_text(path: Path, sink: Sink) -> str:
    """Send the file's one sheet (its name is left empty) to `sink` and return the encoding found."""
    encoding = find_encoding(path)
    head = _head(path, encoding)
    if len(_CONTROL.findall(head)) > len(head) // 20 or head.count("\0") > len(head) // 5:
        raise Refusal("READ_OTHER_FORMAT", kind="binary")
    if encoding == MIXED:
        sink.finding("READ_MIXED_ENCODING")
    delimiter = find_delimiter(head)
    lines = _Lines(text_lines(path, encoding))
    encoder = _encode(lines, sink, delimiter, csv.QUOTE_MINIMAL)
    if encoder is None:
        lines = _Lines(text_lines(path, encoding))
        encoder = _encode(lines, sink, delimiter, csv.QUOTE_NONE)
        sink.finding("READ_OPEN_QUOTE")
    if lines.nul_line:
        sink.finding("READ_NUL", ("", lines.nul_line, 0))
    if encoder is not None:
        sink.sheet("", encoder)
    return encoding


def _head(path: Path, encoding: str) -> str:
    parts, size = [], 0
    for line in text_lines(path, encoding):
        parts.append(line[:_HEAD])
        size += len(line)
        if size > _HEAD:
            break
    return "".join(parts)


def _encode(lines: _Lines, sink: Sink, delimiter: str, quoting: int) -> SheetEncoder | None:
    """Code all rows; None when a quote that opened a cell was never closed and swallowed the rest of the file."""
    csv.field_size_limit(_FIELD_CHARACTERS if quoting == csv.QUOTE_MINIMAL else _LONGEST_FIELD)
    encoder = SheetEncoder()
    last = ""
    try:
        for batch in batches(csv.reader(iter(lines), delimiter=delimiter, quoting=quoting)):  # type: ignore[arg-type]
            rows = padded(batch)
            sink.check_size("", encoder.n_rows + len(rows), max(encoder.n_columns, len(rows[0])))
            encoder.add(rows)
            sink.stage(encoder.n_rows, 0)
            last = batch[-1][-1] if batch[-1] else ""
    except csv.Error:
        return None
    swallowed = ("\n" in last or "\r" in last) and not lines.last.rstrip().endswith('"')
    return None if swallowed and quoting == csv.QUOTE_MINIMAL else encoder
