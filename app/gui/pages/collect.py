"""收表: drop the files in, see who sent what, answer what is asked, put wrong cells right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.domain.findings import CellReference
from app.domain.task import FileProgress
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import Page
from app.gui.panels import place_text
from app.gui.widgets.collect_tools import CollectTools
from app.gui.widgets.decided import DecidedView
from app.gui.widgets.drop_area import DropArea
from app.gui.widgets.facts import FactRow
from app.gui.widgets.findings_view import FindingsView
from app.gui.widgets.firm_pairs import FirmPairView
from app.gui.widgets.intake_form import IntakeForm
from app.gui.widgets.overview import Overview
from app.gui.widgets.parts import column
from app.gui.widgets.question_card import KEYS
from app.gui.widgets.questions import Asker, QuestionList
from app.gui.widgets.reporting import ReportingView
from app.gui.widgets.revision import RevisionPanel
from app.gui.widgets.table import Table
from app.gui.widgets.tabs import Tabs
from app.present.pages.collect_values import RevisionView
from app.present.pages.values import CollectPage, PageTable

VIEWS = ("overview", "questions", "pairs", "revisions", "findings", "kinds", "sources", "register", "decided")
ALWAYS = ("overview", "findings", "kinds", "sources")  # tabs that stay when they are empty
ROOMY = 280  # height of the place to drop files while there is nothing else on the page


class CollectPageView(Page):
    """The coverage matrix, questions, findings and workbooks; everything asked for goes up as a command."""

    id = "collect"
    needs = frozenset({"sources", "findings", "waves", "responses", "questions", "guidance", "register"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.drop, self.form, self.facts = DropArea(), IntakeForm(), FactRow()
        self.overview, self.questions, self.pairs = Overview(), QuestionList(), FirmPairView()
        self.revisions, self.list = RevisionPanel(), FindingsView()
        self.sources, self.kinds = Table("table.sources", frozen=True), Table("table.kinds")
        self.findings = self.list.table
        self.reporting, self.decided = ReportingView(), DecidedView()
        self.tabs = Tabs(VIEWS)
        self.tools = CollectTools()
        self._texts: Texts | None = None
        self._palette: Palette | None = None
        self._shown: CollectPage | None = None
        self._lay_out()
        self._connect()

    def fill(self, view: CollectPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self.facts.display(view.facts, palette)
        self.overview.display(view, texts, palette)
        self.questions.display(view.questions, texts, palette)
        self.pairs.display(view.pairs, texts, palette)
        self.revisions.display(view.revised, texts)
        self.reporting.display(view.reporting, texts, palette)
        decided = view.decided or PageTable((), (), ())
        counts = _counts(view)
        there = _there(view, counts)
        words = tuple(texts(f"collect.tab.{id_}", n=f"{counts.get(id_, 0):,}") for id_ in VIEWS)
        self.tabs.restyle(words, palette)
        for part, id_ in zip(self.tabs.buttons, VIEWS, strict=True):
            part.setVisible(id_ in there)
        if not self.tabs.buttons[self._views.currentIndex()].isVisibleTo(self.tabs):
            self.choose("overview")
        self.list.display(view.findings, texts, palette, words[VIEWS.index("findings")])
        self.kinds.display(view.kinds, palette, words[VIEWS.index("kinds")])
        self.sources.display(view.sources, palette, words[VIEWS.index("sources")])
        self.decided.display(decided, texts, palette, words[VIEWS.index("decided")])

    def display(self, view: CollectPage, texts: Texts, palette: Palette) -> None:
        """Show the view; a study without files shows nothing but the place to drop them, and the form once they wait."""
        self._texts, self._palette, self._shown = texts, palette, view
        super().display(view, texts, palette)
        self._begun = view.head.empty is None
        self.drop.setMinimumHeight(0 if self._begun else ROOMY)
        self.drop.restyle(texts, palette)
        self.form.restyle(texts)
        self.overview.restyle(texts, palette)
        self.tools.restyle(texts)
        self._show_parts(self._begun)
        if not self._begun:
            self.overview.clear()
            self.header.display(view.head.headline, view.head.empty.why if view.head.empty is not None else "")
            self._stack.setCurrentIndex(0 if isinstance(view, CollectPage) else 1)

    def offer(self, paths: Sequence[Path], wave: str = "", date: str = "", design: str = "") -> None:
        """Ask how to take in `paths`; none closes the form."""
        if not paths and not self.form.isHidden():
            self.setFocus()  # else Qt hands the focus to the first entry of the rail
        self.drop.setVisible(not paths and not self._begun)
        self.form.offer(tuple(paths), wave, date, design)

    def begin(self, wave: str) -> None:
        """Files are about to be read into `wave`: the matrix comes on screen and fills."""
        self.overview.begin(wave)
        self.choose("overview")
        self._show_parts(True)
        self.tabs.setVisible(self._begun)

    def follow(self, events: Sequence[FileProgress]) -> None:
        """Show how files under way stand."""
        self.overview.follow(events)

    def end(self) -> None:
        """Nothing is being read any more."""
        self.overview.end()
        self._show_parts(self._begun)
        if self._shown is not None and self._texts is not None and self._palette is not None:
            self.display(self._shown, self._texts, self._palette)

    def ask_again(self) -> None:
        """Nothing came of the answers given last: ask once more."""
        for part in (self.overview.deck, self.questions, self.pairs):
            part.again()

    def show_diff(self, view: RevisionView) -> None:
        """Show what a correction would change."""
        if self._texts is not None and self._palette is not None:
            self.revisions.show_diff(view, self._texts, self._palette)

    def show_findings(self, file: str) -> None:
        """Show what was found in one workbook."""
        self.list.narrow(file=file)
        self.choose("findings")

    def choose(self, id_: str) -> None:
        """Show the view `id_`."""
        self.tabs.choose(VIEWS.index(id_))
        self._choose(VIEWS.index(id_))

    def _lay_out(self) -> None:
        self._begun = False
        self.header.tools.addWidget(self.tools)
        self._views = QStackedWidget()
        self._views.setMinimumHeight(280)
        received = QWidget()
        inner = column(received, 0, 12)
        inner.addWidget(self.facts)
        inner.addWidget(self.sources, 1)
        first = (self.overview, self.questions, self.pairs, self.revisions, self.list, self.kinds)
        for part in (*first, received, self.reporting, self.decided):
            self._views.addWidget(part)
        for above in (self.drop, self.form, self.tabs):
            self.body.addWidget(above)
        self.body.addWidget(self._views, 1)
        self.body.addStretch()

    def _connect(self) -> None:
        self.drop.folder_asked.connect(lambda: self._ask("study.collect", ask="folder"))
        self.drop.files_asked.connect(lambda: self._ask("study.collect", ask="files"))
        self.tools.asked.connect(self.command_requested)
        for number in range(1, KEYS + 1):
            key = QShortcut(QKeySequence(str(number)), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda number=number: self._press(number))
        self.form.asked.connect(lambda parameters: self.command_requested.emit("study.collect", parameters))
        self.form.closed.connect(lambda: self.offer(()))
        self.facts.evidence.connect(self.evidence_requested)
        self.tabs.chosen.connect(self._choose)
        self.list.opened.connect(lambda id_: self._ask("finding.open", finding=id_))
        self.sources.opened.connect(lambda id_: self._ask("source.open", source=id_))
        self.kinds.opened.connect(lambda _id: self._narrow_to_kind())
        self.overview.asked.connect(self._open_coverage)
        self.overview.counted.connect(self._tell)
        self.overview.deck.all_asked.connect(lambda: self.choose("questions"))
        for part in (self.overview.deck, self.questions, self.pairs):
            part.answered.connect(lambda id_, answer: self._ask("study.decide", question=id_, answer=answer))
            part.place_asked.connect(self._open_cell)
        for part in (self.overview.deck, self.questions):
            part.examples_asked.connect(lambda card, part=part: self._ask("examples.read", card=card, show=part.show_texts))
        self.revisions.asked.connect(lambda source: self._ask("revision.open", source=source))
        self.revisions.accepted.connect(lambda source, rows: self._ask("study.accept", source=source, rows=rows))
        self.revisions.kept.connect(lambda source, rows: self._ask("study.accept", source=source, rows=rows, keep=True))
        self.decided.forgotten.connect(lambda ids: self._ask("study.decide", forget=ids))

    def _press(self, number: int) -> None:
        """A number key answers whatever question is on screen."""
        askers: dict[str, Asker | FirmPairView]
        askers = {"overview": self.overview.deck, "questions": self.questions, "pairs": self.pairs}
        asker = askers.get(VIEWS[self._views.currentIndex()])
        if asker is not None and asker.isVisible():
            asker.press(number)

    def _ask(self, command: str, **parameters: object) -> None:
        self.command_requested.emit(command, parameters)

    def _open_cell(self, place: CellReference) -> None:
        self._ask("cell.open", place=place_text(place))

    def _open_coverage(self, kind: str, _sender: str, key: str) -> None:
        """A count leads to what is counted, everything else to the workbook."""
        name = self.overview.coverage.table.name_of(key)
        if kind in ("errors", "warnings"):
            self.list.narrow(kind.removesuffix("s"), file=name)
            self.choose("findings")
        elif kind == "questions":
            self.choose("questions" if self.questions.cards else "pairs" if self.pairs.pairs else "overview")
        else:
            self._ask("source.open", source=key)

    def _tell(self, done: int, files: int) -> None:
        """Say in the headline how many files are read."""
        if self._texts is not None:
            self.header.display(self._texts("collect.live", done=f"{done:,}", n=f"{files:,}"), self._texts("collect.live_note"))

    def _choose(self, index: int) -> None:
        self._views.setCurrentIndex(index)
        if VIEWS[index] == "revisions":
            self.revisions.begin()

    def _narrow_to_kind(self) -> None:
        self.list.narrow(problem=self.kinds.rows.text(self.kinds.currentIndex().row(), 0))
        self.choose("findings")

    def _show_parts(self, begun: bool) -> None:
        """While nothing is there, only the place to drop files; afterwards the views, with the tools in the header."""
        for part in (self.tabs, self._views, self.tools):
            part.setVisible(begun)
        self.drop.setVisible(not begun and self.form.isHidden())


def _counts(view: CollectPage) -> dict[str, int]:
    """How much waits in each view, by its id."""
    return {
        "questions": len(view.questions),
        "pairs": len(view.pairs),
        "revisions": sum(not file.settled for file in view.revised),
        "findings": len(view.findings),
        "kinds": len(view.kinds),
        "sources": len(view.sources),
        "register": len(view.reporting.absent) if view.reporting is not None else 0,
        "decided": len(view.decided or ()),
    }


def _there(view: CollectPage, counts: dict[str, int]) -> set[str]:
    """The views that have something to show, even where nothing waits in them."""
    kept = {"revisions": bool(view.revised), "register": view.reporting is not None}
    return {*ALWAYS, *(id_ for id_, n in counts.items() if n), *(id_ for id_, has in kept.items() if has)}
