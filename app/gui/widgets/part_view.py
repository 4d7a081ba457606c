"""A table with its title and how to read it: one part of a page that scrolls, as high as its rows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.gui.theme import ROW
from app.gui.widgets.parts import column, label
from app.gui.widgets.table import Table
from app.present.pages.classifier_values import Part

HEADER, MOST_ROWS = 36, 14


class PartView(QWidget):
    """`opened(row id)` from its table; gone when there is nothing to say."""

    opened = Signal(str)

    def __init__(self, name: str, most: int = MOST_ROWS, widest: int = 360) -> None:
        super().__init__()
        self._most = most
        self._title, self._note = label("title"), label("note")
        self.table = Table(name, widest=widest)
        self.table.opened.connect(self.opened)
        layout = column(self, 0, 6)
        for part in (self._title, self.table, self._note):
            layout.addWidget(part)

    def display(self, part: Part | None, palette: Palette, otherwise: str = "") -> None:
        """Show `part`; without one the sentence `otherwise`, and nothing at all where that is empty too."""
        self.setVisible(part is not None or bool(otherwise))
        self._title.setVisible(part is not None)
        table = part.table if part is not None else None
        self.table.setVisible(table is not None)
        self._note.setText(part.note if part is not None else otherwise)
        self._note.setVisible(bool(self._note.text()))
        if part is None:
            return
        self._title.setText(part.title)
        if table is not None:
            self.table.setFixedHeight(HEADER + ROW * min(len(table), self._most) + 6)
            self.table.display(table, palette, part.title)
