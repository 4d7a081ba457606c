"""One of many, by typing part of its name: a searchable list that opens without blocking."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.domain.words import Texts, normal_form
from app.gui.widgets.palette_box import initials
from app.gui.widgets.parts import column, label

SIZE = (460, 420)
MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
Options = tuple[tuple[str, str], ...]


class ChooseDialog(QDialog):
    """A field over a list of (code, words); Return takes the entry in focus, Esc leaves."""

    def __init__(self, parent: QWidget, title: str, options: Options, texts: Texts, answer: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.choose")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(*SIZE)
        self._options, self._answer = options, answer
        self._haystack = [f"{normal_form(words)} {initials(words)} {code.lower()}" for code, words in options]
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setObjectName("choose.field")
        self.field.setPlaceholderText(texts("collect.choose.search"))
        self.field.setAccessibleName(texts("collect.choose.search"))
        self.list.setObjectName("choose.list")
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
        self.field.textChanged.connect(lambda _text: self._fill())
        self.field.returnPressed.connect(self._take)
        self.field.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self._take())
        self.list.itemClicked.connect(lambda _item: self._take())
        layout = column(self, 16, 10)
        layout.addWidget(label("title", text=title))
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        self._fill()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list while the field keeps the keyboard."""
        pressed = watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and event.key() in MOVES:  # type: ignore[attr-defined]  # a QKeyEvent, as `pressed` says
            self.list.keyPressEvent(event)  # type: ignore[arg-type]  # as above
            return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        needle = normal_form(self.field.text())
        self.list.clear()
        for (code, words), hay in zip(self._options, self._haystack, strict=True):
            if needle in hay:
                item = QListWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, code)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            code = str(item.data(Qt.ItemDataRole.UserRole))
            self.close()
            self._answer(code)


def ask_choice(parent: QWidget, title: str, options: Options, texts: Texts, answer: Callable[[str], object]) -> ChooseDialog:
    """Ask for one of `options`; nothing comes when the dialog is left."""
    dialog = ChooseDialog(parent, title, options, texts, answer)
    dialog.open()
    return dialog
