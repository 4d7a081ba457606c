"""The sheets of a workbook as cells: texts, and numbers as stored with the decimals they are shown with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.document import Entry
from app.files.read_causes import Refusal
from app.files.readback.parts import Package, attribute, inside, local, related, within
from app.files.readback.stored import number_of, shown_as

MOST_CELLS, MOST_ROWS, MOST_COLUMNS = 500_000, 100_000, 1_000
_PLACE = re.compile(r"([A-Z]+)(\d+)$")
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "0.00", 40: "0.00"}


@dataclass(frozen=True, slots=True)
class SheetCells:
    """One sheet: its name, its part in the package, its rows from the first (shorter where the rest is blank)."""

    name: str
    part: str
    rows: tuple[tuple[Entry, ...], ...]


def read_sheets(package: Package) -> list[SheetCells]:
    """Return the sheets of a workbook in order; Refusal where they are far too large."""
    main = main_part(package)
    if not main:
        return []
    folder = main.rpartition("/")[0]
    book = _Book(_shared(package, f"{folder}/sharedStrings.xml"), _formats(package, f"{folder}/styles.xml"))
    found = []
    for node in within(package.xml(main), "sheet"):
        part = related(package, main, node)
        if part and local(package.xml(part)) == "worksheet":
            found.append(SheetCells(attribute(node, "name"), part, _rows(package.xml(part), book)))
    return found


def main_part(package: Package) -> str:
    """Return the part that a document begins with, "" where its package names none."""
    if not package.has("_rels/.rels"):
        return ""
    for relation in package.xml("_rels/.rels"):
        if attribute(relation, "Type").endswith("/officeDocument"):
            target = attribute(relation, "Target").lstrip("/")
            return target if package.has(target) else ""
    return ""


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets of a workbook share: its texts, and for each look (decimals, percentage)."""

    texts: list[str]
    looks: list[tuple[int, bool]]


def _shared(package: Package, part: str) -> list[str]:
    return [text_of(node) for node in package.xml(part).iter("{*}si")] if package.has(part) else []


def text_of(node: Any) -> str:
    """Return a text with its runs joined, without what stands above Chinese characters to say how they sound."""
    parts = [node.text or ""] if local(node) == "t" else []
    return "".join((*parts, *(text_of(each) for each in node if local(each) != "rPh")))


def _formats(package: Package, part: str) -> list[tuple[int, bool]]:
    if not package.has(part):
        return []
    root = package.xml(part)
    own = {attribute(node, "numFmtId"): attribute(node, "formatCode") for node in within(root, "numFmt")}
    used = inside(root, "cellXfs")
    ids = [attribute(node, "numFmtId") for node in used] if used is not None else []
    return [shown_as(own.get(id_) or _BUILT_IN.get(int(id_) if id_.isdigit() else 0, "")) for id_ in ids]


def _rows(root: Any, book: _Book) -> tuple[tuple[Entry, ...], ...]:
    rows: dict[int, dict[int, Entry]] = {}
    for count, (row, column, entry) in enumerate(_cells(root, book), 1):
        if count > MOST_CELLS or row >= MOST_ROWS or column >= MOST_COLUMNS:
            raise Refusal("READ_TOO_LARGE", amount=f"{count:,}", limit=f"{MOST_CELLS:,}")
        rows.setdefault(row, {})[column] = entry
    return tuple(_row(rows.get(at, {})) for at in range(max(rows, default=-1) + 1))


def _row(cells: dict[int, Entry]) -> tuple[Entry, ...]:
    return tuple(cells.get(at, Entry("")) for at in range(max(cells, default=-1) + 1))


def _cells(root: Any, book: _Book) -> Iterator[tuple[int, int, Entry]]:
    """Yield (row, column, cell) of the cells that hold something; cells without a place follow the one before."""
    row = -1
    for line in root.iter("{*}row"):
        number = attribute(line, "r")
        row, column = int(number) - 1 if number.isdigit() else row + 1, -1
        for cell in line:
            found = _PLACE.match(attribute(cell, "r"))
            column = _column(found[1]) if found else column + 1
            entry = _entry(cell, book)
            if entry.text or entry.value is not None:
                yield row, column, entry


def _column(letters: str) -> int:
    place = 0
    for letter in letters[:4]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _entry(cell: Any, book: _Book) -> Entry:
    kind, held = attribute(cell, "t"), inside(cell, "v")
    text = (held.text or "") if held is not None else ""
    if kind == "inlineStr":
        return Entry(text_of(cell))
    if kind == "s":
        return Entry(book.texts[int(text)] if text.isdigit() and int(text) < len(book.texts) else "")
    value = number_of(text) if kind in ("", "n") else None
    if value is None:
        return Entry(text)
    look = attribute(cell, "s")
    return Entry(text, value, *(book.looks[int(look)] if look.isdigit() and int(look) < len(book.looks) else (9, False)))
