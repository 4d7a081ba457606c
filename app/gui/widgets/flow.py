"""Parts set from left to right that go on in the next line where the page is too narrow for them."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

LEAST = 160  # pixels: one part across


class Flow(QWidget):
    """Holds `parts` with `space` between them; as tall as its lines, and never wider than what it is given."""

    def __init__(self, space: int, between: int | None = None) -> None:
        super().__init__()
        self._space, self._between = space, space if between is None else between
        self.parts: list[QWidget] = []

    def put(self, parts: list[QWidget]) -> None:
        """Show these parts; those shown before are thrown away."""
        for old in self.parts:
            old.hide()
            old.deleteLater()
        self.parts = parts
        for part in parts:
            part.setParent(self)
            part.show()
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the least it needs: one part across, for the rest go on in the next line."""
        return QSize(LEAST, self.minimumHeight())

    def arrange(self) -> None:
        """Set the parts from left to right, in a new line where the next one would be cut."""
        x = y = tall = 0
        for part in self.parts:
            size = part.sizeHint().expandedTo(part.minimumSize()).boundedTo(part.maximumSize())
            if x and x + size.width() > self.width():
                x, y = 0, tall + self._between
            part.setGeometry(x, y, min(size.width(), self.width()), size.height())
            x, tall = x + size.width() + self._space, y + size.height()
        self.setFixedHeight(tall)
