"""A row of choices, each a small menu: like the chips of the shared selection, for what one page alone decides."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from app.gui.widgets.chips import ChipButton
from app.gui.widgets.flow import Flow
from app.gui.widgets.parts import set_role
from app.present.pages.values import Chip

ALWAYS = ("template", "lang")  # have always a value: none of it narrows anything, so it is not lit


class Choices(Flow):
    """`chosen(field, value)` when the user chooses."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(8)
        self._chips: tuple[Chip, ...] = ()

    def display(self, chips: tuple[Chip, ...]) -> None:
        """Show these; nothing is rebuilt when they are the same."""
        if chips == self._chips:
            return
        self._chips = chips
        buttons = [ChipButton(chip) for chip in chips]
        for part in buttons:
            part.chosen.connect(self.chosen, Qt.ConnectionType.QueuedConnection)
            if part.chip.field in ALWAYS:
                set_role(part, part.objectName(), "false", key="lit")
        self.put([*buttons])
