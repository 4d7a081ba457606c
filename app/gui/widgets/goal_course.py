"""The way of a goal: its trajectory, the series from elsewhere that may stand beside it, and their definitions."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle
from string import ascii_lowercase

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.figure import Figure
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.charts.figure_card import FigureCard
from app.gui.widgets.flow import Flow
from app.gui.widgets.parts import column, frame, label
from app.present.pages.goal_values import GoalPage, Switch

HEIGHT = 400


class GoalCourse(QWidget):
    """`evidence(mark)` from the figure. Which series are on is a matter of looking: it changes nothing in the study."""

    evidence = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("view.course")
        self.figure = FigureCard("figure.trajectory", HEIGHT)
        self.figure.evidence.connect(self.evidence)
        self._title, self._definitions = label("note", wrap=False), label("note")
        self._flow = Flow(16, 6)
        self.switches: dict[str, QCheckBox] = {}
        self._shown: tuple[Figure, Texts, Palette, str] | None = None
        self._offered: tuple[Switch, ...] = ()
        self._on: dict[str, bool] = {}
        self._nothing, self._why = frame("card"), label("muted")
        inside = column(self._nothing, 24, 8)
        inside.addWidget(self._why)
        layout = column(self, 0, 10)
        for part in (self.figure, self._nothing, self._title, self._flow, self._definitions):
            layout.addWidget(part)
        layout.addStretch()

    def display(self, view: GoalPage, texts: Texts, palette: Palette) -> None:
        """Show the way of a goal, or why there is nothing to draw."""
        self._nothing.setVisible(view.figure is None)
        self._why.setText(view.nothing)
        self._shown = (view.figure, texts, palette, view.head.headline) if view.figure is not None else None
        self._title.setText(texts("gui.goal.references"))
        for part in (self._title, self._flow, self._definitions):
            part.setVisible(bool(view.switches))
        self._build(view.switches)
        self._draw()

    def _build(self, offered: tuple[Switch, ...]) -> None:
        """Make a box a series; what was switched by hand stays as it was."""
        if offered == self._offered:
            return
        self._offered, self.switches = offered, {}
        for switch in offered:
            box = QCheckBox(switch.label)
            box.setObjectName(f"reference.{switch.id}")
            box.setToolTip(switch.sentence)
            box.setAccessibleDescription(switch.sentence)
            box.setCursor(Qt.CursorShape.PointingHandCursor)
            box.setChecked(self._on.get(switch.id, switch.shown))
            box.toggled.connect(lambda on, id_=switch.id: self._switch(id_, on))
            self.switches[switch.id] = box
        self._flow.put([*self.switches.values()])

    def _switch(self, id_: str, on: bool) -> None:
        self._on[id_] = on
        self._draw()

    def _draw(self) -> None:
        """Draw the figure with the series that are on, and their definitions under it."""
        if self._shown is None:
            self.figure.setVisible(False)
            return
        figure, texts, palette, headline = self._shown
        on = {id_ for id_, box in self.switches.items() if box.isChecked()}
        kept = tuple(series for series in figure.series if series.role != "reference" or series.id in on)
        self.figure.display(replace(figure, series=kept), texts, palette, headline)
        listed = [each for each in self._offered if each.id in on]  # in the order of the figure, hence by its letters
        told = [
            texts("gui.goal.definition", letter=letter, name=each.label, words=each.sentence)
            for letter, each in zip(cycle(ascii_lowercase), listed, strict=False)
        ]
        self._definitions.setText("\n".join(told))
        self._definitions.setVisible(bool(told))
