"""One lever being written: which firms, how many, what they reach, by when, how many of them do it, and what that gives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QDateEdit, QFrame, QGridLayout, QLineEdit, QWidget

from app.domain.errors import UserError
from app.domain.targets import Lever
from app.domain.words import Texts
from app.gui.widgets.parts import button, choice, column, label, row
from app.present.pages.scenarios_values import Choice, LeverLine
from app.workflows.levers import success_of

FIELD, SHORTEST, MOST = 76, 7, 9_999_999


class LeverForm(QFrame):
    """`changed()` on every change, `removed()` when its button is pressed."""

    changed = Signal()
    removed = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setObjectName(f"lever.{number}")
        self.number = number
        self.group: dict[str, QComboBox] = {}
        self.firms, self.success, self.by = QLineEdit(), QLineEdit(), QDateEdit()
        self.reach = choice(f"lever.{number}.reach", ())
        self.remove = button(f"lever.{number}.remove", "quiet")
        self._heads = {name: label("note", wrap=False) for name in ("firms", "reach", "by", "success")}
        self._number, self._line = label("title", wrap=False), label("note")
        self._own = row(spacing=8)
        self._lay_out()

    def display(self, fields: Sequence[Choice], reaches: Sequence[tuple[str, str]], texts: Texts) -> None:
        """Offer what can be chosen; what is chosen stays."""
        self._number.setText(texts("gui.scenario.lever", n=self.number))
        self.remove.setText(texts("gui.scenario.remove"))
        self.remove.setAccessibleName(texts("gui.scenario.remove_n", n=self.number))
        if tuple(self.group) != tuple(field.field for field in fields):
            self._build(fields)
        for field in fields:
            _offer(self.group[field.field], field.options)
            self.group[field.field].setAccessibleName(texts("gui.scenario.of", n=self.number, what=field.title))
        _offer(self.reach, reaches)
        parts: dict[str, QWidget] = {"firms": self.firms, "reach": self.reach, "by": self.by, "success": self.success}
        for name, part in parts.items():
            self._heads[name].setText(texts(f"gui.scenario.{name}"))
            part.setAccessibleName(texts("gui.scenario.of", n=self.number, what=texts(f"gui.scenario.{name}")))
        self.success.setPlaceholderText("100%")
        self.success.setToolTip(texts("gui.scenario.success_tip"))

    def limit(self, last: str) -> None:
        """Let the lever act until `last` (ISO) at most; a day past it moves there."""
        day = QDate.fromString(last, Qt.DateFormat.ISODate)
        self.by.setMaximumDate(day)
        if not self.by.property("touched"):
            self.by.blockSignals(True)
            self.by.setDate(day)
            self.by.blockSignals(False)

    def take(self, lever: Lever) -> None:
        """Show a lever that was saved."""
        chosen = dict(lever.group)
        for name, box in self.group.items():
            box.setCurrentIndex(max(0, box.findData(chosen.get(name, ""))))
        self.firms.setText(str(lever.firms))
        self.reach.setCurrentIndex(max(0, self.reach.findData(lever.reach)))
        self.by.setProperty("touched", True)
        self.by.setDate(QDate.fromString(lever.by, Qt.DateFormat.ISODate))
        low, high = (f"{round(end * 100, 6):g}%" for end in lever.success)
        self.success.setText("" if lever.success == (1.0, 1.0) else low if low == high else f"{low}-{high}")

    @property
    def lever(self) -> Lever | None:
        """The lever as written, of 0 firms while there is no number; None while a part of it cannot be read."""
        try:
            success, firms = success_of(self.success.text()), int(self.firms.text() or 0)
        except (UserError, ValueError):
            return None
        pairs = ((name, box.currentData()) for name, box in self.group.items())
        group = tuple((name, str(value)) for name, value in pairs if value)
        by = self.by.date().toString(Qt.DateFormat.ISODate)
        return Lever(group, firms, str(self.reach.currentData() or ""), by, success)

    def say(self, line: LeverLine | None, texts: Texts) -> None:
        """Show what the lever gives, or could; None: what cannot be read."""
        if line is None:
            said = texts("gui.scenario.unreadable")
        else:
            hint = "" if line.effect or line.wrong else texts("gui.scenario.incomplete")
            said = texts("gui.scenario.separator").join(part for part in (line.available, line.effect or hint) if part)
        self._line.setText(said)
        self._line.setVisible(bool(said))

    @property
    def is_complete(self) -> bool:
        """Whether the lever can be saved."""
        return (lever := self.lever) is not None and lever.firms > 0

    def _build(self, fields: Sequence[Choice]) -> None:
        for box in self.group.values():
            self._own.removeWidget(box)
            box.deleteLater()
        self.group = {field.field: choice(f"lever.{self.number}.{field.field}", ()) for field in fields}
        for box in self.group.values():
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(SHORTEST)
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
            self._own.addWidget(box, 1)

    def _lay_out(self) -> None:
        self.firms.setObjectName(f"lever.{self.number}.firms")
        self.firms.setValidator(QIntValidator(1, MOST, self))
        self.success.setObjectName(f"lever.{self.number}.success")
        self.by.setObjectName(f"lever.{self.number}.by")
        self.by.setDisplayFormat("yyyy-MM-dd")
        self.by.setCalendarPopup(True)
        for field in (self.firms, self.success):
            field.setFixedWidth(FIELD if field is self.firms else FIELD + 16)
            field.textChanged.connect(lambda _text: self.changed.emit())
        self.by.dateChanged.connect(self._dated)
        self.reach.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.remove.clicked.connect(lambda _checked=False: self.removed.emit())
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        parts = {"firms": self.firms, "reach": self.reach, "by": self.by, "success": self.success}
        for place, (name, part) in enumerate(parts.items()):
            grid.addWidget(self._heads[name], 0, place)
            grid.addWidget(part, 1, place)
        grid.setColumnStretch(1, 1)
        top = row(spacing=8)
        top.addWidget(self._number)
        top.addWidget(self._line, 1)
        top.addStretch()
        top.addWidget(self.remove)
        self._line.hide()
        layout = column(self, (0, 4, 0, 8), 4)
        layout.addLayout(top)
        layout.addLayout(self._own)
        layout.addLayout(grid)

    def _dated(self, _day: QDate) -> None:
        self.by.setProperty("touched", True)
        self.changed.emit()


def _offer(box: QComboBox, options: Sequence[tuple[str, str]]) -> None:
    """Put `options` into a box; what was chosen stays chosen where it is still offered."""
    if [(box.itemData(place), box.itemText(place)) for place in range(box.count())] == list(options):
        return
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for value, words in options:
        box.addItem(words, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
