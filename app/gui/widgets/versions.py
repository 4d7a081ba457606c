"""Every version of the weights: what, why, who, when; the chosen one can be put in force."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.theme import INSIDE, ROW
from app.gui.widgets.parts import button, column, label, row
from app.gui.widgets.table import Table
from app.present.pages.weights_values import RUBRIC, WeightsPage

MOST_ROWS = 14


class VersionsPart(QWidget):
    """`wanted(version id)`, "rubric" for the rubric's own weights."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("view.versions")
        self._headline, self.table = label("title"), Table("table.versions")
        self.use, self.back = button("versions.use", "primary"), button("versions.rubric")
        self._chosen = self._in_force = ""
        self.table.pointed.connect(self._point)
        self.use.clicked.connect(lambda _checked=False: self.wanted.emit(self._chosen))
        self.back.clicked.connect(lambda _checked=False: self.wanted.emit(RUBRIC))
        ends = row(spacing=8)
        ends.addWidget(self.use)
        ends.addWidget(self.back)
        ends.addStretch()
        layout = column(self, 0, INSIDE)
        layout.addWidget(self._headline)
        layout.addWidget(self.table)
        layout.addLayout(ends)
        layout.addStretch()

    def display(self, view: WeightsPage, texts: Texts, palette: Palette) -> None:
        """Show the versions of `view`."""
        if view.versions is None:
            return
        own = len(view.versions) - 1
        self._headline.setText(texts("assess.weights.versions_headline", n=own) if own else texts("assess.weights.versions_none"))
        self._in_force = view.in_force
        self.use.setText(texts("assess.weights.use"))
        self.back.setText(texts("assess.weights.use_rubric"))
        self.back.setEnabled(view.in_force != RUBRIC)
        self.table.setFixedHeight(ROW * (min(len(view.versions), MOST_ROWS) + 1) + 8)
        self.table.display(view.versions, palette, self._headline.text())
        self._point(self._chosen if self._chosen in view.versions.ids else "")

    def _point(self, id_: str) -> None:
        self._chosen = id_
        self.use.setEnabled(bool(id_) and id_ != self._in_force)
