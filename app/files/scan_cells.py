"""What calamine hands over as empty cells in xlsx: error values, and formulas whose result was never calculated.

A search over the unpacked bytes, not a parse: parts without such cells cost one pass of `in`. Standard library only.
"""

from __future__ import annotations

import contextlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from app.files.preflight import UNREADABLE_ZIP

_CHUNK: Final = 1 << 22
_KEPT: Final = 1 << 24
_MARKS: Final = 200_000
_ERROR: Final = b't="e"'
_EMPTY_RESULT: Final = re.compile(rb"(?:</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_REFERENCE: Final = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE: Final = re.compile(rb"<v>([^<]{1,40})</v>")
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class SheetMarks:
    """Zero-based cells: `errors` (row, column, text such as #N/A), `uncalculated` (row, column)."""

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)


def scan_xlsx(path: Path) -> dict[str, SheetMarks]:
    """Return the marks of each sheet by name; what cannot be unpacked or parsed has none."""
    found: dict[str, SheetMarks] = {}
    with contextlib.suppress(*UNREADABLE_ZIP, ElementTree.ParseError), zipfile.ZipFile(path) as archive:
        for name, part in _sheet_parts(archive):
            found[name] = SheetMarks()
            for piece in _pieces(archive, part):
                _collect(piece, found[name])
    return found  # calamine reads the same file and reports the damage


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 — no DOCTYPE passed the preflight
    targets = {node.get("Id", ""): node.get("Target", "") for node in rels}
    names = set(archive.namelist())
    for node in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():  # noqa: S314
        if node.tag.endswith("}sheet"):
            target = targets.get(node.get(_RELATION) or node.get(_RELATION_STRICT) or "", "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in names:
                yield node.get("name", ""), part


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


def _collect(piece: bytes, marks: SheetMarks) -> None:
    at = piece.find(_ERROR)
    while at >= 0 and len(marks.errors) < _MARKS:
        end = piece.find(b"</c>", at)
        start = piece.rfind(b"<", 0, at)
        cell = _position(piece, start, at, end)
        value = _VALUE.search(piece, at, end if end >= 0 else len(piece))
        if cell and value:
            marks.errors.append((*cell, value[1].decode("utf-8", "replace")))
        at = piece.find(_ERROR, at + 1)
    if b"<f" not in piece:
        return
    for match in _EMPTY_RESULT.finditer(piece):
        start = max(piece.rfind(b"<c ", 0, match.start()), 0)
        opening = piece[start : piece.find(b">", start)]
        cell = _position(piece, start, start, start + len(opening))
        if cell and b't="str"' not in opening and len(marks.uncalculated) < _MARKS:
            marks.uncalculated.append(cell)


def _position(piece: bytes, start: int, at: int, end: int) -> tuple[int, int] | None:
    stop = piece.find(b">", at)
    found = _REFERENCE.search(piece, start, min(stop if stop >= 0 else end, len(piece)) + 1)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - 64
    return int(found[2]) - 1, column - 1
