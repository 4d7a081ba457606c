"""A level typed in for one firm: an assessor's on site, or one noted beside the computed level."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.words import Texts
from app.gui.dialogs.foot import Foot
from app.gui.widgets.judgement_form import JudgementForm
from app.gui.widgets.parts import column, label
from app.present.pages.visits_values import LevelChoice

WIDTH = 480


@dataclass(frozen=True, slots=True)
class Asked:
    """What is judged: `kind` label | override, of which firm ("" to be typed in, with these `suggestions`), in which wave."""

    kind: str
    wave: str
    firm: str = ""
    name: str = ""
    suggestions: tuple[str, ...] = ()


class JudgementDialog(QDialog):
    """The form and a button that waits until all is said; Esc leaves. `answer(parameters of study.<kind>)`."""

    def __init__(
        self,
        parent: QWidget,
        asked: Asked,
        levels: tuple[LevelChoice, ...],
        texts: Texts,
        answer: Callable[[dict[str, str]], object],
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.judgement")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = texts(f"gui.judge.{asked.kind}_title")
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self._asked, self._answer = asked, answer
        self.form = JudgementForm(asked.kind, asks_firm=not asked.firm)
        self.form.restyle(levels, texts, asked.suggestions)
        self.form.changed.connect(self._follow)
        self._foot = Foot(self, "judge", texts("gui.judge.save"), texts, self._take)
        layout = column(self, 20, 10)
        layout.addWidget(label("title", text=asked.name or title))
        layout.addWidget(label("note", text=texts(f"gui.judge.{asked.kind}_note")))
        layout.addWidget(self.form)
        layout.addStretch()
        layout.addLayout(self._foot.line)
        self._follow()
        self.resize(WIDTH, layout.heightForWidth(WIDTH) + 24)
        (self.form.level if asked.firm else self.form.firm).setFocus()

    def _follow(self) -> None:
        self._foot.wait_for(self.form.missing, "gui.judge.needs")

    def _take(self) -> None:
        given = {"firm": self._asked.firm, "wave": self._asked.wave, **self.form.given}
        self.close()
        self._answer(given)
