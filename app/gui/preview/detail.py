"""What is known of the cell in focus: its text, its row's role, its column's item and why, and what was found there."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QWidget

from app.domain.findings import column_letters
from app.domain.numbers import percent
from app.domain.words import Texts
from app.gui.pages.base import sheet
from app.gui.preview.grid_model import GridModel
from app.gui.widgets.parts import button, clear, column, label, line, row
from app.gui.widgets.question_card import QuestionCardView
from app.present.preview import Strip, role_words

WIDTH = 288


class Detail(QFrame):
    """`cell_asked()`, `column_asked()`, `row_asked()` from its buttons, `answered(question id, answer)` from a question."""

    cell_asked = Signal()
    column_asked = Signal()
    row_asked = Signal()
    answered = Signal(str, str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._question = QuestionCardView(bare=True)
        self._question.answered.connect(self.answered)
        self.setFixedWidth(WIDTH)
        self._texts = texts
        area, self._body = sheet(6)
        self._body.setContentsMargins(0, 0, 4, 0)
        self.buttons = {name: button(f"source.{name}") for name in ("cell", "column", "row")}
        for name, signal in (("cell", self.cell_asked), ("column", self.column_asked), ("row", self.row_asked)):
            self.buttons[name].setText(texts(f"preview.change_{name}"))
            self.buttons[name].clicked.connect(lambda _checked=False, signal=signal: signal.emit())
        layout = column(self, (16, 0, 0, 0), 8)
        layout.addWidget(area, 1)

    def show_cell(self, grid: GridModel, place: tuple[int, int]) -> None:
        """Tell everything about the zero-based cell `place`."""
        texts, (at, column_) = self._texts, place
        clear_keeping(self._body, (self._question, *self.buttons.values()))
        if at < 0 or column_ < 0:
            return
        self._ask(grid, at, column_)
        mark, received = grid.mark(at, column_), grid.view.sheet.text(at, column_)
        self._title(f"{column_letters(column_ + 1)}{at + 1}")
        self._body.addWidget(label("quote", text=received or texts("preview.empty_cell")))
        if mark is not None and mark.corrected is not None:
            self._note(texts("preview.corrected"))
            self._body.addWidget(label("differs", text=mark.corrected or texts("preview.empty_cell")))
        self._put("cell")
        for said in mark.lines if mark is not None else ():
            self._body.addWidget(label(text=said))
        self._line_part(grid.strip(at, column_), grid.view.down)
        self._body.addWidget(line())
        self._note(texts("preview.row", row=at + 1))
        self._body.addWidget(label("title", text=role_words(grid.view.role(at), grid.view.down, texts)))
        self._put("row")
        self._body.addStretch()

    def _ask(self, grid: GridModel, at: int, column_: int) -> None:
        """Show the open question about a cell over everything else that is known of it."""
        card = grid.view.asked_at(at, column_)
        self._question.setVisible(card is not None)
        if card is not None:
            self._question.display(replace(card, examples=()), "", self._texts, grid.palette)
            self._body.addWidget(self._question)

    def _line_part(self, strip: Strip | None, down: bool) -> None:
        texts = self._texts
        self._body.addWidget(line())
        self._note(texts("preview.line_down" if down else "preview.line"))
        if strip is None:
            self._body.addWidget(label("muted", text=texts("preview.line_none")))
            self.buttons["column"].hide()
            return
        self._body.addWidget(label("title", text=strip.label))
        told = strip.state in ("sure", "unsure")
        said = texts("preview.sure", sure=percent(strip.confidence), why=strip.why) if told else strip.why
        self._note(said)
        if strip.unit:
            self._note(texts("preview.unit", unit=strip.unit))
        if strip.rivals:
            self._note(texts("preview.rivals", items=texts("wording.list_separator").join(strip.rivals)))
        self._put("column")

    def _title(self, text: str) -> None:
        self._body.addWidget(label("title", text=text))

    def _note(self, text: str) -> None:
        self._body.addWidget(label("note", text=text))

    def _put(self, name: str) -> None:
        part: QPushButton = self.buttons[name]
        holder = row()
        holder.addWidget(part)
        holder.addStretch()
        self._body.addLayout(holder)
        part.show()


def clear_keeping(layout: QLayout, kept: tuple[QWidget, ...]) -> None:
    """Empty a layout but keep some buttons alive, so that the focus is not lost with them."""
    for part in kept:
        part.setParent(None)
    clear(layout)
