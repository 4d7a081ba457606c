"""A list of judgements with buttons over it and a sentence under them; an empty one says what would fill it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.empty_state import EmptyState
from app.gui.widgets.parts import button, column, label, row
from app.gui.widgets.table import Table
from app.present.pages.values import Empty, PageTable


class JudgedList(QWidget):
    """`opened(row id)` from its rows, `pressed(button id)`; `kind` names its table and its words."""

    opened = Signal(str)
    pressed = Signal(str)

    def __init__(self, kind: str, buttons: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._kind = kind
        self.table = Table(f"table.{kind}")
        self.table.opened.connect(self.opened)
        self.buttons: dict[str, QPushButton] = {id_: button(f"{kind}.{id_}") for id_ in buttons}
        self._note, self._empty = label(), EmptyState("visits", f"empty.{kind}")
        tools = row(spacing=8)
        tools.addWidget(self._note, 1)
        for id_, part in self.buttons.items():
            part.clicked.connect(lambda _checked=False, id_=id_: self.pressed.emit(id_))
            tools.addWidget(part)
        layout = column(self, 0, 8)
        layout.addLayout(tools)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._empty, 1)

    def display(self, table: PageTable | None, texts: Texts, palette: Palette, words: tuple[str, str]) -> None:
        """Show `table`; `words` are its name and the sentence over it."""
        has = table is not None and len(table) > 0
        self._note.setText(words[1] if has else "")
        for id_, part in self.buttons.items():
            part.setText(texts(f"gui.visits.{id_}"))
        self.table.setVisible(has)
        self._empty.setVisible(not has)
        self._empty.display(texts(f"gui.visits.none_{self._kind}"), Empty(texts(f"gui.visits.no_{self._kind}")), palette)
        if table is not None:
            self.table.display(table, palette, words[0])
