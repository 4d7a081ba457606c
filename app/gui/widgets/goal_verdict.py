"""The light of one goal in a card: its sign and word, why, and what would change it; grey is as much an answer as the others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.parts import button, column, label, row
from app.gui.widgets.sign import SignMark
from app.present.pages.goal_values import Verdict

SIDE = 22


class VerdictCard(QFrame):
    """`asked(command)` from the button of the next step, `evidence(mark)` from the word of the light."""

    asked = Signal(str)
    evidence = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("goal.verdict")
        self.setProperty("role", "card")
        self._verdict: Verdict | None = None
        self._sign = SignMark(SIDE)
        self.word, self.step = button("goal.light", "link"), button("goal.step")
        self._reason, self._next_title, self._next = label(), label("note", wrap=False), label("muted")
        self.word.clicked.connect(lambda _checked=False: self._tell())
        self.step.clicked.connect(lambda _checked=False: self._ask())
        head = row(spacing=8)
        head.addWidget(self._sign)
        head.addWidget(self.word)
        head.addStretch()
        left = column(spacing=4)
        left.addLayout(head)
        left.addWidget(self._reason)
        left.addStretch()
        right = column(spacing=4)
        right.addWidget(self._next_title)
        right.addWidget(self._next)
        right.addWidget(self.step, alignment=Qt.AlignmentFlag.AlignLeft)
        right.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        across = row(self, (16, 12, 16, 12), 32)
        across.addLayout(left, 1)
        across.addLayout(right, 1)

    def display(self, verdict: Verdict, texts: Texts, palette: Palette) -> None:
        """Show `verdict`."""
        self._verdict = verdict
        self.setAccessibleName(f"{verdict.word} {verdict.reason}")
        self._sign.restyle(verdict.light.value, palette)
        self.word.setText(verdict.word)
        self.word.setAccessibleName(verdict.word)
        self._reason.setText(verdict.reason)
        self._next_title.setText(texts("gui.goal.next"))
        self._next.setText(verdict.next)
        for part in (self._next_title, self._next):
            part.setVisible(bool(verdict.next))
        self.step.setVisible(verdict.step is not None)
        if verdict.step is not None:
            self.step.setText(verdict.step.label)
            self.step.setAccessibleName(verdict.step.label)

    def _ask(self) -> None:
        if self._verdict is not None and self._verdict.step is not None:
            self.asked.emit(self._verdict.step.command)

    def _tell(self) -> None:
        if self._verdict is not None and self._verdict.evidence:
            self.evidence.emit(self._verdict.evidence)
