"""A large button of the start page: icon, what it does, and one sentence about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.domain.theme import Palette
from app.gui import icons

HEIGHT = 84
WORDS = 68  # where the words begin


class Tile(QAbstractButton):
    """One way to begin."""

    def __init__(self, command: str, icon: str) -> None:
        super().__init__()
        self.setObjectName(f"tile.{command}")
        self.setFixedHeight(HEIGHT)
        self.setMinimumWidth(184)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._icon, self._sentence = icon, ""
        self._palette: Palette | None = None

    def restyle(self, word: str, sentence: str, palette: Palette) -> None:
        """Show these words in the colours of `palette`."""
        self.setText(word)
        self.setAccessibleName(word)
        self.setAccessibleDescription(sentence)
        self._sentence, self._palette = sentence, palette
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(300, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if (palette := self._palette) is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = self.isEnabled() and self.underMouse()
        painter.setBrush(QColor(palette.raised if hovered else palette.surface))
        painter.setPen(QPen(QColor(palette.accent if self.hasFocus() or hovered else palette.hairline), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.accent_soft))
        painter.drawEllipse(QRectF(16, (HEIGHT - 40) / 2, 40, 40))
        ink = palette.accent if self.isEnabled() else palette.neutral
        icons.renderer(self._icon, ink).render(painter, QRectF(26, (HEIGHT - 20) / 2, 20, 20))
        self._write(painter, palette)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is here."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has left."""
        self.update()
        super().leaveEvent(event)

    def _write(self, painter: QPainter, palette: Palette) -> None:
        title, note = QFont(self.font()), QFont(self.font())
        title.setPixelSize(15)
        title.setBold(True)
        note.setPixelSize(12)
        area = self.rect().adjusted(WORDS, 0, -16, 0)
        lines = Qt.TextFlag.TextWordWrap
        need = QFontMetrics(note).boundingRect(area, int(lines), self._sentence).height()
        top = (HEIGHT - (22 + 4 + min(need, 36))) // 2
        painter.setFont(title)
        painter.setPen(QColor(palette.text if self.isEnabled() else palette.neutral))
        painter.drawText(area.adjusted(0, top, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self.text())
        painter.setFont(note)
        painter.setPen(QColor(palette.muted))
        painter.drawText(area.adjusted(0, top + 26, 0, 0), int(lines | Qt.AlignmentFlag.AlignTop), self._sentence)
