"""One view of a page: its finding, figures and tables in rows, and what to know about them; kept while its shape stays."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.figure import Figure
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FigureCard
from app.gui.theme import GAP, INSIDE, ROW
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import button, clear, column, label, row
from app.gui.widgets.table import Table
from app.present.pages.section import Listing, Part, Passage, Section, parts_of

HEAD = 34  # of a table's header, with its line
HEIGHT = 240  # least of a figure
SHARES: dict[type, int] = {Figure: 5, Listing: 7, Passage: 4}  # of a row's width, where parts stand side by side
MARK_SIGN = "|"  # every evidence mark has one; ids of other rows have none


class PassageView(QWidget):
    """Sentences under a title."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._title, self._text = label("title"), label("muted")
        layout = column(self, 0, 8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)

    def display(self, passage: Passage) -> None:
        """Show `passage`."""
        self._title.setText(passage.title)
        self._text.setText("\n".join(passage.sentences))


class ListingView(QWidget):
    """A table under its title. `evidence(mark)` on a row that can be walked back."""

    evidence = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._title, self._note = label("title"), label("note")
        self.table = Table(name, frozen=True)
        self.table.opened.connect(self._open)
        self._opens, self._rows = False, 0
        layout = column(self, 0, 6)
        for part in (self._title, self.table, self._note):
            layout.addWidget(part)

    def display(self, listing: Listing, palette: Palette) -> None:
        """Show `listing`."""
        self._opens = listing.opens
        self._title.setText(listing.title)
        self._note.setText("\n".join(listing.notes))
        self._note.setVisible(bool(listing.notes))
        self._rows = min(len(listing.table), listing.most)
        self.table.display(listing.table, palette, listing.title)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Leave room for the bar of a table that is wider than its place, so that it hides no row."""
        bar = self.table.horizontalScrollBar()
        self.table.setFixedHeight(HEAD + ROW * self._rows + 4 + (bar.sizeHint().height() if bar.maximum() > 0 else 0))

    def _open(self, id_: str) -> None:
        if self._opens and MARK_SIGN in id_:
            self.evidence.emit(id_)


class SectionView(QWidget):
    """`evidence(mark)` from a figure or a row, `down(mark)` from a double click on a figure, `asked(command)` from its button."""

    evidence = Signal(str)
    down = Signal(str)
    asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._command = ""
        self._headline, self.notes, self.step = label("title"), Notes(), button(f"{name}.step", "primary")
        self.step.clicked.connect(lambda _checked=False: self.asked.emit(self._command))
        self._rows = column(spacing=GAP)
        self._parts: list[QWidget] = []
        self._shape: tuple[tuple[tuple[type, str], ...], ...] = ()
        layout = column(self, 0, INSIDE)
        layout.addWidget(self._headline)
        layout.addWidget(self.step, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._rows)
        layout.addWidget(self.notes)
        layout.addStretch()

    def display(self, section: Section, texts: Texts, palette: Palette) -> None:
        """Show `section`; its parts are built anew only when they are others."""
        self._headline.setText(section.headline)
        self._headline.setVisible(bool(section.headline))
        self.step.setVisible(section.step is not None)
        if section.step is not None:
            self._command = section.step.command
            self.step.setText(section.step.label)
        shape = tuple(tuple((type(part), part.id) for part in line) for line in section.rows)
        if shape != self._shape:
            self._shape = shape
            self._build(section)
        for widget, part in zip(self._parts, parts_of(section), strict=True):
            if isinstance(widget, FigureCard) and isinstance(part, Figure):
                widget.display(part, texts, palette, section.headline)
            elif isinstance(widget, ListingView) and isinstance(part, Listing):
                widget.display(part, palette)
            elif isinstance(widget, PassageView) and isinstance(part, Passage):
                widget.display(part)
        self.notes.display(texts("gui.notes"), section.notes)

    def _build(self, section: Section) -> None:
        clear(self._rows)
        self._parts = []
        for line in section.rows:
            across = row(spacing=GAP)
            for part in line:
                widget = self._widget(part)
                self._parts.append(widget)
                across.addWidget(widget, SHARES[type(part)], Qt.AlignmentFlag.AlignTop)
            self._rows.addLayout(across)

    def _widget(self, part: Part) -> QWidget:
        if isinstance(part, Figure):
            card = FigureCard(f"figure.{part.id}", HEIGHT)
            card.evidence.connect(self.evidence)
            card.down.connect(self.down)
            return card
        if isinstance(part, Listing):
            listing = ListingView(f"table.{part.id}")
            listing.evidence.connect(self.evidence)
            return listing
        return PassageView(f"passage.{part.id}")
