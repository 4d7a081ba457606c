"""The panel on the right: behind any number its formula, firms and cells; behind any firm its answers. Esc closes it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui import icons
from app.gui.pages.base import sheet
from app.gui.widgets.parts import button, clear, column, frame, label, line, row
from app.gui.widgets.table import Table
from app.present.pages.values import PageTable

WIDTH = 380
NARROW = 150  # the widest column of a table in the panel


@dataclass(frozen=True, slots=True)
class Words:
    """A text under a small heading ("" for none); `role` as the style sheet knows it."""

    heading: str
    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table under a heading; opening a row asks for `command` with the row's id as `parameter`."""

    heading: str
    table: PageTable
    command: str = ""
    parameter: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A text under its heading, with a word at the right that asks for `command`: an answer and its cell."""

    heading: str
    text: str
    link: str = ""
    command: str = ""
    parameters: tuple[tuple[str, str], ...] = ()


Block = Words | Rows | Link


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows: a title, a number in large, and blocks from top to bottom."""

    title: str
    value: str
    blocks: tuple[Block, ...]


class SidePanel(QFrame):
    """`requested(command id, parameters)` from a row or a link; `closed()`."""

    requested = Signal(str, object)
    closed = Signal()

    def __init__(self, widest: int = NARROW) -> None:
        super().__init__()
        self._widest = widest
        self.setProperty("role", "panel")
        self.setObjectName("side")
        self.setMinimumWidth(300)
        self._title, self._value = label("title"), label("big")
        self._close = button("side.close", "quiet")
        self._close.clicked.connect(lambda _checked=False: self.close_panel())
        area, self._blocks = sheet(8)
        self._blocks.setContentsMargins(16, 8, 16, 16)
        self._back = button("side.back", "quiet")
        self._back.clicked.connect(lambda _checked=False: self.go_back())
        self._shown: Panel | None = None
        self._palette: Palette | None = None
        self._trail: list[Panel] = []
        self._from_within = False
        top = row(margins=(16, 12, 8, 0))
        top.addWidget(self._back, alignment=Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._title, 1)
        top.addWidget(self._close, alignment=Qt.AlignmentFlag.AlignTop)
        layout = column(self, 0, 4)
        layout.addLayout(top)
        holder = row(margins=(16, 0, 16, 0))
        holder.addWidget(self._value)
        layout.addLayout(holder)
        layout.addWidget(area, 1)
        self.hide()

    def restyle(self, texts: Texts, palette: Palette) -> None:
        """Show the words of `texts` in the colours of `palette`; what is open closes, for it is in the old language."""
        self._close.setIcon(icons.icon("close", palette.muted, 16))
        self._close.setAccessibleName(texts("gui.side.close"))
        self._close.setToolTip(texts("gui.side.close"))
        self._back.setIcon(icons.icon("left", palette.muted, 16))
        self._back.setAccessibleName(texts("gui.side.back"))
        self._back.setToolTip(texts("gui.side.back"))
        self.setAccessibleName(texts("gui.side.name"))
        self.close_panel()

    def display(self, panel: Panel, palette: Palette) -> None:
        """Open the panel on `panel` in the colours of `palette`; what was asked for inside it leads back to where it was."""
        deeper = self._from_within and self._shown is not None and not self.isHidden()
        self._trail = [*self._trail, self._shown] if deeper and self._shown is not None else []
        self._show(panel, palette)

    def go_back(self) -> bool:
        """Show what was open before; return False when there is nothing to go back to."""
        if self.isHidden() or not self._trail or self._palette is None:
            return False
        self._show(self._trail.pop(), self._palette)
        return True

    def _show(self, panel: Panel, palette: Palette) -> None:
        self._shown, self._palette, self._from_within = panel, palette, False
        self._back.setVisible(bool(self._trail))
        self._title.setText(panel.title)
        self._value.setText(panel.value)
        self._value.setVisible(bool(panel.value))
        clear(self._blocks)
        stretched = False
        for block in panel.blocks:
            part = self._part(block, palette)
            stretched |= isinstance(block, Rows)
            self._blocks.addWidget(part, 1 if isinstance(block, Rows) else 0)
        if not stretched:
            self._blocks.addStretch()
        if not self.isVisible():
            self.show()
            splitter = self.parentWidget()
            if isinstance(splitter, QSplitter):
                splitter.setSizes([max(1, splitter.width() - WIDTH), WIDTH])

    def close_panel(self) -> None:
        """Close the panel."""
        self._trail, self._shown = [], None
        self.hide()
        self.closed.emit()

    def _part(self, block: Block, palette: Palette) -> QWidget:
        if isinstance(block, Rows):
            return self._rows(block, palette)
        return self._link(block) if isinstance(block, Link) else _words(block)

    def _rows(self, block: Rows, palette: Palette) -> QWidget:
        box = QWidget()
        layout = column(box, 0, 4)
        if block.heading:
            layout.addWidget(label("title", text=block.heading))
        if block.hint:
            layout.addWidget(label("note", text=block.hint))
        table = Table(f"side.{block.command}", widest=self._widest)
        table.display(block.table, palette, block.heading)
        table.setMinimumHeight(200)
        table.opened.connect(lambda id_: self._ask(block.command, {block.parameter: id_}))
        layout.addWidget(table, 1)
        return box

    def _link(self, block: Link) -> QWidget:
        box = QWidget()
        top = row(spacing=8)
        top.addWidget(label("note", text=block.heading), 1)
        if block.command:
            part = button(f"side.link.{block.link}", "link")
            part.setText(block.link)
            part.setAccessibleName(f"{block.heading} {block.link}")
            part.clicked.connect(lambda _checked=False: self._ask(block.command, dict(block.parameters)))
            top.addWidget(part, alignment=Qt.AlignmentFlag.AlignTop)
        layout = column(box, 0, 2)
        layout.addLayout(top)
        if block.text:
            layout.addWidget(label(text=block.text))
        layout.addWidget(line())
        return box

    def _ask(self, command: str, parameters: dict[str, str]) -> None:
        if command:
            self._from_within = command == "firm.open"  # a cell opens in a window of its own
            self.requested.emit(command, parameters)


def _words(block: Words) -> QWidget:
    box = frame("plain")
    layout = column(box, 0, 2)
    if block.heading:
        layout.addWidget(label("note", text=block.heading))
    layout.addWidget(label(block.role, text=block.text))
    return box
