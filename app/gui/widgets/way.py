"""The way from workbooks to a brief in five stations, for who opens the program the first time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.drop_area import Icon
from app.gui.widgets.parts import column, label, line, row

STATIONS = (("collect", "collect"), ("clean", "check"), ("assess", "readiness"), ("goals", "goals"), ("brief", "brief"))


class Way(QWidget):
    """Five columns: icon, word, one sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label("title", wrap=False)
        self._parts = {name: (Icon(icon, 22), label("title", wrap=False), label("note")) for name, icon in STATIONS}
        stations = row(spacing=24)
        for icon, word, sentence in self._parts.values():
            part = column(spacing=6)
            for widget in (icon, word, sentence):
                part.addWidget(widget)
            part.addStretch()
            part.setAlignment(icon, Qt.AlignmentFlag.AlignLeft)
            stations.addLayout(part, 1)
        layout = column(self, 0, 16)
        layout.addWidget(line())
        layout.addWidget(self._title)
        layout.addLayout(stations)

    def display(self, texts: Texts, palette: Palette) -> None:
        """Show the words of `texts` in the colours of `palette`."""
        self._title.setText(texts("gui.way.title"))
        for name, (icon, word, sentence) in self._parts.items():
            icon.restyle(palette.accent)
            word.setText(texts(f"gui.way.{name}"))
            sentence.setText(texts(f"gui.way.{name}_note"))
