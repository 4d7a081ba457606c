"""收表: drop the files in, see what was received, what is wrong in it, and who has not reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QListWidget, QStackedWidget, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import Page
from app.gui.widgets.drop_area import DropArea
from app.gui.widgets.facts import FactRow
from app.gui.widgets.intake_form import IntakeForm
from app.gui.widgets.parts import choice, row
from app.gui.widgets.table import Table, search_field
from app.gui.widgets.tabs import Tabs
from app.present.pages.values import CollectPage

VIEWS = ("findings", "kinds", "sources", "absent")
SEVERITIES = ("", "error", "warning", "note")
ROOMY = 280  # height of the place to drop files while there is nothing else on the page


class CollectPageView(Page):
    """The received files and their findings; `finding.open` and `source.open` are asked for by row."""

    id = "collect"
    needs = frozenset({"sources", "findings", "waves", "responses"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.facts = FactRow()
        self.facts.evidence.connect(self.evidence_requested)
        self.drop = DropArea()
        self.drop.folder_asked.connect(lambda: self.command_requested.emit("study.collect", {"ask": "folder"}))
        self.drop.files_asked.connect(lambda: self.command_requested.emit("study.collect", {"ask": "files"}))
        self.form = IntakeForm()
        self.form.asked.connect(lambda parameters: self.command_requested.emit("study.collect", parameters))
        self.form.closed.connect(lambda: self.offer(()))
        self.sources = Table("table.sources", frozen=True)
        self.findings = Table("table.findings")
        self.kinds = Table("table.kinds")
        self.absent = QListWidget()
        self.findings.opened.connect(lambda id_: self.command_requested.emit("finding.open", {"finding": id_}))
        self.sources.opened.connect(lambda id_: self.command_requested.emit("source.open", {"source": id_}))
        self.kinds.opened.connect(lambda _id: self._narrow_to_kind())
        self._lay_out()

    def fill(self, view: CollectPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self.facts.display(view.facts, palette)
        self.drop.restyle(texts, palette)
        self.form.restyle(texts)
        counts = (len(view.findings), len(view.kinds), len(view.sources), len(view.absent))
        words = tuple(texts(f"gui.collect.{id_}", n=f"{n:,}") for id_, n in zip(VIEWS, counts, strict=True))
        self.tabs.restyle(words, palette)
        self.findings.display(view.findings, palette, words[0])
        self.kinds.display(view.kinds, palette, words[1])
        self.sources.display(view.sources, palette, words[2])
        self._show_absent(view.absent, texts)
        self._search.setPlaceholderText(texts("gui.collect.search"))
        self._search.setAccessibleName(texts("gui.collect.search"))
        self._word_severities(texts)

    def display(self, view: CollectPage, texts: Texts, palette: Palette) -> None:
        """Show the view; a study without files shows nothing but the place to drop them, and the form once they wait."""
        super().display(view, texts, palette)
        begun = view.head.empty is None
        for part in (self.facts, self._found, self._views):
            part.setVisible(begun)
        self.drop.setMinimumHeight(0 if begun else ROOMY)
        if not begun:
            self.drop.restyle(texts, palette)
            self.form.restyle(texts)
            self.header.display(view.head.headline, view.head.empty.why if view.head.empty is not None else "")
            self._stack.setCurrentIndex(0 if isinstance(view, CollectPage) else 1)

    def offer(self, paths: Sequence[Path], wave: str = "", date: str = "", design: str = "") -> None:
        """Ask how to take in `paths`; none closes the form."""
        if not paths and not self.form.isHidden():
            self.setFocus()  # else Qt hands the focus to the first entry of the rail
        self.drop.setVisible(not paths)
        self.form.offer(tuple(paths), wave, date, design)

    def _lay_out(self) -> None:
        self.tabs = Tabs(VIEWS)
        self._search = search_field("collect.search")
        self._severity = choice("collect.severity", SEVERITIES)
        self._search.textChanged.connect(lambda _text: self._filter())
        self._severity.currentIndexChanged.connect(lambda _index: self._filter())
        self._views = QStackedWidget()
        for view in (self.findings, self.kinds, self.sources, self.absent):
            self._views.addWidget(view)
        self._views.setMinimumHeight(280)
        self.tabs.chosen.connect(self._choose)
        self._found = QWidget()
        tools = row(self._found, spacing=8)
        tools.addWidget(self.tabs)
        tools.addStretch()
        tools.addWidget(self._severity)
        tools.addWidget(self._search)
        for part in (self.facts, self.drop, self.form):
            self.body.addWidget(part)
        self.body.addWidget(self._found)
        self.body.addWidget(self._views, 1)
        self.body.addStretch()

    def _choose(self, index: int) -> None:
        self._views.setCurrentIndex(index)
        for part in (self._severity, self._search):
            part.setVisible(VIEWS[index] == "findings")

    def _filter(self) -> None:
        self.findings.rows.filter(self._search.text(), self._severity.currentData())

    def _narrow_to_kind(self) -> None:
        self.tabs.choose(0)
        self._choose(0)
        self._search.setText(self.kinds.rows.text(self.kinds.currentIndex().row(), 0))

    def _show_absent(self, absent: tuple[str, ...], texts: Texts) -> None:
        self.absent.clear()
        self.absent.addItems(list(absent) or [texts("gui.collect.nobody_absent")])
        self.absent.setAccessibleName(texts("gui.collect.absent", n=len(absent)))

    def _word_severities(self, texts: Texts) -> None:
        self._severity.setAccessibleName(texts("gui.collect.severity"))
        for place, code in enumerate(SEVERITIES):
            self._severity.setItemText(place, texts(f"gui.severity.{code or 'all'}"))
