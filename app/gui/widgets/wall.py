"""The goal wall: the drawing itself and, under it, what every figure prints."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.drawing import Drawing
from app.domain.figure import Figure
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FLOW, even_type
from app.gui.charts.wall_canvas import WallCanvas
from app.gui.widgets.parts import column, label


class WallView(QWidget):
    """`evidence(mark)` on a click or Return, `goal(id)` on a double click or Ctrl+Return."""

    evidence = Signal(str)
    goal = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.canvas = WallCanvas("figure.wall", 300)
        self.canvas.evidence.connect(self.evidence)
        self.canvas.down.connect(self._open)
        self._below = label("note")
        layout = column(self, spacing=4)
        layout.addWidget(self.canvas)
        layout.addWidget(self._below)
        layout.addStretch()

    def display(self, figure: Figure | None, texts: Texts, palette: Palette) -> None:
        """Draw `figure`; the wall goes when there is none."""
        self.setVisible(figure is not None)
        self.canvas.figure = figure.id if figure is not None else ""
        if figure is None:
            return

        def layout(width: float, height: float) -> Drawing:
            from app.present.draw import draw_live  # heavy, and needed only once a figure is on screen

            return draw_live(figure, palette, width, height, texts)

        self._below.setText(FLOW.join(figure.provenance.lines(texts)[1 if figure.provenance.synthetic else 0 :]))
        self.canvas.display(layout, figure.title, palette.accent, even_type)

    def _open(self, mark: str) -> None:
        from app.present.marks import parse

        self.goal.emit(parse(mark).parts[0])
