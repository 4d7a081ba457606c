"""The register of agents: its firms as dots and as rows, for the bureau alone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.drawing import Drawing
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.canvas import DrawingCanvas
from app.gui.charts.figure_card import even_type
from app.gui.theme import ROW
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import button, column, frame, label, row
from app.gui.widgets.table import Table, search_field
from app.present.pages.values import PageTable
from app.present.pages.watch_values import RegisterView

HEIGHT, HEAD = 340, 34
LEAST_ROWS, MOST_ROWS = 3, 14


class AgentRegisterView(QWidget):
    """`firm(position)` from a row or the dot of one firm, `asked(command, wave)` from its button; other dots narrow the rows."""

    firm = Signal(str)
    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._command, self._rows = ("", ""), 0
        self._headline, self._badge, self._internal = label("title"), label("badge", wrap=False), label("note")
        self.export, self.everyone = button("watch.export", "primary"), button("watch.everyone")
        self.search, self.notes = search_field("watch.search"), Notes()
        self.canvas = DrawingCanvas("figure.firms", HEIGHT)
        self.table = Table("table.agents.firms", frozen=True)
        self._card = frame("card")
        column(self._card, (0, 8, 0, 8), 0).addWidget(self.canvas)
        self._shown: tuple[RegisterView, Texts, Palette] | None = None
        self._lay_out()
        self.export.clicked.connect(lambda _checked=False: self.asked.emit(*self._command))
        self.everyone.clicked.connect(lambda _checked=False: self._choose(()))
        self.search.textChanged.connect(self.table.rows.filter)
        self.canvas.evidence.connect(self._open)
        self.table.opened.connect(self.firm)

    def display(self, view: RegisterView, texts: Texts, palette: Palette) -> None:
        """Show the register."""
        self._shown, self._command = (view, texts, palette), (view.export, view.wave)
        self._headline.setText(view.headline)
        self._badge.setText(view.internal[0])
        self._internal.setText(view.internal[1])
        self.export.setText(texts("gui.watch.export"))
        self.everyone.setText(texts("gui.watch.everyone"))
        self.search.setPlaceholderText(texts("gui.watch.search"))
        self.search.setAccessibleName(texts("gui.watch.search"))
        for part in (self.export, self.search, self.table):
            part.setVisible(view.table is not None)
        self._card.setVisible(view.quadrant is not None)
        self._draw()
        self._choose(())
        self.notes.display(texts("gui.notes"), view.notes)

    def _lay_out(self) -> None:
        top = row(spacing=8)
        top.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self._headline, 1)
        top.addWidget(self.export, 0, Qt.AlignmentFlag.AlignTop)
        tools = row(spacing=8)
        tools.addWidget(self.search, 1)
        tools.addWidget(self.everyone)
        tools.addStretch(1)
        layout = column(self, 0, 8)
        layout.addLayout(top)
        layout.addWidget(self._internal)
        layout.addWidget(self._card)
        layout.addLayout(tools)
        layout.addWidget(self.table)
        layout.addWidget(self.notes)
        layout.addStretch()

    def _draw(self) -> None:
        view, texts, palette = self._shown or (None, None, None)
        quadrant = view.quadrant if view is not None else None
        if quadrant is None or texts is None or palette is None:
            self.canvas.display(None, "", "#000000")
            return

        def layout(width: float, height: float) -> Drawing:
            from app.present.draw.firms import firms_drawing

            return firms_drawing(quadrant, palette, (width, height), texts, alt)

        alt = texts("gui.watch.plot", n=f"{sum(len(dot.positions) for dot in quadrant.dots):,}")
        self.canvas.display(layout, alt, palette.accent, even_type)

    def _open(self, positions: str) -> None:
        """Open the one firm at a dot, or list the several that stand there."""
        chosen = tuple(positions.split(","))
        if len(chosen) == 1:
            self.firm.emit(chosen[0])
        else:
            self._choose(chosen)

    def _choose(self, positions: tuple[str, ...]) -> None:
        """Show the rows of these firms alone, all where none are named."""
        if self._shown is None or self._shown[0].table is None:
            self.everyone.hide()
            return
        view, _texts, palette = self._shown
        table = view.table if not positions or view.table is None else narrowed(view.table, positions)
        if table is None:
            return
        self.everyone.setVisible(bool(positions))
        self.table.display(table, palette, view.headline)
        self._rows = min(max(len(table), LEAST_ROWS), MOST_ROWS)
        self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Leave room for the bar of a table that is wider than its place, so that it hides no row."""
        bar = self.table.horizontalScrollBar()
        self.table.setFixedHeight(HEAD + ROW * self._rows + 4 + (bar.sizeHint().height() if bar.maximum() > 0 else 0))


def narrowed(table: PageTable, ids: tuple[str, ...]) -> PageTable:
    """Return the rows of a table with these ids, in its own order."""
    wanted = set(ids)
    places = [place for place, id_ in enumerate(table.ids) if id_ in wanted]
    data = tuple(tuple(values[place] for place in places) for values in table.data)
    severities = tuple(table.severities[place] for place in places) if table.severities else ()
    return PageTable(table.columns, data, tuple(table.ids[place] for place in places), severities)
