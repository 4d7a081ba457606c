"""One goal as a card: the light by shape, word and colour; where we stand against the target; why."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.goals import Light
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.parts import clear, column, label, row, set_role
from app.present.pages.values import GoalCard

SIZE = 16


class LightMark(QWidget):
    """● on track, ▲ at risk, ■ off track, ◇ cannot tell."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SIZE, SIZE)
        self._light = Light.CANNOT_TELL
        self._palette: Palette | None = None

    def restyle(self, light: Light, palette: Palette) -> None:
        """Draw `light` in the colours of `palette`."""
        self._light, self._palette = light, palette
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        if self._palette is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(getattr(self._palette, self._light.value))
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush if self._light is Light.CANNOT_TELL else colour)
        middle, reach = SIZE / 2, SIZE / 2 - 2
        if self._light is Light.ON_TRACK:
            painter.drawEllipse(QPointF(middle, middle), reach, reach)
        elif self._light is Light.OFF_TRACK:
            painter.drawRect(QRectF(3, 3, SIZE - 6, SIZE - 6))
        else:
            corners = [(0, -1), (1, 1), (-1, 1)] if self._light is Light.AT_RISK else [(0, -1), (1, 0), (0, 1), (-1, 0)]
            painter.drawPolygon(QPolygonF([QPointF(middle + x * reach, middle + y * reach) for x, y in corners]))


class GoalCardView(QFrame):
    """`chosen(goal id)` and `evidence(mark)` on a click or Return."""

    chosen = Signal(str)
    evidence = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.card: GoalCard | None = None
        self._light = LightMark()
        self._word, self._badges = label("muted", wrap=False), row(spacing=6)
        self._wording, self._document = label("title"), label("note")
        self._value, self._against = label("big", wrap=False), label("muted")
        self._pace, self._reason, self._proxy = label("muted"), label(), label("note")
        self._lay_out()

    def display(self, card: GoalCard, texts: Texts, palette: Palette) -> None:
        """Show one goal."""
        self.card = card
        self.setObjectName(f"goal.{card.id}")
        self.setAccessibleName(f"{card.wording} {card.light_word}")
        self._light.restyle(card.light, palette)
        self._word.setText(card.light_word)
        self._wording.setText(card.wording)
        self._document.setText(card.document)
        self._value.setText(card.value)
        self._value.setVisible(bool(card.value))
        self._against.setText(against(card, texts))
        self._pace.setText(pace(card, texts))
        self._reason.setText(card.reason)
        self._proxy.setText(card.proxy)
        for part in (self._against, self._pace, self._reason, self._proxy):
            part.setVisible(bool(part.text()))
        clear(self._badges)
        for badge in card.badges:
            self._badges.addWidget(label("badge", wrap=False, text=badge))

    def mark_chosen(self, chosen: bool) -> None:
        """Show that this goal's trajectory is the one on screen."""
        set_role(self, "goal", "true" if chosen else "false", key="chosen")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a click."""
        super().mouseReleaseEvent(event)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of its own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._tell()
            return
        super().keyPressEvent(event)

    def _tell(self) -> None:
        if self.card is not None:
            self.chosen.emit(self.card.id)
            if self.card.evidence:
                self.evidence.emit(self.card.evidence)

    def _lay_out(self) -> None:
        top = row(spacing=8)
        top.addWidget(self._light)
        top.addWidget(self._word)
        top.addStretch()
        top.addLayout(self._badges)
        numbers = row(spacing=12)
        numbers.addWidget(self._value)
        numbers.addWidget(self._against, 1, Qt.AlignmentFlag.AlignBottom)
        layout = column(self, 16, 6)
        layout.addLayout(top)
        layout.addWidget(self._wording)
        layout.addLayout(numbers)
        for part in (self._pace, self._reason, self._proxy):
            layout.addWidget(part)
        layout.addStretch()
        layout.addWidget(self._document)


def against(card: GoalCard, texts: Texts) -> str:
    """Return interval, target and gap in one line."""
    parts = [texts("gui.goals.interval", interval=card.interval)] if card.interval else []
    parts += [texts("gui.goals.target", target=card.target)] if card.target else []
    parts += [texts("gui.goals.gap", gap=card.gap)] if card.gap else []
    return texts("gui.separator").join(parts)


def pace(card: GoalCard, texts: Texts) -> str:
    """Return the required and the observed pace in one line."""
    parts = [texts("gui.goals.required", pace=card.required_pace)] if card.required_pace else []
    parts += [texts("gui.goals.observed", pace=card.observed_pace)] if card.observed_pace else []
    return texts("gui.separator").join(parts)
