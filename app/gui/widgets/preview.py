"""A brief on screen, block by block, on a sheet as wide as its paper."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from functools import singledispatchmethod

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from app.domain.brief import Block, Brief, FigureBlock, GridBlock, Heading, Paragraph, TableBlock
from app.domain.numbers import cell_text
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FLOW, FigureCard
from app.gui.widgets.parts import clear, column, label, line

PAPER = 720  # pixels: 19 cm of text, near the width of an A4 page
FIGURE = 300
BUDGET = 0.06  # seconds of laying out before the window may draw breath


class Preview(QScrollArea):
    """Scrolls; `evidence(mark)` from its figures."""

    evidence = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("brief.preview")
        self.setMinimumHeight(420)
        self._paper = QWidget()
        self._paper.setProperty("role", "sheet")
        self._paper.setMaximumWidth(PAPER + 64)
        self._blocks = column(self._paper, (32, 16, 32, 32), 12)
        holder = QWidget()
        holder.setProperty("role", "sheet")
        column(holder).addWidget(self._paper)
        self.setWidget(holder)
        self._shown: object = None
        self._parts: list[QWidget] = []
        self._waiting: list[Block] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self._build(BUDGET))

    def display(self, brief: Brief | None, texts: Texts, palette: Palette) -> None:
        """Show `brief` as it would be written."""
        self.setAccessibleName(texts("gui.brief.preview"))
        if brief is None or (replace(brief, created=""), palette.name) == self._shown:
            return
        self._shown = (replace(brief, created=""), palette.name)
        self._texts, self._palette = texts.switched(brief.lang), palette
        self._timer.stop()
        clear(self._blocks)
        for role, text in (("headline", brief.title), ("note", brief.subtitle), ("badge", brief.synthetic)):
            if text:
                self._blocks.addWidget(label(role, text=text))
        self._parts, self._waiting = [], list(brief.blocks)
        self._build(BUDGET)

    def _build(self, budget: float) -> None:
        """Lay out the blocks that wait for as long as `budget` seconds, the rest when the window has drawn breath."""
        until = time.monotonic() + budget
        while self._waiting and time.monotonic() < until:
            part = self._part(self._waiting.pop(0))
            self._parts.append(part)
            self._blocks.addWidget(part)
        if self._waiting:
            self._timer.start()
        else:
            self._blocks.addStretch()

    def show_block(self, index: int) -> None:
        """Scroll to block `index`, laying out what stands before it if need be."""
        if index >= len(self._parts) and self._waiting:
            self._timer.stop()
            self._build(math.inf)
            self._paper.adjustSize()
        if 0 <= index < len(self._parts):
            self.verticalScrollBar().setValue(self._parts[index].y() + self._paper.y() - 8)

    @singledispatchmethod
    def _part(self, block: Block) -> QWidget:
        raise TypeError(type(block))

    @_part.register
    def _(self, block: Heading) -> QWidget:
        return label("headline" if block.level == 1 else "title", text=block.text)

    @_part.register
    def _(self, block: Paragraph) -> QWidget:
        return label(text=block.text)

    @_part.register
    def _(self, block: FigureBlock) -> QWidget:
        card = FigureCard(f"preview.{block.figure.id}", FIGURE)
        card.evidence.connect(self.evidence)
        card.display(block.figure, self._texts, self._palette)
        return card

    @_part.register
    def _(self, block: TableBlock) -> QWidget:
        rows = tuple((row.label, *(cell_text(cell) for cell in row.cells)) for row in block.table.rows)
        notes = FLOW.join(block.provenance.lines(self._texts))
        return grid(block.title, (block.row_header, *block.table.columns), rows, notes, figures=True)

    @_part.register
    def _(self, block: GridBlock) -> QWidget:
        return grid(block.title, block.columns, block.rows, block.note)


def grid(title: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], note: str, figures: bool = False) -> QWidget:
    """Return a small printed table: title, heads under a line, rows, note."""
    box = QWidget()
    layout = column(box, 0, 6)
    layout.addWidget(label("title", text=title))
    layout.addWidget(line())
    table = QGridLayout()
    table.setHorizontalSpacing(16)
    table.setVerticalSpacing(4)
    for place, head in enumerate(heads):
        table.addWidget(_cell(head, "note", place, figures), 0, place)
    for number, texts in enumerate(rows, start=1):
        for place, text in enumerate(texts):
            table.addWidget(_cell(text, "", place, figures), number, place)
    layout.addLayout(table)
    layout.addWidget(line())
    if note:
        layout.addWidget(label("note", text=note))
    return box


def _cell(text: str, role: str, place: int, figures: bool) -> QWidget:
    part = label(role, text=text)
    if figures and place:
        part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    return part
