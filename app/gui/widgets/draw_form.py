"""How many firms to visit, and by which seed they are drawn; the list goes out as a table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QLineEdit

from app.domain.words import Texts
from app.gui.widgets.parts import button, label, row
from app.present.pages.visits_values import DrawForm
from app.workflows.context import DEFAULT_SEED

FIELD = 76
LARGEST_SEED = 2_147_483_647


class DrawFormView(QFrame):
    """`drawn(parameters of study.visits)`, `exported()`."""

    drawn = Signal(object)
    exported = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("visits.form")
        self.n, self.seed = QLineEdit(), QLineEdit(str(DEFAULT_SEED))
        for name, field in (("n", self.n), ("seed", self.seed)):
            field.setObjectName(f"visits.{name}")
            field.setFixedWidth(FIELD)
            field.textChanged.connect(lambda _text: self._follow())
        self.seed.setValidator(QIntValidator(0, LARGEST_SEED, self))
        self._ready = False
        self._n_label, self._seed_label, self._note = label("note", wrap=False), label("note", wrap=False), label("note")
        self._draw, self.export = button("visits.draw", "primary"), button("visits.export")
        self._draw.clicked.connect(lambda _checked=False: self._ask())
        self.n.returnPressed.connect(self._ask)
        self.export.clicked.connect(lambda _checked=False: self.exported.emit())
        layout = row(self, (16, 10, 16, 10), 8)
        for part in (self._n_label, self.n, self._seed_label, self.seed, self._draw):
            layout.addWidget(part)
        layout.addSpacing(8)
        layout.addWidget(self._note, 1)
        layout.addWidget(self.export)

    def display(self, form: DrawForm | None, has_list: bool, texts: Texts, ready: bool) -> None:
        """Show what may be drawn; `ready` whether levels are there to draw by."""
        self.setVisible(form is not None)
        if form is None:
            return
        self._ready = ready and form.most > 0
        self.n.setValidator(QIntValidator(1, max(1, form.most), self))
        if not self.n.isModified() or not self.n.text():
            self.n.setText(str(form.n))
        for name, words, field in (("n", self._n_label, self.n), ("seed", self._seed_label, self.seed)):
            words.setText(texts(f"gui.visits.{name}"))
            field.setAccessibleName(texts(f"gui.visits.{name}"))
        self.seed.setToolTip(texts("gui.visits.seed_tip"))
        self._note.setText(form.note)
        self._draw.setText(texts("gui.visits.draw_new" if has_list else "gui.visits.draw"))
        self.export.setText(texts("gui.visits.export"))
        self.export.setVisible(has_list)
        self._follow()

    def _follow(self) -> None:
        sound = self.n.hasAcceptableInput() and self.seed.hasAcceptableInput()
        self._draw.setEnabled(self._ready and sound)

    def _ask(self) -> None:
        if self._draw.isEnabled():
            self.drawn.emit({"n": int(self.n.text()), "seed": int(self.seed.text())})
