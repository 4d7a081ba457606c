"""Chips: the one selection every view shares, each a small menu."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from app.domain.selection import Selection
from app.gui.widgets.flow import Flow
from app.gui.widgets.parts import set_role
from app.present.pages.values import Chip

SPACE = 8


class ChipButton(QToolButton):
    """One chip with its menu; lit when it narrows the selection."""

    chosen = Signal(str, str)

    def __init__(self, chip: Chip) -> None:
        super().__init__()
        self.chip = chip
        self.setObjectName(f"chip.{chip.field}")
        self.setProperty("role", "chip")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        self._options = {value: self._option(menu, value, text) for value, text in chip.options}
        menu.addActions(list(self._options.values()))
        self.setMenu(menu)
        self.restyle(chip)

    def restyle(self, chip: Chip) -> None:
        """Show the value of `chip`, which is another state of the same one."""
        self.chip = chip
        self.setText(f"{chip.title}  {chip.text}  ▾")
        self.setAccessibleName(f"{chip.title} {chip.text}")
        set_role(self, self.objectName(), "true" if chip.value and chip.field != "wave" else "false", key="lit")
        for value, action in self._options.items():
            if action.isChecked() != (value == chip.value):
                action.setChecked(value == chip.value)

    def _option(self, menu: QMenu, value: str, text: str) -> QAction:
        action = QAction(text, menu)
        action.setObjectName(f"chip.{self.chip.field}.{value}")
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False, value=value: self.chosen.emit(self.chip.field, value))
        return action


class ChipRow(Flow):
    """The chips of a page; `selected(Selection)` when the user narrows or widens the view."""

    selected = Signal(object)

    def __init__(self) -> None:
        super().__init__(SPACE)
        self._selection = Selection()
        self._chips: tuple[Chip, ...] = ()
        self.hide()

    def display(self, chips: tuple[Chip, ...]) -> None:
        """Show these chips; nothing is rebuilt when they are the same."""
        if chips == self._chips:
            return
        same = len(chips) == len(self._chips) and all(map(_is_same, chips, self._chips))
        self._chips = chips
        self._selection = Selection(**{chip.field: chip.value for chip in chips})
        if same:  # menus of many townships take longer to make than the page behind them
            for part, chip in zip(self.parts, chips, strict=True):
                if isinstance(part, ChipButton) and part.chip != chip:
                    part.restyle(chip)
            self.arrange()
            return
        buttons = [ChipButton(chip) for chip in chips]
        for button in buttons:
            button.chosen.connect(self._choose, Qt.ConnectionType.QueuedConnection)
        self.put([*buttons])
        self.setVisible(bool(chips))

    def _choose(self, field: str, value: str) -> None:
        self.selected.emit(replace(self._selection, **{field: value}))


def _is_same(one: Chip, other: Chip) -> bool:
    """Whether two chips differ in nothing but the value chosen."""
    return (one.field, one.title, one.options) == (other.field, other.title, other.options)
