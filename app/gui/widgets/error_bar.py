"""A failure as a bar at the top of the page: what happened and the next step, never a box in the way."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import button, column, label, row, set_role


class ErrorBar(QFrame):
    """One sentence, what lies behind it line by line, buttons to open what was written, to copy a report, to close."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "error")
        self.setObjectName("error.bar")
        self._report = self._lang = ""
        self._text, self._details = label(), label("note")
        self._open = button("error.open", "quiet")
        self._path: Path | None = None
        self._open.clicked.connect(lambda _checked=False: self._show_file())
        self._copy, self._close = button("error.copy", "quiet"), button("error.close", "quiet")
        self._copy.clicked.connect(lambda _checked=False: QApplication.clipboard().setText(self._report))
        self._close.clicked.connect(lambda _checked=False: self.dismiss())
        layout = row(self, (20, 8, 12, 8), 8)
        words = column(spacing=4)
        words.addWidget(self._text)
        words.addWidget(self._details)
        layout.addLayout(words, 1)
        layout.addWidget(self._open)
        layout.addWidget(self._copy)
        layout.addWidget(self._close)
        self.hide()

    def restyle(self, texts: Texts) -> None:
        """Show the words of `texts`; good news told in another language is old news and goes."""
        if self._lang not in ("", texts.lang) and self.property("role") == "done":
            self.hide()
        self._lang = texts.lang
        self._copy.setText(texts("gui.error.copy"))
        self._close.setText(texts("gui.error.close"))
        self._open.setText(texts("gui.error.open"))

    def tell(self, sentence: str, report: str = "", done: bool = False, details: tuple[str, ...] = ()) -> None:
        """Show `sentence` over `details`; `report` is what the copy button puts on the clipboard; `done` for good news."""
        set_role(self, "error.bar", "done" if done else "error")
        self._text.setText(sentence)
        self._details.setText("\n".join(details))
        self._details.setVisible(bool(details))
        self._report = report
        self._copy.setVisible(bool(report))
        self._open.hide()
        self.show()

    def offer_file(self, path: Path) -> None:
        """Add a button that opens `path`, a file or folder that was written, in its own program."""
        self._path = path
        self._open.show()

    def _show_file(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path)))

    @property
    def sentence(self) -> str:
        """The sentence on screen, or ""."""
        return "" if self.isHidden() else self._text.text()

    def dismiss(self) -> None:
        """Take the bar away."""
        self.hide()
