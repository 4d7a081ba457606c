"""What every page shares: a header, a scrolling sheet, an empty state, and its ways to ask for things."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.domain.task import FileProgress
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.focus import order_focus
from app.gui.theme import GAP, INSIDE
from app.gui.widgets.empty_state import EmptyState
from app.gui.widgets.page_header import PageHeader
from app.gui.widgets.parts import column
from app.present.pages.collect_values import RevisionView
from app.present.pages.values import Head


class Page(QWidget):
    """A page. Values come down by `display`; wishes go up by signals:

    `command_requested(command id, parameters)`, `evidence_requested(mark)`, `selected(Selection)`,
    `went(page id, Selection | None)`: open another page, narrowed to the selection.
    """

    command_requested = Signal(str, object)
    evidence_requested = Signal(str)
    selected = Signal(object)
    went = Signal(str, object)

    id = ""
    needs: frozenset[str] = frozenset()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(f"page.{self.id}.sheet")
        self.header = PageHeader()
        self.header.selected.connect(self.selected)
        self._empty = EmptyState(self.id)
        self._empty.asked.connect(lambda command: self.command_requested.emit(command, {}))
        self._sheet, self.body = sheet(INSIDE)
        self.body.addWidget(self.header)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._sheet)
        self._stack.addWidget(self._empty)
        self.build()

    def build(self) -> None:
        """Lay out the page's own parts into `self.body`."""

    def display(self, view: Any, texts: Texts, palette: Palette) -> None:
        """Show `view`, a value of present.pages, in the words and colours given."""
        self.display_head(view.head, palette)
        if view.head.empty is None:
            self.fill(view, texts, palette)
        order_focus(self)

    def display_head(self, head: Head, palette: Palette) -> None:
        """Show headline, measure line and chips, or the empty state."""
        self.header.display(head.headline, head.measure_line)
        self.header.chips.display(head.chips)
        if head.empty is not None:
            self._empty.display(head.headline, head.empty, palette)
        self._stack.setCurrentIndex(0 if head.empty is None else 1)

    def offer(self, paths: Sequence[Path], wave: str = "", date: str = "", design: str = "") -> None:
        """Ask how to take in `paths`; only a page that collects does."""

    def begin(self, wave: str) -> None:
        """Files are about to be read into `wave`; only a page that collects follows them, here and in the next two."""

    def follow(self, events: Sequence[FileProgress]) -> None:
        """Show how files under way stand."""

    def end(self) -> None:
        """Nothing is being read any more."""

    def ask_again(self) -> None:
        """Nothing came of the answers given last: ask once more."""

    def show_diff(self, view: RevisionView) -> None:
        """Show what a correction would change."""

    def show_findings(self, file: str) -> None:
        """Show what was found in one workbook."""

    def show_entry(self, id_: str) -> None:
        """Show one entry of the checklist of evidence."""

    def fill(self, view: Any, texts: Texts, palette: Palette) -> None:
        """Show what stands under the header."""


def sheet(spacing: int) -> tuple[QScrollArea, QVBoxLayout]:
    """Return a page that scrolls down but never sideways, and the layout to fill."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    inner = QWidget()
    inner.setProperty("role", "sheet")
    layout = column(inner, (GAP, 20, GAP, GAP), spacing)
    area.setWidget(inner)
    return area, layout
