"""目标库: what clashes, the table of all goals, and the ways goals come in and go out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.files.resources import local_goal_layers
from app.gui.theme import ROW
from app.gui.widgets.flow import Flow
from app.gui.widgets.parts import button, clear, column, frame, label
from app.gui.widgets.table import Table
from app.present.pages.goals_values import BookView, Clash

ARROW = "  ▾"  # of a button with a menu, as the chips have it
HEAD, MOST = 34, 22  # pixels of the table's header; rows that stand on screen at once


class GoalBookView(QWidget):
    """`goal(id)` from a row or a clash, `asked(command, parameters)` from a button."""

    goal = Signal(str)
    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("view.book")
        self._headline, self._notes = label("title"), label("note")
        self._clashes, self._clash_title = column(spacing=8), label("title", wrap=False)
        self.table = Table("table.book", frozen=True)
        self.table.opened.connect(self.goal)
        self.new, self.take_in = button("book.new", "primary"), button("book.import")
        self.example, self.write = button("book.example"), button("book.export")
        self.new.clicked.connect(lambda _checked=False: self.asked.emit("goal.new", {}))
        self.take_in.clicked.connect(lambda _checked=False: self.asked.emit("goalbook.import", {}))
        buttons = Flow(8, 8)
        buttons.put([self.new, self.take_in, self.example, self.write])
        self._buttons = buttons
        layout = column(self, 0, 12)
        layout.addWidget(self._headline)
        layout.addWidget(buttons)
        layout.addWidget(self._clash_title)
        layout.addLayout(self._clashes)
        layout.addWidget(self.table)
        layout.addWidget(self._notes)
        layout.addStretch()

    def display(self, book: BookView, texts: Texts, palette: Palette) -> None:
        """Show the goal book."""
        self._headline.setText(book.headline)
        self._notes.setText("\n".join(book.notes))
        for part, key in ((self.new, "new"), (self.take_in, "import"), (self.example, "example"), (self.write, "export")):
            part.setText(texts(f"wall.book.{key}") + (ARROW if key in ("example", "export") else ""))
            part.setAccessibleName(texts(f"wall.book.{key}"))
        examples = [(name, _example(texts, name)) for name in local_goal_layers()]
        self._menu(self.example, "example", examples, lambda name: self.asked.emit("study.goalbook", {"add": name}))
        self._menu(self.write, "export", list(book.layers), lambda layer: self.asked.emit("goalbook.export", {"layer": layer}))
        self._buttons.arrange()
        self._show_clashes(book.clashes, texts)
        if book.table is not None:
            self.table.display(book.table, palette, book.headline)
            self.table.setFixedHeight(HEAD + ROW * min(len(book.table), MOST) + 4)

    def _menu(self, part: QPushButton, name: str, options: list[tuple[str, str]], chosen: object) -> None:
        menu = QMenu(part)
        for value, words in options:
            action = QAction(words, menu)
            action.setObjectName(f"book.{name}.{value}")
            action.triggered.connect(lambda _checked=False, value=value: chosen(value))  # type: ignore[operator]
            menu.addAction(action)
        part.setMenu(menu)
        part.setEnabled(bool(options))

    def _show_clashes(self, clashes: tuple[Clash, ...], texts: Texts) -> None:
        clear(self._clashes)
        self._clash_title.setText(texts("wall.book.clashes"))
        self._clash_title.setVisible(bool(clashes))
        for clash in clashes:
            self._clashes.addWidget(self._clash(clash))

    def _clash(self, clash: Clash) -> QWidget:
        box = frame("warning")
        layout = column(box, (12, 6, 12, 6), 2)
        layout.addWidget(label(text=clash.sentence))
        links, parts = Flow(8, 0), list[QWidget]()
        for id_, words in (clash.upper, clash.lower):
            link = button(f"clash.{id_}", "link")
            link.setText(words)
            link.setAccessibleName(words)
            link.clicked.connect(lambda _checked=False, id_=id_: self.goal.emit(id_))
            parts.append(link)
        links.put(parts)
        layout.addWidget(links)
        return box


def _example(texts: Texts, name: str) -> str:
    """Return the words of an example layer, its name where it has none."""
    key = f"wall.example.{name}"
    return texts(key) if key in texts.entries else name
