"""The password of one workbook: named, tried, or left out; what is typed lives only as long as the dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import button, column, label, row

WIDTH = 460


class PasswordDialog(QDialog):
    """`given(password)` by Return or the button, `skipped()` by the other button or Esc."""

    given = Signal(str)
    skipped = Signal()

    def __init__(self, parent: QWidget, file: str, wrong: bool, more: int, texts: Texts) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.password")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("gui.password.title"))
        self.setMinimumWidth(WIDTH)
        self.field = QLineEdit()
        self.field.setObjectName("password.field")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(texts("gui.password.field"))
        self.field.setPlaceholderText(texts("gui.password.field"))
        go, skip = button("password.go", "primary"), button("password.skip")
        go.setText(texts("gui.password.go"))
        go.setDefault(True)
        skip.setText(texts("gui.password.skip"))
        skip.setAutoDefault(False)
        go.clicked.connect(lambda _checked=False: self._take())
        skip.clicked.connect(lambda _checked=False: self.reject())
        self.rejected.connect(self.skipped)
        layout = column(self, 20, 10)
        layout.addWidget(label("title", text=file))
        layout.addWidget(label(text=texts("gui.password.wrong" if wrong else "gui.password.ask")))
        layout.addWidget(self.field)
        layout.addWidget(label("note", text=texts("gui.password.note")))
        if more:
            layout.addWidget(label("note", text=texts("gui.password.more", n=more)))
        ends = row(spacing=8)
        ends.addStretch()
        ends.addWidget(skip)
        ends.addWidget(go)
        layout.addLayout(ends)
        self.resize(WIDTH, layout.heightForWidth(WIDTH))
        self.field.setFocus()

    def _take(self) -> None:
        password = self.field.text()
        if password:
            self.field.clear()
            self.done(QDialog.DialogCode.Accepted)
            self.given.emit(password)
