"""The six actions, their sub-items and the supports of the national opinions, in columns of plain lines."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import clear, column, label, line
from app.present.pages.values import ChecklistGroup

ACROSS = 3


class Checklist(QWidget):
    """Groups side by side; an entry no official source confirms carries its mark."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label("title", wrap=False)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(16)
        layout = column(self, 0, 12)
        layout.addWidget(line())
        layout.addWidget(self._title)
        layout.addLayout(self._grid)
        self._shown: object = None

    def display(self, groups: tuple[ChecklistGroup, ...], texts: Texts) -> None:
        """Show the groups; gone when there are none."""
        self.setVisible(bool(groups))
        if groups == self._shown:
            return
        self._shown = groups
        self._title.setText(texts("gui.goals.checklist"))
        clear(self._grid)
        for place, group in enumerate(groups):
            self._grid.addLayout(_group(group, texts), place // ACROSS, place % ACROSS)
        for place in range(ACROSS):
            self._grid.setColumnStretch(place, 1)


def _group(group: ChecklistGroup, texts: Texts) -> QVBoxLayout:
    part = column(spacing=4)
    part.addWidget(label("", text=group.title))
    for _id, words, verify in group.entries:
        mark = texts("gui.goals.verify") if verify else ""
        part.addWidget(label("note", text=f"·  {words}{mark}"))
    part.addStretch()
    return part
