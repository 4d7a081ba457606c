"""A sheet before it is written: values at absolute places, merges and looks; every writer draws the same grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value a spreadsheet would have cached beside it."""

    text: str
    value: float


CellValue = str | int | float | Formula


@dataclass(slots=True)
class Grid:
    """A sheet under construction. Rows and columns are zero-based; `looks` names a format per cell, else "body".

    `merges` are inclusive (row0, column0, row1, column1); `choices` are (column, first row, last row, source) lists.
    """

    name: str
    cells: dict[tuple[int, int], CellValue] = field(default_factory=dict)
    looks: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    choices: list[tuple[int, int, int, str]] = field(default_factory=list)
    hidden: bool = False
    frozen_rows: int = 0

    def put(self, row: int, column: int, value: CellValue, look: str = "") -> None:
        """Place a value; an empty text leaves the cell empty."""
        if value != "":
            self.cells[row, column] = value
        if look:
            self.looks[row, column] = look

    def put_row(self, row: int, values: Sequence[CellValue], look: str = "", first: int = 0) -> None:
        """Place values side by side from column `first`."""
        for offset, value in enumerate(values):
            self.put(row, first + offset, value, look)

    def merge(self, area: tuple[int, int, int, int], value: CellValue, look: str = "") -> None:
        """Place a value over an area, merged when it is larger than one cell."""
        self.put(area[0], area[1], value, look)
        if area[:2] != area[2:]:
            self.merges.append(area)

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns in use."""
        rows = max((row for row, _ in self.cells), default=-1)
        columns = max((column for _, column in self.cells), default=-1)
        for _, _, bottom, right in self.merges:
            rows, columns = max(rows, bottom), max(columns, right)
        return rows + 1, columns + 1

    def plain(self, row: int, column: int) -> str | int | float:
        """Return a cell's value with a formula replaced by what it gave; empty text where nothing stands."""
        value = self.cells.get((row, column), "")
        return value.value if isinstance(value, Formula) else value
