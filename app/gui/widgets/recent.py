"""A study opened lately: its name over where it lies and when it was last saved."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from app.domain.words import Texts
from app.gui.widgets.parts import column, label

HEIGHT = 52


class RecentEntry(QPushButton):
    """One entry; a click opens the study. The whole path is in its tooltip."""

    def __init__(self, path: Path, name: str, texts: Texts) -> None:
        super().__init__()
        self.setObjectName(f"recent.{name}")
        self.setProperty("role", "row")
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(str(path))
        below = where(path, texts)
        self.setAccessibleName(f"{name} {below}")
        layout = column(self, (8, 6, 8, 6), 2)
        for role, text in (("", name), ("note", below)):
            part = label(role, wrap=False, text=text)
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setMinimumWidth(0)
            layout.addWidget(part)

    def sizeHint(self) -> QSize:
        """Return the size it likes; its words are cut rather than the page widened."""
        return QSize(200, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Return the least it needs."""
        return QSize(120, HEIGHT)


def where(path: Path, texts: Texts) -> str:
    """Return the folder and when the file was saved; the folder alone when the disk does not answer."""
    try:
        saved = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    except OSError:
        return path.parent.name
    return texts("gui.start.recent_line", folder=path.parent.name, time=saved)
