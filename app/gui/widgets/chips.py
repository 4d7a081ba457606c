"""Chips: the one selection every view shares, each a small menu."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from app.domain.selection import Selection
from app.gui.widgets.parts import set_role
from app.present.pages.values import Chip

SPACE = 8


class ChipButton(QToolButton):
    """One chip with its menu; lit when it narrows the selection."""

    chosen = Signal(str, str)

    def __init__(self, chip: Chip) -> None:
        super().__init__()
        self.setObjectName(f"chip.{chip.field}")
        self.setProperty("role", "chip")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setText(f"{chip.title}  {chip.text}  ▾")
        self.setAccessibleName(f"{chip.title} {chip.text}")
        set_role(self, self.objectName(), "true" if chip.value and chip.field != "wave" else "false", key="lit")
        menu = QMenu(self)
        for value, text in chip.options:
            menu.addAction(self._option(menu, chip, value, text))
        self.setMenu(menu)

    def _option(self, menu: QMenu, chip: Chip, value: str, text: str) -> QAction:
        action = QAction(text, menu)
        action.setObjectName(f"chip.{chip.field}.{value}")
        action.setCheckable(True)
        action.setChecked(value == chip.value)
        action.triggered.connect(lambda _checked=False, value=value: self.chosen.emit(chip.field, value))
        return action


class ChipRow(QWidget):
    """The chips of a page; `selected(Selection)` when the user narrows or widens the view."""

    selected = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._selection = Selection()
        self._chips: tuple[Chip, ...] = ()
        self._buttons: list[ChipButton] = []
        self.hide()

    def display(self, chips: tuple[Chip, ...]) -> None:
        """Show these chips; nothing is rebuilt when they are the same."""
        if chips == self._chips:
            return
        self._chips = chips
        self._selection = Selection(**{chip.field: chip.value for chip in chips})
        for old in self._buttons:
            old.hide()
            old.deleteLater()
        self._buttons = [ChipButton(chip) for chip in chips]
        for button in self._buttons:
            button.chosen.connect(self._choose, Qt.ConnectionType.QueuedConnection)
            button.setParent(self)
            button.show()
        self.setVisible(bool(chips))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return the least it needs: one chip across, for the rest go on in the next line."""
        return QSize(160, self.minimumHeight())

    def _arrange(self) -> None:
        """Set the chips from left to right, in a new line where the next one would be cut."""
        x = y = tall = 0
        for button in self._buttons:
            size = button.sizeHint()
            if x and x + size.width() > self.width():
                x, y = 0, y + size.height() + SPACE
            button.setGeometry(x, y, min(size.width(), self.width()), size.height())
            x, tall = x + size.width() + SPACE, y + size.height()
        self.setFixedHeight(tall)

    def _choose(self, field: str, value: str) -> None:
        self.selected.emit(replace(self._selection, **{field: value}))
