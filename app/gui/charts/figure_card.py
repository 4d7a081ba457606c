"""A figure in its card: title, measure line and provenance as text, the drawing between them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.domain.drawing import Drawing
from app.domain.figure import Figure
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.canvas import SCALE, DrawingCanvas
from app.gui.widgets.parts import column, label

MARGIN = 16  # near the 4 mm that every drawing keeps free at its edges
FLOW = "\u3000"  # between the lines of provenance, which flow as one paragraph


class FigureCard(QFrame):
    """One figure; signals as its canvas has them."""

    evidence = Signal(str)
    down = Signal(str)

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._title, self._subtitle, self._below = label("title"), label("note"), label("note")
        self.canvas = DrawingCanvas(name, height)
        self.canvas.evidence.connect(self.evidence)
        self.canvas.down.connect(self.down)
        words = column(margins=(MARGIN, 0, MARGIN, 0), spacing=2)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        foot = column(margins=(MARGIN, 0, MARGIN, 0), spacing=0)
        foot.addWidget(self._below)
        layout = self._column = column(self, (0, MARGIN, 0, MARGIN), 4)
        layout.addLayout(words)
        layout.addWidget(self.canvas)
        layout.addLayout(foot)
        layout.addStretch()

    def display(self, figure: Figure | None, texts: Texts, palette: Palette, headline: str = "") -> None:
        """Draw `figure`; the card goes when there is none, and its title when the page's `headline` says the same."""
        self.setVisible(figure is not None)
        self.canvas.figure = figure.id if figure is not None else ""
        if figure is None:
            return

        def layout(width: float, height: float) -> Drawing:
            from app.present.draw import draw  # heavy, and needed only once a figure is on screen

            return draw(figure, palette, width, height, texts, bare=True)

        self._title.setText(figure.title)
        self._subtitle.setText(figure.subtitle)
        for part in (self._title, self._subtitle):
            part.setVisible(figure.title != headline and bool(part.text()))
        self._column.setContentsMargins(0, 4 if figure.title == headline else MARGIN, 0, MARGIN)
        marked = figure.provenance.synthetic  # the drawing itself carries the demonstration mark
        self._below.setText(FLOW.join(figure.provenance.lines(texts)[1 if marked else 0 :]))
        self.canvas.display(layout, figure.title, palette.accent, even_type)


def even_type(width: int) -> float:
    """Return pixels a millimetre at which a figure `width` pixels wide has type of the window's own size.

    Figures grow their type with the page between two limits; a page at a limit, scaled back by it, has screen type.
    """
    from app.present.draw.style import LEAST_SCALE, MOST_SCALE, SCREEN_WIDTH

    wide = SCALE / MOST_SCALE
    return wide if width / wide >= SCREEN_WIDTH * MOST_SCALE else SCALE / LEAST_SCALE
