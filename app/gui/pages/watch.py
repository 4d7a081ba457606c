"""关注: agents and their register, jobs, models; three published views and one that is internal."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.selection import Selection
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import Page
from app.gui.widgets.agent_register import AgentRegisterView
from app.gui.widgets.facts import FactRow
from app.gui.widgets.parts import column
from app.gui.widgets.section import SectionView
from app.gui.widgets.tabs import Tabs
from app.present.marks import WATCHED, parse
from app.present.pages.watch_values import WatchPage

VIEWS = ("agents", "register", "jobs", "models")
SECTIONS = ("agents", "jobs", "models")


class WatchPageView(Page):
    """Tabs over one finding; a double click on a mark goes down to its firms."""

    id = "watch"
    needs = frozenset({"responses", "waves", "instrument"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self._shown: tuple[WatchPage, Texts, Palette] | None = None
        self._behind: set[str] = set()  # views that do not show the newest value yet
        self._view = VIEWS[0]
        self.facts, self.tabs = FactRow(), Tabs(VIEWS)
        self.facts.evidence.connect(self.evidence_requested)
        self.tabs.chosen.connect(self._show)
        self.sections = {name: SectionView(f"view.watch.{name}") for name in SECTIONS}
        for section in self.sections.values():
            section.evidence.connect(self.evidence_requested)
            section.down.connect(self._go_down)
            section.asked.connect(lambda command: self.command_requested.emit(command, {}))
        self.register = AgentRegisterView()
        self.register.firm.connect(lambda position: self.command_requested.emit("firm.open", {"position": position}))
        self.register.asked.connect(lambda command, wave: self.command_requested.emit(command, {"wave": wave}))
        self._views: dict[str, QWidget] = {"register": self.register, **self.sections}
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

    def fill(self, view: WatchPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header; what stands behind other tabs follows when they are chosen."""
        self._shown, self._behind = (view, texts, palette), set(VIEWS)
        self.facts.display(view.facts, palette)
        firms = len(view.register.table) if view.register.table is not None else 0
        self.tabs.restyle(tuple(texts(f"watch.page.tab.{name}", n=f"{firms:,}") for name in VIEWS), palette)
        self._catch_up()

    def _catch_up(self) -> None:
        """Bring the view on screen up to date."""
        if self._shown is None or self._view not in self._behind:
            return
        self._behind.discard(self._view)
        view, texts, palette = self._shown
        if self._view in self.sections:
            self.sections[self._view].display(getattr(view, self._view), texts, palette)
        else:
            self.register.display(view.register, texts, palette)

    def _show(self, index: int) -> None:
        self._view = VIEWS[index]
        self._catch_up()
        for place, name in enumerate(VIEWS):
            self._views[name].setVisible(place == index)

    def _go_down(self, mark: str) -> None:
        """Go to the firms of a sector."""
        found = parse(mark) if mark else None
        if found is None or found.kind not in WATCHED:
            return
        wave, sector, _what = found.parts
        self.went.emit("firms", Selection(**{"wave": wave, "sector": "" if sector == "*" else sector, **dict(found.filters)}))
