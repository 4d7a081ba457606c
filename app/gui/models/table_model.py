"""A table of a page as a Qt model: column-wise tuples, its own sort and filter by row order, reset as a whole.

Sorting and filtering replace the order of rows and reset the model; a sorting proxy costs a Python call a comparison
and froze for seconds at 50,000 rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from app.domain.numbers import ABSENT_SIGN, percent
from app.domain.theme import Palette
from app.present.pages.values import Column, PageTable

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
SEVERITY_ROLE, KIND_ROLE = Role.UserRole + 1, Role.UserRole + 2
EMPTY = PageTable((), (), ())


def shown(value: object, kind: str) -> str:
    """Return the text of a cell by the kind of its column."""
    if value is None or value != value:
        return ABSENT_SIGN if kind in ("number", "percent", "score", "level") else ""
    if isinstance(value, float) and kind == "percent":
        return percent(value)
    if isinstance(value, float):
        return f"{value:,.0f}" if kind == "score" or value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) and kind == "number" else str(value)


def sort_key(value: object) -> tuple[int, float, str]:
    """Return a key by which mixed cells can be ordered: numbers, then texts, absent last."""
    if value is None or value != value:
        return (2, 0.0, "")
    if isinstance(value, (int, float)):
        return (0, float(value), "")
    return (1, 0.0, str(value))


class TableModel(QAbstractTableModel):
    """A PageTable for a QTableView."""

    def __init__(self) -> None:
        super().__init__()
        self._table = EMPTY
        self._order: list[int] = []
        self._haystack: list[str] = []
        self._needle, self._severity = "", ""
        self._where: dict[str, str] = {}
        self._sorting: tuple[int, bool] | None = None
        self._palette: Palette | None = None

    def display(self, table: PageTable, palette: Palette) -> None:
        """Show `table`; filter and sort stay as the user left them while the columns stay."""
        same = [c.key for c in table.columns] == [c.key for c in self._table.columns]
        self.beginResetModel()
        self._palette = palette
        if table is not self._table:
            self._table = table
            self._haystack = []
        if not same:
            self._sorting = None
        self._reorder()
        self.endResetModel()

    def filter(self, needle: str = "", severity: str = "", where: Mapping[str, str] | None = None) -> None:
        """Keep the rows whose texts hold every word of `needle`, of one severity and with these values by column key."""
        self.beginResetModel()
        self._needle, self._severity, self._where = needle.strip().lower(), severity, dict(where or {})
        self._reorder()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column."""
        self.beginResetModel()
        self._sorting = (column, order == Qt.SortOrder.DescendingOrder) if 0 <= column < len(self._table.columns) else None
        self._reorder()
        self.endResetModel()

    def row_id(self, row: int) -> str:
        """Return the id of the row on screen at `row`."""
        return self._table.ids[self._order[row]]

    def rows_text(self, rows: list[int]) -> str:
        """Return rows as tab-separated text with headers, as a spreadsheet pastes it."""
        lines = ["\t".join(self._heading(column).replace("\n", " ") for column in self._table.columns)]
        lines += ["\t".join(self.text(row, c).replace("\t", " ") for c in range(self.columnCount())) for row in rows]
        return "\n".join(lines)

    def column(self, index: int) -> Column:
        """Return what column `index` holds."""
        return self._table.columns[index]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what a cell shows in a role."""
        if not index.isValid():
            return None
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.text(index.row(), index.column()).replace("\n", " ")
        if role == Role.ToolTipRole:
            text = escape(self.text(index.row(), index.column()))
            return f"<p>{text}</p>" if text else None  # rich text, for only that wraps
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self._table.columns[index.column()].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == KIND_ROLE:
            return self._table.columns[index.column()].kind
        if role == SEVERITY_ROLE:
            return self._table.severities[self._order[index.row()]] if self._table.severities else ""
        if role == Role.ForegroundRole and self._palette is not None:
            return self._ink(index, self._palette)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return what a header shows in a role."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._table.columns):
            return None
        column = self._table.columns[section]
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self._heading(column)
        if role == Role.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        return None

    def _heading(self, column: Column) -> str:
        return f"{column.title} ({column.unit})" if column.unit else column.title

    def text(self, row: int, column: int) -> str:
        """Return what the cell on screen at (row, column) reads."""
        return shown(self._table.data[column][self._order[row]], self._table.columns[column].kind)

    def _ink(self, index: Index, palette: Palette) -> QColor | None:
        kind = self._table.columns[index.column()].kind
        if kind == "severity" and self._table.severities:
            severity = self._table.severities[self._order[index.row()]]
            return QColor({"error": palette.error, "warning": palette.warning}.get(severity, palette.muted))
        return QColor(palette.muted) if kind == "code" else None

    def _reorder(self) -> None:
        order = list(range(len(self._table)))
        if self._needle:
            words, haystack = self._needle.split(), self._searchable()
            order = [r for r in order if all(word in haystack[r] for word in words)]
        if self._severity and self._table.severities:
            order = [r for r in order if self._table.severities[r] == self._severity]
        for column, head in enumerate(self._table.columns):
            if head.key in self._where:
                order = [r for r in order if self._table.data[column][r] == self._where[head.key]]
        if self._sorting is not None:
            column, backwards = self._sorting
            keys = [sort_key(value) for value in self._table.data[column]]
            absent = [r for r in order if keys[r][0] == 2]
            order = sorted((r for r in order if keys[r][0] < 2), key=keys.__getitem__, reverse=backwards) + absent
        self._order = order

    def _searchable(self) -> list[str]:
        if not self._haystack:
            columns = [
                [str(value).lower() if value is not None else "" for value in data]
                for column, data in zip(self._table.columns, self._table.data, strict=True)
                if column.kind in ("text", "prose", "place", "code", "severity", "level")
            ]
            self._haystack = [" ".join(parts) for parts in zip(*columns, strict=True)] if columns else [""] * len(self._table)
        return self._haystack
