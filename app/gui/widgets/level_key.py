"""The key of the levels: five steps of one hue with their letters."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette

STEP, HEIGHT, DOT = 44, 18, 9


class LevelKey(QWidget):
    """A dot and a letter for each level."""

    def __init__(self) -> None:
        super().__init__()
        self._levels: tuple[str, ...] = ()
        self._palette: Palette | None = None

    def display(self, levels: tuple[str, ...], palette: Palette) -> None:
        """Show these levels in the colours of `palette`."""
        self._levels, self._palette = levels, palette
        self.setAccessibleName(" ".join(levels))
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(STEP * len(self._levels), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if self._palette is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setPixelSize(12)
        painter.setFont(font)
        for place, level in enumerate(self._levels):
            left = place * STEP
            painter.setPen(QPen(QColor(self._palette.accent), 1))
            painter.setBrush(QColor(self._palette.levels[place]))
            painter.drawEllipse(QRectF(left + 1, (HEIGHT - DOT) / 2, DOT, DOT))
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(left + DOT + 7, HEIGHT - 5, level)
