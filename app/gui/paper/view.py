"""A document on screen: its pages one below the other on the desk, painted when they come into sight."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar

from app.domain.paper import Paper
from app.domain.theme import Palette
from app.gui.paper.letters import Faces
from app.gui.paper.pages import Page, SlidePage, laid_out
from app.gui.paper.shelf import FIT, GAP, MARGIN, SCREEN, Shelf

SHADOW, FRAME = 6, 2
STEPS = (0.25, 0.33, 0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
BUDGET = 0.02  # seconds of laying out before the window may draw breath
PAPER = Qt.GlobalColor.white
ZOOMS = {Qt.Key.Key_Plus: True, Qt.Key.Key_Equal: True, Qt.Key.Key_Minus: False}  # with Ctrl: larger or smaller
BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)
LINE = 48  # pixels that an arrow key moves
ALL = 60.0  # seconds: long enough to lay out whatever is left


class PaperView(QAbstractScrollArea):
    """`turned(page from 0)` when another page is in sight, `ready(pages)` when all are laid out, `chosen(number)` on a click.

    `opens`: a click on a number of the document tells its identifier.
    """

    turned = Signal(int)
    ready = Signal(int)
    zoomed = Signal()
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("brief.paper")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.shelf = Shelf()
        self.faces: Faces | None = None
        self.page, self.opens, self._lit = 0, True, False
        self._desk = self._line = self._accent = QColor()
        self._coming: Iterator[Page | SlidePage] | None = None
        self._kept_share = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(lambda: self._lay_out(BUDGET))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._follow())
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())

    @property
    def pages(self) -> list[Page | SlidePage]:
        """The pages laid out so far."""
        return self.shelf.pages

    @property
    def is_ready(self) -> bool:
        """Whether every page is laid out."""
        return self._coming is None and bool(self.pages)

    @property
    def percent(self) -> int:
        """How large pages are shown, in percent."""
        return round(self.shelf.scale / SCREEN * 100)

    def restyle(self, palette: Palette) -> None:
        """Take the colours of the desk; paper stays white."""
        self._desk = QColor(palette.raised if palette.name == "light" else palette.window)
        self._line, self._accent = QColor(palette.hairline), QColor(palette.accent)
        self.viewport().update()

    def display(self, paper: Paper, stay: bool = False) -> None:
        """Lay `paper` out, a little at a time, from its first page, or (`stay`) as far down as the one before was."""
        bar = self.verticalScrollBar()
        share = bar.value() / bar.maximum() if stay and bar.maximum() else 0.0
        self.clear()
        self._kept_share = share
        self.faces = self.faces or Faces()
        self._coming = laid_out(paper, self.faces)
        self._timer.start()
        self._lay_out(BUDGET)

    def clear(self) -> None:
        """Show nothing."""
        self._timer.stop()
        self._coming, self._kept_share = None, 0.0
        self.shelf.pages = []
        self.shelf.forget()
        self._measure()

    def finish(self) -> None:
        """Lay out what is left, now."""
        while self._coming is not None:
            self._lay_out(ALL)

    def show_page(self, page: int, y: float = 0.0) -> None:
        """Bring page `page` to the top, at `y` points down."""
        if self._coming is not None and page >= len(self.pages):
            self.finish()
        if 0 <= page < len(self.pages):
            extra = y * self.shelf.scale - MARGIN if y else -GAP
            self.verticalScrollBar().setValue(round(self.shelf.tops[page] + extra))

    def set_zoom(self, zoom: float) -> None:
        """Show at `zoom` (1: as large as on paper), or as wide as there is room (FIT)."""
        at, share = self.page, self.shelf.share(self.page, self.verticalScrollBar().value())
        self.shelf.zoom = zoom
        self._measure()
        if at < len(self.pages):
            self.verticalScrollBar().setValue(self.shelf.down_to(at, share))
        self.viewport().update()
        self.zoomed.emit()

    def step_zoom(self, larger: bool) -> None:
        """Go to the next larger or smaller step."""
        now = self.shelf.scale / SCREEN
        steps = [step for step in STEPS if (step > now * 1.01 if larger else step < now * 0.99)]
        if steps:
            self.set_zoom(steps[0] if larger else steps[-1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages that are in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._desk)
        for place in self._in_sight():
            box = self._box(place)
            _shade(painter, box, self._line)
            if self.faces is not None:
                painter.drawPixmap(box.topLeft(), self.shelf.picture(place, self.faces, self.devicePixelRatioF()))
        if not self.pages:
            _shade(painter, self.shelf.blank, self._line, PAPER)
        if self._lit:
            _frame(painter, self.viewport().rect(), self._accent)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a frame when the keyboard comes in, so that the eye finds it."""
        super().focusInEvent(event)
        self._lit = event.reason() in BY_KEY
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self._lit = False
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size, the page in sight staying so."""
        super().resizeEvent(event)
        self.set_zoom(self.shelf.zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(event.angleDelta().y() > 0)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by pages and lines, zoom with Ctrl and plus, minus, nought."""
        bar, key = self.verticalScrollBar(), Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and key in ZOOMS:
            self.step_zoom(ZOOMS[key])
        elif control and key == Qt.Key.Key_0:
            self.set_zoom(FIT)
        elif step := _step(key, bar):
            bar.setValue(bar.value() + step)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a number leads to what is behind it."""
        hand = self.opens and bool(self._mark(event.position()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell which number is under the pointer."""
        mark = self._mark(event.position()) if self.opens and event.button() == Qt.MouseButton.LeftButton else ""
        if mark:
            self.chosen.emit(mark)

    def _lay_out(self, budget: float) -> None:
        if self._coming is not None and self.shelf.take(self._coming, budget):
            self._coming = None
        self._measure()
        if self._coming is None:  # the count of pages, which they bear, is known only now
            self._timer.stop()
            self.shelf.recount()
            bar = self.verticalScrollBar()
            bar.setValue(round(self._kept_share * bar.maximum()) if self._kept_share else bar.value())
            self.ready.emit(len(self.pages))
        self._follow()

    def _measure(self) -> None:
        """Work out where each page lies, and how far there is to scroll."""
        self.shelf.room = self.viewport().size()
        reach = self.shelf.measure()
        _let_scroll(self.verticalScrollBar(), max(1, self.viewport().height() - LINE), reach.height())
        _let_scroll(self.horizontalScrollBar(), self.viewport().width(), reach.width())
        self.viewport().update()

    def _box(self, place: int) -> QRect:
        return self.shelf.box(place, self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _in_sight(self) -> list[int]:
        sight = self.viewport().rect().adjusted(0, -SHADOW, 0, SHADOW)
        return [place for place in range(len(self.pages)) if self._box(place).intersects(sight)]

    def _follow(self) -> None:
        """Tell which page is in sight: the one that holds the upper third of the window."""
        self.viewport().update()
        page = self.shelf.page_at(self.verticalScrollBar().value() + self.viewport().height() / 3)
        if page != self.page:
            self.page = page
            self.turned.emit(page)

    def _mark(self, point: QPointF) -> str:
        marks = (self.shelf.mark(place, point, self._box(place)) for place in self._in_sight())
        return next((mark for mark in marks if mark), "")


def _step(key: Qt.Key, bar: QScrollBar) -> int:
    """Return how far a key scrolls, 0 for one that does not."""
    keys, page = Qt.Key, bar.pageStep()
    steps = {keys.Key_PageDown: page, keys.Key_PageUp: -page, keys.Key_Space: page}
    steps |= {keys.Key_Down: LINE, keys.Key_Up: -LINE, keys.Key_Home: -bar.maximum(), keys.Key_End: bar.maximum()}
    return steps.get(key, 0)


def _let_scroll(bar: QScrollBar, page: int, reach: int) -> None:
    bar.setPageStep(page)
    bar.setSingleStep(LINE)
    bar.setRange(0, reach)


def _frame(painter: QPainter, box: QRect, colour: QColor) -> None:
    painter.setPen(QPen(colour, FRAME))
    painter.drawRect(box.adjusted(1, 1, -1, -1))


def _shade(painter: QPainter, box: QRect, line: QColor, paper: Qt.GlobalColor | None = None) -> None:
    """Let a page lie on the desk: a soft shadow below, a hairline around, an empty one on `paper`."""
    for step in range(SHADOW, 0, -1):
        painter.fillRect(box.adjusted(-step // 2, 0, step // 2, step), QColor(0, 0, 0, 7))
    painter.fillRect(box.adjusted(-1, -1, 1, 1), line)
    if paper is not None:
        painter.fillRect(box, paper)
