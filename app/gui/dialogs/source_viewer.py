"""A sheet as received, painted by what it was taken for; opened without blocking, gone when closed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QMenu, QWidget

from app.domain.decisions import Correction, Decision, DecisionKind
from app.domain.findings import column_letters
from app.domain.sheet import RowRole
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.dialogs.choose import ask_choice
from app.gui.dialogs.correct import Cell, CorrectDialog
from app.gui.preview.detail import Detail
from app.gui.preview.grid import PaintedGrid
from app.gui.preview.legend import Legend
from app.gui.widgets.parts import button, column, label, row
from app.present.preview import Painted

CHOICES = tuple(role for role in RowRole if role is not RowRole.BLANK)  # what a person may say a row is
SIZE = (1440, 900)
AROUND = 40  # pixels of the window that stay in sight around the dialog


class SourceViewer(QDialog):
    """`requested(command id, parameters)` for every correction; `sheet_asked(name)` for another sheet of the file."""

    requested = Signal(str, object)
    sheet_asked = Signal(str)

    def __init__(self, view: Painted, texts: Texts, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.source")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(min(SIZE[0], parent.width() - AROUND), min(SIZE[1], parent.height() - AROUND))
        self._texts, self._palette, self.view = texts, palette, view
        words = {role: texts(f"preview.role.{role.value}") for role in RowRole}
        self.grid = PaintedGrid(view, palette, words)
        self.grid.setAccessibleName(texts("gui.source.grid"))
        self.detail, self.legend, self._title = Detail(texts), Legend(), label("title", wrap=False)
        self._sheets = QComboBox()
        self._sheets.setObjectName("source.sheets")
        self._sheets.setAccessibleName(texts("preview.sheets"))
        self._sheets.activated.connect(lambda _index: self.sheet_asked.emit(self._sheets.currentText()))
        self._busy, self._open = label("note", wrap=False), button("source.questions", "link")
        self._connect()
        self._lay_out()
        self._describe()
        self.grid.setFocus()

    def display(self, view: Painted, palette: Palette) -> None:
        """Paint the sheet anew after a decision, or another one."""
        self.view, self._palette = view, palette
        self._busy.clear()
        self.grid.display(view, palette)
        self._describe()

    def rest(self, sentence: str = "") -> None:
        """Nothing is being read any more; `sentence` says why where it failed."""
        self._busy.setText(sentence)

    def correct(self, at: int, place: int) -> None:
        """Ask for the text that is to hold at a cell."""
        texts, view = self._texts, self.view
        title = texts("preview.correct.title", cell=f"{column_letters(place + 1)}{at + 1}")

        def taken(text: str, reason: str) -> None:
            correction = Correction(view.scope.partition("/")[0], view.sheet.name, at + 1, place + 1, text, reason)
            self._request("study.correct", {"corrections": (correction,)})

        if 0 <= at < view.sheet.n_rows and place >= 0:
            strip = self.grid.cells.strip(at, place)
            options = view.options.get(strip.item, ()) if strip is not None else ()
            CorrectDialog(self, Cell(title, self.grid.cells.text(at, place), options), texts, taken).open()

    def name_line(self, position: int) -> None:
        """Ask which item a column (in long forms a row) is."""
        strip = self.view.strips.get(position)
        if strip is None or not strip.heading:
            return
        title = self._texts("preview.name_title", heading=strip.heading)
        options = (
            ("", self._texts("preview.none_of_ours")),
            *((item.code, _words(item.text, item.group)) for item in self.view.items),
        )
        scope = self.view.templates.get(position, self.view.scope)
        ask_choice(self, title, options, self._texts, lambda code: self._decide(DecisionKind.COLUMN, scope, strip.heading, code))

    def name_row(self, at: int) -> None:
        """Offer what a row may be."""
        if not 0 <= at < self.view.sheet.n_rows:
            return
        menu = QMenu(self)
        menu.setObjectName("source.roles")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = self.view.role(at)
        for role in CHOICES:
            action = menu.addAction(self._texts(f"preview.role.{role.value}"))
            action.setCheckable(True)
            action.setChecked(role is now)
            action.triggered.connect(
                lambda _checked=False, role=role: self._decide(DecisionKind.ROW, self.view.scope, str(at + 1), role.value)
            )
        edge = QPoint(0, self.grid.rowViewportPosition(at) + self.grid.rowHeight(at))
        menu.popup(self.grid.viewport().mapToGlobal(edge))

    def next_question(self) -> None:
        """Go to the cells of the next open question of the sheet."""
        view, here = self.view, self.view.asked_at(*self._here())
        after = view.questions.index(here) + 1 if here is not None else 0
        card = view.questions[after % len(view.questions)] if view.questions else None
        if card is not None and card.examples:
            place = card.examples[0].place
            self.grid.go_to(place.row - 1, place.column - 1)
            self.grid.setFocus()

    def _decide(self, kind: DecisionKind, scope: str, subject: str, answer: str) -> None:
        self._request("study.decide", {"decisions": (Decision(kind, scope, subject, answer),)})

    def _request(self, command: str, parameters: dict[str, object]) -> None:
        self._busy.setText(self._texts("preview.working"))
        self.requested.emit(command, parameters)

    def _describe(self) -> None:
        view, texts = self.view, self._texts
        title = texts("gui.source.title", file=view.file, sheet=view.sheet.name)
        self.setWindowTitle(title)
        self._title.setText(view.file)
        self._title.setToolTip(view.file)
        self._sheets.clear()
        self._sheets.addItems(list(view.sheets))
        self._sheets.setCurrentText(view.sheet.name)
        self._sheets.setVisible(len(view.sheets) > 1)
        self.legend.display(view.legend, view.strips, texts, self._palette)
        self._open.setText(texts("preview.questions", n=len(view.questions)))
        self._open.setVisible(bool(view.questions))
        self.detail.show_cell(self.grid.cells, self._here())

    def _here(self) -> tuple[int, int]:
        place = self.grid.currentIndex()
        return place.row(), place.column()

    def _connect(self) -> None:
        self.grid.moved.connect(lambda at, place: self.detail.show_cell(self.grid.cells, (at, place)))
        self.grid.cell_asked.connect(self.correct)
        self.grid.column_asked.connect(self.name_line)
        self.grid.row_asked.connect(self.name_row)
        self.detail.answered.connect(lambda id_, answer: self._request("study.decide", {"question": id_, "answer": answer}))
        self._open.clicked.connect(lambda _checked=False: self.next_question())
        for keys, command in (("Ctrl+Z", "edit.undo"), ("Ctrl+Y", "edit.redo")):
            key = QShortcut(QKeySequence(keys), self)
            key.activated.connect(lambda command=command: self._request(command, {}))
        self.detail.cell_asked.connect(lambda: self.correct(*self._here()))
        self.detail.row_asked.connect(lambda: self.name_row(self._here()[0]))
        self.detail.column_asked.connect(lambda: self.name_line(self._here()[0 if self.view.down else 1]))

    def _lay_out(self) -> None:
        close = button("source.close")
        close.setText(self._texts("gui.source.close"))
        close.clicked.connect(lambda _checked=False: self.close())
        top, ends, middle = row(spacing=12), row(spacing=8), row(spacing=0)
        top.addWidget(self._title)
        top.addWidget(self._sheets)
        top.addStretch()
        top.addWidget(self._busy)
        top.addWidget(self._open)
        middle.addWidget(self.grid, 1)
        middle.addWidget(self.detail)
        ends.addWidget(label("note", wrap=False, text=self._texts("preview.keys")))
        ends.addStretch()
        ends.addWidget(close)
        for part in (close, self._open, *self.detail.buttons.values()):
            part.setAutoDefault(False)  # Return belongs to the grid
        layout = column(self, 20, 10)
        layout.addLayout(top)
        layout.addWidget(self.legend)
        layout.addLayout(middle, 1)
        layout.addLayout(ends)


def _words(text: str, group: str) -> str:
    return f"{text}    {group}" if group else text
