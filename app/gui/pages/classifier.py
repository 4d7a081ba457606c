"""分类器: the model beside its baselines, how far its chances can be believed, for whom it errs, and its card."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FigureCard
from app.gui.pages.base import Page
from app.gui.theme import GAP
from app.gui.widgets.facts import FactRow
from app.gui.widgets.model_card import ModelCardView
from app.gui.widgets.notes import Notes
from app.gui.widgets.part_view import PartView
from app.gui.widgets.parts import button, column, label, row
from app.gui.widgets.tabs import Tabs
from app.gui.widgets.warning_bar import WarningBar
from app.present.pages.classifier_values import ClassifierPage

VIEWS = ("result", "calibration", "groups", "card")
CONFUSION, CALIBRATION = 330, 350
GROUP_ROWS = 18


class ClassifierPageView(Page):
    """Four views of one report; `study.model` is asked for by its button."""

    id = "classifier"
    needs = frozenset({"assessments", "responses", "waves", "judgements"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.export = button("model.export")
        self.export.clicked.connect(lambda _checked=False: self.command_requested.emit("study.model", {}))
        self.header.tools.addWidget(self.export)
        self.warnings, self.facts, self.tabs = WarningBar("classifier.warnings"), FactRow(), Tabs(VIEWS)
        self.models, self.levels = PartView("table.models"), PartView("table.levels")
        self.choice = label()
        self.confusion = FigureCard("figure.confusion", CONFUSION)
        self.calibration = FigureCard("figure.calibration", CALIBRATION)
        self.conformal, self.card = PartView("table.conformal"), ModelCardView()
        self.groups, self.drift = PartView("table.groups", GROUP_ROWS), PartView("table.drift", GROUP_ROWS)
        self.notes = Notes()
        self._views = (self._results(), self._chances(), self._errors(), self.card)
        self.tabs.chosen.connect(self._choose)
        for part in (self.warnings, self.facts, self.tabs, *self._views, self.notes):
            self.body.addWidget(part)
        self.body.addStretch()
        self._choose(0)

    def fill(self, view: ClassifierPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self.export.setText(texts("gui.classifier.export"))
        self.export.setVisible(view.exports)
        self.warnings.display(view.warnings, texts("gui.classifier.warnings"))
        self.facts.display(view.facts, palette)
        self.tabs.restyle(tuple(texts(f"gui.classifier.tab_{id_}") for id_ in VIEWS), palette)
        self.models.display(view.models, palette)
        self.choice.setText(view.choice)
        self.choice.setVisible(bool(view.choice))
        self.levels.display(view.levels, palette)
        self.confusion.display(view.confusion, texts, palette, view.head.headline)
        self.calibration.display(view.calibration, texts, palette, view.head.headline)
        self.conformal.display(view.conformal, palette, texts("page.classifier.no_conformal"))
        self.groups.display(view.groups, palette, texts("page.classifier.no_groups"))
        self.drift.display(view.drift, palette, texts("page.classifier.no_drift"))
        self.card.display(view.card, texts("gui.classifier.no_card"))
        self.notes.display(texts("gui.notes"), view.head.notes)

    def choose(self, id_: str) -> None:
        """Show the view `id_`."""
        self.tabs.choose(VIEWS.index(id_))
        self._choose(VIEWS.index(id_))

    def _choose(self, index: int) -> None:
        for place, part in enumerate(self._views):
            part.setVisible(place == index)

    def _results(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, 0, 12)
        layout.addWidget(self.models)
        layout.addWidget(self.choice)
        layout.addLayout(_beside(self.confusion, self.levels, (5, 2)))
        return holder

    def _chances(self) -> QWidget:
        holder = QWidget()
        column(holder).addLayout(_beside(self.calibration, self.conformal, (5, 4)))
        return holder

    def _errors(self) -> QWidget:
        holder = QWidget()
        column(holder).addLayout(_beside(self.groups, self.drift, (7, 3)))
        return holder


def _beside(left: QWidget, right: QWidget, shares: tuple[int, int]) -> QHBoxLayout:
    layout = row(spacing=GAP)
    layout.addWidget(left, shares[0], Qt.AlignmentFlag.AlignTop)
    layout.addWidget(right, shares[1], Qt.AlignmentFlag.AlignTop)
    return layout
