"""The disagreement queue: a card a firm, assessors side by side, and the ruling that settles it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import sheet
from app.gui.widgets.empty_state import EmptyState
from app.gui.widgets.judgement_form import JudgementForm
from app.gui.widgets.parts import button, clear, column, frame, label, row
from app.present.pages.values import Empty
from app.present.pages.visits_values import Disagreement, LevelChoice, Side

WIDEST = 1180
SHOWN = 20  # cards at once; the rest follow as these are settled


class DisagreementCard(QFrame):
    """`settled(parameters of study.ruling)`, `opened(position)`."""

    settled = Signal(object)
    opened = Signal(str)

    def __init__(self, firm: Disagreement, levels: tuple[LevelChoice, ...], texts: Texts) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName(f"disagreement.{firm.position}")
        self.setMaximumWidth(WIDEST)
        self.firm = firm
        self.form = JudgementForm("ruling")
        self.form.restyle(levels, texts)
        self.form.changed.connect(self._follow)
        self._go, look = button("ruling.go", "primary"), button(f"disagreement.open.{firm.position}", "quiet")
        self._go.setText(texts("gui.visits.rule"))
        self._go.setAccessibleName(f"{texts('gui.visits.rule')} {firm.name}")
        self._go.clicked.connect(lambda _checked=False: self.settled.emit(self.said))
        look.setText(texts("gui.visits.open_firm"))
        look.setAccessibleName(f"{texts('gui.visits.open_firm')} {firm.name}")
        look.clicked.connect(lambda _checked=False: self.opened.emit(firm.position))
        top = row(spacing=8)
        top.addWidget(label("title", text=firm.name), 1)
        top.addWidget(look)
        ruling = column(spacing=8)
        ruling.addWidget(label("muted", text=texts("gui.visits.rule_title")))
        ruling.addWidget(self.form)
        ruling.addWidget(self._go, alignment=Qt.AlignmentFlag.AlignRight)
        ruling.addStretch()
        across = row(spacing=24)
        across.addWidget(_sides(firm, texts), 3)
        across.addLayout(ruling, 2)
        layout = column(self, 16, 8)
        layout.addLayout(top)
        self._known = label("note")
        layout.addWidget(self._known)
        layout.addLayout(across)
        self.tell(firm, texts)
        self._follow()

    def tell(self, firm: Disagreement, texts: Texts) -> None:
        """Say anew what is known and computed of the firm; what is typed in stays."""
        self.firm = firm
        self._known.setText(texts("gui.separator").join(part for part in (firm.known, firm.computed) if part))

    @property
    def said(self) -> dict[str, str]:
        """The ruling as it is typed in, under the names that the command takes."""
        return {"firm": self.firm.firm, "wave": self.firm.wave, **self.form.given}

    def _follow(self) -> None:
        self._go.setEnabled(not self.form.missing)


class DisagreementsView(QWidget):
    """`settled(parameters of study.ruling)`, `opened(position)`; an empty queue says so."""

    settled = Signal(object)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("disagreements")
        self.cards: list[DisagreementCard] = []
        self._shown: tuple[object, ...] = ()
        self._ground: tuple[object, ...] = ()
        area, self._body = sheet(16)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._area, self._empty = area, EmptyState("visits", "empty.disagreements")
        layout = column(self)
        layout.addWidget(area)
        layout.addWidget(self._empty)

    def display(
        self, firms: tuple[Disagreement, ...], levels: tuple[LevelChoice, ...], texts: Texts, palette: Palette, name: str
    ) -> None:
        """Show the queue; cards stay as they are while the queue does, so that nothing typed is lost."""
        self.setAccessibleName(name)
        self._area.setVisible(bool(firms))
        self._empty.setVisible(not firms)
        self._empty.display(texts("gui.visits.no_disagreements"), Empty(texts("gui.visits.no_disagreements")), palette)
        shown = (firms, levels, texts.lang)
        if shown == self._shown:
            return
        self._shown = shown
        kept = self._kept(firms[:SHOWN], (levels, texts.lang))
        self.cards = [self._card(firm, kept.get(_key(firm)), levels, texts) for firm in firms[:SHOWN]]
        for card in self.cards:
            self._body.addWidget(card)
        if len(firms) > SHOWN:
            more = texts("gui.visits.more_disagreements", shown=SHOWN, n=f"{len(firms) - SHOWN:,}")
            self._body.addWidget(label("note", text=more))
        self._body.addStretch()

    def _kept(self, firms: tuple[Disagreement, ...], ground: tuple[object, ...]) -> dict[object, DisagreementCard]:
        """Take everything off the sheet and return the cards that may stand again: those of firms still in the queue."""
        wanted = {_key(firm) for firm in firms} if ground == self._ground else set()
        kept: dict[object, DisagreementCard] = {_key(card.firm): card for card in self.cards if _key(card.firm) in wanted}
        for card in kept.values():
            self._body.removeWidget(card)
        clear(self._body)
        self._ground = ground
        return kept

    def _card(
        self, firm: Disagreement, kept: DisagreementCard | None, levels: tuple[LevelChoice, ...], texts: Texts
    ) -> DisagreementCard:
        if kept is not None:
            kept.tell(firm, texts)
            return kept
        card = DisagreementCard(firm, levels, texts)
        card.settled.connect(self.settled)
        card.opened.connect(self.opened)
        return card


def _key(firm: Disagreement) -> object:
    """Return what a card is about: the same firm with the same sides keeps its card."""
    return firm.position, firm.wave, firm.sides


def _sides(firm: Disagreement, texts: Texts) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    for place, side in enumerate(firm.sides):
        grid.addWidget(_side(side, texts), place // 2, place % 2)
        grid.setColumnStretch(place % 2, 1)
    grid.setRowStretch((len(firm.sides) + 1) // 2, 1)
    return holder


def _side(side: Side, texts: Texts) -> QWidget:
    part = frame("side")
    layout = column(part, (12, 10, 12, 10), 4)
    layout.addWidget(label("title", text=side.level))
    layout.addWidget(label("note", text=texts("gui.separator").join((side.who, side.when))))
    if side.why:
        layout.addWidget(label(text=side.why))
    for text in (side.evidence, side.place):
        if text:
            layout.addWidget(label("note", text=text))
    layout.addStretch()
    return part
