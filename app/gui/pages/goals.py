"""目标: the way to 2027, 2030 and 2035: the trajectory, a card a goal, and the checklist of the national opinions."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FigureCard
from app.gui.pages.base import Page
from app.gui.theme import INSIDE
from app.gui.widgets.checklist import Checklist
from app.gui.widgets.goal_card import GoalCardView
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import label
from app.present.pages.values import GoalCard, GoalsPage

MAIN = 320
CARD = 340  # narrowest card in pixels


class GoalsPageView(Page):
    """A click on a card shows its trajectory and opens its evidence."""

    id = "goals"
    needs = frozenset({"progress", "responses", "waves"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.main = FigureCard("figure.trajectory", MAIN)
        self.main.evidence.connect(self.evidence_requested)
        self.cards: list[GoalCardView] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(INSIDE)
        self._across = 0
        self._title = label("title", wrap=False)
        self.checklist = Checklist()
        self.notes = Notes()
        self.body.addWidget(self.main)
        self.body.addWidget(self._title)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.checklist)
        self.body.addWidget(self.notes)
        self.body.addStretch()

    def fill(self, view: GoalsPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self.main.display(view.main, texts, palette, view.head.headline)
        self._title.setText(texts("gui.goals.all", n=len(view.cards)))
        told = sorted(view.cards, key=lambda card: not card.value)  # what can be measured comes first, else the book's order
        self._show_cards(tuple(told), texts, palette)
        shown = view.main.id if view.main is not None else ""
        for card in self.cards:
            card.mark_chosen(bool(shown) and card.card is not None and card.card.figure == shown)
        self.checklist.display(view.checklist, texts)
        self.notes.display(texts("gui.notes"), view.head.notes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self._arrange()

    def _show_cards(self, cards: tuple[GoalCard, ...], texts: Texts, palette: Palette) -> None:
        while len(self.cards) > len(cards):
            self.cards.pop().deleteLater()
            self._across = 0
        while len(self.cards) < len(cards):
            card = GoalCardView()
            card.evidence.connect(self.evidence_requested)
            card.chosen.connect(lambda id_: self.command_requested.emit("goal.show", {"goal": id_}))
            self.cards.append(card)
            self._across = 0
        for part, value in zip(self.cards, cards, strict=True):
            part.display(value, texts, palette)
        self._arrange()

    def _arrange(self) -> None:
        across = max(1, (self.width() - 48) // (CARD + INSIDE))
        if across == self._across:
            return
        self._across = across
        for column in range(max(across, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // across, place % across)
