"""The weights editor: seven sliders, one switch, a reason and a name; `tried` on every change, `wanted` when put in force."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QLineEdit, QRadioButton

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.theme import INSIDE
from app.gui.widgets.parts import button, clear, column, label, line, row
from app.gui.widgets.weight_row import WeightRow
from app.present.pages.weights_values import Editor
from app.present.weighing import shares, with_weight

BREATH = 15  # milliseconds in which changes are gathered before ranks are worked out again
HEADS = {0: "pillar", 2: "weight", 3: "share", 4: "rubric_share"}  # by column


class WeightEditor(QFrame):
    """`tried(weights, aggregation)` and `wanted(weights, aggregation, why, who)`; weights are pairs (code, share of 1)."""

    tried = Signal(object, str)
    wanted = Signal(object, str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("weights.editor")
        self.setProperty("role", "card")
        self.rows: tuple[WeightRow, ...] = ()
        self._editor = Editor()
        self._texts: Texts | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BREATH)
        self._timer.timeout.connect(self._try)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self.sum, self._ways, self._group = label("note"), column(spacing=2), QButtonGroup(self)
        self.why, self.who = QLineEdit(), QLineEdit()
        self.apply, self.reset = button("weights.apply", "primary"), button("weights.reset", "quiet")
        self.rubric = button("weights.take_rubric", "quiet")
        self._lay_out()

    def display(self, editor: Editor, texts: Texts, palette: Palette) -> None:
        """Show `editor`; what is being set stays while the weights in force do."""
        anew = editor.pillars and (
            [(p.code, p.weight) for p in editor.pillars] != [(p.code, p.weight) for p in self._editor.pillars]
            or editor.way != self._editor.way
        )
        self._editor, self._texts = editor, texts
        if tuple(part.code for part in self.rows) != tuple(pillar.code for pillar in editor.pillars):
            self._build(editor)
        self._words(texts, palette)
        if anew:
            self.why.clear()
            self.take({pillar.code: pillar.weight for pillar in editor.pillars}, editor.way)
        self._follow()

    @property
    def weights(self) -> dict[str, float]:
        """The weights as set."""
        return {part.code: part.weight for part in self.rows}

    @property
    def way(self) -> str:
        """The aggregation chosen."""
        chosen = self._group.checkedButton()
        return chosen.property("way") if chosen is not None else self._editor.way

    @property
    def shares(self) -> tuple[tuple[str, float], ...]:
        """The weights as shares that sum to 1."""
        return tuple((code, round(share / 100, 6)) for code, share in shares(self.weights).items())

    @property
    def is_changed(self) -> bool:
        """Whether what is set differs from what is in force."""
        before = shares({pillar.code: pillar.weight for pillar in self._editor.pillars})
        now = shares(self.weights)
        return self.way != self._editor.way or any(abs(now[code] - share) > 0.005 for code, share in before.items())

    def take(self, weights: dict[str, float], way: str) -> None:
        """Set these weights and this aggregation."""
        for choice in self._group.buttons():
            choice.setChecked(choice.property("way") == way)
        self._put(weights)

    def _put(self, weights: dict[str, float]) -> None:
        now = shares(weights)
        for part in self.rows:
            part.put(weights[part.code], now[part.code])
        self._follow()
        self._timer.start()

    def _move(self, code: str, weight: float) -> None:
        locked = [part.code for part in self.rows if part.lock.isChecked()]
        self._put(with_weight(self.weights, locked, code, weight))

    def _try(self) -> None:
        if sum(self.weights.values()) > 0:
            self.tried.emit(self.shares, self.way)

    def _follow(self) -> None:
        """Say what the weights sum to, and let the button wait for a change, a reason and a name."""
        if self._texts is None:
            return
        texts, total = self._texts, sum(self.weights.values())
        key = "sum_zero" if total <= 0 else "sum_hundred" if abs(total - 100) < 0.05 else "sum_other"
        said = {"sum": f"{total:.1f}".removesuffix(".0")} if key == "sum_other" else {}
        self.sum.setText(texts(f"assess.weights.{key}", **said))
        told = bool(self.why.text().strip() and self.who.text().strip())
        self.apply.setEnabled(total > 0 and told and self.is_changed)
        self.apply.setToolTip("" if self.is_changed else texts("assess.weights.unchanged"))
        self.reset.setVisible(self.is_changed)

    def _lay_out(self) -> None:
        for field, name in ((self.why, "why"), (self.who, "who")):
            field.setObjectName(f"weights.{name}")
            field.textChanged.connect(lambda _text: self._follow())
        self.apply.clicked.connect(lambda _checked=False: self._apply())
        self.reset.clicked.connect(lambda _checked=False: self._back())
        self.rubric.clicked.connect(lambda _checked=False: self.take({part.code: part.own for part in self.rows}, "arithmetic"))
        self._group.buttonClicked.connect(lambda _button: self._choose())
        self._why_title, self._who_title = label("note"), label("note")
        said = QGridLayout()
        said.setHorizontalSpacing(12)
        said.setVerticalSpacing(2)
        said.setColumnStretch(0, 3)
        said.setColumnStretch(1, 1)
        for place, part in enumerate((self._why_title, self._who_title, self.why, self.who)):
            said.addWidget(part, place // 2, place % 2)
        ends = row(spacing=8)
        for part in (self.apply, self.reset, self.rubric):
            ends.addWidget(part)
        ends.addStretch()
        layout = column(self, INSIDE, 8)
        layout.addLayout(self._grid)
        layout.addWidget(self.sum)
        layout.addWidget(line())
        layout.addLayout(self._ways)
        layout.addWidget(line())
        layout.addLayout(said)
        layout.addSpacing(4)
        layout.addLayout(ends)

    def _build(self, editor: Editor) -> None:
        clear(self._grid)
        clear(self._ways)
        self._heads = {place: label("note", wrap=False) for place in HEADS}
        for place, head in self._heads.items():
            head.setAlignment(Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(head, 0, place)
        self.rows = tuple(WeightRow(pillar, self._grid, place + 1) for place, pillar in enumerate(editor.pillars))
        for part in self.rows:
            part.moved.connect(self._move)
        for old in self._group.buttons():
            self._group.removeButton(old)
        for way in editor.ways:
            choice = QRadioButton()
            choice.setObjectName(f"weights.way.{way.code}")
            choice.setProperty("way", way.code)
            self._group.addButton(choice)
            self._ways.addWidget(choice)

    def _words(self, texts: Texts, palette: Palette) -> None:
        for place, head in self._heads.items():
            head.setText(texts(f"assess.weights.{HEADS[place]}"))
        for part, pillar in zip(self.rows, self._editor.pillars, strict=True):
            part.restyle(pillar, texts, palette)
        for choice, way in zip(self._group.buttons(), self._editor.ways, strict=True):
            choice.setText(way.words)
            choice.setToolTip(way.sentence)
        for title, field, key in ((self._why_title, self.why, "why"), (self._who_title, self.who, "who")):
            title.setText(texts(f"assess.weights.{key}"))
            field.setAccessibleName(texts(f"assess.weights.{key}"))
            field.setPlaceholderText(texts(f"assess.weights.{key}_hint"))
        for end, key in ((self.apply, "apply"), (self.reset, "reset"), (self.rubric, "to_rubric")):
            end.setText(texts(f"assess.weights.{key}"))

    def _choose(self) -> None:
        self._follow()
        self._timer.start()

    def _back(self) -> None:
        self.take({pillar.code: pillar.weight for pillar in self._editor.pillars}, self._editor.way)

    def _apply(self) -> None:
        self.wanted.emit(self.shares, self.way, self.why.text().strip(), self.who.text().strip())
