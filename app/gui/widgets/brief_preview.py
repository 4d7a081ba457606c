"""What the brief will look like: the pages of its file, or its tables where the file has no pages; how the making of it goes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QWidget

from app.domain.brief import Brief
from app.domain.paper import Paper
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.paper.view import PaperView
from app.gui.widgets.paper_bar import PaperBar
from app.gui.widgets.parts import button, column, frame, label, row
from app.gui.widgets.preview import Preview

LEAST = 320
INSIDE = 12
NARROW, WIDE = 240, 400  # pixels of the notice


class BriefPreview(QWidget):
    """`number(identifier)` from a page, `evidence(mark)` from a table, `again()` after a failure."""

    number = Signal(str)
    evidence = Signal(str)
    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view, self.tables = PaperView(), Preview()
        self.bar = PaperBar(self.view)
        self.view.setMinimumHeight(LEAST)
        self.view.chosen.connect(self.number)
        self.tables.evidence.connect(self.evidence)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.tables)
        self._texts: Texts | None = None
        self._palette: Palette | None = None
        self._brief: Brief | None = None
        self._make_notice()
        layout = column(self, 0, 0)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.bar)

    def _make_notice(self) -> None:
        """A small card over the pages tells how far the making is, or why nothing came of it."""
        self.notice = frame("card")
        self.notice.setParent(self)
        self._what, self._count, self._why = label("title", wrap=False), label("note", wrap=False), label("note")
        self._line = QProgressBar()
        self._line.setTextVisible(False)
        self._line.setRange(0, 0)
        self._retry = button("brief.again")
        self._retry.clicked.connect(lambda _checked=False: self.again.emit())
        layout = self._inside = column(self.notice, (INSIDE + 4, INSIDE, INSIDE + 4, INSIDE), 8)
        head = row(spacing=16)
        head.addWidget(self._what, 1)
        head.addWidget(self._count)
        layout.addLayout(head)
        layout.addWidget(self._line)
        layout.addWidget(self._why)
        foot = row()
        foot.addStretch()
        foot.addWidget(self._retry)
        layout.addLayout(foot)
        self.notice.hide()

    def restyle(self, texts: Texts, palette: Palette) -> None:
        """Show the words of `texts` in the colours of `palette`."""
        self._texts, self._palette = texts, palette
        self.view.restyle(palette)
        self.bar.restyle(texts, palette)
        self._retry.setText(texts("gui.brief.again"))
        self._line.setAccessibleName(texts("gui.task.progress"))
        if self._brief is not None:
            self.tables.display(self._brief, texts, palette)

    def working(self, what: str = "", done: int = 0, total: int = 0) -> None:
        """Say that the pages are being made, and how far that is where it is known; what was shown stays below."""
        if self._texts is None:
            return
        self._what.setText(what or self._texts("gui.paper.working"))
        self._count.setText(f"{done:,} / {total:,}" if total else "")
        self._line.setRange(0, max(total, 0))
        self._line.setValue(done)
        self._show_notice(failed=False)

    def fail(self, sentence: str) -> None:
        """Say why there is no preview."""
        if self._texts is None:
            return
        self.view.clear()
        self.bar.note_fonts(())
        self.stack.setCurrentWidget(self.view)
        self._what.setText(self._texts("gui.brief.failed"))
        self._count.setText("")
        self._why.setText(sentence)
        self._show_notice(failed=True)

    def rest(self) -> None:
        """Nothing is being made any more."""
        self.notice.hide()

    def show_paper(self, paper: Paper, stay: bool = False) -> None:
        """Show the pages of a file, from the first or (`stay`) as far down as those before were."""
        self.notice.hide()
        self._brief = None
        self.stack.setCurrentWidget(self.view)
        self.bar.setVisible(True)
        self.view.display(paper, stay)
        self.bar.note_fonts(self.view.faces.lacking(paper.fonts) if self.view.faces is not None else ())

    def show_brief(self, brief: Brief) -> None:
        """Show the tables of a brief whose file has no pages."""
        self.notice.hide()
        self._brief = brief
        self.bar.setVisible(False)
        self.view.clear()
        self.stack.setCurrentWidget(self.tables)
        if self._texts is not None and self._palette is not None:
            self.tables.display(brief, self._texts, self._palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self._place_notice()

    def _show_notice(self, failed: bool) -> None:
        self._line.setVisible(not failed)
        self._why.setVisible(failed)
        self._retry.setVisible(failed)
        self.notice.show()
        self.notice.raise_()
        self._place_notice()

    def _place_notice(self) -> None:
        said = self._what.sizeHint().width() + self._count.sizeHint().width() + 16 + 2 * (INSIDE + 6)
        wide = WIDE if self._why.isVisibleTo(self.notice) else min(WIDE, max(NARROW, said))
        self.notice.setFixedWidth(min(wide, max(200, self.width() - 48)))
        inside, width = self._inside, self.notice.width()
        self.notice.setFixedHeight(inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height())
        self.notice.move((self.width() - self.notice.width()) // 2, 24)
