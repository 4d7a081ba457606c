"""Two firms that may be one, side by side: what differs stands out, 1 and 2 answer, the arrows turn the pages."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import sheet
from app.gui.widgets.parts import button, clear, column, label, row, set_role
from app.gui.widgets.question_card import ChoiceButton
from app.present.pages.collect_values import FirmPair, FirmSide

WIDEST = 1180


class FirmPairView(QWidget):
    """The review queue; `answered(question id, same | different)`, `place_asked(CellReference)`."""

    answered = Signal(str, str)
    place_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("firm.pairs")
        self.pairs: tuple[FirmPair, ...] = ()
        self._given: set[str] = set()
        self._place = 0
        self._texts: Texts | None = None
        self._palette: Palette | None = None
        self._count, self._reason, self._assumed = label("note", wrap=False), label(), label("note")
        self._before, self._after = button("pair.before", "quiet"), button("pair.after", "quiet")
        self._before.clicked.connect(lambda _checked=False: self.turn(-1))
        self._after.clicked.connect(lambda _checked=False: self.turn(1))
        self._grid, self._choices = QGridLayout(), row(spacing=12)
        self._done = label("muted")
        self._lay_out()
        for key, step in (("Left", -1), ("Right", 1)):
            self._key(key, lambda step=step: self.turn(step))

    def display(self, pairs: tuple[FirmPair, ...], texts: Texts, palette: Palette) -> None:
        """Show the pairs that wait."""
        self.pairs, self._texts, self._palette = pairs, texts, palette
        self._given = set()
        self.setAccessibleName(texts("collect.tab.pairs", n=len(pairs)))
        self.refresh()

    def again(self) -> None:
        """Nothing came of the answers given: show what they were about once more."""
        if self._given:
            self._given = set()
            self.refresh()

    @property
    def waiting(self) -> tuple[FirmPair, ...]:
        """The pairs whose answer has not been given yet."""
        return tuple(pair for pair in self.pairs if pair.id not in self._given)

    def turn(self, step: int) -> None:
        """Show the next pair, or the one before."""
        if self.waiting:
            self._place = (self._place + step) % len(self.waiting)
            self.refresh()

    def press(self, number: int) -> None:
        """Give the answer that has the key `number` (from 1) to the pair on screen."""
        if self.waiting and 0 < number <= len(self.waiting[self._place].choices):
            pair = self.waiting[self._place]
            self._given.add(pair.id)
            self.answered.emit(pair.id, pair.choices[number - 1].answer)
            self.refresh()

    def refresh(self) -> None:
        """Show the pair in turn."""
        waiting, texts, palette = self.waiting, self._texts, self._palette
        if texts is None or palette is None:
            return
        self._card.setVisible(bool(waiting))
        self._done.setText(texts("collect.pair.done"))
        self._done.setVisible(not waiting)
        if not waiting:
            return
        self._place = min(self._place, len(waiting) - 1)
        pair = waiting[self._place]
        self._count.setText(texts("collect.card.count", n=self._place + 1, total=len(waiting)))
        self._before.setText(texts("collect.pair.before"))
        self._after.setText(texts("collect.pair.after"))
        self._reason.setText(texts("wording.list_separator").join(part for part in (pair.score, pair.reason) if part))
        self._assumed.setText(pair.assumed)
        self._compare(pair, texts)
        clear(self._choices)
        for number, choice in enumerate(pair.choices, start=1):
            part = ChoiceButton(number, choice, palette)
            part.clicked.connect(lambda _checked=False, number=number: self.press(number))
            self._choices.addWidget(part, 1)

    def _compare(self, pair: FirmPair, texts: Texts) -> None:
        clear(self._grid)
        for place, side in enumerate((pair.left, pair.right)):
            self._grid.addWidget(label("title", text=side.name), 0, place + 1)
            self._grid.setColumnStretch(place + 1, 1)
            for line, (what, text, differs) in enumerate(side.lines, start=1):
                if place == 0:
                    self._grid.addWidget(label("note", wrap=False, text=what), line, 0, Qt.AlignmentFlag.AlignTop)
                part = label("differs" if differs else "", text=text)
                self._grid.addWidget(part, line, place + 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._opener(side, place, texts), len(side.lines) + 1, place + 1, Qt.AlignmentFlag.AlignLeft)

    def _opener(self, side: FirmSide, place: int, texts: Texts) -> QWidget:
        part = button(f"pair.open.{place}", "cell")
        part.setText(texts("collect.pair.open", cell=side.place.a1) if side.place is not None else "")
        part.setVisible(side.place is not None)
        part.clicked.connect(lambda _checked=False: self.place_asked.emit(side.place))
        return part

    def _key(self, key: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _lay_out(self) -> None:
        self._card = QFrame()
        set_role(self._card, "pair.card", "card")
        self._card.setMaximumWidth(WIDEST)
        top = row(spacing=8)
        top.addWidget(self._count)
        top.addStretch()
        top.addWidget(self._before)
        top.addWidget(self._after)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        inner = column(self._card, 20, 12)
        inner.addLayout(top)
        inner.addWidget(self._reason)
        inner.addLayout(self._grid)
        inner.addSpacing(4)
        inner.addLayout(self._choices)
        inner.addWidget(self._assumed)
        area, body = sheet(8)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self._card)
        body.addWidget(self._done)
        body.addStretch()
        column(self).addWidget(area)
