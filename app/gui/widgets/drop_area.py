"""Where files are dropped: says so, lights up when something hangs over it, and has buttons for the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui import icons
from app.gui.widgets.parts import button, column, label, row, set_role


class Icon(QWidget):
    """One icon of a fixed size."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self._name, self._colour = name, ""

    def restyle(self, colour: str) -> None:
        """Draw the icon in `colour`."""
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if self._colour:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            icons.renderer(self._name, self._colour).render(painter, QRectF(self.rect()))


class DropArea(QFrame):
    """The target; the main window takes the drop itself, anywhere. `folder_asked()`, `files_asked()` from the buttons."""

    folder_asked = Signal()
    files_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self._icon = Icon("collect", 28)
        self._title, self._note = label("title", wrap=False), label("note")
        self._folder, self._files = button("drop.folder", "primary"), button("drop.files")
        self._folder.clicked.connect(lambda _checked=False: self.folder_asked.emit())
        self._files.clicked.connect(lambda _checked=False: self.files_asked.emit())
        words = column(spacing=2)
        words.addStretch()
        words.addWidget(self._title)
        words.addWidget(self._note)
        words.addStretch()
        layout = row(self, (20, 16, 16, 16), 12)
        layout.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignVCenter)
        layout.addSpacing(4)
        layout.addLayout(words, 1)
        layout.addWidget(self._files)
        layout.addWidget(self._folder)

    def restyle(self, texts: Texts, palette: Palette) -> None:
        """Show the words of `texts` in the colours of `palette`."""
        self._icon.restyle(palette.accent)
        self._title.setText(texts("gui.drop.title"))
        self._note.setText(texts("gui.drop.note"))
        self._folder.setText(texts("gui.drop.folder"))
        self._files.setText(texts("gui.drop.files"))

    def light(self, over: bool) -> None:
        """Show that something hangs over the window."""
        set_role(self, "drop", "true" if over else "false", key="over")
