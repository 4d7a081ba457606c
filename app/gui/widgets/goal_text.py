"""What a goal's document says, as a list of what and what it is; clashes with other layers; every version, to be brought back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.theme import INSIDE, ROW
from app.gui.widgets.parts import button, clear, column, frame, label, row
from app.gui.widgets.table import Table
from app.gui.widgets.warning_bar import WarningBar
from app.present.pages.goal_values import GoalPage, History, Particular, Version

MOST_ROWS, HEAD = 8, 36


class ParticularsView(QFrame):
    """Pairs of what and words, two a line, long ones on a line of their own, hairlines between."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(0)
        for side in (1, 3):
            self._grid.setColumnStretch(side, 1)

    def display(self, particulars: tuple[Particular, ...]) -> None:
        """Show `particulars`."""
        clear(self._grid)
        line = side = 0
        for each in particulars:
            if each.wide and side:
                line, side = line + 1, 0
            if line and not side:
                rule = frame("line")
                rule.setFixedHeight(1)
                self._grid.addWidget(rule, 2 * line - 1, 0, 1, 4)
            self._put(each, 2 * line, side)
            line, side = (line + 1, 0) if each.wide or side else (line, 2)

    def _put(self, each: Particular, line: int, side: int) -> None:
        words = column(margins=(0, 6, 0, 6), spacing=2)
        words.addWidget(label(text=each.text))
        if each.note:
            words.addWidget(label("note", text=each.note))
        words.addStretch()
        name = label("note", wrap=False, text=each.label)
        name.setContentsMargins(0, 7, 0, 6)
        self._grid.addWidget(name, line, side, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(words, line, side + 1, 1, 3 if each.wide else 1)


class HistoryView(QWidget):
    """`wanted(Version)` when an earlier version is to hold again."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._headline, self.table = label("title"), Table("table.history")
        self.use = button("history.use")
        self._versions: dict[str, Version] = {}
        self._chosen = ""
        self.table.pointed.connect(self._point)
        self.use.clicked.connect(lambda _checked=False: self._want())
        layout = column(self, 0, 8)
        layout.addWidget(self._headline)
        layout.addWidget(self.table)
        layout.addWidget(self.use, alignment=Qt.AlignmentFlag.AlignLeft)

    def display(self, history: History, texts: Texts, palette: Palette) -> None:
        """Show `history`."""
        self._versions = {version.id: version for version in history.versions}
        self._headline.setText(history.headline)
        self.use.setText(texts("gui.goal.restore"))
        self.use.setVisible(len(history.versions) > 1)
        self.table.display(history.table, palette, history.headline)
        self.table.setFixedHeight(HEAD + ROW * min(len(history.table), MOST_ROWS) + 6)
        self._point(self._chosen if self._chosen in self._versions else "")

    def _point(self, id_: str) -> None:
        self._chosen = id_
        version = self._versions.get(id_)
        self.use.setEnabled(version is not None and not version.in_force)

    def _want(self) -> None:
        if self._chosen in self._versions:
            self.wanted.emit(self._versions[self._chosen])


class GoalText(QWidget):
    """`asked(command)` from its buttons, `wanted(Version)` from the history."""

    asked = Signal(str)
    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("view.text")
        self._clashes, self.particulars, self.history = WarningBar("goal.conflicts"), ParticularsView(), HistoryView()
        self.edit, self.withdraw = button("goal.edit", "primary"), button("goal.withdraw")
        self.edit.clicked.connect(lambda _checked=False: self.asked.emit("goal.edit"))
        self.withdraw.clicked.connect(lambda _checked=False: self.asked.emit("goal.withdraw"))
        self.history.wanted.connect(self.wanted)
        ends = row(spacing=8)
        ends.addWidget(self.edit)
        ends.addWidget(self.withdraw)
        ends.addStretch()
        layout = column(self, 0, INSIDE)
        layout.addWidget(self._clashes)
        layout.addWidget(self.particulars)
        layout.addLayout(ends)
        layout.addWidget(self.history)
        layout.addStretch()

    def display(self, view: GoalPage, texts: Texts, palette: Palette) -> None:
        """Show the text of a goal."""
        self._clashes.display(view.conflicts, texts("gui.goal.conflicts"))
        self.particulars.display(view.particulars)
        self.edit.setText(texts("gui.goal.edit"))
        self.withdraw.setText(texts("gui.goal.withdraw"))
        self.history.setVisible(view.history is not None)
        if view.history is not None:
            self.history.display(view.history, texts, palette)
