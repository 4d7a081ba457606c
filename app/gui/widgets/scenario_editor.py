"""The scenario editor: a goal, levers, and a name to save them under; `tried` on every change."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit

from app.domain.words import Texts
from app.gui.theme import INSIDE
from app.gui.widgets.lever_list import LeverList
from app.gui.widgets.parts import button, choice, column, label, line, row
from app.present.pages.scenarios_values import Saved, ScenariosPage, Supposed
from app.present.pages.values import Head
from app.workflows.levers import lever_text

BREATH = 60  # milliseconds in which changes are gathered before they are worked out
MOST_NAME = 40


class ScenarioEditor(QFrame):
    """`tried(goal, levers, name)`, `wanted(parameters of study.scenario)`, `forgotten(name)`."""

    tried = Signal(str, object, str)
    wanted = Signal(object)
    forgotten = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("scenario.editor")
        self.setProperty("role", "card")
        self._page = ScenariosPage(Head(""))
        self._texts: Texts | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BREATH)
        self._timer.timeout.connect(self._try)
        self.goal, self.saved = choice("scenario.goal", ()), choice("scenario.saved", ())
        for box in (self.goal, self.saved):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        self.levers, self.save = LeverList(), button("scenario.save", "primary")
        self.delete, self.result = button("scenario.delete", "quiet"), label()
        self.name, self.who, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self._heads = {name: label("note", wrap=False) for name in ("goal", "saved", "name", "who", "note")}
        self._lay_out()

    def display(self, page: ScenariosPage, texts: Texts) -> None:
        """Show what can be chosen; what is being written stays."""
        self._page, self._texts = page, texts
        for name, head in self._heads.items():
            head.setText(texts(f"gui.scenario.{name}"))
        goal = self.goal.currentData() or page.supposed.goal
        self._fill(self.goal, [(each.id, each.words) for each in page.goals], goal)
        chosen = self.name.text() if any(each.name == self.name.text() for each in page.saved) else ""
        self._fill(self.saved, [("", texts("gui.scenario.new")), *((each.name, each.name) for each in page.saved)], chosen)
        for field, key in (
            (self.goal, "goal"),
            (self.saved, "saved"),
            (self.name, "name"),
            (self.who, "who"),
            (self.note, "note"),
        ):
            field.setAccessibleName(texts(f"gui.scenario.{key}"))
        for field, key in ((self.name, "name"), (self.who, "who"), (self.note, "note")):
            field.setPlaceholderText(texts(f"gui.scenario.{key}_hint"))
        for end, key in ((self.save, "save"), (self.delete, "delete")):
            end.setText(texts(f"gui.scenario.{key}"))
        self.levers.display(page, texts)
        self._limit()
        self._follow()
        self._timer.start()

    def say(self, supposed: Supposed) -> None:
        """Show what the levers on screen give."""
        if self._texts is None or supposed.goal != self.goal.currentData():
            return
        self.levers.say(supposed.lines)
        self.result.setText(supposed.result)
        self.result.setVisible(bool(supposed.result))

    def _choose(self, _index: int) -> None:
        """Take a saved scenario up, or begin a new one."""
        name = self.saved.currentData() or ""
        found = next((each for each in self._page.saved if each.name == name), Saved("", self.goal.currentData() or "", "", ()))
        self.name.setText(found.name)
        self.note.setText(found.note)
        self.goal.setCurrentIndex(max(0, self.goal.findData(found.goal)))
        self.levers.take(found.levers)

    def _limit(self) -> None:
        last = next((each.last for each in self._page.goals if each.id == self.goal.currentData()), "")
        if last:
            self.levers.limit(last)

    def _change(self) -> None:
        self._follow()
        self._timer.start()

    def _turn(self, _index: int) -> None:
        self._limit()
        self._change()

    def _try(self) -> None:
        goal = self.goal.currentData()
        if goal:
            self.tried.emit(goal, self.levers.written, self._edited())

    def _edited(self) -> str:
        """The name of the saved scenario that is being changed, "" for a new one."""
        name = self.saved.currentData() or ""
        return name if name == self.name.text().strip() else ""

    def _follow(self) -> None:
        """Let saving wait for a name and levers that can all be read, and deleting for a scenario that was saved."""
        self.save.setEnabled(self.levers.is_complete and bool(self.name.text().strip()))
        self.save.setToolTip("" if self.save.isEnabled() or self._texts is None else self._texts("gui.scenario.save_tip"))
        self.delete.setVisible(bool(self.saved.currentData()))

    def _save(self) -> None:
        levers, goal = tuple(lever_text(lever) for lever in self.levers.written), self.goal.currentData()
        given = {"name": self.name.text().strip(), "goal": goal, "lever": levers, "note": self.note.text().strip()}
        self.wanted.emit({**given, "who": self.who.text().strip()})

    def _fill(self, box: QComboBox, options: list[tuple[str, str]], chosen: str) -> None:
        box.blockSignals(True)
        box.clear()
        for value, words in options:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setToolTip(box.currentText())
        box.blockSignals(False)

    def _lay_out(self) -> None:
        for field, name in ((self.name, "name"), (self.who, "who"), (self.note, "note")):
            field.setObjectName(f"scenario.{name}")
            field.textChanged.connect(lambda _text: self._follow())
        self.name.setMaxLength(MOST_NAME)
        self.result.hide()
        self.goal.currentIndexChanged.connect(self._turn)
        self.saved.currentIndexChanged.connect(self._choose)
        self.levers.changed.connect(self._change)
        self.save.clicked.connect(lambda _checked=False: self._save())
        self.delete.clicked.connect(lambda _checked=False: self.forgotten.emit(self.saved.currentData() or ""))
        top, said = QGridLayout(), QGridLayout()
        for grid, parts in (
            (top, (("goal", self.goal, 3), ("saved", self.saved, 2))),
            (said, (("name", self.name, 3), ("note", self.note, 3), ("who", self.who, 2))),
        ):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(2)
            for place, (name, part, share) in enumerate(parts):
                grid.addWidget(self._heads[name], 0, place)
                grid.addWidget(part, 1, place)
                grid.setColumnStretch(place, share)
        ends = row(spacing=8)
        ends.addWidget(self.save)
        ends.addWidget(self.delete)
        ends.addStretch()
        layout = column(self, INSIDE, 8)
        layout.addLayout(top)
        layout.addWidget(line())
        layout.addWidget(self.levers)
        layout.addWidget(self.result)
        layout.addWidget(line())
        layout.addLayout(said)
        layout.addLayout(ends)
