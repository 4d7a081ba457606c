"""权重: set what each pillar counts and see at once which ranks move; then how much the ranks owe to such choices."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FigureCard
from app.gui.pages.base import Page
from app.gui.theme import GAP, INSIDE
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import column, label, row
from app.gui.widgets.section import SectionView
from app.gui.widgets.tabs import Tabs
from app.gui.widgets.versions import VersionsPart
from app.gui.widgets.weight_editor import WeightEditor
from app.present.pages.weights_values import Moves, WeightsPage

VIEWS = ("editor", "robustness", "coherence", "versions")
HEIGHT = 320
BESIDE = 960  # pixels of the page from which editor and figure stand side by side


class WeightsPageView(Page):
    """The editor beside what it does; a version is put in force with a reason and a name."""

    id = "weights"
    needs = frozenset({"assessments", "responses", "judgements", "waves"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self._texts: Texts | None = None
        self._palette: Palette | None = None
        self.tabs, self.editor = Tabs(VIEWS), WeightEditor()
        self.moves, self._none = FigureCard("figure.moves", HEIGHT), label("muted")
        self.robustness, self.coherence = SectionView("view.robustness"), SectionView("view.coherence")
        self.versions, self.notes = VersionsPart(), Notes()
        self.tabs.chosen.connect(self._show)
        self.editor.tried.connect(self._try)
        self.editor.wanted.connect(self._set)
        self.versions.wanted.connect(lambda id_: self.command_requested.emit("study.weights", {"use": id_}))
        for part in (self.moves, self.robustness, self.coherence):
            part.evidence.connect(self.evidence_requested)
        for section in (self.robustness, self.coherence):
            section.asked.connect(lambda command: self.command_requested.emit(command, {}))
        self._views: dict[str, QWidget] = {
            "editor": self._setting(),
            "robustness": self.robustness,
            "coherence": self.coherence,
            "versions": self.versions,
        }
        holder = column(spacing=0)
        for name in VIEWS:
            holder.addWidget(self._views[name])
        self.body.addWidget(self.tabs)
        self.body.addLayout(holder)
        self.body.addStretch()
        self._show(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the figure beside the editor, or below it where there is no room for both."""
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def choose(self, name: str) -> None:
        """Show view `name`."""
        self.tabs.choose(VIEWS.index(name))
        self._show(VIEWS.index(name))

    def fill(self, view: WeightsPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self._texts, self._palette = texts, palette
        words = {name: texts(f"assess.tab.{name}") for name in ("editor", "robustness", "coherence")}
        if view.flags:
            words["coherence"] = texts("assess.tab.coherence_n", n=view.flags)
        versions = texts("assess.tab.versions", n=len(view.versions) - 1 if view.versions is not None else 0)
        self.tabs.restyle((*words.values(), versions), palette)
        self.show_moves(view.editor.moves)
        self.editor.display(view.editor, texts, palette)
        self.robustness.display(view.robustness, texts, palette)
        self.coherence.display(view.coherence, texts, palette)
        self.versions.display(view, texts, palette)
        self.notes.display(texts("gui.notes"), view.head.notes)

    def show_moves(self, moves: Moves) -> None:
        """Show what the weights on screen do."""
        if self._texts is None or self._palette is None:
            return
        self.moves.display(moves.figure, self._texts, self._palette)
        self._none.setText("" if moves.figure is not None else moves.headline)
        self._none.setVisible(moves.figure is None)

    def _setting(self) -> QWidget:
        part = QWidget()
        self._across = row(spacing=GAP)
        right = column(spacing=INSIDE)
        right.addWidget(self.moves)
        right.addWidget(self._none)
        self._across.addWidget(self.editor, 1, Qt.AlignmentFlag.AlignTop)
        self._across.addLayout(right, 1)
        layout = column(part, 0, INSIDE)
        layout.addLayout(self._across)
        layout.addWidget(self.notes)
        return part

    def _show(self, index: int) -> None:
        for place, name in enumerate(VIEWS):
            self._views[name].setVisible(place == index)

    def _try(self, weights: tuple[tuple[str, float], ...], aggregation: str) -> None:
        given = {"weights": weights, "aggregation": aggregation, "show": self.show_moves}
        self.command_requested.emit("weights.try", given)

    def _set(self, weights: tuple[tuple[str, float], ...], aggregation: str, why: str, who: str) -> None:
        given = {"set": weights, "aggregation": aggregation, "why": why, "who": who}
        self.command_requested.emit("study.weights", given)
