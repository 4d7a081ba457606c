"""A person says yes or no to a candidate: who, and why; both are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import button, column, label, row

WIDTH = 460


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who is judged: `name` in words, and whether the answer would be yes."""

    name: str
    yes: bool


class ConfirmDialog(QDialog):
    """Two fields and a button that waits for both; Esc leaves. `answer(who, why)`."""

    def __init__(self, parent: QWidget, asked: Candidate, texts: Texts, answer: Callable[[str, str], object]) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.confirm")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = texts(f"assess.native.{'confirm' if asked.yes else 'reject'}_title", name=asked.name)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self._answer = answer
        self.who, self.why = QLineEdit(), QLineEdit()
        self._go, leave = button("confirm.go", "primary"), button("confirm.leave")
        self._go.setText(texts(f"assess.judge.go_{'yes' if asked.yes else 'no'}"))
        self._go.setDefault(True)
        leave.setText(texts("gui.intake.cancel"))
        leave.setAutoDefault(False)
        self._go.clicked.connect(lambda _checked=False: self._take())
        leave.clicked.connect(lambda _checked=False: self.close())
        layout = column(self, 20, 8)
        layout.addWidget(label("title", text=title))
        layout.addWidget(label("note", text=texts("assess.native.dialog_note")))
        for field, key in ((self.who, "who"), (self.why, "why")):
            field.setObjectName(f"confirm.{key}")
            field.setAccessibleName(texts(f"assess.judge.{key}"))
            field.setPlaceholderText(texts(f"assess.judge.{key}_hint"))
            field.textChanged.connect(lambda _text: self._follow())
            layout.addWidget(label("note", text=texts(f"assess.judge.{key}")))
            layout.addWidget(field)
        ends = row(spacing=8)
        ends.addWidget(label("note", text=texts("assess.judge.needed")), 1)
        ends.addWidget(leave)
        ends.addWidget(self._go)
        layout.addLayout(ends)
        self.resize(WIDTH, layout.heightForWidth(WIDTH) + 8)
        self._follow()
        self.who.setFocus()

    def _follow(self) -> None:
        self._go.setEnabled(bool(self.who.text().strip() and self.why.text().strip()))

    def _take(self) -> None:
        who, why = self.who.text().strip(), self.why.text().strip()
        self.close()
        self._answer(who, why)
