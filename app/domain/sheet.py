"""A workbook as received (RawSheet) and what was recognised in it (Layout, Mapping).

Sheets are kept column by column, each column as integer codes into its distinct raw values: surveys repeat a few
answers many times, so reading, recognising and cleaning cost per distinct value and not per cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from app.domain.findings import Finding

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class CellKind(IntEnum):
    """What the file says a cell holds."""

    EMPTY = 0
    TEXT = 1
    NUMBER = 2
    BOOLEAN = 3
    DATE = 4
    ERROR = 5


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column: `codes[row]` indexes `texts`/`kinds`; code 0 is always the empty cell ("" / EMPTY).

    `texts` are exact: text cells untouched, numbers in shortest form (2000, not 2000.0), dates ISO.
    `codes`: int32, shape (n_rows,).
    """

    codes: npt.NDArray[np.int32]
    texts: tuple[str, ...]
    kinds: tuple[CellKind, ...]


@dataclass(frozen=True, slots=True)
class Validation:
    """A drop-down list: the ranges it guards, zero-based inclusive (row0, column0, row1, column1), and its entries."""

    ranges: tuple[tuple[int, int, int, int], ...]
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet at absolute position: row 0 is spreadsheet row 1, column 0 is column A.

    `merges` are zero-based inclusive (row0, column0, row1, column1); `hidden_rows` and `hidden_columns` zero-based inclusive
    (first, last); `filtered`: the rows are hidden by a filter that is switched on.
    """

    name: str
    n_rows: int
    columns: tuple[RawColumn, ...]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: tuple[tuple[int, int], ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    filtered: bool = False
    validations: tuple[Validation, ...] = ()

    def text(self, row: int, column: int) -> str:
        """Return the text of one cell, empty outside the sheet."""
        if row >= self.n_rows or column >= len(self.columns):
            return ""
        raw = self.columns[column]
        return raw.texts[int(raw.codes[row])]

    def row(self, row: int) -> tuple[str, ...]:
        """Return the texts of one row."""
        return tuple(self.text(row, column) for column in range(len(self.columns)))

    def rows(self, first: int, stop: int) -> Iterator[tuple[str, ...]]:
        """Yield the texts of rows first … stop−1, clipped to the sheet."""
        return (self.row(row) for row in range(max(first, 0), min(stop, self.n_rows)))


@dataclass(frozen=True, slots=True)
class RawWorkbook:
    """A file as read: `reader` says which reader succeeded; an unreadable file has no sheets and one Finding."""

    name: str
    sha256: str
    size: int
    sheets: tuple[RawSheet, ...]
    reader: str
    findings: tuple[Finding, ...] = ()


class Orientation(StrEnum):
    """WIDE: a firm a row. LONG: an indicator a row, a firm a sheet. ACROSS: an indicator a row, a firm a column."""

    WIDE = "wide"
    LONG = "long"
    ACROSS = "across"


class RowRole(StrEnum):
    """What a row of a sheet was taken for."""

    BLANK = "blank"
    TITLE = "title"
    NOTE = "note"
    HEADER = "header"
    ORDINAL = "ordinal"
    FIRM = "firm"
    GROUP = "group"
    TOTAL = "total"
    FOOTER = "footer"
    LEFT = "left"  # left out by a decision (hidden rows, or by hand)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand on a sheet; rows and columns zero-based.

    `headers[c]` is the joined header of column c (groups by " / ", unit removed); `units[c]` the unit found in it or in
    the unit note. `body` are the rows that hold firms (WIDE) or indicators (LONG): no totals, spacers or group rows.
    LONG: `label_column` holds the indicator, `value_column` the answer. ACROSS: `body` are the rows that hold indicators,
    `value_column` the first of the columns `across` that hold a firm each.
    """

    sheet: str
    orientation: Orientation
    header_rows: tuple[int, ...]
    body: npt.NDArray[np.int32]
    headers: tuple[str, ...]
    units: tuple[str, ...]
    title: str = ""
    notes: tuple[str, ...] = ()
    total_rows: tuple[int, ...] = ()
    footer_rows: tuple[int, ...] = ()
    label_column: int = -1
    value_column: int = -1
    across: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """One header (WIDE: at `position` = column; LONG: at `position` = row) and the item it means, or None.

    ACROSS: at `position` = row. `confidence` 0–1, `reason` a text key (`match.*`), `rivals` other items that came near.
    `option`: the column asks for this one option of the item, which has a column an option.
    """

    position: int
    header: str
    item: str | None
    confidence: float
    reason: str
    unit: str = ""
    rivals: tuple[str, ...] = ()
    option: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a sheet's columns mean."""

    layout: Layout
    matches: tuple[Match, ...]
