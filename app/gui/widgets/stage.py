"""What the window is made of, from left to right and top to bottom: rail, banner, bar, page, panel, strip."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSplitter, QStackedWidget, QToolButton, QWidget

from app.gui.widgets.error_bar import ErrorBar
from app.gui.widgets.parts import column, label, row
from app.gui.widgets.rail import Rail
from app.gui.widgets.side_panel import SidePanel
from app.gui.widgets.task_strip import TaskStrip

TOOLS = (("search", "search"), ("language", "language"), ("theme", "theme"))


class Stage(QWidget):
    """The central widget; the window reaches its parts by name."""

    def __init__(self, pages: tuple[str, ...], under: Collection[str] = ()) -> None:
        super().__init__()
        self.rail = Rail(pages, TOOLS, under)
        self.stack, self.side, self.strip = QStackedWidget(), SidePanel(), TaskStrip()
        self.banner = label("banner")
        self.banner.hide()
        self.error = ErrorBar()
        split = QSplitter()
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(self.stack)
        split.addWidget(self.side)
        split.setStretchFactor(0, 1)
        middle = column(spacing=0)
        for part in (self.banner, self.error):
            middle.addWidget(part)
        middle.addWidget(split, 1)
        across = row(spacing=0)
        across.addWidget(self.rail)
        across.addLayout(middle, 1)
        whole = column(self, spacing=0)
        whole.addLayout(across, 1)
        whole.addWidget(self.strip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return press the button in focus, as it does in every dialog; Qt itself knows only the space bar here."""
        part = QApplication.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(part, QAbstractButton):
            if isinstance(part, QToolButton) and part.menu() is not None:
                part.showMenu()
            else:
                part.click()
            return
        super().keyPressEvent(event)
