"""The strip at the bottom: what runs, how far, cancel · the study, its wave, when it was saved."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar

from app.domain.task import Progress
from app.domain.words import Texts
from app.gui.widgets.parts import button, label, row

PATIENCE = 300  # milliseconds before progress is worth showing


class TaskStrip(QFrame):
    """Shows long work after 300 ms; `cancelled()` when the user stops it."""

    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self.setFixedHeight(36)
        self._texts: Texts | None = None
        self._what, self._study = label("note", wrap=False), label("note", wrap=False)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(200)
        self._stop = button("task.cancel", "quiet")
        self._stop.clicked.connect(lambda _checked=False: self.cancelled.emit())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(lambda: self._show_work(True))
        layout = row(self, (16, 0, 16, 0), 12)
        for part in (self._what, self._bar, self._stop):
            layout.addWidget(part)
        layout.addStretch()
        layout.addWidget(self._study)
        self._show_work(False)

    def restyle(self, texts: Texts) -> None:
        """Show the words of `texts`."""
        self._texts = texts
        self._stop.setText(texts("gui.task.cancel"))
        self._bar.setAccessibleName(texts("gui.task.progress"))

    def show_study(self, sentence: str) -> None:
        """Show which study is open, its wave and when it was saved."""
        self._study.setText(sentence)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the work is; unknown totals run to and fro."""
        if self._texts is None:
            return
        known = progress.step in self._texts.entries
        what = self._texts(progress.step) if known else self._texts("gui.task.working")
        count = f"{progress.done:,} / {progress.total:,}" if progress.total else ""
        self._what.setText("   ".join(part for part in (what, count, progress.detail) if part))
        self._bar.setRange(0, max(progress.total, 0))
        self._bar.setValue(progress.done)

    def set_busy(self, busy: bool) -> None:
        """Begin or end; short work never flickers here."""
        if busy:
            if self._texts is not None:
                self.show_progress(Progress("gui.task.working"))
            self._timer.start()
            return
        self._timer.stop()
        self._show_work(False)

    @property
    def shows_work(self) -> bool:
        """Whether progress is on screen."""
        return self._bar.isVisibleTo(self)

    def _show_work(self, visible: bool) -> None:
        for part in (self._what, self._bar, self._stop):
            part.setVisible(visible)
