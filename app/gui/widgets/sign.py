"""● ▲ ■ ◇ of a light, ☑ ◐ ☐ ? of evidence: the signs of the goal wall as a small widget."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.gui.charts.painter import paint_shape

SIDE = 14


class SignMark(QWidget):
    """Draws one sign in the colours of a palette."""

    def __init__(self, side: int = SIDE) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self._sign = ""
        self._palette: Palette | None = None

    def restyle(self, sign: str, palette: Palette) -> None:
        """Draw `sign` from now on."""
        self._sign, self._palette = sign, palette
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if self._palette is None or not self._sign:
            return
        from app.present.draw.signs import sign_shapes
        from app.present.draw.style import Rect

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in sign_shapes(self._palette, self._sign, Rect(0, 0, self.width(), self.height())):
            paint_shape(shape, painter)
