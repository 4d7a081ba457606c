"""起步: begin, go on, or see how far the open study is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.pages.base import Page
from app.gui.theme import INSIDE
from app.gui.widgets.drop_area import DropArea
from app.gui.widgets.facts import FactRow
from app.gui.widgets.parts import clear, column, frame, label, row
from app.gui.widgets.recent import RecentEntry
from app.gui.widgets.steps import StepList
from app.gui.widgets.tile import Tile
from app.gui.widgets.way import Way
from app.present.pages.values import StartPage

TILES = (("study.new", "new"), ("study.open", "open"), ("study.check", "check"), ("demo.open", "demo"))
SIDE = 272


class StartPageView(Page):
    """The first page: ways to begin, the stations of the work, recent studies."""

    id = "start"
    needs = frozenset({"name", "sources", "responses", "findings", "assessments", "progress"})

    def build(self) -> None:
        """Lay out the parts of the page."""
        self.facts = FactRow()
        self.facts.evidence.connect(self.evidence_requested)
        self.drop = DropArea()
        self.drop.folder_asked.connect(lambda: self.command_requested.emit("study.collect", {"ask": "folder"}))
        self.drop.files_asked.connect(lambda: self.command_requested.emit("study.collect", {"ask": "files"}))
        self.steps = StepList()
        self.steps.asked.connect(lambda command: self.command_requested.emit(command, {}))
        self.steps.went.connect(lambda page: self.went.emit(page, None))
        self.body.addWidget(self.facts)
        columns = row(spacing=24)
        columns.addLayout(self._main_column(), 1)
        side = column(spacing=INSIDE)
        side.addWidget(self._history_box())
        side.addWidget(self._recent_box())
        side.addStretch()
        columns.addLayout(side)
        self.body.addLayout(columns)
        self.body.addSpacing(INSIDE)
        self.way = Way()
        self.body.addWidget(self.way)
        self.body.addStretch()

    def fill(self, view: StartPage, texts: Texts, palette: Palette) -> None:
        """Show the view under the header."""
        self.facts.display(view.facts, palette)
        self.drop.restyle(texts, palette)
        self.steps.display(view.steps, texts, palette)
        self.way.display(texts, palette)
        self.way.setVisible(not view.steps)
        self.drop.setVisible(not view.steps)
        self._begin.setText(texts("gui.start.more") if view.steps else texts("gui.start.begin"))
        for command, tile in self._tiles.items():
            tile.restyle(texts(f"gui.start.{command}"), texts(f"gui.start.{command}_note"), palette)
        self._show_recent(view.recent, texts)
        self._show_history(view.history, texts)

    def _main_column(self) -> QVBoxLayout:
        self._begin = label("title", wrap=False)
        self._tiles = {command: Tile(command, icon) for command, icon in TILES}
        grid = QGridLayout()
        grid.setSpacing(INSIDE)
        for place, (command, tile) in enumerate(self._tiles.items()):
            tile.clicked.connect(lambda _checked=False, command=command: self.command_requested.emit(command, {}))
            grid.addWidget(tile, place // 2, place % 2)
        layout = column(spacing=INSIDE)
        layout.addWidget(self.steps)
        layout.addWidget(self.drop)
        layout.addWidget(self._begin)
        layout.addLayout(grid)
        layout.addStretch()
        return layout

    def _history_box(self) -> QWidget:
        self._history = frame("card")
        self._history.setFixedWidth(SIDE)
        self._history_title, self._history_list = label("title", wrap=False), column(spacing=10)
        layout = column(self._history, INSIDE, 12)
        layout.addWidget(self._history_title)
        layout.addLayout(self._history_list)
        return self._history

    def _recent_box(self) -> QWidget:
        box = frame("card")
        box.setFixedWidth(SIDE)
        self._recent_title, self._recent_none = label("title", wrap=False), label("muted")
        self._recent_list = column(spacing=2)
        layout = column(box, INSIDE, 8)
        layout.addWidget(self._recent_title)
        layout.addWidget(self._recent_none)
        layout.addLayout(self._recent_list)
        return box

    def _show_recent(self, recent: tuple[tuple[str, str], ...], texts: Texts) -> None:
        self._recent_title.setText(texts("gui.start.recent"))
        self._recent_none.setText(texts("gui.start.recent_none"))
        self._recent_none.setVisible(not recent)
        clear(self._recent_list)
        for path, name in recent:
            entry = RecentEntry(Path(path), name, texts)
            entry.clicked.connect(lambda _checked=False, path=path: self.command_requested.emit("study.open", {"study": path}))
            self._recent_list.addWidget(entry)

    def _show_history(self, history: tuple[tuple[str, str], ...], texts: Texts) -> None:
        self._history.setVisible(bool(history))
        self._history_title.setText(texts("gui.start.history"))
        clear(self._history_list)
        for what, when in history:
            entry = column(spacing=0)
            entry.addWidget(label(text=what))
            entry.addWidget(label("note", text=when))
            self._history_list.addLayout(entry)
