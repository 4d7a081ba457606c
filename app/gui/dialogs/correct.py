"""A cell put right: what was received, what is to hold instead, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import button, column, label, row

WIDTH = 440


@dataclass(frozen=True, slots=True)
class Cell:
    """What is put right: its address in words, the text that holds so far, and the answers its question offers."""

    title: str
    received: str
    options: tuple[str, ...] = ()


class CorrectDialog(QDialog):
    """Two fields and a button; Return goes on, Esc leaves. `answer(text, reason)`."""

    def __init__(self, parent: QWidget, cell: Cell, texts: Texts, answer: Callable[[str, str], object]) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.correct")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(cell.title)
        self.setMinimumWidth(WIDTH)
        self._answer = answer
        self._box, self.text, self.reason = _field(cell)
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
        layout.addWidget(label("title", text=cell.title))
        layout.addWidget(label("note", text=texts("preview.correct.received")))
        layout.addWidget(label("quote", text=cell.received or texts("preview.empty_cell")))
        for shown, field, key in ((self._box, self.text, "text"), (self.reason, self.reason, "reason")):
            words = texts(f"preview.correct.{key}")
            for part in (shown, field):
                part.setAccessibleName(words)
            layout.addWidget(label("note", text=words))
            layout.addWidget(shown)
        self.reason.setPlaceholderText(texts("preview.correct.reason_hint"))
        layout.addWidget(label("note", text=texts("preview.correct.note")))
        layout.addLayout(ends)
        self.resize(WIDTH, layout.heightForWidth(WIDTH))
        self.text.setFocus()
        self.text.selectAll()

    def _take(self) -> None:
        text, reason = self.text.text().strip(), self.reason.text().strip()
        self.close()
        self._answer(text, reason)


def _field(cell: Cell) -> tuple[QWidget, QLineEdit, QLineEdit]:
    """Return the field for the new text, a box of the answers where the question has some, and the one for the reason."""
    if not cell.options:
        text = QLineEdit(cell.received)
        return text, text, QLineEdit()
    box = QComboBox()
    box.setEditable(True)
    box.setObjectName("correct.options")
    box.addItems(list(cell.options))
    text = QLineEdit(cell.received)
    box.setLineEdit(text)
    text.setText(cell.received)
    return box, text, QLineEdit()
