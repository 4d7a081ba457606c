"""What the fast reader does not tell of a sheet: hidden rows and columns, filters, drop-down lists, merges, error cells.

Every list here is bounded: a file of a few kilobytes can declare a million spans. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

Span = tuple[int, int]
Area = tuple[int, int, int, int]
MARKS: Final = 200_000
SPANS: Final = 100_000
LISTS: Final = 2_000
RANGES: Final = 1_000
ENTRIES: Final = 1_000
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383

_SHEET: Final = r"(?:(?:'((?:[^']|'')+)'|([^'!\[\]():,\s]+))!)?"
_CELLS: Final = re.compile(_SHEET + r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_COLUMNS: Final = re.compile(_SHEET + r"\$?([A-Z]{1,3}):\$?([A-Z]{1,3})")


@dataclass(slots=True)
class DropDown:
    """A drop-down list as written: the areas it guards, and its entries or where they stand (`sheet`, `area`)."""

    ranges: list[Area]
    entries: list[str] = field(default_factory=list)
    sheet: str = ""
    area: Area | None = None

    def packed(self) -> dict[str, Any]:
        """Return it as it travels to the parent."""
        return {"ranges": self.ranges, "entries": self.entries, "sheet": self.sheet, "area": self.area}


@dataclass(slots=True)
class SheetMarks:
    """Zero-based, inclusive: `errors` (row, column, text such as #N/A), `uncalculated` (row, column), spans of hidden rows and
    columns, whether a filter is switched on, drop-down lists, merged areas."""

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    hidden_rows: list[Span] = field(default_factory=list)
    hidden_columns: list[Span] = field(default_factory=list)
    filtered: bool = False
    lists: list[DropDown] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)


def hide(spans: list[Span], first: int, last: int) -> None:
    """Add a span to ascending ones, joined to the last where it follows at once; beyond SPANS nothing is added."""
    if spans and spans[-1][0] <= first <= spans[-1][1] + 1:
        spans[-1] = (spans[-1][0], max(spans[-1][1], last))
    elif first <= last and len(spans) < SPANS:
        spans.append((first, last))


def clipped(spans: Sequence[Span], size: int) -> list[Span]:
    """Return the spans in order within 0 … size − 1."""
    return [(first, min(last, size - 1)) for first, last in sorted(spans) if 0 <= first < size]


def column_index(letters: str) -> int:
    """Return the zero-based column of `A`, `AB`."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def read_area(text: str) -> tuple[str, Area] | None:
    """Return (sheet name or "", area) of a reference such as `'表 2'!$A$1:$A$9`, `B2` or `Lists!$A:$A`; None for all else."""
    text = text.strip().removeprefix("=")
    if found := _CELLS.fullmatch(text):
        quoted, plain, left, top, right, bottom = found.groups()
        area = (int(top) - 1, column_index(left), int(bottom or top) - 1, column_index(right or left))
    elif found := _COLUMNS.fullmatch(text):
        quoted, plain, left, right = found.groups()
        area = (0, column_index(left), _LAST_ROW, column_index(right))
    else:
        return None
    row0, column0, row1, column1 = area
    within = 0 <= row0 <= row1 <= _LAST_ROW and 0 <= column0 <= column1 <= _LAST_COLUMN
    return ((quoted or "").replace("''", "'") or plain or "", area) if within and "[" not in (quoted or "") else None


def read_list(formula: str, sheet: str, names: Mapping[str, str]) -> DropDown | None:
    """Return the entries of a list formula: `"是,否"`, a reference, or a name for one; None for what must be calculated.

    `sheet` is where a reference without a sheet points; `names` are defined names, lower case, with their formulas.
    """
    formula = formula.strip()
    if formula.startswith('"') and formula.endswith('"') and len(formula) > 1:
        entries = formula[1:-1].replace('""', '"').split(",")
        return DropDown([], [entry.strip() for entry in entries if entry.strip()][:ENTRIES])
    found = read_area(formula) or read_area(names.get(formula.rpartition("!")[2].lower(), ""))
    return DropDown([], [], found[0] or sheet, found[1]) if found else None


def read_ranges(references: str) -> list[Area]:
    """Return the areas of `B2:B90 D4`."""
    found = (read_area(part) for part in references.split(None, RANGES)[:RANGES])
    return [area for _, area in filter(None, found)]
