"""Candidates for AI-native firms: the list on the left, on the right why each is one, its answers quoted, and a yes or no."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.theme import GAP, INSIDE, ROW
from app.gui.widgets.notes import Notes
from app.gui.widgets.parts import button, clear, column, label, row
from app.gui.widgets.table import Table
from app.present.pages.readiness_values import NativeCard, NativesView

MOST_ROWS, ASIDE = 14, 440
YES, NO = "●", "○"


class NativeDetail(QFrame):
    """One candidate. `asked(yes)` from its buttons, `opened()` to see the firm's answers."""

    asked = Signal(bool)
    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("native.detail")
        self._name, self._line, self._state = label("title"), label("note"), label("badge", wrap=False)
        self.confirm, self.reject = button("native.confirm", "primary"), button("native.reject")
        self.open = button("native.open", "quiet")
        self.confirm.clicked.connect(lambda _checked=False: self.asked.emit(True))
        self.reject.clicked.connect(lambda _checked=False: self.asked.emit(False))
        self.open.clicked.connect(lambda _checked=False: self.opened.emit())
        self._inside = column(spacing=4)
        buttons = row(spacing=8)
        for part in (self.confirm, self.reject, self.open):
            buttons.addWidget(part)
        buttons.addStretch()
        layout = column(self, INSIDE, 6)
        layout.addWidget(self._name)
        layout.addWidget(self._line)
        layout.addWidget(self._state, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(2)
        layout.addLayout(buttons)
        layout.addLayout(self._inside)

    def display(self, card: NativeCard, texts: Texts) -> None:
        """Show `card`."""
        for part, key in ((self.confirm, "confirm"), (self.reject, "reject"), (self.open, "open")):
            part.setText(texts(f"assess.native.{key}"))
            part.setAccessibleName(f"{part.text()} {card.name}")
        self.confirm.setVisible(card.state != "confirmed")
        self.reject.setVisible(card.state != "rejected")
        self._name.setText(card.name)
        self._line.setText(card.line)
        self._state.setText(card.state_word)
        clear(self._inside)
        self._add(texts("assess.native.met"), [f"{YES} {words}" for words in card.met])
        self._add(texts("assess.native.missed"), [f"{NO} {words}" for words in card.missed])
        heading = texts("assess.native.quotes")
        self._add(heading, [] if card.quotes else [texts("assess.native.no_quotes")])
        if card.quotes:
            self._inside.addSpacing(6)
            self._inside.addWidget(label("note", text=heading))
        for question, answer in card.quotes:
            line = row(spacing=8)
            line.addWidget(label(text=question), 1)
            line.addWidget(label("quote", wrap=False, text=answer), alignment=Qt.AlignmentFlag.AlignTop)
            self._inside.addLayout(line)

    def _add(self, heading: str, lines: list[str]) -> None:
        if not lines:
            return
        self._inside.addSpacing(6)
        self._inside.addWidget(label("note", text=heading))
        for text in lines:
            self._inside.addWidget(label(text=text))


class NativesPart(QWidget):
    """`judged(card, yes)` when somebody wants to say yes or no, `firm(position)` to see a firm's answers."""

    judged = Signal(object, bool)
    firm = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("view.natives")
        self._headline, self.rule = label("title"), Notes()
        self.table, self.detail = Table("table.natives"), NativeDetail()
        self.table.pointed.connect(self._point)
        self.detail.asked.connect(self._ask)
        self.detail.opened.connect(lambda: self.firm.emit(self._chosen))
        self._view, self._texts, self._chosen = NativesView(""), None, ""  # type: NativesView, Texts | None, str
        across = row(spacing=GAP)
        left = column(spacing=INSIDE)
        left.addWidget(self.table)
        left.addWidget(self.rule)
        left.addStretch()
        across.addLayout(left, 1)
        across.addWidget(self.detail, 0, Qt.AlignmentFlag.AlignTop)
        self.detail.setFixedWidth(ASIDE)
        layout = column(self, 0, INSIDE)
        layout.addWidget(self._headline)
        layout.addLayout(across)
        layout.addStretch()

    def display(self, view: NativesView, texts: Texts, palette: Palette) -> None:
        """Show `view`; the candidate looked at stays, if it is still there."""
        self._view, self._texts = view, texts
        self._headline.setText(view.headline)
        self.rule.display(texts("gui.notes"), view.rule)
        self.table.setVisible(view.table is not None)
        self.detail.setVisible(bool(view.cards))
        if view.table is None or not view.cards:
            return
        self.table.setFixedHeight(ROW * (min(len(view.table), MOST_ROWS) + 1) + 8)
        self.table.display(view.table, palette, view.headline)
        ids = [card.id for card in view.cards]
        chosen = self._chosen if self._chosen in ids else ids[0]
        self.table.selectRow(ids.index(chosen))
        self._point(chosen)

    def _point(self, id_: str) -> None:
        card = next((card for card in self._view.cards if card.id == id_), None)
        if card is not None and self._texts is not None:
            self._chosen = id_
            self.detail.display(card, self._texts)

    def _ask(self, yes: bool) -> None:
        card = next((card for card in self._view.cards if card.id == self._chosen), None)
        if card is not None:
            self.judged.emit(card, yes)
