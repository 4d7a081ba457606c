"""评估: how ready the sectors are: the profile of each, and behind it levels, ranks, changes, candidates and types."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.selection import Selection
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FigureCard
from app.gui.pages.base import Page
from app.gui.theme import GAP, INSIDE
from app.gui.widgets.facts import FactRow
from app.gui.widgets.natives import NativesPart
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import column, row
from app.gui.widgets.section import SectionView
from app.gui.widgets.tabs import Tabs
from app.present.marks import OF_SECTORS, parse
from app.present.pages.readiness_values import NativeCard
from app.present.pages.values import ReadinessPage

VIEWS = ("profile", "levels", "ranking", "changes", "natives", "kinds")
SECTIONS = ("levels", "ranking", "changes", "kinds")
MAIN = 330


class ReadinessPageView(Page):
    """Tabs over one finding; a double click on a mark goes down to its firms."""

    id = "readiness"
    needs = frozenset({"assessments", "responses", "waves", "judgements"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self._texts: Texts | None = None
        self._shown: tuple[ReadinessPage, Texts, Palette] | None = None
        self._behind: set[str] = set()  # views that do not show the newest value yet
        self._view = VIEWS[0]
        self.facts = FactRow()
        self.facts.evidence.connect(self.evidence_requested)
        self.tabs = Tabs(VIEWS)
        self.tabs.chosen.connect(self._show)
        self.sections = {name: SectionView(f"view.{name}") for name in SECTIONS}
        self.natives = NativesPart()
        self.natives.judged.connect(self._judge)
        self.natives.firm.connect(lambda position: self.command_requested.emit("firm.open", {"position": position}))
        self._views: dict[str, QWidget] = {"profile": self._profile(), "natives": self.natives, **self.sections}
        self.main.evidence.connect(self.evidence_requested)
        self.main.down.connect(self._go_down)
        for section in self.sections.values():
            section.evidence.connect(self.evidence_requested)
            section.down.connect(self._go_down)
            section.asked.connect(lambda command: self.command_requested.emit(command, {}))
        holder = column(spacing=0)
        for name in VIEWS:
            holder.addWidget(self._views[name])
        self.body.addWidget(self.facts)
        self.body.addWidget(self.tabs)
        self.body.addLayout(holder)
        self.body.addStretch()
        self._show(0)

    def choose(self, name: str) -> None:
        """Show view `name`."""
        self.tabs.choose(VIEWS.index(name))
        self._show(VIEWS.index(name))

    def fill(self, view: ReadinessPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header; what stands behind other tabs follows when they are chosen."""
        self._texts, self._shown, self._behind = texts, (view, texts, palette), set(VIEWS)
        self.facts.display(view.facts, palette)
        waiting = sum(card.state == "candidate" for card in view.views.natives.cards)
        words = {name: texts(f"assess.tab.{name}") for name in VIEWS}
        words["natives"] = texts("assess.tab.natives_n", n=waiting) if waiting else words["natives"]
        self.tabs.restyle(tuple(words.values()), palette)
        self._catch_up()

    def _catch_up(self) -> None:
        """Bring the view on screen up to date."""
        if self._shown is None or self._view not in self._behind:
            return
        self._behind.discard(self._view)
        view, texts, palette = self._shown
        if self._view in self.sections:
            self.sections[self._view].display(getattr(view.views, self._view), texts, palette)
        elif self._view == "natives":
            self.natives.display(view.views.natives, texts, palette)
        else:
            self.main.display(view.main, texts, palette, view.head.headline)
            self.classifier.display(texts("gui.readiness.classifier"), view.classifier)
            self.notes.display(texts("gui.notes"), view.head.notes)

    def _profile(self) -> QWidget:
        self.main, self.classifier, self.notes = FigureCard("figure.main", MAIN), Notes(), Notes()
        below = row(spacing=GAP)
        below.addWidget(self.notes, 1, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.classifier, 1, Qt.AlignmentFlag.AlignTop)
        part = QWidget()
        layout = column(part, 0, INSIDE)
        layout.addWidget(self.main)
        layout.addLayout(below)
        return part

    def _show(self, index: int) -> None:
        self._view = VIEWS[index]
        self._catch_up()
        for place, name in enumerate(VIEWS):
            self._views[name].setVisible(place == index)

    def _go_down(self, mark: str) -> None:
        found = parse(mark) if mark else None
        if found is None or found.kind not in OF_SECTORS:
            return
        wave, sector, *rest = (*found.parts, "")
        level = rest[0] if found.kind == "share" and not rest[0].endswith("+") else ""
        chosen = {"wave": wave, "sector": "" if sector == "*" else sector, "level": level, **dict(found.filters)}
        self.went.emit("firms", Selection(**chosen))

    def _judge(self, card: NativeCard, yes: bool) -> None:
        from app.gui.dialogs.confirm import Candidate, ConfirmDialog

        if self._texts is None:
            return

        def answered(who: str, why: str) -> None:
            given = {"firm": card.firm, "answer": "yes" if yes else "no", "who": who, "why": why, "wave": card.wave}
            self.command_requested.emit("study.confirm", given)

        ConfirmDialog(self, Candidate(card.name, yes), self._texts, answered).open()
