"""What people decided, to be looked over and taken back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.parts import button, column, label, row
from app.gui.widgets.table import Table
from app.present.pages.values import PageTable


class DecidedView(QWidget):
    """`forgotten(ids of decisions)` for the lines that are selected."""

    forgotten = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("decided")
        self.table, self._note, self._back = Table("table.decided"), label("note"), button("decided.back")
        self.table.selectionModel().selectionChanged.connect(lambda *_changes: self._follow())
        self.table.rows.modelReset.connect(self._follow)
        self._back.clicked.connect(lambda _checked=False: self.forgotten.emit(self.chosen))
        self._back.setEnabled(False)
        ends = row(spacing=8)
        ends.addWidget(self._note, 1)
        ends.addWidget(self._back)
        layout = column(self, 0, 8)
        layout.addWidget(self.table, 1)
        layout.addLayout(ends)

    def display(self, decided: PageTable, texts: Texts, palette: Palette, name: str) -> None:
        """Show the decisions in force."""
        self.table.display(decided, palette, name)
        self._note.setText(texts("collect.decided.note"))
        self._back.setText(texts("collect.decided.back"))

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the decisions selected."""
        return tuple(self.table.rows.row_id(index.row()) for index in self.table.selectionModel().selectedRows())

    def _follow(self) -> None:
        self._back.setEnabled(self.table.selectionModel().hasSelection())
