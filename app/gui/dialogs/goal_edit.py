"""Every field of a goal, with who changes it and why; what it would clash with is said before it is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QGridLayout, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from app.domain.words import Texts
from app.gui.dialogs.foot import Foot
from app.gui.dialogs.signed import text_of
from app.gui.widgets.parts import column, label
from app.gui.widgets.warning_bar import WarningBar
from app.present.pages.goal_values import FormField, GoalForm

SIZE = (820, 680)
LINES = 54  # pixels of a field of several lines
QUIET = 400  # milliseconds after the last key until clashes are worked out
Try = Callable[[tuple[tuple[str, str], ...], Callable[[tuple[str, ...], bool], object]], object]
Save = Callable[[tuple[tuple[str, str], ...], str, str], object]


class GoalEditDialog(QDialog):
    """`tries(changed fields, show)` works out beside the window what the changes would clash with; `saves(changed, who, why)`."""

    def __init__(self, parent: QWidget, form: GoalForm, texts: Texts, tries: Try, saves: Save) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.goal")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(texts("gui.goal.edit_title" if form.goal else "gui.goal.new_title"))
        self._form, self._texts, self._tries, self._saves = form, texts, tries, saves
        self._shown = True
        self.finished.connect(lambda _code: self._leave())
        self.fields: dict[str, QWidget] = {each.name: self._made(each) for each in form.fields}
        self.who, self.why = QLineEdit(), QLineEdit()
        self._clashes = WarningBar("goal.clashes")
        self._foot = Foot(self, "goal", texts("gui.goal.save"), texts, self._take)
        self.go = self._foot.go
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET)
        self._timer.timeout.connect(self._try)
        self._lay_out()
        self._clashes.display(())
        self.resize(*SIZE)
        self._follow()

    @property
    def changed(self) -> tuple[tuple[str, str], ...]:
        """The fields that differ from how they stood, in the order of the form; of a new goal all that say something."""
        now = {name: _text(part) for name, part in self.fields.items()}
        if not self._form.goal:
            return tuple((each.name, now[each.name]) for each in self._form.fields if now[each.name])
        return tuple((each.name, now[each.name]) for each in self._form.fields if now[each.name] != each.value)

    def show_clashes(self, sentences: tuple[str, ...], possible: bool) -> None:
        """Show what the changes would clash with; what cannot be so at all holds the button back."""
        if self._shown:
            self._clashes.display(sentences, self._texts("gui.goal.would_clash" if possible else "gui.goal.impossible"))
            self.go.setEnabled(possible and self._is_ready())

    def _made(self, each: FormField) -> QWidget:
        part: QWidget
        if each.kind == "choice":
            part = QComboBox()
            part.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            part.setMinimumContentsLength(8)
            for code, words in each.options:
                part.addItem(words, code)
            part.setCurrentIndex(max(0, part.findData(each.value)))
            part.currentIndexChanged.connect(lambda _index: self._follow())
        elif each.kind == "prose":
            part = QPlainTextEdit(each.value)
            part.setFixedHeight(LINES)
            part.setTabChangesFocus(True)
            part.setPlaceholderText(each.hint)
            part.textChanged.connect(self._follow)
        else:
            part = QLineEdit(each.value)
            part.setPlaceholderText(each.hint)
            part.textChanged.connect(lambda _text: self._follow())
        part.setObjectName(f"goal.field.{each.name}")
        part.setAccessibleName(each.label)
        part.setToolTip(each.hint)
        return part

    def _lay_out(self) -> None:
        texts = self._texts
        area, sheet = QScrollArea(), QWidget()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet.setProperty("role", "sheet")
        inside = column(sheet, (20, 16, 20, 16), 8)
        for group in dict.fromkeys(each.group for each in self._form.fields):
            inside.addWidget(label("title", text=texts(f"gui.goal.group_{group}")))
            inside.addLayout(self._grid([each for each in self._form.fields if each.group == group]))
            inside.addSpacing(8)
        inside.addStretch()
        area.setWidget(sheet)
        layout = column(self, 0, 0)
        layout.addWidget(area, 1)
        layout.addWidget(self._signing())

    def _grid(self, fields: list[FormField]) -> QGridLayout:
        """Set short fields side by side, those of several lines in pairs of languages."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for column_ in (0, 1):
            grid.setColumnStretch(column_, 1)
        for place, each in enumerate(fields):
            line, side = divmod(place, 2)
            star = self._texts("gui.goal.needed") if each.needed else ""
            grid.addWidget(label("note", wrap=False, text=f"{each.label}{star}"), 2 * line, side)
            grid.addWidget(self.fields[each.name], 2 * line + 1, side)
        return grid

    def _signing(self) -> QWidget:
        texts = self._texts
        foot = QFrame()
        foot.setProperty("role", "strip")
        layout = column(foot, (20, 10, 20, 14), 8)
        layout.addWidget(self._clashes)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for side, (name, part, stretch) in enumerate((("who", self.who, 1), ("why", self.why, 2))):
            part.setObjectName(f"goal.{name}")
            part.setAccessibleName(texts(f"gui.goal.{name}"))
            part.setPlaceholderText(texts(f"gui.goal.{name}_hint"))
            part.textChanged.connect(lambda _text: self._ready())
            grid.addWidget(label("note", wrap=False, text=f"{texts(f'gui.goal.{name}')}{texts('gui.goal.needed')}"), 0, side)
            grid.addWidget(part, 1, side)
            grid.setColumnStretch(side, stretch)
        layout.addLayout(grid)
        layout.addLayout(self._foot.line)
        return foot

    def _follow(self) -> None:
        """Work out clashes a moment after the last change."""
        if hasattr(self, "_timer"):
            self._timer.start()
            self._ready()

    def _ready(self) -> None:
        missing = self._missing()
        self._foot.wait_for(missing, "gui.goal.missing")
        if not missing and not self.changed:
            self._foot.needs.setText(self._texts("gui.goal.unchanged"))
            self.go.setEnabled(False)

    def _is_ready(self) -> bool:
        return not self._missing() and bool(self.changed)

    def _missing(self) -> list[str]:
        empty = [each.label for each in self._form.fields if each.needed and not _text(self.fields[each.name])]
        signed = ((self.who, "who"), (self.why, "why"))
        return [*empty, *(self._texts(f"gui.goal.{name}") for part, name in signed if not part.text().strip())]

    def _try(self) -> None:
        if self.changed and self._shown:
            self._tries(self.changed, self.show_clashes)
        else:
            self._clashes.display(())

    def _leave(self) -> None:
        self._shown = False
        self._timer.stop()

    def _take(self) -> None:
        changed, who, why = self.changed, self.who.text().strip(), self.why.text().strip()
        self.close()
        self._saves(changed, who, why)


def _text(part: QWidget) -> str:
    return part.toPlainText().strip() if isinstance(part, QPlainTextEdit) else text_of(part)
