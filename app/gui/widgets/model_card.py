"""The model card: what it learnt from, what it may be used for, and how wrong it may be, section by section."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.gui.theme import GAP
from app.gui.widgets.parts import clear, column, label, line
from app.present.pages.classifier_values import CardSection

NARROWEST = 420  # of a column of sections, in pixels


class ModelCardView(QWidget):
    """Sections in as many columns as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("model.card")
        self._sections: tuple[CardSection, ...] = ()
        self._otherwise, self._across = "", 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(16)
        outer = column(self)
        outer.addLayout(self._grid)
        outer.addStretch()

    def display(self, sections: tuple[CardSection, ...], otherwise: str) -> None:
        """Show the sections; without any the sentence `otherwise`."""
        self._sections, self._otherwise, self._across = sections, otherwise, 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        across = max(1, min(2, self.width() // NARROWEST))
        if across == self._across:
            return
        self._across = across
        clear(self._grid)
        if not self._sections:
            self._grid.addWidget(label("muted", text=self._otherwise), 0, 0, 1, across)
        halves = _balanced(self._sections, across)
        for place, sections in enumerate(halves):
            holder = QWidget()
            inner = column(holder, 0, 16)
            for section in sections:
                inner.addWidget(_section(section))
            inner.addStretch()
            self._grid.addWidget(holder, 0, place)
            self._grid.setColumnStretch(place, 1)


def _balanced(sections: tuple[CardSection, ...], across: int) -> list[tuple[CardSection, ...]]:
    """Return the sections in `across` columns, in order, about equally long."""
    if across == 1:
        return [sections]
    lengths = [sum(len(text) for text in section.lines) + 60 for section in sections]
    total, so_far, cut = sum(lengths), 0, 0
    while cut < len(sections) and so_far + lengths[cut] / 2 <= total / 2:
        so_far += lengths[cut]
        cut += 1
    return [sections[:cut], sections[cut:]]


def _section(section: CardSection) -> QWidget:
    part = QWidget()
    layout = column(part, 0, 4)
    layout.addWidget(line())
    layout.addSpacing(4)
    layout.addWidget(label("title", text=section.title))
    for text in section.lines:
        layout.addWidget(label(text=text))
    return part
