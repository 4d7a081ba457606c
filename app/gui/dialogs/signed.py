"""A short form that somebody signs: a few fields, a button that waits for the needed ones, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QLineEdit, QWidget

from app.domain.words import Texts
from app.gui.dialogs.foot import Foot
from app.gui.widgets.parts import column, label
from app.gui.widgets.warning_bar import WarningBar

WIDTH = 460
Answer = Callable[[dict[str, str]], object]
Refuse = Callable[[dict[str, str]], str]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `kind` line | day | choice (with `options` as (code, words)); `needed` ones hold the button back."""

    name: str
    label: str
    kind: str = "line"
    value: str = ""
    hint: str = ""
    needed: bool = True
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name for tests and styles, title, what it does in a sentence, the word of its button, its fields."""

    name: str
    title: str
    note: str
    go: str
    fields: tuple[Field, ...]


class SignedDialog(QDialog):
    """`answer(what was said, by field name)` when the button is pressed; the form stays open while `refuse(it)` says why not."""

    def __init__(self, parent: QWidget, form: Form, texts: Texts, answer: Answer, refuse: Refuse = lambda _said: "") -> None:
        super().__init__(parent)
        self.setObjectName(f"dialog.{form.name}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(form.title)
        self.setMinimumWidth(WIDTH)
        self._form, self._answer, self._refuse = form, answer, refuse
        self.fields: dict[str, QWidget] = {each.name: self._made(each) for each in form.fields}
        self._foot = Foot(self, form.name, form.go, texts, self._take)
        self.go = self._foot.go
        self._why = WarningBar(f"{form.name}.why")
        layout = column(self, 20, 6)
        layout.addWidget(label("title", text=form.title))
        if form.note:
            layout.addWidget(label("note", text=form.note))
        for each in form.fields:
            layout.addSpacing(4)
            layout.addWidget(label("note", text=each.label))
            layout.addWidget(self.fields[each.name])
        layout.addSpacing(8)
        layout.addWidget(self._why)
        layout.addLayout(self._foot.line)
        layout.addStretch()
        self._follow()
        self.resize(WIDTH, 0)
        self._fit()
        first: Sequence[QWidget] = [*self.fields.values()]
        if first:
            first[0].setFocus()

    @property
    def said(self) -> dict[str, str]:
        """What was filled in, by field name."""
        return {name: text_of(part) for name, part in self.fields.items()}

    def _made(self, each: Field) -> QWidget:
        part: QWidget
        if each.kind == "choice":
            part = QComboBox()
            for code, words in each.options:
                part.addItem(words, code)
            part.setCurrentIndex(max(0, part.findData(each.value)))
            part.currentIndexChanged.connect(lambda _index: self._follow())
        elif each.kind == "day":
            part = day_field(each.value)
        else:
            part = QLineEdit(each.value)
            part.setPlaceholderText(each.hint)
            part.textChanged.connect(lambda _text: self._follow())
        part.setObjectName(f"{self._form.name}.{each.name}")
        part.setAccessibleName(each.label)
        return part

    def _fit(self) -> None:
        """Be as high as the words need at the width that there is."""
        layout = self.layout()
        if layout is not None:
            self.resize(self.width(), layout.heightForWidth(self.width()) + 8)

    def _follow(self) -> None:
        self._why.display(())
        said = self.said
        missing = [each.label for each in self._form.fields if each.needed and not said[each.name]]
        self._foot.wait_for(missing, "gui.goal.missing")

    def _take(self) -> None:
        said = self.said
        why = self._refuse(said)
        if why:
            self._why.display((why,))
            self._fit()
            return
        self.close()
        self._answer(said)


def day_field(iso: str = "") -> QDateEdit:
    """Return a field for a day that is not to come; today unless said."""
    part = QDateEdit()
    part.setDisplayFormat("yyyy-MM-dd")
    part.setCalendarPopup(True)
    part.setMaximumDate(QDate.currentDate())
    said = QDate.fromString(iso, Qt.DateFormat.ISODate)
    part.setDate(said if said.isValid() else QDate.currentDate())
    return part


def text_of(part: QWidget) -> str:
    """Return what a field says."""
    if isinstance(part, QComboBox):
        return str(part.currentData() or "")
    if isinstance(part, QDateEdit):
        return part.date().toString(Qt.DateFormat.ISODate)
    return part.text().strip() if isinstance(part, QLineEdit) else ""
