"""目标详情: one goal in depth: its light, its numbers, its way, the models, the waves, what moved it, its text and history."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import Page
from app.gui.theme import GAP
from app.gui.widgets.facts import FactRow
from app.gui.widgets.goal_course import GoalCourse
from app.gui.widgets.goal_entries import GoalEntries
from app.gui.widgets.goal_text import GoalText
from app.gui.widgets.goal_verdict import VerdictCard
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import button, clear, column, label, row
from app.gui.widgets.section import SectionView
from app.gui.widgets.tabs import Tabs
from app.present.pages.goal_values import GoalPage, Version

SPACE = 28  # pixels between two numbers: all of them fit beside each other at 1280
VIEWS = ("course", "models", "waves", "change", "text")


class GoalPageView(Page):
    """Five views of one goal; everything that changes it goes up as a command, so that undo takes it back."""

    id = "goal"
    needs = frozenset({"progress", "responses", "waves", "targets", "assessments"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self._view: GoalPage | None = None
        self.choose_goal = button("goal.choose")
        self.choose_goal.clicked.connect(lambda _checked=False: self._choose_goal())
        self.header.tools.addWidget(self.choose_goal)
        self._document, self._badges = label("note"), row(spacing=6)
        self.verdict, self.facts, self.tabs = VerdictCard(), FactRow(SPACE), Tabs(VIEWS)
        self.course, self.models, self.text = GoalCourse(), SectionView("view.models"), GoalText()
        self.waves, self.change = SectionView("view.waves"), SectionView("view.change")
        self.reported, self.broken, self.notes = GoalEntries("reported"), GoalEntries("broken"), Notes()
        line = row(spacing=12)
        line.addLayout(self._badges)
        line.addWidget(self._document, 1)
        self.body.addLayout(line)
        for part in (self.verdict, self.facts, self.tabs):
            self.body.addWidget(part)
        self._views: dict[str, QWidget] = {
            "course": self._holder(self.course, self.notes),
            "models": self.models,
            "waves": self._holder(self.waves, self.reported, self.broken),
            "change": self.change,
            "text": self.text,
        }
        for view in self._views.values():
            self.body.addWidget(view)
        self.body.addStretch()
        self._connect()
        self._show(0)

    def choose(self, name: str) -> None:
        """Show view `name`."""
        self.tabs.choose(VIEWS.index(name))
        self._show(VIEWS.index(name))

    def fill(self, view: GoalPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        again = self._view is not None and self._view.goal == view.goal
        self._view = view
        self.choose_goal.setText(texts("gui.goal.choose"))
        self._document.setText(view.document)
        clear(self._badges)
        for badge in view.badges:
            self._badges.addWidget(label("badge", wrap=False, text=badge), alignment=Qt.AlignmentFlag.AlignTop)
        self.verdict.setVisible(view.verdict is not None)
        if view.verdict is not None:
            self.verdict.display(view.verdict, texts, palette)
        self.facts.display(view.facts, palette)
        self.course.display(view, texts, palette)
        for part, section in ((self.models, view.models), (self.waves, view.waves), (self.change, view.change)):
            part.setVisible(section is not None)
            if section is not None:
                part.display(section, texts, palette)
        self.reported.display(view.reported, view.report is not None, texts, palette)
        self.broken.display(view.broken, view.breaks is not None, texts, palette)
        self.text.display(view, texts, palette)
        self.notes.display(texts("gui.notes"), view.head.notes)
        self._name_tabs(view, texts, palette)
        if not again:
            self.choose("course")
        self._show(self._index())

    def _name_tabs(self, view: GoalPage, texts: Texts, palette: Palette) -> None:
        """Name the views; those that this goal has nothing for are gone."""
        words = {name: texts(f"gui.goal.tab_{name}") for name in VIEWS}
        if view.reported is not None and view.waves is None:
            words["waves"] = texts("gui.goal.tab_reported")
        if view.conflicts:
            words["text"] = texts("gui.goal.tab_text_n", n=len(view.conflicts))
        has = {
            "course": True,
            "models": view.models is not None,
            "waves": view.waves is not None or view.reported is not None,
            "change": view.change is not None,
            "text": True,
        }
        for name, part in zip(VIEWS, self.tabs.buttons, strict=True):
            part.setEnabled(has[name])
        self.tabs.restyle(tuple(words.values()), palette)
        for name, part in zip(VIEWS, self.tabs.buttons, strict=True):
            part.setVisible(has[name])
            if not has[name]:
                part.setFixedWidth(0)
        self.tabs.arrange()
        if not has[VIEWS[self._index()]]:
            self.choose("course")

    def _index(self) -> int:
        return next((place for place, part in enumerate(self.tabs.buttons) if part.isChecked()), 0)

    def _holder(self, *parts: QWidget) -> QWidget:
        holder = QWidget()
        layout = column(holder, 0, GAP)
        for part in parts:
            layout.addWidget(part)
        return holder

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._show)
        self.verdict.asked.connect(self._ask)
        for part in (self.verdict, self.facts, self.course, self.models, self.waves, self.change):
            part.evidence.connect(self.evidence_requested)
        for section in (self.models, self.waves, self.change):
            section.asked.connect(self._ask)
        self.text.asked.connect(self._ask)
        self.text.wanted.connect(self._restore)
        self.reported.added.connect(lambda: self._ask("goal.report"))
        self.reported.taken_back.connect(self._unreport)
        self.broken.added.connect(lambda: self._ask("goal.break"))
        self.broken.taken_back.connect(self._unbreak)

    def _show(self, index: int) -> None:
        for place, name in enumerate(VIEWS):
            self._views[name].setVisible(place == index)

    def _choose_goal(self) -> None:
        if self._view is not None:
            self.command_requested.emit("goal.choose", {"options": self._view.options})

    def _ask(self, command: str) -> None:
        """Ask for a command with what its dialog starts from."""
        view = self._view
        if view is None:
            return
        starts = {
            "goal.edit": {"form": view.form},
            "goal.withdraw": {"goal": view.goal, "name": view.form.name if view.form is not None else ""},
            "goal.report": {"form": view.report},
            "goal.break": {"form": view.breaks},
            "goal.prove": {"entry": view.goal},
        }
        self.command_requested.emit(command, starts.get(command, {}))

    def _restore(self, version: Version) -> None:
        if self._view is not None and self._view.form is not None:
            now = {field.name: field.value for field in self._view.form.fields}
            changed = tuple((name, value) for name, value in version.fields if now.get(name) != value)
            given = {"goal": self._view.goal, "name": self._view.form.name, "set": changed, "withdraw": not version.fields}
            self.command_requested.emit("goal.restore", given)

    def _unreport(self, day: str) -> None:
        if self._view is not None and day:
            self.command_requested.emit("study.reported", {"goal": self._view.goal, "date": day, "forget": True})

    def _unbreak(self, id_: str) -> None:
        wave, _, measure = id_.partition("|")
        if wave:
            self.command_requested.emit("study.break", {"wave": wave, "measure": measure, "forget": True})
