"""The order in which Tab goes through parts: as the eye reads them, not as they happened to be made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

from app.gui.widgets.flow import Flow


def order_focus(root: QWidget) -> None:
    """Let Tab go through everything in `root` in the order of its layouts."""
    for one, other in pairwise(in_reading_order(root)):
        QWidget.setTabOrder(one, other)


def in_reading_order(part: QWidget) -> Iterator[QWidget]:
    """Yield the parts of `part` that Tab reaches, those not on screen among them, in the order of its layouts."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield part
        return
    for child in _children(part):
        yield from in_reading_order(child)


def _children(part: QWidget) -> list[QWidget]:
    if isinstance(part, Flow):
        return part.parts
    if isinstance(part, QScrollArea):
        return [part.widget()]
    layout = part.layout()
    return [] if layout is None else list(_laid_out(layout))


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner, part = (item.layout(), item.widget()) if item is not None else (None, None)
        if inner is not None:
            yield from _laid_out(inner)
        elif part is not None:
            yield part
