"""简报: what the document will say, in the language chosen for it, and the buttons that write it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui import icons
from app.gui.pages.base import Page
from app.gui.widgets.parts import button, choice, column, row
from app.gui.widgets.preview import Preview
from app.present.pages.values import BriefPage

EXPORTS = (("docx", "brief"), ("pptx", "slides"), ("xlsx", "table"), ("figures", "image"))
LANGUAGES = ("zh", "en")


class BriefPageView(Page):
    """`study.brief` and `study.figure` are asked for with the kind of file; `brief.language` when the choice changes."""

    id = "brief"
    needs = frozenset({"assessments", "progress", "findings", "responses", "name"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.language = choice("brief.language", LANGUAGES)
        self.language.activated.connect(
            lambda _index: self.command_requested.emit("brief.language", {"lang": self.language.currentData()})
        )
        self._buttons = {kind: button(f"brief.{kind}", "primary" if kind == "docx" else "") for kind, _icon in EXPORTS}
        for kind, part in self._buttons.items():
            part.clicked.connect(lambda _checked=False, kind=kind: self._ask(kind))
        self.outline = QListWidget()
        self.outline.setObjectName("brief.outline")
        self.outline.setFixedWidth(232)
        self.outline.setWordWrap(True)
        self.outline.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.outline.currentItemChanged.connect(self._jump)
        self.preview = Preview()
        self.preview.evidence.connect(self.evidence_requested)
        self._lay_out()

    def fill(self, view: BriefPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        for place, code in enumerate(LANGUAGES):
            self.language.setItemText(place, texts(f"gui.brief.language_{code}"))
        self.language.setAccessibleName(texts("gui.brief.language"))
        if view.brief is not None:
            self.language.setCurrentIndex(LANGUAGES.index(view.brief.lang))
        for kind, icon in EXPORTS:
            self._buttons[kind].setText(texts(f"gui.brief.{kind}"))
            ink = palette.on_accent if kind == "docx" else palette.text
            self._buttons[kind].setIcon(icons.icon(icon, ink))
        self.outline.setAccessibleName(texts("gui.brief.outline"))
        self._show_outline(view.outline)
        self.preview.display(view.brief, texts, palette)

    def _lay_out(self) -> None:
        tools = row(spacing=8)
        tools.addWidget(self.language)
        tools.addStretch()
        for part in reversed(self._buttons.values()):
            tools.addWidget(part)
        columns = row(spacing=24)
        side = column()
        side.addWidget(self.outline, 1)
        columns.addLayout(side)
        columns.addWidget(self.preview, 1)
        self.body.addLayout(tools)
        self.body.addLayout(columns, 1)

    def _ask(self, kind: str) -> None:
        command = "study.figure" if kind == "figures" else "study.brief"
        self.command_requested.emit(command, {"kind": kind, "lang": self.language.currentData()})

    def _show_outline(self, outline: tuple[tuple[int, str, int], ...]) -> None:
        self.outline.blockSignals(True)
        self.outline.clear()
        for level, text, block in outline:
            item = QListWidgetItem(("    " * (level - 1)) + text)
            item.setToolTip(text)
            item.setData(Qt.ItemDataRole.UserRole, block)
            self.outline.addItem(item)
        self.outline.blockSignals(False)

    def _jump(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.preview.show_block(item.data(Qt.ItemDataRole.UserRole))
