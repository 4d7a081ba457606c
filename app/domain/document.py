"""读回的文件: what a Word, PowerPoint or Excel file holds, as far as numbers can stand in it, whoever saved it last.

`name` is the identifier of ours on a part (`zh_B7` of block 7, `zh_B7_T` of its title, `zh_B7_N` of its notes), "" where there is
none; `where` the words that lead to it: the heading above, the slide's title, the sheet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

PLUS, MINUS = " plus", " minus"  # end the heading of a column that holds the length of error bars
ACROSS = "x"  # heads the column of places across, in a chart whose points have two values
_NAME = re.compile(r"zh_B(\d+)(?:_([TN]))?$")


class GridKind(StrEnum):
    """What a grid of cells is in its file."""

    TABLE = "table"
    SHEET = "sheet"
    CHART = "chart"  # the values that a chart keeps for drawing: a row a label, a column a series
    BOOK = "book"  # the workbook behind a chart


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph; `drawn`: a text inside a chart, which some programs drop when they save."""

    text: str
    name: str = ""
    where: str = ""
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: a text, or a number as it is stored with the decimals it is shown with, of a percentage where it is shown so."""

    text: str
    value: float | None = None
    digits: int = 0
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, a sheet, or a chart's values, row by row; rows may differ in length."""

    kind: GridKind
    rows: tuple[tuple[Entry, ...], ...]
    name: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file in reading order; `kind` docx | pptx | xlsx, `properties` the file's own by name, `created` ISO 8601 or ""."""

    kind: str
    items: tuple[Line | Grid, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    created: str = ""


def block_of(name: str) -> tuple[int, str] | None:
    """Return the block that an identifier names and what of it (T title, N notes, "" itself); None for another name."""
    found = _NAME.match(name)
    return (int(found[1]), found[2] or "") if found else None
