"""Method in plain sentences under the figures."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.gui.widgets.parts import column, label, line


class Notes(QWidget):
    """A title and sentences under a hairline; gone when there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._title, self._text = label("title", wrap=False), label("muted")
        layout = column(self, 0, 6)
        layout.addWidget(line())
        layout.addSpacing(6)
        layout.addWidget(self._title)
        layout.addWidget(self._text)

    def display(self, title: str, sentences: tuple[str, ...]) -> None:
        """Show `sentences`, one a line."""
        self._title.setText(title)
        self._text.setText("\n".join(sentences))
        self.setVisible(bool(sentences))
