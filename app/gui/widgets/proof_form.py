"""What is known of one entry of the checklist: its state as chips, document, note, who and when; under it every record."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QLineEdit, QToolButton, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.flow import Flow
from app.gui.widgets.parts import button, clear, column, frame, label, row, set_role
from app.gui.widgets.sign import SignMark
from app.present.pages.goals_values import Checklist, ChecklistItem, Record

FIELDS = ("document", "remark", "who")
DONE = "done"


class ProofForm(QWidget):
    """`recorded(parameters)` for `study.proof` when the user records something."""

    recorded = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("proof")
        self._item: ChecklistItem | None = None
        self._texts: Texts | None = None
        self._palette: Palette | None = None
        self._words = label("title")
        self._hint, self._meaning, self._missing = label("muted"), label("note"), label("note")
        self.states: dict[str, QToolButton] = {}
        self._group, self._chips = QButtonGroup(self), Flow(8, 6)
        self.fields = {name: QLineEdit() for name in FIELDS}
        self.when = QDateEdit()
        self.when.setDisplayFormat("yyyy-MM-dd")
        self.when.setCalendarPopup(True)
        self.when.setMaximumDate(QDate.currentDate())
        self.when.setDate(QDate.currentDate())
        self.save = button("proof.save", "primary")
        self.save.clicked.connect(lambda _checked=False: self._record())
        self._heads = {name: label("note", wrap=False) for name in ("state", *FIELDS, "when")}
        self._title = label("title", wrap=False)
        self._history = column(spacing=10)
        self._lay_out()
        for name, field in self.fields.items():
            field.setObjectName(f"proof.{name}")
            field.textChanged.connect(lambda _text: self._follow())
        self.when.setObjectName("proof.when")

    def restyle(self, listed: Checklist, texts: Texts, palette: Palette) -> None:
        """Show the words of `texts` and the states there are."""
        again = self._texts is None or self._texts.lang != texts.lang
        self._texts, self._palette = texts, palette
        self._hint.setText(texts("wall.list.choose"))
        for name, head in self._heads.items():
            head.setText(texts(f"wall.list.{name}"))
        for name, field in self.fields.items():
            field.setPlaceholderText(texts(f"wall.list.{name}_hint"))
            field.setAccessibleName(texts(f"wall.list.{name}"))
        self.when.setAccessibleName(texts("wall.list.when"))
        self.save.setText(texts("wall.list.save"))
        self._title.setText(texts("wall.list.history"))
        if again or set(self.states) != {state for state, _, _ in listed.states}:
            self._build_states(listed)

    def display(self, item: ChecklistItem | None) -> None:
        """Show an entry with what was recorded last; what is being typed for it stays while it is the same."""
        same = self._item is not None and item is not None and self._item.id == item.id
        stands = same and self._item is not None and item is not None and self._item.history == item.history
        self._item = item
        self._hint.setVisible(item is None)
        for part in (self._words, self._body):
            part.setVisible(item is not None)
        if item is None:
            return
        self._words.setText(item.words)
        if not stands:
            last = item.history[0] if item.history else None
            self.states[item.state].setChecked(True)
            self.fields["document"].setText(last.document if last is not None else "")
            self.fields["remark"].setText(last.note if last is not None else "")
        self._show_history(item.history)
        self._follow()

    @property
    def state(self) -> str:
        """The state chosen, "" for none."""
        return next((state for state, chip in self.states.items() if chip.isChecked()), "")

    def _lay_out(self) -> None:
        self._body = QWidget()
        inside = column(self._body, 0, 4)
        inside.addWidget(self._heads["state"])
        inside.addWidget(self._chips)
        inside.addWidget(self._meaning)
        for name in ("document", "remark"):
            inside.addSpacing(6)
            inside.addWidget(self._heads[name])
            inside.addWidget(self.fields[name])
        inside.addSpacing(6)
        across = row(spacing=12)
        ends: dict[str, tuple[QWidget, int]] = {"who": (self.fields["who"], 3), "when": (self.when, 2)}
        for name, (field, share) in ends.items():
            pair = column(spacing=4)
            pair.addWidget(self._heads[name])
            pair.addWidget(field)
            across.addLayout(pair, share)
        inside.addLayout(across)
        inside.addSpacing(8)
        end = row(spacing=12)
        end.addWidget(self._missing, 1)
        end.addWidget(self.save, alignment=Qt.AlignmentFlag.AlignTop)
        inside.addLayout(end)
        inside.addSpacing(8)
        inside.addWidget(self._title)
        inside.addLayout(self._history)
        layout = column(self, 0, 10)
        for part in (self._hint, self._words, self._body):
            layout.addWidget(part)
        layout.addStretch()

    def _build_states(self, listed: Checklist) -> None:
        chosen = self.state
        for old in self._group.buttons():
            self._group.removeButton(old)
        self.states = {}
        for state, word, meaning in listed.states:
            chip = QToolButton()
            chip.setObjectName(f"proof.state.{state}")
            chip.setProperty("role", "chip")
            chip.setCheckable(True)
            chip.setText(word)
            chip.setToolTip(meaning)
            chip.setAccessibleName(word)
            chip.setAccessibleDescription(meaning)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
            self._group.addButton(chip)
            chip.toggled.connect(lambda _on: self._follow())
            self.states[state] = chip
        parts: list[QWidget] = [*self.states.values()]
        self._chips.put(parts)
        if chosen in self.states:
            self.states[chosen].setChecked(True)

    def _follow(self) -> None:
        """Say what is still to be filled in; the button waits for it."""
        if self._texts is None:
            return
        for chip in self.states.values():
            set_role(chip, chip.objectName(), "true" if chip.isChecked() else "false", key="lit")
        chosen = self.states.get(self.state)
        self._meaning.setText(chosen.toolTip() if chosen is not None else "")
        needed = ("document", "who") if self.state == DONE else ("who",)
        missing = [self._heads[name].text() for name in needed if not self.fields[name].text().strip()]
        joined = self._texts("wording.list_separator").join(missing)
        self._missing.setText(self._texts("wall.list.missing", fields=joined) if missing else "")
        self.save.setEnabled(not missing and bool(self.state))

    def _show_history(self, history: tuple[Record, ...]) -> None:
        clear(self._history)
        if self._texts is None or self._palette is None:
            return
        if not history:
            self._history.addWidget(label("note", text=self._texts("wall.list.no_history")))
        for record in history:
            self._history.addWidget(_record(record, self._texts, self._palette))

    def _record(self) -> None:
        if self._item is None:
            return
        said = {name: field.text().strip() for name, field in self.fields.items()}
        self.recorded.emit(
            {
                "entry": self._item.id,
                "state": self.state,
                "document": said["document"],
                "note": said["remark"],
                "who": said["who"],
                "when": self.when.date().toString(Qt.DateFormat.ISODate),
            }
        )


def _record(record: Record, texts: Texts, palette: Palette) -> QWidget:
    """Return one record: sign and state, by whom, the document and the note."""
    box = frame("plain")
    sign = SignMark()
    sign.restyle(record.state, palette)
    top = row(spacing=8)
    top.addWidget(sign)
    top.addWidget(label(wrap=False, text=record.word))
    top.addWidget(label("note", text=record.by), 1)
    layout = column(box, 0, 2)
    layout.addLayout(top)
    for text in (texts("wall.list.record_document", document=record.document) if record.document else "", record.note):
        if text:
            layout.addWidget(label("note", text=text))
    return box
