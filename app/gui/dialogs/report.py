"""A report too wide for the side panel, in its own window; opened without blocking, gone when closed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.parts import column
from app.gui.widgets.side_panel import Panel, SidePanel

WIDEST = 420


class ReportDialog(QDialog):
    """Shows a Panel at full width."""

    def __init__(self, panel: Panel, texts: Texts, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dialog.report")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(panel.title)
        self.resize(min(1040, parent.width() - 80), min(660, parent.height() - 80))
        body = SidePanel(WIDEST)
        body.restyle(texts, palette)
        body.display(panel, palette)
        body.closed.connect(self.close)
        column(self).addWidget(body)
