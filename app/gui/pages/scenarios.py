"""情景: suppose who does what, see at once where the share would be, and what the goal would take."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from app.domain.targets import Lever
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FigureCard
from app.gui.pages.base import Page
from app.gui.theme import GAP, INSIDE
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import column, label, row
from app.gui.widgets.scenario_editor import ScenarioEditor
from app.gui.widgets.section import ListingView, PassageView, SectionView
from app.present.pages.scenarios_values import ScenariosPage, Supposed

HEIGHT = 240
BESIDE = 980  # pixels of the page from which editor and figure stand side by side


class ScenariosPageView(Page):
    """The editor beside the comparison, then all that is assumed, then what the goal would take."""

    id = "scenarios"
    needs = frozenset({"progress", "targets", "responses", "waves", "assessments"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self._texts: Texts | None = None
        self._own_notes: tuple[str, ...] = ()
        self._palette: Palette | None = None
        self.editor, self.figure, self._none = ScenarioEditor(), FigureCard("figure.scenarios", HEIGHT), label("muted")
        self.table, self.assumed = ListingView("table.scenarios"), PassageView("passage.assumed")
        self.need, self.notes = SectionView("view.need"), Notes()
        self.editor.tried.connect(self._try)
        self.editor.wanted.connect(lambda given: self.command_requested.emit("study.scenario", given))
        self.editor.forgotten.connect(lambda name: self.command_requested.emit("scenario.forget", {"name": name}))
        for part in (self.figure, self.need):
            part.evidence.connect(self.evidence_requested)
        self._across = row(spacing=GAP)
        right = column(spacing=INSIDE)
        right.addWidget(self.figure)
        right.addWidget(self._none)
        right.addStretch()
        left = column(spacing=INSIDE)
        left.addWidget(self.editor)
        left.addStretch()
        self._across.addLayout(left, 1)
        self._across.addLayout(right, 1)
        self.body.addLayout(self._across)
        self.body.addWidget(self.table)
        self.body.addWidget(self.assumed)
        self.body.addWidget(self.need)
        self.body.addWidget(self.notes)
        self.body.addStretch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the figure beside the editor, or below it where there is no room for both."""
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def fill(self, view: ScenariosPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self._texts, self._palette, self._own_notes = texts, palette, view.head.notes
        self.show_supposed(view.supposed)
        self.editor.display(view, texts)

    def show_supposed(self, supposed: Supposed) -> None:
        """Show where the scenarios lead, the one on screen among them."""
        if self._texts is None or self._palette is None:
            return
        self.header.display(supposed.headline, self._texts("scenario.page.measure"))
        self.figure.setVisible(supposed.figure is not None)
        if supposed.figure is not None:
            self.figure.display(supposed.figure, self._texts, self._palette, supposed.headline)
        self._none.setText("" if supposed.figure is not None else self._texts("gui.scenario.nothing"))
        self._none.setVisible(supposed.figure is None and not supposed.result)  # else the result says why there is nothing
        self.table.setVisible(supposed.table is not None)
        if supposed.table is not None:
            self.table.display(supposed.table, self._palette)
        self.assumed.setVisible(supposed.assumed is not None)
        if supposed.assumed is not None:
            self.assumed.display(supposed.assumed)
        said = "" if supposed.need.headline == supposed.headline else supposed.need.headline
        self.need.display(replace(supposed.need, headline=said, notes=()), self._texts, self._palette)
        self.notes.display(self._texts("gui.notes"), (*supposed.need.notes, *self._own_notes))
        self.editor.say(supposed)

    def _try(self, goal: str, levers: tuple[Lever, ...], name: str) -> None:
        given = {"goal": goal, "levers": levers, "name": name, "show": self.show_supposed}
        self.command_requested.emit("scenario.try", given)
