"""One question as a card: what is asked and why, cells to look at, the answers as buttons with the keys 1 to 4."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QSizePolicy

from app.domain.findings import CellReference
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.dialogs.choose import ask_choice
from app.gui.widgets.parts import Elided, button, clear, column, label, row
from app.present.pages.collect_values import Choice, Example, QuestionCard

UNREAD = "…"  # stands for a text that has not been read from the workbook yet
KEYS = 4  # answers that have a key of their own
TALL, BADGE, INDENT = 34, 20, 42


class ChoiceButton(QAbstractButton):
    """An answer with the key that gives it; as tall as its words."""

    def __init__(self, number: int, choice: Choice, palette: Palette) -> None:
        super().__init__()
        self.answer = choice.answer
        self._number, self._palette, self._note = number, palette, choice.note
        self.setObjectName(f"choice.{choice.answer}")
        self.setText(choice.text)
        self.setAccessibleName(choice.text)
        self.setAccessibleDescription(choice.note)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Say that long words take more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height its words need."""
        return max(TALL, self._area(self.text(), width) + (self._area(self._note, width) + 2 if self._note else 0) + 14)

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(240, self.heightForWidth(max(120, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        palette, painter = self._palette, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self.isEnabled() and (self.hasFocus() or self.underMouse())
        painter.setPen(QColor(palette.accent if lit else palette.hairline))
        painter.setBrush(QColor(palette.accent_soft if lit else palette.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        ink = QColor(palette.text if self.isEnabled() else palette.neutral)
        if self._number:
            self._badge(painter, palette)
        painter.setPen(ink)
        text = QRect(INDENT, 7, self.width() - INDENT - 10, self.height() - 14)
        side = Qt.AlignmentFlag.AlignTop if self._note else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(text, int(side | Qt.TextFlag.TextWordWrap), self.text())
        if self._note:
            painter.setPen(QColor(palette.muted))
            low = text.adjusted(0, self._area(self.text(), self.width()) + 2, 0, 0)
            painter.drawText(low, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), self._note)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is here."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has left."""
        self.update()
        super().leaveEvent(event)

    def _badge(self, painter: QPainter, palette: Palette) -> None:
        box = QRect(11, (min(self.height(), TALL) - BADGE) // 2, BADGE, BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.raised))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(palette.accent if self.isEnabled() else palette.neutral))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _area(self, text: str, width: int) -> int:
        room = QRect(0, 0, max(40, width - INDENT - 10), 10_000)
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height()


class QuestionCardView(QFrame):
    """`answered(question id, answer)`, `place_asked(CellReference)`, `skipped()` to see the next one first.

    A `bare` card stands alone: it tells no number and cannot be skipped.
    """

    answered = Signal(str, str)
    place_asked = Signal(object)
    skipped = Signal()

    def __init__(self, bare: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("question.card")
        self._bare = bare
        self.card: QuestionCard | None = None
        self._texts: Texts | None = None
        self._palette: Palette | None = None
        self._cells: dict[CellReference, QLabel] = {}
        self._count, self._title, self._why = label("note", wrap=False), label("title"), label("muted")
        self._skip = button("question.skip", "quiet")
        self._skip.clicked.connect(lambda _checked=False: self.skipped.emit())
        self._other = button("question.other", "quiet")
        self._other.clicked.connect(lambda _checked=False: self.ask_other())
        self._examples, self._choices = column(spacing=4), column(spacing=6)
        self._assumed, self._weight = label("note"), label("note")
        self._lay_out()

    def display(self, card: QuestionCard, count: str, texts: Texts, palette: Palette) -> None:
        """Show `card`; `count` says which of how many it is."""
        shown = self.card, self._texts, self._palette
        self._count.setText(count)
        if shown == (card, texts, palette):
            return
        self.card, self._texts, self._palette = card, texts, palette
        self._title.setText(card.title)
        self._why.setText(card.why)
        self._assumed.setText(card.assumed)
        self._weight.setText(card.weight)
        self._skip.setText(texts("collect.card.skip"))
        self._other.setText(texts("collect.card.other"))
        self._other.setVisible(bool(card.options))
        self._show_examples(card.examples)
        clear(self._choices)
        for place, choice in enumerate(card.choices, start=1):
            part = ChoiceButton(place if place <= KEYS else 0, choice, palette)
            part.clicked.connect(lambda _checked=False, answer=choice.answer: self._answer(answer))
            self._choices.addWidget(part)

    def press(self, number: int) -> None:
        """Give the answer that has the key `number`."""
        if self.card is not None and 0 < number <= min(KEYS, len(self.card.choices)):
            self._answer(self.card.choices[number - 1].answer)

    def show_texts(self, found: Mapping[CellReference, str]) -> None:
        """Add the texts of example cells once they have been read from the workbook."""
        for place, part in self._cells.items():
            if place in found:
                part.setText(found[place])

    def ask_other(self) -> None:
        """Choose among all answers that could be given."""
        if self.card is None or self._texts is None:
            return
        options = tuple((choice.answer, choice.text) for choice in self.card.options)
        id_ = self.card.id
        ask_choice(self, self.card.title, options, self._texts, lambda answer: self.answered.emit(id_, answer))

    def _answer(self, answer: str) -> None:
        if self.card is not None:
            self.answered.emit(self.card.id, answer)

    def _show_examples(self, examples: tuple[Example, ...]) -> None:
        """Under the name of each workbook its cells: the text, and the address that opens it."""
        clear(self._examples)
        self._cells, file = {}, ""
        for example in examples:
            if example.file != file:
                file = example.file
                self._examples.addWidget(Elided(file))
            text = self._cells[example.place] = label("quote", text=example.text or UNREAD)
            link = button(f"example.{example.place.a1}", "link")
            link.setText(example.label)
            link.setAccessibleName(f"{example.file} {example.label}")
            link.clicked.connect(lambda _checked=False, place=example.place: self.place_asked.emit(place))
            line = row(spacing=8)
            line.addWidget(text, 1)
            line.addWidget(link)
            self._examples.addLayout(line)

    def _lay_out(self) -> None:
        top = row(spacing=8)
        if not self._bare:
            top.addWidget(self._count)
            top.addStretch()
            top.addWidget(self._skip)
        ends = row(spacing=8)
        ends.addWidget(self._other)
        ends.addStretch()
        layout = column(self, 16, 8)
        layout.addLayout(top)
        layout.addWidget(self._title)
        layout.addWidget(self._why)
        layout.addLayout(self._examples)
        layout.addSpacing(4)
        layout.addLayout(self._choices)
        layout.addLayout(ends)
        layout.addWidget(self._assumed)
        layout.addWidget(self._weight)
        layout.addStretch()
