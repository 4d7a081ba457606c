"""What people entered about a goal's values, as a table with the ways to add to it and to take a row back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.theme import ROW
from app.gui.widgets.parts import button, column, label, row
from app.gui.widgets.table import Table
from app.present.pages.values import PageTable

HEAD, MOST_ROWS = 36, 8


class GoalEntries(QWidget):
    """`added()` from the button above, `taken_back(row id)` for the chosen row. `name` is reported | broken."""

    added = Signal()
    taken_back = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"entries.{name}")
        self._name, self._chosen = name, ""
        self._title, self._note = label("title"), label("note")
        self.add, self.back, self.table = button(f"{name}.add"), button(f"{name}.back"), Table(f"table.{name}")
        self.add.clicked.connect(lambda _checked=False: self.added.emit())
        self.back.clicked.connect(lambda _checked=False: self.taken_back.emit(self._chosen))
        self.table.pointed.connect(self._point)
        ends = row(spacing=8)
        ends.addWidget(self.add)
        ends.addWidget(self.back)
        ends.addStretch()
        layout = column(self, 0, 8)
        for part in (self._title, self._note, self.table):
            layout.addWidget(part)
        layout.addLayout(ends)

    def display(self, table: PageTable | None, can_add: bool, texts: Texts, palette: Palette) -> None:
        """Show `table`; gone where nothing may be entered."""
        self.setVisible(table is not None)
        if table is None:
            return
        self._title.setText(texts(f"gui.goal.{self._name}_title"))
        self._note.setText(texts(f"gui.goal.{self._name}_{'note' if len(table) else 'none'}"))
        self.add.setText(texts(f"gui.goal.{self._name}_add"))
        self.add.setEnabled(can_add)
        self.back.setText(texts("gui.goal.take_back"))
        self.back.setVisible(any(table.ids))
        self.table.setVisible(len(table) > 0)
        self.table.display(table, palette, self._title.text())
        self.table.setFixedHeight(HEAD + ROW * min(len(table), MOST_ROWS) + 6)
        self._point(self._chosen if self._chosen in table.ids else "")

    def _point(self, id_: str) -> None:
        self._chosen = id_
        self.back.setEnabled(bool(id_))
