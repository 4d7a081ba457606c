"""What is to be known before a page is used: sentences in a bar, with the next step as a button where there is one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.gui.widgets.parts import button, column, label, row


class WarningBar(QFrame):
    """`asked(command id)` from its button; gone when there is nothing to say."""

    asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "warning")
        self._command = ""
        self._title, self._text, self._step = label("muted", wrap=False), label(), button(f"{name}.step")
        self._step.clicked.connect(lambda _checked=False: self.asked.emit(self._command))
        words = column(spacing=2)
        words.addWidget(self._title)
        words.addWidget(self._text)
        layout = row(self, (16, 8, 12, 8), 16)
        layout.addLayout(words, 1)
        layout.addWidget(self._step)

    def display(self, sentences: tuple[str, ...], title: str = "", command: str = "", step: str = "") -> None:
        """Show `sentences`, one a line, under `title`; `command` is what the button `step` asks for."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._text.setText("\n".join(sentences))
        self._command = command
        self._step.setText(step)
        self._step.setVisible(bool(command))
        self.setVisible(bool(sentences))
