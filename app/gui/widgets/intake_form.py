"""Before files are taken in: which wave, which date, how the firms were chosen; an inline card, not a box in the way."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QDateEdit, QFrame, QGridLayout, QLineEdit, QWidget

from app.domain.words import Texts
from app.gui.dialogs.files import Question, ask_open
from app.gui.widgets.parts import button, choice, column, label, row

DESIGNS = ("census", "sample", "volunteer")
YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


def guessed_wave(paths: tuple[Path, ...]) -> str:
    """Return the year all the paths' own or folder names agree on, or ""."""
    years = {match.group(1) for path in paths for part in (path.name, path.parent.name) if (match := YEAR.search(part))}
    return years.pop() if len(years) == 1 else ""


class IntakeForm(QFrame):
    """`asked(parameters of study.collect)` when the user starts, `closed()` when not."""

    asked = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setObjectName("intake")
        self._paths: tuple[Path, ...] = ()
        self._texts: Texts | None = None
        self._title = label("title", wrap=False)
        self._names = label("note")
        self.wave, self.date, self.design = QLineEdit(), QDateEdit(), choice("intake.design", DESIGNS)
        self.wave.setObjectName("intake.wave")
        self.date.setObjectName("intake.date")
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setCalendarPopup(True)
        self.due = QLineEdit()
        self.due.setObjectName("intake.due")
        self.frame_file: Path | None = None
        self.frame_button = button("intake.frame")
        self.frame_button.clicked.connect(lambda _checked=False: self._ask_frame())
        self._fields: dict[str, QWidget] = {
            "wave": self.wave,
            "date": self.date,
            "design": self.design,
            "due": self.due,
            "frame": self.frame_button,
        }
        self._labels = {name: label("note", wrap=False) for name in self._fields}
        self._go, self._cancel = button("intake.go", "primary"), button("intake.cancel")
        self._go.clicked.connect(lambda _checked=False: self._ask())
        self._cancel.clicked.connect(lambda _checked=False: self.closed.emit())
        self._lay_out()
        self.hide()

    def offer(self, paths: tuple[Path, ...], wave: str, date: str, design: str) -> None:
        """Ask about `paths` with these first suggestions; no paths hides the form."""
        self._paths, self.frame_file = paths, None
        self.due.clear()
        self.setVisible(bool(paths))
        if not paths:
            return
        self.wave.setText(guessed_wave(paths) or wave)
        self.date.setDate(QDate.fromString(date, Qt.DateFormat.ISODate) if date else QDate.currentDate())
        self.design.setCurrentIndex(DESIGNS.index(design) if design in DESIGNS else 0)
        self._describe()
        self._go.setFocus()

    def restyle(self, texts: Texts) -> None:
        """Show the words of `texts`."""
        self._texts = texts
        for name, part in self._labels.items():
            part.setText(texts(f"gui.intake.{name}"))
            self._fields[name].setAccessibleName(texts(f"gui.intake.{name}"))
        for place, code in enumerate(DESIGNS):
            self.design.setItemText(place, texts(f"gui.design.{code}"))
        self._go.setText(texts("gui.intake.go"))
        self._cancel.setText(texts("gui.intake.cancel"))
        self._describe()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, (name, part) in enumerate(self._fields.items()):
            grid.addWidget(self._labels[name], 0, place)
            grid.addWidget(part, 1, place)
            grid.setColumnStretch(place, 1)
        ends = row(spacing=8)
        ends.addStretch()
        ends.addWidget(self._cancel)
        ends.addWidget(self._go)
        layout = column(self, 16, 12)
        layout.addWidget(self._title)
        layout.addWidget(self._names)
        layout.addLayout(grid)
        layout.addLayout(ends)

    def _describe(self) -> None:
        if self._texts is None:
            return
        chosen = self.frame_file.name if self.frame_file is not None else self._texts("gui.intake.frame_choose")
        self.frame_button.setText(chosen)
        self.due.setPlaceholderText(self._texts("gui.intake.due_hint"))
        self.due.setToolTip(self._texts("gui.intake.due_tip"))
        self.frame_button.setToolTip(self._texts("gui.intake.frame_tip"))
        if not self._paths:
            return
        self._title.setText(self._texts("gui.intake.title", n=len(self._paths)))
        names = "   ".join(path.name for path in self._paths[:4])
        self._names.setText(names if len(self._paths) <= 4 else f"{names}   …")

    def _ask_frame(self) -> None:
        if self._texts is not None:
            question = Question(self._texts("gui.file.frame"), self._texts("gui.file.frames"))
            ask_open(self, question, lambda paths: self._take_frame(paths[0]))

    def _take_frame(self, path: Path | None) -> None:
        self.frame_file = path
        self._describe()

    def _ask(self) -> None:
        self.asked.emit(
            {
                "paths": self._paths,
                "wave": self.wave.text().strip(),
                "date": self.date.date().toString(Qt.DateFormat.ISODate),
                "design": self.design.currentData(),
                "due": self.due.text().strip(),
                "frame": self.frame_file,
            }
        )
