"""What a person judges of a firm: the level with its meaning, who, when, why, on what evidence. Used in dialogs and cards."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QDateEdit, QGridLayout, QLineEdit, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import column, label
from app.present.pages.visits_values import LevelChoice

KINDS = ("label", "ruling", "override")
REASONED = ("ruling", "override")  # kinds that need a reason


class JudgementForm(QWidget):
    """`changed()` whenever something was typed; `given` holds what was said, `missing` the names of what still is to be."""

    changed = Signal()

    def __init__(self, kind: str, asks_firm: bool = False) -> None:
        super().__init__()
        self._kind, self._asks_firm = kind, asks_firm
        self._levels: tuple[LevelChoice, ...] = ()
        self._texts: Texts | None = None
        self.firm, self.who, self.why, self.evidence = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.level, self.when, self._meaning = QComboBox(), QDateEdit(), label("note")
        self.when.setDisplayFormat("yyyy-MM-dd")
        self.when.setCalendarPopup(True)
        self.when.setMaximumDate(QDate.currentDate())
        self.when.setDate(QDate.currentDate())
        self._fields: dict[str, QWidget] = {"firm": self.firm} if asks_firm else {}
        self._fields |= {"level": self.level, "who": self.who, "when": self.when, "why": self.why}
        self._fields |= {"evidence": self.evidence} if kind != "ruling" else {}
        self._labels = {name: label("note", wrap=False) for name in self._fields}
        for name, part in self._fields.items():
            part.setObjectName(f"judge.{kind}.{name}")
        self._lay_out()
        for field in (self.firm, self.who, self.why, self.evidence):
            field.textChanged.connect(lambda _text: self.changed.emit())
        self.level.currentIndexChanged.connect(lambda _index: self._choose())

    def restyle(self, levels: tuple[LevelChoice, ...], texts: Texts, firms: tuple[str, ...] = ()) -> None:
        """Show the words of `texts`, these levels to choose from, and names of firms that are likely meant."""
        self._texts, self._levels = texts, levels
        for name, part in self._labels.items():
            words = texts(f"gui.judge.who_{self._kind}" if name == "who" else f"gui.judge.{name}")
            part.setText(words)
            self._fields[name].setAccessibleName(words)
        self.why.setPlaceholderText(texts("gui.judge.why_hint"))
        if self._asks_firm:
            completer = QCompleter(list(firms), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.firm.setCompleter(completer)
        chosen = self.level.currentData()
        self.level.blockSignals(True)
        self.level.clear()
        self.level.addItem(texts("gui.judge.choose"), "")
        for each in levels:
            self.level.addItem(each.label, each.code)
        self.level.setCurrentIndex(max(0, self.level.findData(chosen)))
        self.level.blockSignals(False)
        self._choose()

    @property
    def given(self) -> dict[str, str]:
        """What was said, under the names that the commands take."""
        said = {"level": str(self.level.currentData() or ""), "when": self.when.date().toString(Qt.DateFormat.ISODate)}
        said |= {"firm": self.firm.text().strip()} if self._asks_firm else {}
        said |= {"evidence": self.evidence.text().strip()} if self._kind != "ruling" else {}
        return said | {"who": self.who.text().strip(), "why": self.why.text().strip()}

    @property
    def missing(self) -> tuple[str, ...]:
        """The names, in words, of what has to be said yet."""
        needed = (*(("firm",) if self._asks_firm else ()), "level", "who", *(("why",) if self._kind in REASONED else ()))
        given = self.given
        return tuple(self._labels[name].text() for name in needed if not given[name])

    def _choose(self) -> None:
        meanings = {each.code: each.meaning for each in self._levels}
        self._meaning.setText(meanings.get(self.level.currentData(), ""))
        self._meaning.setVisible(bool(self._meaning.text()))
        self.changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        wide = {"firm": 0, "level": 1, "why": 3, "evidence": 4}
        for name, line in wide.items():
            if name in self._fields:
                grid.addWidget(self._labels[name], line * 3, 0, 1, 2)
                grid.addWidget(self._fields[name], line * 3 + 1, 0, 1, 2)
        grid.addWidget(self._meaning, 5, 0, 1, 2)
        for place, name in enumerate(("who", "when")):
            grid.addWidget(self._labels[name], 6, place)
            grid.addWidget(self._fields[name], 7, place)
            grid.setColumnStretch(place, 2 - place)
        column(self).addLayout(grid)
