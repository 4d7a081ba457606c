"""走访: draw the firms to visit, take in what was found, settle what assessors see differently."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import Page
from app.gui.widgets.disagreements import DisagreementsView
from app.gui.widgets.draw_form import DrawFormView
from app.gui.widgets.empty_state import EmptyState
from app.gui.widgets.facts import FactRow
from app.gui.widgets.judged_list import JudgedList
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import column, label, row
from app.gui.widgets.table import Table
from app.gui.widgets.tabs import Tabs
from app.gui.widgets.warning_bar import WarningBar
from app.present.pages.values import Empty
from app.present.pages.visits_values import VisitsPage

VIEWS = ("list", "labels", "disagreements", "overrides")
LEAST = 430  # height of the views: ten firms of the list


class VisitsPageView(Page):
    """Four views: the list, labels, disagreements, overrides; everything asked for goes up as a command."""

    id = "visits"
    needs = frozenset({"assessments", "responses", "waves", "judgements"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.facts, self.stale, self.tabs = FactRow(), WarningBar("visits.stale"), Tabs(VIEWS)
        self.form, self.visits = DrawFormView(), Table("table.visits")
        self.labels = JudgedList("labels", ("labels", "label"))
        self.disagreements, self.overrides = DisagreementsView(), JudgedList("overrides")
        self._title, self._note, self._none = label("title", wrap=False), label("note"), EmptyState("visits", "empty.list")
        self.notes = Notes()
        self._view: VisitsPage | None = None
        self._queue: Callable[[], None] | None = None  # shows the disagreements, once their tab is chosen
        self._views = QStackedWidget()
        self._views.setMinimumHeight(LEAST)
        for part in (self._list(), self.labels, self.disagreements, self.overrides):
            self._views.addWidget(part)
        for part in (self.stale, self.facts, self.tabs):
            self.body.addWidget(part)
        self.body.addWidget(self._views, 1)
        self.body.addWidget(self.notes)
        self._connect()

    def fill(self, view: VisitsPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self._view = view
        self.facts.display(view.facts, palette)
        self.stale.display((view.stale,) if view.stale else (), "", "study.assess", texts("page.classifier.step_unread"))
        counts = (
            len(view.list.table) if view.list is not None else 0,
            len(view.labels or ()),
            len(view.disagreements),
            len(view.overrides or ()),
        )
        words = tuple(texts(f"gui.visits.tab_{id_}", n=f"{n:,}") for id_, n in zip(VIEWS, counts, strict=True))
        self.tabs.restyle(words, palette)
        self.form.display(view.form, view.list is not None, texts, ready=not view.stale)
        self._show_list(view, texts, palette, words[0])
        self.labels.display(view.labels, texts, palette, (words[1], view.agreement))
        shown = (view.disagreements, view.levels, texts, palette, words[2])
        self._queue = lambda: self.disagreements.display(*shown)
        self._show(self._views.currentIndex())
        self.overrides.display(view.overrides, texts, palette, (words[3], texts("gui.judge.override_note")))
        self.notes.display(texts("gui.notes"), view.head.notes)

    def choose(self, id_: str) -> None:
        """Show the view `id_`."""
        self.tabs.choose(VIEWS.index(id_))
        self._show(VIEWS.index(id_))

    def _show(self, index: int) -> None:
        if VIEWS[index] == "disagreements" and self._queue is not None:
            show, self._queue = self._queue, None
            show()
        self._views.setCurrentIndex(index)

    def _show_list(self, view: VisitsPage, texts: Texts, palette: Palette, name: str) -> None:
        has = view.list is not None
        for part in (self._title, self._note, self.visits):
            part.setVisible(has)
        self._none.setVisible(not has)
        self._none.display(
            texts("gui.visits.none_list"),
            Empty(texts("gui.visits.no_list" if view.form is not None else "gui.visits.old_list")),
            palette,
        )
        if view.list is not None:
            self._title.setText(view.list.title)
            self._note.setText(view.list.note)
            self.visits.display(view.list.table, palette, name)

    def _list(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, 0, 8)
        layout.addWidget(self.form)
        above = row(spacing=16)
        above.addWidget(self._title)
        above.addWidget(self._note, 1)
        layout.addLayout(above)
        layout.addWidget(self.visits, 1)
        layout.addWidget(self._none, 1)
        return holder

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show)
        self.stale.asked.connect(lambda command: self._ask(command))
        self.form.drawn.connect(lambda parameters: self._ask("study.visits", **parameters))
        self.form.exported.connect(self._export)
        for part in (self.visits, self.labels, self.disagreements, self.overrides):
            part.opened.connect(self._open)
        self.labels.pressed.connect(self._press)
        self.disagreements.settled.connect(lambda parameters: self._ask("study.ruling", **parameters))

    def _press(self, id_: str) -> None:
        if id_ == "labels":
            self._ask("study.labels")
        elif self._view is not None:
            self._ask("judge.ask", kind="label", wave=self._view.wave, suggestions=self._view.suggestions)

    def _export(self) -> None:
        if self._view is not None and self._view.list is not None:
            self._ask("visits.export", list=self._view.list.id)

    def _open(self, position: str) -> None:
        if position:
            self._ask("firm.open", position=position)

    def _ask(self, command: str, **parameters: object) -> None:
        self.command_requested.emit(command, parameters)
