"""A file that puts an earlier one right: what is new, changed and gone, row by row, to be taken in or left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QTableView, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.models.revision_model import RevisionModel
from app.gui.widgets.parts import button, column, label, row
from app.gui.widgets.table import dress
from app.present.pages.collect_values import Revised, RevisionView

WIDTHS = (92, 190, 72, 176, 182, 182, 120)  # an 18-digit code is seen whole
LIST = 76  # height of the list of files


class DiffTable(QTableView):
    """The diff; the space bar ticks the row in focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("revision.diff")
        self.lines = RevisionModel()
        self.setModel(self.lines)
        self.lines.setParent(self)
        dress(self, QStyledItemDelegate(self))
        for place, width in enumerate(WIDTHS):
            self.setColumnWidth(place, width)
        self.horizontalHeader().setStretchLastSection(True)
        self.clicked.connect(lambda index: self.lines.tick(index.row()) if index.column() == 0 else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by the space bar."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.lines.tick(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class RevisionPanel(QWidget):
    """`asked(file)` when a file is chosen, `accepted(file, row numbers)`, `kept(file, row numbers)` when
    what stood before is to count."""

    asked = Signal(str)
    accepted = Signal(str, object)
    kept = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("revision")
        self._files: tuple[Revised, ...] = ()
        self._shown: RevisionView | None = None
        self._stale = False
        self._texts: Texts | None = None
        self.list, self.diff = QListWidget(), DiffTable()
        self.list.setObjectName("revision.files")
        self.list.setMaximumHeight(LIST)
        self.list.currentRowChanged.connect(self._choose)
        self._head, self._note = label("title"), label("note")
        self._all, self._none = button("revision.all", "quiet"), button("revision.none", "quiet")
        self._take, self._keep = button("revision.accept", "primary"), button("revision.keep")
        self._all.clicked.connect(lambda _checked=False: self.diff.lines.tick_all(True))
        self._none.clicked.connect(lambda _checked=False: self.diff.lines.tick_all(False))
        self._take.clicked.connect(lambda _checked=False: self._accept())
        self._keep.clicked.connect(lambda _checked=False: self._leave())
        self.diff.lines.ticked.connect(self._count)
        tools = row(spacing=8)
        for part in (self._all, self._none):
            tools.addWidget(part)
        tools.addStretch()
        for part in (self._keep, self._take):
            tools.addWidget(part)
        layout = column(self, 0, 8)
        for top in (self.list, self._head, self._note):
            layout.addWidget(top)
        layout.addWidget(self.diff, 1)
        layout.addLayout(tools)

    def display(self, files: tuple[Revised, ...], texts: Texts) -> None:
        """Show which files correct earlier ones; the first is opened."""
        self._texts = texts
        words = {self._all: "all", self._none: "none"}
        for part, key in words.items():
            part.setText(texts(f"collect.diff.{key}"))
        self.list.setAccessibleName(texts("collect.tab.revisions", n=len(files)))
        self.diff.setAccessibleName(texts("collect.diff.name"))
        self._count()
        self._stale = True
        if files == self._files:
            self._renew()
            return
        self._files = files
        self.list.clear()
        self.list.addItems([file.sentence for file in files])
        self.list.setVisible(len(files) > 1)
        self._renew()

    def begin(self) -> None:
        """Open the first file when the panel comes on screen and none is open."""
        if self._files and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        elif self._stale:
            self._choose(self.list.currentRow())

    def show_diff(self, view: RevisionView, texts: Texts, palette: Palette) -> None:
        """Show what a file would change."""
        self._shown = view
        self._head.setText(view.headline)
        self._note.setText(view.note)
        self.diff.lines.display(view.rows, texts, palette)

    def _renew(self) -> None:
        """The study has moved on: what is on screen is worked out anew."""
        if self.isVisible():
            self.begin()

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._files):
            self._stale = False
            self.asked.emit(self._files[place].source)

    def _count(self) -> None:
        chosen = len(self.diff.lines.chosen)
        if self._texts is not None:
            self._take.setText(self._texts("collect.diff.accept", n=chosen))
            self._keep.setText(self._texts("collect.diff.keep", n=chosen))
        self._keep.setEnabled(bool(chosen))
        self._take.setEnabled(bool(chosen))

    def _accept(self) -> None:
        if self._shown is not None:
            self.accepted.emit(self._shown.source, tuple(sorted(self.diff.lines.chosen)))

    def _leave(self) -> None:
        if self._shown is not None:
            self.kept.emit(self._shown.source, tuple(sorted(self.diff.lines.chosen)))
