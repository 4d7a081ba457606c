"""A failure as a bar at the top of the page: what happened and the next step, never a box in the way."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import button, column, label, row, set_role


class ErrorBar(QFrame):
    """One sentence, what lies behind it line by line, a button to copy a report where there is one, a button to close."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "error")
        self.setObjectName("error.bar")
        self._report = ""
        self._text, self._details = label(), label("note")
        self._copy, self._close = button("error.copy", "quiet"), button("error.close", "quiet")
        self._copy.clicked.connect(lambda _checked=False: QApplication.clipboard().setText(self._report))
        self._close.clicked.connect(lambda _checked=False: self.dismiss())
        layout = row(self, (20, 8, 12, 8), 8)
        words = column(spacing=4)
        words.addWidget(self._text)
        words.addWidget(self._details)
        layout.addLayout(words, 1)
        layout.addWidget(self._copy)
        layout.addWidget(self._close)
        self.hide()

    def restyle(self, texts: Texts) -> None:
        """Show the words of `texts`."""
        self._copy.setText(texts("gui.error.copy"))
        self._close.setText(texts("gui.error.close"))

    def tell(self, sentence: str, report: str = "", done: bool = False, details: tuple[str, ...] = ()) -> None:
        """Show `sentence` over `details`; `report` is what the copy button puts on the clipboard; `done` for good news."""
        set_role(self, "error.bar", "done" if done else "error")
        self._text.setText(sentence)
        self._details.setText("\n".join(details))
        self._details.setVisible(bool(details))
        self._report = report
        self._copy.setVisible(bool(report))
        self.show()

    @property
    def sentence(self) -> str:
        """The sentence on screen, or ""."""
        return "" if self.isHidden() else self._text.text()

    def dismiss(self) -> None:
        """Take the bar away."""
        self.hide()
