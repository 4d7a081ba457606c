"""What the colours of the painted grid mean, with how many rows and columns have each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.preview.grounds import band, ground
from app.gui.preview.heads import draw_sure
from app.gui.widgets.parts import clear, label, row
from app.present.preview import RolePatch, Strip

STATES = ("sure", "unsure", "none", "decided")


class Patch(QWidget):
    """A small piece of a row: its band and its ground."""

    def __init__(self, patch: RolePatch, palette: Palette) -> None:
        super().__init__()
        self.setFixedSize(QSize(20, 14))
        self._patch, self._palette = patch, palette

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground(self._patch.role, self._palette))
        painter.fillRect(0, 0, 4, self.height(), band(self._patch.role, self._palette))
        painter.setPen(QColor(self._palette.hairline))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class Sure(QWidget):
    """The sign of how sure a match is."""

    def __init__(self, strip: Strip, palette: Palette) -> None:
        super().__init__()
        self.setFixedSize(QSize(14, 14))
        self._strip, self._palette = strip, palette

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        draw_sure(QPainter(self), QPoint(7, 7), self._strip, self._palette)


class Legend(QWidget):
    """One line over the grid."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = row(self, 0, 5)

    def display(self, patches: tuple[RolePatch, ...], strips: Mapping[int, Strip], texts: Texts, palette: Palette) -> None:
        """Show the roles that occur, then how sure the matches are."""
        clear(self._layout)
        for patch in patches:
            self._add(Patch(patch, palette), texts("preview.count", text=patch.text, n=f"{patch.rows:,}"))
        counts = Counter(strip.state for strip in strips.values())
        if patches and counts:
            self._layout.addSpacing(14)
        for state in STATES:
            sample = next((strip for strip in strips.values() if strip.state == state), None)
            if sample is not None:
                words = texts("preview.count", text=texts(f"preview.state.{state}"), n=f"{counts[state]:,}")
                self._add(Sure(sample, palette), words)
        self._layout.addStretch()

    def _add(self, sign: QWidget, words: str) -> None:
        self._layout.addWidget(sign)
        self._layout.addWidget(label("note", wrap=False, text=words))
        self._layout.addSpacing(8)
