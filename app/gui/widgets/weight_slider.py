"""A slider for a weight: the filled part is the weight, a small mark shows that of the rubric itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle

from app.domain.theme import Palette

STEPS, MOST = 2, 60  # steps a point of weight, and the largest weight the slider reaches
HANDLE, GROOVE = 7, 4


class WeightSlider(QSlider):
    """Values are weights times STEPS; a click on the groove moves the handle there."""

    def __init__(self, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName(name)
        self.setRange(0, MOST * STEPS)
        self.setPageStep(5 * STEPS)
        self.setFixedHeight(28)
        self.setMinimumWidth(120)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._own = 0.0
        self._palette: Palette | None = None

    def restyle(self, own: float, name: str, palette: Palette) -> None:
        """Take the rubric's own weight, the words for a screen reader, and colours."""
        self._own, self._palette = own, palette
        self.setAccessibleName(name)
        self.update()

    @property
    def weight(self) -> float:
        """The weight it stands at."""
        return self.value() / STEPS

    def put(self, weight: float) -> None:
        """Stand at `weight`, at the end where it reaches no further, without telling anybody."""
        self.blockSignals(True)
        self.setValue(round(weight * STEPS))
        self.blockSignals(False)

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(180, 28)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the click is, then follow the mouse."""
        if event.button() == Qt.MouseButton.LeftButton:
            span = max(1, self.width() - 2 * HANDLE)
            at = round(event.position().x()) - HANDLE
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, span))
            self.setSliderDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while its button is down."""
        if self.isSliderDown():
            span = max(1, self.width() - 2 * HANDLE)
            at = round(event.position().x()) - HANDLE
            self.setValue(QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, span))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if (palette := self._palette) is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left, right = self.height() / 2, float(HANDLE), float(self.width() - HANDLE)
        place = left + (right - left) * self.value() / max(1, self.maximum())
        groove = QRectF(left, middle - GROOVE / 2, right - left, GROOVE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.hairline))
        painter.drawRoundedRect(groove, 2, 2)
        painter.setBrush(QColor(palette.accent if self.isEnabled() else palette.neutral))
        painter.drawRoundedRect(QRectF(left, groove.top(), place - left, GROOVE), 2, 2)
        own = left + (right - left) * min(1.0, self._own / MOST)
        painter.setPen(QPen(QColor(palette.reference), 2))
        painter.drawLine(QPointF(own, middle - 9), QPointF(own, middle + 9))
        lit = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(palette.accent), 2.5 if lit else 1.5))
        painter.setBrush(QColor(palette.surface))
        painter.drawEllipse(QPointF(place, middle), HANDLE - 1, HANDLE - 1)

    def event(self, event: QEvent) -> bool:
        """Take what has no handler of its own."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)
