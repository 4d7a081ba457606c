"""One pillar of the weights editor: name, slider, number, the share it comes to, the rubric's own, and a lock."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QToolButton

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.parts import label, set_role
from app.gui.widgets.weight_slider import WeightSlider
from app.present.pages.weights_values import PillarWeight
from app.present.weighing import share_text

FIELD, SHARE, NAME = 52, 46, 96


class WeightRow(QObject):
    """`moved(code, weight)` when the slider or the number changes, `locked()` when the lock is turned."""

    moved = Signal(str, float)
    locked = Signal()

    def __init__(self, pillar: PillarWeight, grid: QGridLayout, line: int) -> None:
        super().__init__()
        self.code, self.own = pillar.code, pillar.own
        self._weight = pillar.weight
        self._texts: Texts | None = None
        self._name, self.share, self._own = label(wrap=True), label(wrap=False), label("note", wrap=False)
        self.slider, self.field = WeightSlider(f"weight.slider.{pillar.code}"), QLineEdit()
        self.field.setObjectName(f"weight.field.{pillar.code}")
        self.field.setFixedWidth(FIELD)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        check = QDoubleValidator(0.0, 1000.0, 3, self.field)
        check.setNotation(QDoubleValidator.Notation.StandardNotation)
        check.setLocale(QLocale.c())
        self.field.setValidator(check)
        self.lock = QToolButton()
        self.lock.setObjectName(f"weight.lock.{pillar.code}")
        self.lock.setProperty("role", "chip")
        self.lock.setCheckable(True)
        self.lock.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._name.setMinimumWidth(NAME)
        for part in (self.share, self._own):
            part.setFixedWidth(SHARE)
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for place, widget in enumerate((self._name, self.slider, self.field, self.share, self._own, self.lock)):
            grid.addWidget(widget, line, place)
        self.slider.valueChanged.connect(lambda _value: self.moved.emit(self.code, self.slider.weight))
        self.field.textEdited.connect(self._typed)
        self.lock.toggled.connect(lambda _on: self._turn())

    @property
    def weight(self) -> float:
        """The weight as set, whatever the others are."""
        return self._weight

    def restyle(self, pillar: PillarWeight, texts: Texts, palette: Palette) -> None:
        """Show the words of `texts` in the colours of `palette`."""
        self._texts = texts
        self._name.setText(pillar.name)
        self._own.setText(share_text(pillar.own))
        self.slider.restyle(pillar.own, texts("assess.weights.slider_name", pillar=pillar.name), palette)
        self.field.setAccessibleName(texts("assess.weights.field_name", pillar=pillar.name))
        self.lock.setToolTip(texts("assess.weights.lock_hint", pillar=pillar.name))
        self.lock.setAccessibleName(texts("assess.weights.lock_hint", pillar=pillar.name))
        self._word()

    def put(self, weight: float, share: float) -> None:
        """Show a weight and the share it comes to; a number being typed is left alone."""
        self._weight = weight
        self.slider.put(weight)
        text = f"{weight:.1f}".removesuffix(".0")
        if not (self.field.hasFocus() and self._number(self.field.text()) == weight):
            self.field.setText(text)
        self.share.setText(share_text(share))

    def _typed(self, text: str) -> None:
        number = self._number(text)
        if number is not None:
            self.moved.emit(self.code, number)

    def _turn(self) -> None:
        self._word()
        self.locked.emit()

    def _word(self) -> None:
        on = self.lock.isChecked()
        if self._texts is None:
            return
        self.lock.setText(self._texts("assess.weights.locked" if on else "assess.weights.lock"))
        set_role(self.lock, self.lock.objectName(), "true" if on else "false", key="lit")
        for part in (self.slider, self.field):
            part.setEnabled(not on)

    def _number(self, text: str) -> float | None:
        try:
            return max(0.0, float(text)) if text.strip() else 0.0
        except ValueError:  # a number half typed, such as "1e"
            return None
