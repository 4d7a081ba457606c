"""Web pages saved or exported under a workbook's name: their outermost tables, one sheet each. Runs in the guarded child."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from app.files.chinese_codecs import chinese_codecs
from app.files.preflight import MAIL_HEADS
from app.files.read_causes import COLUMNS, ROWS
from app.files.read_sink import BATCH_ROWS, Merge, Sink
from app.files.sheet_codec import SheetEncoder, padded
from app.files.text_tables import MIXED, find_encoding, text_lines

_BLOCK_ENDS: Final = frozenset(("br", "p", "div"))


class _Table:
    """Rows of one table as they stand, cells under a rowspan or colspan left empty."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merges: list[Merge] = []
        self._taken: set[tuple[int, int]] = set()

    def add_cell(self, rows: int, columns: int) -> tuple[int, int]:
        """Place the next cell of the last row and return its (row, column)."""
        row, column = len(self.rows) - 1, len(self.rows[-1])
        while (row, column) in self._taken:
            self.rows[-1].append("")
            column += 1
        self.rows[-1].extend([""] * columns)
        if rows > 1 or columns > 1:
            self.merges.append((row, column, row + rows - 1, column + columns - 1))
            self._taken.update((row + down, column + right) for down in range(1, rows) for right in range(columns))
        return row, column


class _Tables(HTMLParser):
    """Collects the text of the cells of outermost tables; scripts and styles are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._depth = 0
        self._cell: tuple[int, int] | None = None
        self._parts: list[str] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open tables, rows and cells."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table())
        elif tag in ("script", "style"):
            self._silent = True
        elif tag in _BLOCK_ENDS and self._parts:
            self._parts.append("\n")
        elif self._depth == 1 and tag == "tr":
            self._close_cell()
            self.tables[-1].rows.append([])
        elif self._depth == 1 and tag in ("td", "th"):
            self._close_cell()
            self._open_cell(dict(attrs))

    def _open_cell(self, attributes: dict[str, str | None]) -> None:
        if not self.tables[-1].rows:
            self.tables[-1].rows.append([])
        rows, columns = _span(attributes.get("rowspan"), ROWS), _span(attributes.get("colspan"), COLUMNS)
        self._cell = self.tables[-1].add_cell(min(rows, 1000), columns)

    def handle_endtag(self, tag: str) -> None:
        """Close cells and tables."""
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._close_cell()
            self._depth -= 1
        elif tag in ("script", "style"):
            self._silent = False
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._close_cell()

    def handle_data(self, data: str) -> None:
        """Keep the text of a cell, line breaks of the page's source as spaces."""
        if self._cell and not self._silent:
            self._parts.append(" ".join(data.split()) if data.strip() else " ")

    def _close_cell(self) -> None:
        if self._cell:
            row, column = self._cell
            self.tables[-1].rows[row][column] = "".join(self._parts).strip()
        self._cell, self._parts = None, []


def _span(text: str | None, most: int) -> int:
    return max(1, min(int(text), most)) if text and text.isascii() and text.isdigit() else 1


def read_html(path: Path, sink: Sink) -> str:
    """Send every outermost table of a page as a sheet named 1, 2, … and return the encoding found.

    A page saved with all its parts in one file (.mht) is read part by part.
    """
    with path.open("rb") as file:
        is_mail = file.read(64).lstrip().lower().startswith(MAIL_HEADS)
    parser = _Tables()
    encoding = _feed_parts(path, parser, sink) if is_mail else _feed(path, parser, sink)
    parser.close()
    for number, table in enumerate(parser.tables, start=1):
        _send(str(number), table, sink)
    return encoding


def _feed(path: Path, parser: _Tables, sink: Sink) -> str:
    encoding = find_encoding(path)
    if encoding == MIXED:
        sink.finding("READ_MIXED_ENCODING")
    for line in text_lines(path, encoding):
        parser.feed(line)
        sink.stage(0, 0)
    return encoding


def _feed_parts(path: Path, parser: _Tables, sink: Sink) -> str:
    """Feed the web pages among the parts of a MIME message, each in the encoding it declares."""
    import email

    with path.open("rb") as file:
        message = email.message_from_binary_file(file)
    encodings = []
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part.get_content_type() == "text/html" and isinstance(content, bytes):
            encodings.append(_part_encoding(part.get_content_charset(""), content))
            parser.feed(content.decode(encodings[-1], "replace"))
            sink.stage(0, 0)
    return encodings[0] if encodings else "utf-8"


def _part_encoding(declared: str, content: bytes) -> str:
    """Return the declared codec where there is such a one, else the first that decodes the part."""
    wider = {"gb2312": "gb18030", "gbk": "gb18030"}.get(declared, declared)
    for codec in (wider, "utf-8", *chinese_codecs(content)):
        try:
            content.decode(codec)
        except (LookupError, UnicodeDecodeError):
            continue
        return codec
    return "utf-8"


def _send(name: str, table: _Table, sink: Sink) -> None:
    rows = padded(table.rows)
    sink.check_size(name, len(rows), len(rows[0]) if rows else 0)
    encoder = SheetEncoder()
    for first in range(0, len(rows), BATCH_ROWS):
        encoder.add(rows[first : first + BATCH_ROWS])
    sink.sheet(name, encoder, table.merges)
