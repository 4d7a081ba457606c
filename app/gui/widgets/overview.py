"""The first view of the collect page: who sent what on the left, what has to be answered on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.task import FileProgress
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.coverage import CoverageView
from app.gui.widgets.parts import row
from app.gui.widgets.questions import QuestionDeck
from app.present.coverage import Coverage, with_progress
from app.present.pages.values import CollectPage

BREATH = 60  # milliseconds in which reports about files are gathered before the matrix is drawn again
ASIDE, ROOMY = (340, 420), 1400  # width of the questions on a usual and on a wide page


class Overview(QWidget):
    """`asked(field kind, sender, file key)` from the matrix, `counted(files done, files)` while they are read."""

    asked = Signal(str, str, str)
    counted = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.coverage, self.deck = CoverageView(), QuestionDeck()
        self.coverage.table.asked.connect(self.asked)
        self._known = Coverage()
        self._events: dict[str, FileProgress] = {}
        self._wave = ""
        self._texts: Texts | None = None
        self._palette: Palette | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BREATH)
        self._timer.timeout.connect(self._draw)
        across = row(self, 0, 24)
        across.addWidget(self.coverage, 1)
        across.addWidget(self.deck)

    def display(self, view: CollectPage, texts: Texts, palette: Palette) -> None:
        """Show the study as it stands."""
        self.restyle(texts, palette)
        self._known, self._events = view.coverage, {}
        self.deck.setVisible(bool(view.questions))
        self.deck.display(view.questions, texts, palette)
        self._draw()

    def clear(self) -> None:
        """Forget what another study had."""
        self._known, self._events = Coverage(), {}
        self._draw()

    def restyle(self, texts: Texts, palette: Palette) -> None:
        """Take words and colours before there is anything to show."""
        self._texts, self._palette = texts, palette

    def begin(self, wave: str) -> None:
        """Make ready for the files of a collection into `wave`."""
        self._wave, self._events = wave, {}
        self.deck.hide()

    def follow(self, events: Sequence[FileProgress]) -> None:
        """Take in how files stand; the matrix follows at once or within a breath."""
        self._events.update((event.file, event) for event in events)
        if not self._timer.isActive():
            self._draw()
            self._timer.start()

    def end(self) -> None:
        """The collection is over, whatever came of it."""
        self._events = {}
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self.deck.setFixedWidth(ASIDE[self.width() > ROOMY])

    def _draw(self) -> None:
        if self._texts is not None and self._palette is not None:
            shown = with_progress(self._known, self._wave, tuple(self._events.values()))
            self.coverage.display(shown, self._texts, self._palette)
            if self._events:
                done = sum(event.state not in ("waiting", "reading") for event in self._events.values())
                self.counted.emit(done, len(self._events))
