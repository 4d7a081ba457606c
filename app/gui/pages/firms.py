"""企业: every firm of the wave; a row opens all its answers with the cell each came from."""

from __future__ import annotations

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import Page
from app.gui.widgets.parts import row
from app.gui.widgets.table import Table, search_field
from app.present.pages.values import FirmsPage


class FirmsPageView(Page):
    """The firm table with search; `firm.open` is asked for by row."""

    id = "firms"
    needs = frozenset({"responses", "assessments", "findings"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.firms = Table("table.firms", frozen=True)
        self.firms.setMinimumHeight(320)
        self.firms.opened.connect(self._open)
        self.search = search_field("firms.search")
        self.search.textChanged.connect(self.firms.rows.filter)
        tools = row(spacing=8)
        tools.addWidget(self.search, 1)
        tools.addStretch(2)
        self.body.addLayout(tools)
        self.body.addWidget(self.firms, 1)

    def fill(self, view: FirmsPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self.search.setPlaceholderText(texts("gui.firms.search"))
        self.search.setAccessibleName(texts("gui.firms.search"))
        self.firms.display(view.firms, palette, texts("gui.page.firms"))

    def _open(self, position: str) -> None:
        self.command_requested.emit("firm.open", {"position": position})
