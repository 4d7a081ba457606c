"""A released table on screen: every cell as it may be printed, a click opens its evidence."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.numbers import cell_text
from app.domain.release import ReleasedTable
from app.domain.theme import Palette
from app.gui.theme import ROW
from app.gui.widgets.parts import column
from app.gui.widgets.table import Table
from app.present.pages.values import Column, PageTable


def as_page_table(table: ReleasedTable, title: str) -> PageTable:
    """Return a released table as texts, column by column; hidden cells read ‡ and carry no number."""
    heads = (Column("label", title), *(Column(f"c{i}", name, "number") for i, name in enumerate(table.columns)))
    labels = tuple(row.label for row in table.rows)
    data = tuple(tuple(cell_text(row.cells[i]) for row in table.rows) for i in range(len(table.columns)))
    return PageTable(heads, (labels, *data), tuple(row.key for row in table.rows))


class ReleasedView(QWidget):
    """`evidence(mark)` on a click on a cell that can be walked back."""

    evidence = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.table = Table(name, frozen=True)
        self.table.clicked.connect(self._open)
        self._marks: dict[str, tuple[str, ...]] = {}
        layout: QVBoxLayout = column(self)
        layout.addWidget(self.table)

    def display(self, table: ReleasedTable | None, title: str, palette: Palette) -> None:
        """Show `table`; gone when there is none."""
        self.setVisible(table is not None)
        if table is None:
            return
        self._marks = {row.key: tuple(cell.evidence for cell in row.cells) for row in table.rows}
        self.table.display(as_page_table(table, ""), palette, title)
        self.table.setFixedHeight(ROW * (len(table.rows) + 1) + 24)

    def _open(self, index: QModelIndex) -> None:
        marks = self._marks.get(self.table.rows.row_id(index.row()), ())
        mark = marks[index.column() - 1] if 0 < index.column() <= len(marks) else ""
        if mark:
            self.evidence.emit(mark)
