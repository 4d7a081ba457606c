"""A cell put right: what was received, what is to hold instead, and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import button, column, label, row

WIDTH = 440


class CorrectDialog(QDialog):
    """Two fields and a button; Return goes on, Esc leaves. `answer(text, reason)`."""

    def __init__(self, parent: QWidget, title: str, received: str, texts: Texts, answer: Callable[[str, str], object]) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.correct")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self._answer = answer
        self.text, self.reason = QLineEdit(received), QLineEdit()
        self.text.setObjectName("correct.text")
        self.reason.setObjectName("correct.reason")
        self._go, leave = button("correct.go", "primary"), button("correct.leave")
        self._go.setText(texts("preview.correct.go"))
        self._go.setDefault(True)
        leave.setText(texts("gui.intake.cancel"))
        leave.setAutoDefault(False)
        self._go.clicked.connect(lambda _checked=False: self._take())
        leave.clicked.connect(lambda _checked=False: self.close())
        ends = row(spacing=8)
        ends.addStretch()
        ends.addWidget(leave)
        ends.addWidget(self._go)
        layout = column(self, 20, 8)
        layout.addWidget(label("title", text=title))
        layout.addWidget(label("note", text=texts("preview.correct.received")))
        layout.addWidget(label("quote", text=received or texts("preview.empty_cell")))
        for field, key in ((self.text, "text"), (self.reason, "reason")):
            words = texts(f"preview.correct.{key}")
            field.setAccessibleName(words)
            layout.addWidget(label("note", text=words))
            layout.addWidget(field)
        self.reason.setPlaceholderText(texts("preview.correct.reason_hint"))
        layout.addWidget(label("note", text=texts("preview.correct.note")))
        layout.addLayout(ends)
        self.text.setFocus()
        self.text.selectAll()

    def _take(self) -> None:
        text, reason = self.text.text().strip(), self.reason.text().strip()
        self.close()
        self._answer(text, reason)
