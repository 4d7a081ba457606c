"""简报: what it will be, at the left; the very pages that would be written, at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from app.domain.brief import Brief
from app.domain.paper import Paper
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui import icons
from app.gui.pages.base import Page
from app.gui.widgets.brief_outline import BriefOutline
from app.gui.widgets.brief_preview import BriefPreview
from app.gui.widgets.choices import Choices
from app.gui.widgets.parts import button, clear, column, frame, label, line, row
from app.present.pages.brief_values import BriefPage

SIDE, NARROW, ROOMY = 264, 208, 960  # pixels: the column at the left, on a narrow page, and from where it is none
CHOOSING = 280  # pixels that the choices need beside the ways to write, the margins of the page among them
WRITERS = {".docx": "brief", ".pptx": "slides", ".xlsx": "table", ".pdf": "pdf"}  # icons of the kinds of files
MORE = (
    ("brief.issuer", "sign"),
    ("study.briefs", "batch"),
    ("study.verify", "check"),
    ("brief.release", "shield"),
    ("study.figure", "image"),
    ("study.relay", "export"),
    ("study.anonymise", "firms"),
)
CHOICES = {"template": "brief.template", "scope": "brief.scope", "lang": "brief.language"}


class BriefPageView(Page):
    """Choices go up as commands (`brief.template`, `.scope`, `.language`, `.section`), exports as `study.brief` with a kind."""

    id = "brief"
    needs = frozenset({"assessments", "progress", "findings", "responses", "name", "signing"})
    laid_out = Signal()

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.choices, self.outline, self.preview = Choices(), BriefOutline(), BriefPreview()
        self.choices.chosen.connect(self._choose)
        self.outline.toggled.connect(self._tick)
        self.outline.asked.connect(self.preview.view.show_page)
        self.preview.evidence.connect(self.evidence_requested)
        self.preview.number.connect(lambda id_: self.command_requested.emit("brief.number", {"number": id_}))
        self.preview.again.connect(lambda: self.command_requested.emit("brief.again", {}))
        self.preview.view.ready.connect(self._pages_ready)
        self._exports, self._buttons = row(spacing=8), dict[str, QPushButton]()
        self.more, self._menu = button("brief.more"), QMenu(self)
        self.more.setMenu(self._menu)
        self._formats: tuple[str, ...] = ()
        self._view: BriefPage | None = None
        self._make_standing()
        self._lay_out()

    def fill(self, view: BriefPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self._view = view
        self.choices.display(view.chips)
        written = texts.switched(view.lang)
        names = {section.id: _names(section.id, written) for section in view.sections}
        self.outline.display(view.sections, texts, names)
        self._outline_title.setText(texts("gui.brief.outline"))
        self._outline_hint.setText(texts("gui.brief.outline_hint"))
        self._show_exports(view, texts, palette)
        self._show_menu(texts, palette)
        self._show_standing(view, texts, palette)
        self.preview.view.opens = not view.is_part  # what is behind a number is told of all firms
        self.preview.restyle(texts, palette)

    def show_paper(self, paper: Paper, stay: bool = False) -> None:
        """Show the pages of the file that was made, from the first or (`stay`) where the reader was."""
        self.preview.show_paper(paper, stay)

    def fail(self, sentence: str) -> None:
        """Say why there is no preview."""
        self.preview.fail(sentence)
        self.outline.show_places(())

    def show_brief(self, brief: Brief) -> None:
        """Show the tables of a brief whose file has no pages."""
        self.preview.show_brief(brief)
        self.outline.show_places(())
        self.laid_out.emit()

    def _lay_out(self) -> None:
        self._ways = row(spacing=8)
        self._ways.addWidget(self.more)
        self._ways.addLayout(self._exports)
        self._ways.addStretch()
        tools = self._tools = row(spacing=8)
        tools.addWidget(self.choices, 1)
        tools.addLayout(self._ways)
        tools.setAlignment(self._ways, Qt.AlignmentFlag.AlignTop)
        self._side = QWidget()
        left = column(self._side, 0, 8)
        self._outline_title, self._outline_hint = label("title"), label("note")
        for part in (self._outline_title, self._outline_hint):
            left.addWidget(part)
        left.addWidget(self.outline, 1)
        left.addWidget(self._standing)
        columns = row(spacing=24)
        columns.addWidget(self._side)
        columns.addWidget(self.preview, 1)
        self.body.addLayout(tools)
        self.body.addLayout(columns, 1)
        self.body.setContentsMargins(24, 20, 24, 8)

    def _make_standing(self) -> None:
        self._standing = frame("plain")
        self._standing_words, self._signed = label(), QVBoxLayout()
        self._standing_title = label("title")
        self.sign = button("brief.sign")
        self.sign.clicked.connect(lambda _checked=False: self.command_requested.emit("study.sign", {}))
        layout = column(self._standing, 0, 8)
        layout.addWidget(line())
        layout.addWidget(self._standing_title)
        layout.addWidget(self._standing_words)
        layout.addLayout(self._signed)
        foot = row()
        foot.addWidget(self.sign)
        foot.addStretch()
        layout.addLayout(foot)

    def _show_standing(self, view: BriefPage, texts: Texts, palette: Palette) -> None:
        self._standing_title.setText(texts("gui.brief.standing"))
        self._standing_words.setText(view.standing)
        clear(self._signed)
        for words in view.signed:
            self._signed.addWidget(label("note", text=words))
        self.sign.setText(texts("gui.brief.sign"))
        self.sign.setIcon(icons.icon("sign", palette.text))
        self.sign.setVisible(not view.is_part)

    def _show_exports(self, view: BriefPage, texts: Texts, palette: Palette) -> None:
        if view.formats != self._formats:
            self._formats = view.formats
            clear(self._exports)
            self._buttons = {}
            for place, ending in enumerate(reversed(view.formats)):
                part = self._buttons[ending] = button(f"brief{ending}", "primary" if place == len(view.formats) - 1 else "")
                part.clicked.connect(lambda _checked=False, ending=ending: self._export(ending))
                self._exports.addWidget(part)
                part.show()  # at once: how wide the row is is asked below
        for ending, part in self._buttons.items():
            kind = ending.removeprefix(".")
            part.setText(texts(f"gui.brief.{kind}"))
            ink = palette.on_accent if part.property("role") == "primary" else palette.text
            part.setIcon(icons.icon(WRITERS.get(ending, "export"), ink))
        self._arrange()

    def _show_menu(self, texts: Texts, palette: Palette) -> None:
        self.more.setText(texts("gui.brief.more"))
        self.more.setIcon(icons.icon("more", palette.text))
        self._menu.clear()
        for id_, icon in MORE:
            action = QAction(icons.icon(icon, palette.text), texts(f"gui.command.{id_}"), self._menu)
            action.setObjectName(f"brief.more.{id_}")
            action.triggered.connect(lambda _checked=False, id_=id_: self.command_requested.emit(id_, {}))
            self._menu.addAction(action)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the pages most of the room."""
        super().resizeEvent(event)
        self._side.setFixedWidth(SIDE if self.width() >= ROOMY else NARROW)
        self._arrange()

    def _arrange(self) -> None:
        """Put the ways to write below the choices where both have no room in one row."""
        for part in (self._exports, self._ways):
            part.invalidate()  # words may have changed since their width was asked
        beside = self.width() - self._ways.sizeHint().width() >= CHOOSING
        self._tools.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _choose(self, field: str, value: str) -> None:
        self.command_requested.emit(CHOICES[field], {field: value})

    def _tick(self, sections: tuple[str, ...]) -> None:
        self.command_requested.emit("brief.section", {"sections": sections})

    def _export(self, ending: str) -> None:
        self.command_requested.emit("study.brief", {"kind": ending.removeprefix(".")})

    def _pages_ready(self, _pages: int) -> None:
        self.outline.show_places(self.preview.view.shelf.places)
        self.laid_out.emit()


def _names(section: str, written: Texts) -> tuple[str, ...]:
    """Return what a section may be called in the document, as a section of the text or as an annex."""
    keys = (f"brief.heading.{section}", f"brief.annex.{section}")
    return tuple(written(key) for key in keys if key in written.entries)
