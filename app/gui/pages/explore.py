"""探索: the firms as points or density, and the cross table of sector by size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import Page
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import column, frame, label
from app.gui.widgets.released import ReleasedView
from app.present.pages.values import ExplorePage

if TYPE_CHECKING:
    from app.gui.charts.scatter import ScatterPlot

HEIGHT = 420


class ExplorePageView(Page):
    """The scatter is made on the first visit, for its library takes most of a second to load."""

    id = "explore"
    needs = frozenset({"assessments", "responses"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.plot: ScatterPlot | None = None
        self._card = frame("card")
        self._inside = column(self._card, 12, 4)
        self._missing = label("note")
        self._inside.addWidget(self._missing)
        self.cross = ReleasedView("table.cross")
        self.cross.evidence.connect(self.evidence_requested)
        self._title = label("title", wrap=False)
        self.notes = Notes()
        self.body.addWidget(self._card)
        self.body.addWidget(self._title)
        self.body.addWidget(self.cross)
        self.body.addWidget(self.notes)
        self.body.addStretch()

    def fill(self, view: ExplorePage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self._card.setVisible(view.scatter is not None)
        if view.scatter is not None:
            self._scatter().display(view.scatter, texts, palette)
            self._missing.setText(view.scatter.missing)
        self._title.setText(view.cross_title)
        self._title.setVisible(bool(view.cross_title))
        self.cross.display(view.cross, view.cross_title, palette)
        self.notes.display(texts("gui.notes"), (*view.cross_notes, *view.head.notes))

    def _scatter(self) -> ScatterPlot:
        if self.plot is None:
            from app.gui.charts.scatter import ScatterPlot

            self.plot = ScatterPlot(HEIGHT)
            self.plot.chosen.connect(lambda position: self.command_requested.emit("firm.open", {"position": str(position)}))
            self._inside.insertWidget(0, self.plot)
        return self.plot
