"""A figure in its card on a page: the canvas and the commands that belong to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.domain.drawing import Drawing
from app.domain.figure import Figure
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.canvas import DrawingCanvas
from app.gui.widgets.parts import column


class FigureCard(QFrame):
    """One figure; signals as its canvas has them."""

    evidence = Signal(str)
    down = Signal(str)

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.canvas = DrawingCanvas(name, height)
        self.canvas.evidence.connect(self.evidence)
        self.canvas.down.connect(self.down)
        column(self, 12, 0).addWidget(self.canvas)

    def display(self, figure: Figure | None, texts: Texts, palette: Palette) -> None:
        """Draw `figure`; the card goes when there is none."""
        self.setVisible(figure is not None)
        if figure is None:
            return

        def layout(width: float, height: float) -> Drawing:
            from app.present.draw import draw  # heavy, and needed only once a figure is on screen

            return draw(figure, palette, width, height, texts)

        self.canvas.display(layout, figure.title, palette.accent)
