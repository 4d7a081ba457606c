"""A row of numbers with what they mean; one that can be walked back has a dotted underline and opens its evidence."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.domain.theme import Palette
from app.gui.widgets.flow import Flow
from app.present.pages.values import Fact

HEIGHT = 56


class FactButton(QAbstractButton):
    """One number above its label."""

    def __init__(self, fact: Fact, palette: Palette) -> None:
        super().__init__()
        self.fact = fact
        self._palette = palette
        self.setObjectName(f"fact.{fact.evidence or fact.label}")
        self.setAccessibleName(f"{fact.label} {fact.value}")
        self.setText(fact.value)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if fact.evidence else Qt.FocusPolicy.NoFocus)
        self._value, self._label = self.font(), self.font()
        self._value.setPixelSize(20)
        self._value.setBold(True)
        self._label.setPixelSize(12)
        wide = max(self._width(self._value, fact.value), self._width(self._label, fact.label))
        self.setMinimumWidth(wide + 4)
        if fact.evidence:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        painter = QPainter(self)
        painter.setFont(self._value)
        painter.setPen(QColor(self._palette.text))
        painter.drawText(
            self.rect().adjusted(0, 2, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self.fact.value
        )
        painter.setFont(self._label)
        painter.setPen(QColor(self._palette.muted))
        area = self.rect().adjusted(0, 36, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self.fact.label)
        if self.fact.evidence:
            lit = self.hasFocus() or self.underMouse()
            style = Qt.PenStyle.SolidLine if lit else Qt.PenStyle.DotLine
            painter.setPen(QPen(QColor(self._palette.accent), 1.5, style))
            painter.drawLine(0, 32, self._width(self._value, self.fact.value), 32)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is here."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has left."""
        self.update()
        super().leaveEvent(event)

    def _width(self, font: QFont, text: str) -> int:
        return QFontMetrics(font).horizontalAdvance(text)


class FactRow(Flow):
    """The facts of a page; `evidence(mark)` on a click."""

    evidence = Signal(str)

    def __init__(self, space: int = 40) -> None:
        super().__init__(space, 8)
        self._shown: tuple[tuple[Fact, ...], str] = ((), "")

    def display(self, facts: tuple[Fact, ...], palette: Palette) -> None:
        """Show `facts` in the colours of `palette`."""
        if (facts, palette.name) == self._shown:
            return
        self._shown = (facts, palette.name)
        parts: list[QWidget] = []
        for fact in facts:
            part = FactButton(fact, palette)
            if fact.evidence:
                part.clicked.connect(lambda _checked=False, mark=fact.evidence: self.evidence.emit(mark))
            parts.append(part)
        self.put(parts)
        self.setVisible(bool(facts))
