"""A page with nothing to show yet: why, and the one next step as a button."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.gui import icons
from app.gui.widgets.parts import button, column, label
from app.present.pages.values import Empty

WIDTH = 520


class Emblem(QWidget):
    """The page's icon, large and quiet, on a round ground."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(88, 88)
        self._icon = ""
        self._palette: Palette | None = None

    def restyle(self, icon: str, palette: Palette) -> None:
        """Show `icon` in the colours of `palette`."""
        self._icon, self._palette = icon, palette
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if self._palette is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._palette.accent_soft))
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.drawEllipse(self.rect())
        icons.renderer(self._icon, self._palette.accent).render(painter, QRectF(24, 24, 40, 40))


class EmptyState(QWidget):
    """Centred on the page; `asked(command id)` from its button."""

    asked = Signal(str)

    def __init__(self, icon: str, name: str = "empty") -> None:
        super().__init__()
        self._icon = icon
        self._command = ""
        self._emblem = Emblem()
        self._title, self._why = label("headline"), label("muted")
        self._step = button(f"{name}.step", "primary")
        self._step.clicked.connect(lambda _checked=False: self.asked.emit(self._command))
        inner = column(spacing=12)
        inner.addWidget(self._emblem, alignment=Qt.AlignmentFlag.AlignHCenter)
        inner.addSpacing(8)
        for text in (self._title, self._why):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setFixedWidth(WIDTH)
            inner.addWidget(text, alignment=Qt.AlignmentFlag.AlignHCenter)
        inner.addSpacing(8)
        inner.addWidget(self._step, alignment=Qt.AlignmentFlag.AlignHCenter)
        outer = column(self, 24, 0)
        outer.addStretch(2)
        outer.addLayout(inner)
        outer.addStretch(3)

    def display(self, headline: str, empty: Empty, palette: Palette) -> None:
        """Show why there is nothing, and the next step."""
        self._emblem.restyle(self._icon, palette)
        self._title.setText(headline)
        self._why.setText(empty.why)
        self._why.setVisible(empty.why != headline)
        for text in (self._title, self._why):
            text.ensurePolished()
            text.setFixedHeight(text.heightForWidth(WIDTH))  # the layout gives centred text one line only
        self._step.setVisible(empty.step is not None)
        if empty.step is not None:
            self._command = empty.step.command
            self._step.setText(empty.step.label)
            self._step.setAccessibleName(empty.step.label)
