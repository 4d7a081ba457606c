"""Ctrl+K: every command by name, by pinyin initials, or in English."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import column

# The first character of each initial in the order of GB 2312, whose 3,755 common characters are sorted by pinyin.
INITIALS = "啊a芭b擦c搭d蛾e发f噶g哈h击j喀k垃l妈m拿n哦o啪p期q然r撒s塌t挖w昔x压y匝z"
BOUNDS = tuple((INITIALS[i].encode("gb2312"), INITIALS[i + 1]) for i in range(0, len(INITIALS), 2))
LAST = "座".encode("gb2312")
WIDTH, ROWS = 520, 9


@dataclass(frozen=True, slots=True)
class Entry:
    """One command as the palette knows it."""

    id: str
    title: str
    other: str
    keys: str


def initials(text: str) -> str:
    """Return the pinyin initials of common Chinese characters, other characters as they are: 打开项目 → dkxm."""
    return "".join(_initial(character) for character in text).lower()


def _initial(character: str) -> str:
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return character
    if len(code) < 2 or not BOUNDS[0][0] <= code <= LAST:
        return character
    return next(letter for first, letter in reversed(BOUNDS) if first <= code)


def matches(entry: Entry, needle: str) -> bool:
    """Return whether every word of `needle` is in the entry's names, or skips through its pinyin initials (dkxm)."""
    haystack = " ".join((entry.title, entry.other, entry.id)).lower()
    letters = initials(entry.title) + " " + initials(entry.other)
    return all(word in haystack or _skips_through(word, letters) for word in needle.lower().split())


def _skips_through(word: str, letters: str) -> bool:
    rest = iter(letters)
    return len(word) > 1 and all(letter in rest for letter in word)


class PaletteBox(QFrame):
    """A box over the window; `chosen(command id)`, closed by Esc or a click elsewhere."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "popup")
        self.setObjectName("palette")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        shade = QGraphicsDropShadowEffect(self)
        shade.setBlurRadius(32)
        shade.setOffset(0, 6)
        shade.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shade)
        self._entries: tuple[Entry, ...] = ()
        self._nothing = ""
        self.field, self.list = QLineEdit(), QListWidget()
        self.field.setObjectName("palette.field")
        self.field.setProperty("role", "command")
        self.list.setObjectName("palette.list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.field.textChanged.connect(lambda _text: self._show())
        self.field.returnPressed.connect(self._take)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.field.installEventFilter(self)
        layout = column(self, 8, 4)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.hide()

    def open(self, entries: tuple[Entry, ...], texts: Texts) -> None:
        """Show the commands; the first is chosen by Return."""
        self._entries = entries
        self._nothing = texts("gui.palette.nothing")
        self.field.setPlaceholderText(texts("gui.palette.hint"))
        self.field.setAccessibleName(texts("gui.palette.hint"))
        self.list.setAccessibleName(texts("gui.palette.list"))
        self.field.clear()
        self._show()
        parent = self.parentWidget() or self.window()
        self.setFixedSize(min(WIDTH, parent.width() - 48), 64 + ROWS * 36)
        self.move((parent.width() - self.width()) // 2, max(24, parent.height() // 8))
        self.show()
        self.raise_()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the field."""
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.key() in steps:
                self.list.setCurrentRow((self.list.currentRow() + steps[Qt.Key(event.key())]) % max(1, self.list.count()))
                return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        self.list.clear()
        for entry in self._entries:
            if matches(entry, self.field.text()):
                item = QListWidgetItem(f"{entry.title}    {entry.keys}" if entry.keys else entry.title)
                item.setData(Qt.ItemDataRole.UserRole, entry.id)
                self.list.addItem(item)
        if not self.list.count():
            nothing = QListWidgetItem(self._nothing)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        item = self.list.currentItem()
        self.hide()
        if item is not None and item.data(Qt.ItemDataRole.UserRole):
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
