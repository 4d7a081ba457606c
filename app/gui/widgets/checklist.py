"""佐证清单: groups with how far they are, a row an entry; beside them what is known of the entry chosen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.theme import GAP, INSIDE
from app.gui.widgets.parts import clear, column, frame, label, row
from app.gui.widgets.proof_form import ProofForm
from app.gui.widgets.sign import SignMark
from app.present.pages.goals_values import Checklist, ChecklistGroup, ChecklistItem

BESIDE = 900  # pixels from which on list and form stand beside each other
FORM = 380
PAD, LINE, START, SPACE = 8, 20, 24, 24
TOLD = ("done", "under_way")  # states that are more than an open question


class EntryRow(QAbstractButton):
    """One entry: sign, words in as many lines as they need, its state and who recorded it last."""

    def __init__(self, item: ChecklistItem, palette: Palette) -> None:
        super().__init__()
        self.item, self._palette = item, palette
        self.setObjectName(f"entry.{item.id}")
        self.setAccessibleName(f"{item.words} {item.word} {item.changed}".strip())
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._sign = SignMark()
        self._sign.setParent(self)
        self._sign.restyle(item.state, palette)
        self._sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._note = self.font()
        self._note.setPixelSize(12)

    @property
    def said(self) -> str:
        """The state, who recorded it last, and what is to be said of the wording."""
        return "  ·  ".join(part for part in (self.item.word, self.item.changed, self.item.verify) if part)

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(300, self.heightForWidth(max(self.width(), 200)))

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return room for the words at this width, and for the state below them where it does not fit beside."""
        room = width - 2 * PAD - START
        words = self.fontMetrics().boundingRect(0, 0, room, 1000, Qt.TextFlag.TextWordWrap, self.item.words)
        return words.height() + PAD + (0 if self._beside(room) else LINE)

    def _beside(self, room: int) -> bool:
        """Whether words and state fit into one line."""
        words, said = self.fontMetrics().horizontalAdvance(self.item.words), QFontMetrics(self._note)
        return words + SPACE + said.horizontalAdvance(self.said) <= room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self._sign.move(PAD, PAD // 2 + 2)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the pointer is here."""
        self.update()
        super().enterEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        painter, palette = QPainter(self), self._palette
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.selection if self.isChecked() else palette.raised))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        area = self.rect().adjusted(PAD + START, PAD // 2, -PAD, -PAD // 2)
        painter.setPen(QColor(palette.text))
        painter.drawText(area, Qt.TextFlag.TextWordWrap, self.item.words)
        painter.setFont(self._note)
        painter.setPen(QColor(palette.text if self.item.state in TOLD else palette.muted))
        side = Qt.AlignmentFlag.AlignRight if self._beside(area.width()) else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, side | Qt.AlignmentFlag.AlignBottom, self.said)


class ChecklistView(QWidget):
    """`recorded(parameters)` for `study.proof`."""

    recorded = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("view.list")
        self._headline, self._note = label("title"), label("note")
        self._groups = column(spacing=GAP)
        self.form, self._card = ProofForm(), frame("card")
        self.form.recorded.connect(self.recorded)
        column(self._card, INSIDE, 0).addWidget(self.form)
        self.rows: dict[str, EntryRow] = {}
        self._shown: tuple[Checklist, str] | None = None
        self._chosen = ""
        left = column(spacing=0)
        left.addLayout(self._groups)
        left.addStretch()
        self._across = QHBoxLayout()
        self._across.setSpacing(GAP)
        self._across.addLayout(left, 1)
        self._lead = QWidget()  # brings the form beside the entry it is about
        right = column(spacing=0)
        right.addWidget(self._lead)
        right.addWidget(self._card)
        right.addStretch()
        self._across.addLayout(right)
        layout = column(self, 0, 8)
        layout.addWidget(self._headline)
        layout.addWidget(self._note)
        layout.addSpacing(4)
        layout.addLayout(self._across)
        layout.addStretch()

    def display(self, listed: Checklist, texts: Texts, palette: Palette) -> None:
        """Show the checklist; the rows are built anew only when they changed."""
        if self._shown == (listed, palette.name):
            return
        self._shown = (listed, palette.name)
        self._headline.setText(listed.headline)
        self._note.setText(listed.note)
        self.form.restyle(listed, texts, palette)
        clear(self._groups)
        self.rows = {}
        for group in listed.groups:
            self._groups.addWidget(self._group(group, palette))
        self.choose(self._chosen if self._chosen in self.rows else "")

    def choose(self, id_: str) -> None:
        """Show what is known of an entry, "" for none."""
        self._chosen = id_
        for name, part in self.rows.items():
            part.setChecked(name == id_)
        self.form.display(self.rows[id_].item if id_ in self.rows else None)
        QTimer.singleShot(0, self, self._bring)

    def _bring(self) -> None:
        """Set the form beside the entry chosen; on a narrow page, where it stands above the list, scroll to it."""
        beside, part = self._is_beside, self.rows.get(self._chosen)
        top = self._across.geometry().top()
        low = max(0, self._across.geometry().height() - self._card.sizeHint().height())
        self._lead.setFixedHeight(
            min(low, max(0, part.mapTo(self, QPoint(0, 0)).y() - top)) if beside and part is not None else 0
        )
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and part is not None:
            area.ensureWidgetVisible(part if beside else self._card, 0, 0)

    @property
    def _is_beside(self) -> bool:
        return self.width() >= BESIDE

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set list and form beside each other where there is room, else the form first."""
        super().resizeEvent(event)
        beside = self._is_beside
        way = QHBoxLayout.Direction.LeftToRight if beside else QHBoxLayout.Direction.BottomToTop
        self._across.setDirection(way)
        self._card.setMaximumWidth(FORM if beside else 16_777_215)
        self._card.setMinimumWidth(FORM if beside else 0)
        if not beside:
            self._lead.setFixedHeight(0)

    def _group(self, group: ChecklistGroup, palette: Palette) -> QWidget:
        box = QWidget()
        top = row(spacing=8)
        top.addWidget(label("title", text=group.title), 1)
        for state, word, n in group.counts:
            sign = SignMark(12)
            sign.restyle(state, palette)
            top.addWidget(sign)
            top.addWidget(label("note", wrap=False, text=f"{word} {n}"))
        layout = column(box, 0, 2)
        layout.addLayout(top)
        for item in group.items:
            part = self.rows[item.id] = EntryRow(item, palette)
            part.clicked.connect(lambda _checked=False, id_=item.id: self.choose(id_))
            layout.addWidget(part)
        return box
