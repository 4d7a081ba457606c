"""What is asked: the three that matter most beside the matrix, and all of them on a page of their own."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QSplitter, QWidget

from app.domain.findings import CellReference
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import sheet
from app.gui.widgets.parts import button, column, label, row
from app.gui.widgets.question_card import QuestionCardView
from app.present.pages.collect_values import QuestionCard

FIRST = 3  # questions shown first


class Asker(QWidget):
    """What both views share: a card in a sheet that scrolls, and where answers go."""

    answered = Signal(str, str)
    place_asked = Signal(object)
    examples_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.view = QuestionCardView()
        self.view.answered.connect(self._take)
        self.view.place_asked.connect(self.place_asked)
        self.view.skipped.connect(self.skip)
        self.cards: tuple[QuestionCard, ...] = ()
        self._given: set[str] = set()
        self._place = 0
        self._asked: QuestionCard | None = None
        self._texts: Texts | None = None
        self._palette: Palette | None = None

    def display(self, cards: tuple[QuestionCard, ...], texts: Texts, palette: Palette) -> None:
        """Show `cards`; one that was answered is gone from them once the study has taken the answer."""
        self.cards, self._texts, self._palette = cards, texts, palette
        self._given = set()
        self._place = min(self._place, max(0, len(cards) - 1))
        self.refresh()

    def show_texts(self, found: Mapping[CellReference, str]) -> None:
        """Add the texts of example cells."""
        self.view.show_texts(found)

    def press(self, number: int) -> None:
        """Give the answer that has the key `number` to the question on screen."""
        if self.waiting:
            self.view.press(number)

    def skip(self) -> None:
        """Show the next question without answering this one."""
        waiting = self.waiting
        if waiting:
            self._place = (self._place + 1) % len(waiting)
            self.refresh()

    def again(self) -> None:
        """Nothing came of the answers given: show what they were about once more."""
        if self._given:
            self._given = set()
            self.refresh()

    @property
    def waiting(self) -> tuple[QuestionCard, ...]:
        """The questions whose answer has not been given yet."""
        return tuple(card for card in self.cards if card.id not in self._given)

    def refresh(self) -> None:
        """Show the question in turn."""
        waiting = self.waiting
        self.view.setVisible(bool(waiting))
        if not waiting or self._texts is None or self._palette is None:
            return
        self._place = min(self._place, len(waiting) - 1)
        card = waiting[self._place]
        count = self._texts("collect.card.count", n=self._place + 1, total=len(waiting))
        self.view.display(card, count, self._texts, self._palette)
        self._ask_for_texts()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the texts of the cells once the card can be seen."""
        super().showEvent(event)
        self._ask_for_texts()

    def _ask_for_texts(self) -> None:
        card = self.view.card
        if self.isVisible() and card is not None and card is not self._asked:
            self._asked = card
            self.examples_asked.emit(card)

    def _take(self, id_: str, answer: str) -> None:
        self._given.add(id_)
        self.answered.emit(id_, answer)
        self.refresh()


class QuestionDeck(Asker):
    """The three questions that matter most, one at a time; `all_asked()` for the whole list."""

    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("question.deck")
        self._head, self._done = label("title", wrap=False), label("muted")
        self._all = button("question.all", "link")
        self._all.clicked.connect(lambda _checked=False: self.all_asked.emit())
        top = row(spacing=8)
        top.addWidget(self._head)
        top.addStretch()
        top.addWidget(self._all)
        area, inner = sheet(0)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.view)
        inner.addWidget(self._done)
        inner.addStretch()
        layout = column(self, 0, 8)
        layout.addLayout(top)
        layout.addWidget(area, 1)

    def display(self, cards: tuple[QuestionCard, ...], texts: Texts, palette: Palette) -> None:
        """Show the first three of `cards`."""
        self._all.setText(texts("collect.card.all", n=len(cards)))
        self._all.setVisible(len(cards) > FIRST)
        self._head.setText(texts("collect.card.first"))
        self._done.setText(texts("collect.card.done"))
        super().display(cards[:FIRST], texts, palette)

    def refresh(self) -> None:
        """Show the question in turn, or that what was given is being worked in."""
        super().refresh()
        self._done.setVisible(not self.waiting)


class QuestionList(Asker):
    """All questions on the left, the chosen one as a card on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("question.list")
        self.list = QListWidget()
        self.list.setObjectName("question.titles")
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._choose)
        area: QScrollArea
        area, inner = sheet(0)
        inner.setContentsMargins(16, 0, 0, 0)
        inner.addWidget(self.view)
        inner.addStretch()
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(area)
        split.setSizes([520, 480])
        column(self).addWidget(split)

    def refresh(self) -> None:
        """Keep the list in step with what waits, then show the card."""
        titles = [(card.id, f"{card.title}\n{card.weight}") for card in self.waiting]
        shown = [(self.list.item(n).data(Qt.ItemDataRole.UserRole), self.list.item(n).text()) for n in range(self.list.count())]
        self.list.blockSignals(True)
        if titles != shown:
            self.list.clear()
            for id_, words in titles:
                item = QListWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, id_)
                self.list.addItem(item)
        super().refresh()
        self.list.setCurrentRow(self._place)
        self.list.blockSignals(False)
        if self._texts is not None:
            self.list.setAccessibleName(self._texts("collect.card.all", n=len(titles)))

    def _choose(self, place: int) -> None:
        if place >= 0:
            self._place = place
            self.refresh()
