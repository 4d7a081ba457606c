"""The stations of the work with how far each is; the first one not done carries the button."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui import icons
from app.gui.widgets.parts import button, clear, frame, label
from app.present.pages.values import Step


class StepMark(QWidget):
    """A round mark: done, next, or to come; shape and number carry it, not colour alone."""

    def __init__(self, number: int, done: bool, now: bool, palette: Palette) -> None:
        super().__init__()
        self.setFixedSize(24, 24)
        self._number, self._done, self._now, self._palette = number, done, now, palette

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part."""
        palette = self._palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self._done or self._now
        painter.setPen(QPen(QColor(palette.accent if lit else palette.neutral), 1.5))
        painter.setBrush(QColor(palette.accent_soft if self._done else palette.surface))
        painter.drawEllipse(QRectF(1, 1, 22, 22))
        if self._done:
            icons.renderer("done", palette.accent).render(painter, QRectF(5, 5, 14, 14))
            return
        painter.setPen(QColor(palette.accent if lit else palette.neutral))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepList(QFrame):
    """`asked(command)` from the button of the next step, `went(page)` from the name of a station."""

    asked = Signal(str)
    went = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)
        self._shown: object = None

    def display(self, steps: tuple[Step, ...], texts: Texts, palette: Palette) -> None:
        """Show `steps`; the box goes when there are none."""
        self.setVisible(bool(steps))
        if (steps, texts.lang, palette.name) == self._shown:
            return
        self._shown = (steps, texts.lang, palette.name)
        clear(self._grid)
        now = next((place for place, step in enumerate(steps) if not step.done), -1)
        for place, step in enumerate(steps):
            self._add(place, step, now, texts, palette)

    def _add(self, place: int, step: Step, now: int, texts: Texts, palette: Palette) -> None:
        line = 2 * place
        if place:
            rule = frame("line")
            rule.setFixedHeight(1)
            self._grid.addWidget(rule, line - 1, 1, 1, 3)
        self._grid.addWidget(StepMark(place + 1, step.done, place == now, palette), line, 0)
        name = button(f"step.{step.page}", "row")
        name.setText(step.title)
        name.clicked.connect(lambda _checked=False, page=step.page: self.went.emit(page))
        self._grid.addWidget(name, line, 1)
        self._grid.addWidget(label("muted", text=step.text), line, 2)
        self._grid.setRowMinimumHeight(line, 44)
        if place == now and step.command:
            go = button(f"step.{step.command}", "primary")
            go.setText(texts(f"gui.step.{step.command}"))
            go.clicked.connect(lambda _checked=False, command=step.command: self.asked.emit(command))
            self._grid.addWidget(go, line, 3)
