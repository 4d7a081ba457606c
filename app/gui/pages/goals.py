"""目标: the wall of all goals, the checklist of evidence, and the goal book."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import Page
from app.gui.widgets.checklist import ChecklistView
from app.gui.widgets.goal_book import GoalBookView
from app.gui.widgets.tabs import Tabs
from app.gui.widgets.wall import WallView
from app.present.pages.goals_values import GoalsPage

VIEWS = ("wall", "list", "book")


class GoalsPageView(Page):
    """A click on the wall opens evidence, a double click the goal. What stands behind other tabs follows when they are chosen."""

    id = "goals"
    needs = frozenset({"progress", "responses", "waves", "targets"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self._shown: tuple[GoalsPage, Texts, Palette] | None = None
        self._behind: set[str] = set()
        self._view = VIEWS[0]
        self.tabs = Tabs(VIEWS)
        self.tabs.chosen.connect(lambda index: self.choose(VIEWS[index]))
        self.wall, self.list, self.book = WallView(), ChecklistView(), GoalBookView()
        self.wall.evidence.connect(self.evidence_requested)
        self.wall.goal.connect(self._open)
        self.list.recorded.connect(lambda given: self.command_requested.emit("study.proof", given))
        self.book.goal.connect(self._open)
        self.book.asked.connect(self.command_requested)
        self._views: dict[str, QWidget] = {"wall": self.wall, "list": self.list, "book": self.book}
        self.body.addWidget(self.tabs)
        for part in self._views.values():
            self.body.addWidget(part)
        self.body.addStretch()
        self.choose(VIEWS[0])

    def choose(self, name: str) -> None:
        """Show view `name`."""
        self._view = name
        self.tabs.choose(VIEWS.index(name))
        self._catch_up()
        for view, part in self._views.items():
            part.setVisible(view == name)

    def show_entry(self, id_: str) -> None:
        """Show what is known of an entry of the checklist."""
        self.choose("list")
        self.list.choose(id_)

    def fill(self, view: GoalsPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self._shown, self._behind = (view, texts, palette), set(VIEWS)
        clashes = len(view.book.clashes)
        words = {name: texts(f"wall.tab.{name}") for name in VIEWS}
        words["book"] = texts("wall.tab.book_n", n=clashes) if clashes else words["book"]
        self.tabs.restyle(tuple(words.values()), palette)
        self._catch_up()

    def _catch_up(self) -> None:
        """Bring the view on screen up to date."""
        if self._shown is None or self._view not in self._behind:
            return
        self._behind.discard(self._view)
        view, texts, palette = self._shown
        if self._view == "wall":
            self.wall.display(view.wall, texts, palette)
        elif self._view == "list":
            self.list.display(view.checklist, texts, palette)
        else:
            self.book.display(view.book, texts, palette)

    def _open(self, id_: str) -> None:
        self.command_requested.emit("goal.show", {"goal": id_})
