"""Labels, lines, buttons and boxes in their roles; the style sheet knows the roles, nothing else sets colours."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)


def set_role(widget: QWidget, name: str, value: str, key: str = "role") -> None:
    """Give `widget` a style role and let the style sheet see the change."""
    if widget.property(key) == value:
        return
    widget.setProperty(key, value)
    widget.setObjectName(widget.objectName() or name)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Text(QLabel):
    """A label that may be narrow: Qt's own asks for the height of its narrowest wrapping, and pages then scroll for nothing."""

    def minimumSizeHint(self) -> QSize:
        """Return room for one line."""
        hint = super().minimumSizeHint()
        return QSize(24, min(hint.height(), self.fontMetrics().height())) if self.wordWrap() else hint


class Elided(QLabel):
    """One line of a note that is cut in the middle where there is no room; the whole stands in its tip."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setProperty("role", "note")
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the new size."""
        super().resizeEvent(event)
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))


def label(role: str = "", wrap: bool = True, text: str = "") -> QLabel:
    """Return a text label; its words can be selected with the mouse and copied."""
    result = Text(text)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        result.setProperty("role", role)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        result.setSizePolicy(policy)
    return result


def button(id_: str, role: str = "") -> QPushButton:
    """Return a push button named `id_`."""
    result = QPushButton()
    result.setObjectName(id_)
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    if role:
        result.setProperty("role", role)
    return result


def choice(id_: str, codes: tuple[str, ...]) -> QComboBox:
    """Return a box to choose one of `codes` from; it is as wide as its widest word."""
    result = QComboBox()
    result.setObjectName(id_)
    result.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for code in codes:
        result.addItem("", code)
    return result


def frame(role: str) -> QFrame:
    """Return a box of a role."""
    result = QFrame()
    result.setProperty("role", role)
    result.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return result


def line() -> QFrame:
    """Return a hairline across the page."""
    result = frame("line")
    result.setFixedHeight(1)
    return result


def column(parent: QWidget | None = None, margins: int | tuple[int, int, int, int] = 0, spacing: int = 8) -> QVBoxLayout:
    """Return a vertical layout with grid distances."""
    layout = QVBoxLayout(parent) if parent else QVBoxLayout()
    _space(layout, margins, spacing)
    return layout


def row(parent: QWidget | None = None, margins: int | tuple[int, int, int, int] = 0, spacing: int = 8) -> QHBoxLayout:
    """Return a horizontal layout with grid distances."""
    layout = QHBoxLayout(parent) if parent else QHBoxLayout()
    _space(layout, margins, spacing)
    return layout


def clear(layout: QLayout) -> None:
    """Take every widget out of `layout` and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def _space(layout: QBoxLayout, margins: int | tuple[int, int, int, int], spacing: int) -> None:
    sides = (margins,) * 4 if isinstance(margins, int) else margins
    layout.setContentsMargins(QMargins(*sides))
    layout.setSpacing(spacing)
