"""The top of every page: the finding as headline, what is counted beneath it, and the chips every view shares."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.gui.widgets.chips import ChipRow
from app.gui.widgets.parts import column, label, row


class PageHeader(QWidget):
    """Headline, measure line, chips on the left, buttons on the right. `selected(Selection)` from the chips."""

    selected = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.headline, self.measure = label("headline"), label("note")
        self.chips = ChipRow()
        self.chips.selected.connect(self.selected)
        self.tools = row(spacing=8)
        words = column(spacing=4)
        words.addWidget(self.headline)
        words.addWidget(self.measure)
        top = row(spacing=24)
        top.addLayout(words, 1)
        top.addLayout(self.tools)
        layout = column(self, (0, 0, 0, 0), 12)
        layout.addLayout(top)
        layout.addWidget(self.chips)

    def display(self, headline: str, measure: str) -> None:
        """Show the finding and what it counts."""
        self.headline.setText(headline)
        self.measure.setText(measure)
        self.measure.setVisible(bool(measure))
