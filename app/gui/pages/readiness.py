"""评估: how ready the sectors are: the finding, the figures, and how the classifier did."""

from __future__ import annotations

from PySide6.QtCore import Qt

from app.domain.selection import Selection
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FigureCard
from app.gui.pages.base import Page
from app.gui.theme import INSIDE
from app.gui.widgets.facts import FactRow
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import column, row
from app.present.marks import parse
from app.present.pages.values import ReadinessPage

MAIN, OTHER = 330, 300


class ReadinessPageView(Page):
    """One main figure, at most two beside it, the notes; a double click on a mark goes down to its firms."""

    id = "readiness"
    needs = frozenset({"assessments", "responses", "waves"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.facts = FactRow()
        self.facts.evidence.connect(self.evidence_requested)
        self.main = FigureCard("figure.main", MAIN)
        self.others = (FigureCard("figure.second", OTHER), FigureCard("figure.third", OTHER))
        self.classifier, self.notes = Notes(), Notes()
        second = row(spacing=INSIDE)
        second.addWidget(self.others[0], 1, Qt.AlignmentFlag.AlignTop)
        right = column(spacing=INSIDE)
        for part in (self.others[1], self.classifier, self.notes):
            right.addWidget(part)
        right.addStretch()
        second.addLayout(right, 1)
        for card in (self.main, *self.others):
            card.evidence.connect(self.evidence_requested)
            card.down.connect(self._go_down)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.main)
        self.body.addLayout(second)
        self.body.addStretch()

    def fill(self, view: ReadinessPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self.facts.display(view.facts, palette)
        self.main.display(view.main, texts, palette, view.head.headline)
        for card, figure in zip(self.others, (*view.others, None, None), strict=False):
            card.display(figure, texts, palette)
        self.classifier.display(texts("gui.readiness.classifier"), view.classifier)
        self.notes.display(texts("gui.notes"), view.head.notes)

    def _go_down(self, mark: str) -> None:
        found = parse(mark)
        if found.kind in ("share", "pillar", "levels"):
            wave, sector, *rest = (*found.parts, "")
            level = rest[0] if found.kind == "share" and not rest[0].endswith("+") else ""
            chosen = {"wave": wave, "sector": "" if sector == "*" else sector, "level": level, **dict(found.filters)}
            self.went.emit("firms", Selection(**chosen))
