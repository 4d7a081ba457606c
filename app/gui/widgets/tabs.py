"""A row of words that switches between views of one page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy

from app.domain.theme import Palette
from app.gui.widgets.flow import Flow


class TabButton(QAbstractButton):
    """One word with a count, underlined when it is the present view."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.setObjectName(f"tab.{id_}")
        self.setCheckable(True)
        self.setFixedHeight(34)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._palette: Palette | None = None

    def restyle(self, text: str, palette: Palette) -> None:
        """Show `text` in the colours of `palette`."""
        self.setText(text)
        self.setAccessibleName(text)
        self._palette = palette
        self.ensurePolished()
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(text) + 24)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if self._palette is None:
            return
        painter = QPainter(self)
        ink = self._palette.text if self.isChecked() else self._palette.muted
        painter.setPen(QColor(self._palette.accent if self.hasFocus() or self.underMouse() else ink))
        painter.drawText(self.rect().adjusted(0, 0, 0, -2), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(8, self.height() - 2, self.width() - 16, 2, QColor(self._palette.accent))

    def event(self, event: QEvent) -> bool:
        """Take what has no handler of its own."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


class Tabs(Flow):
    """`chosen(index)` when the user switches."""

    chosen = Signal(int)

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(4, 0)
        self._group = QButtonGroup(self)
        self.buttons = tuple(TabButton(id_) for id_ in ids)
        for index, part in enumerate(self.buttons):
            self._group.addButton(part, index)
        self.put([*self.buttons])
        self.buttons[0].setChecked(True)
        self._group.idClicked.connect(self.chosen)

    def restyle(self, words: tuple[str, ...], palette: Palette) -> None:
        """Show these words in the colours of `palette`."""
        for part, text in zip(self.buttons, words, strict=True):
            part.restyle(text, palette)
        self.arrange()

    def choose(self, index: int) -> None:
        """Show view `index` as the present one."""
        self.buttons[index].setChecked(True)
