"""The window: rail, pages, evidence panel, task strip. It knows command ids and page values, nothing of the domain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QMainWindow

from app.domain.selection import Selection
from app.domain.study import Study
from app.gui import first_page, pages
from app.gui.actions import Actions
from app.gui.desk import Desk
from app.gui.errors import details_of, report_of, sentence_of
from app.gui.looker import Looker
from app.gui.pages.base import Page
from app.gui.session import Session
from app.gui.widgets.palette_box import PaletteBox
from app.gui.widgets.stage import Stage

TOOL_COMMANDS = {"search": "palette.open", "language": "view.language", "theme": "view.theme"}
FIRST_SIZE, FRAME = (1280, 800), 40  # pixels; the frame is what the desktop puts around a window


def fitting(room: QSize) -> tuple[int, int]:
    """Return the first size of the window: the usual one, or what a small screen leaves inside the window's frame."""
    return min(FIRST_SIZE[0], room.width()), min(FIRST_SIZE[1], room.height() - FRAME)


class MainWindow(QMainWindow):
    """`painted()` once, when the first frame is on screen."""

    painted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.pages: dict[str, Page] = {}
        self.page = "start"
        self._trail: list[tuple[str, Selection]] = []
        self._stale: set[str] = set(pages.ORDER)
        self._was_painted = self._may_close = False
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        self.resize(*fitting(self.screen().availableSize()))
        self.desk, self.looker = Desk(self), Looker(self)
        stage = Stage(pages.ORDER, pages.UNDER)
        self.rail, self.stack, self.side, self.strip = stage.rail, stage.stack, stage.side, stage.strip
        self.banner, self.error = stage.banner, stage.error
        self.setCentralWidget(stage)
        self.command_box = PaletteBox(self)
        self.actions_ = Actions(self, self.desk.trigger)
        self._connect()
        self.restyle()
        self.go("start")
        if session.preferences.geometry is not None:
            self.restoreGeometry(session.preferences.geometry)

    def go(self, id_: str, selection: Selection | None = None, remember: bool = True) -> None:
        """Show page `id_`, narrowed to `selection` where given."""
        if remember and (id_ != self.page or selection is not None):
            self._trail.append((self.page, self.session.selection))
        if id_ not in self.pages:
            self._add_page(id_)
        self.page = id_
        self.rail.choose(id_)
        self.stack.setCurrentWidget(self.pages[id_])
        if not self.rail.isAncestorOf(self.focusWidget() or self):
            self.pages[id_].setFocus()  # else Qt picks a field, and Backspace edits it instead of going back
        if selection is not None:
            self.session.select(selection)
        self.refresh()

    def go_up(self) -> None:
        """Go back: in the panel from a firm to the number, else to the page a double click came from."""
        if not self.side.go_back() and self._trail:
            self.go(*self._trail.pop(), remember=False)

    def step_out(self) -> None:
        """Close what lies on top: the palette, else the panel, else the bar."""
        for part in (self.command_box, self.side, self.error):
            if not part.isHidden():
                part.hide()
                return
        self.offer(())

    def refresh(self) -> None:
        """Bring the page on screen up to date if it is not."""
        if self.page not in self._stale:
            return
        if self.session.store.study is None:
            self._stale.discard(self.page)
            view = first_page.without_study(self.page, self.session.texts, self.session.preferences.recent)
            self.pages[self.page].display(view, self.session.texts, self.session.palette)
        elif self.session.resources is not None:
            self.session.view(self.page, self.desk.draft, self.desk.goal)

    def restyle(self) -> None:
        """Show everything in the words and colours of the session."""
        texts, palette = self.session.texts, self.session.palette
        for part in (self.strip, self.error):
            part.restyle(texts)
        self.rail.restyle(texts, palette)
        self.side.restyle(texts, palette)
        self.actions_.restyle(texts, palette)
        self.banner.setText(texts("gui.banner.synthetic"))
        self._describe_study()
        self.outdate(set(pages.ORDER))

    def outdate(self, ids: set[str]) -> None:
        """Mark pages as behind; the one on screen catches up at once."""
        self._stale |= ids
        if self.page in self.pages:
            self.refresh()

    def tell(self, error: BaseException) -> None:
        """Show a failure in the bar."""
        details = details_of(error, self.session.resources, self.session.texts)
        self.error.tell(sentence_of(error, self.session.texts), report_of(error), details=details)

    def offer(self, paths: tuple[Path, ...], wave: str = "", date: str = "", design: str = "") -> None:
        """Ask on the collect page how to take in `paths`; none takes the question away."""
        if paths:
            self.go("collect")
        page = self.pages.get("collect")
        if page is not None:
            page.offer(paths, wave, date, design)

    def say_written(self, path: Path) -> None:
        """Say where a file was written."""
        self.error.tell(self.session.texts("gui.brief.written", file=path), done=True)
        self.error.offer_file(path)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the part."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files from outside."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Put the light out."""
        self._light(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take files that were dropped."""
        self._light(False)
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        event.acceptProposedAction()
        self.desk.drop(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave, unless work is running and the user may not know."""
        if self.session.runner.is_busy and self.session.resources is not None and not self._may_close:
            self._may_close = True
            self.error.tell(self.session.texts("gui.error.still_running"))
            event.ignore()
            return
        self.session.preferences.geometry = self.saveGeometry()
        super().closeEvent(event)

    def _connect(self) -> None:
        session = self.session
        session.store.changed.connect(self._study_changed)
        session.selected.connect(lambda _selection: self.outdate(set(pages.ORDER)))
        session.viewed.connect(self._show_view)
        session.failed.connect(self.tell)
        session.restyled.connect(self.restyle)
        session.ready.connect(self._resources_ready)
        session.runner.progressed.connect(self.strip.show_progress)
        session.runner.busy.connect(self.strip.set_busy)
        session.runner.busy.connect(self._forget_warning)
        self.strip.cancelled.connect(session.runner.cancel)
        self.rail.chosen.connect(self.go)
        self.rail.tool.connect(lambda id_: self.desk.trigger(TOOL_COMMANDS[id_], {}))
        self.command_box.chosen.connect(lambda id_: self.desk.trigger(id_, {}))
        self.side.requested.connect(self.desk.trigger)
        for key, slot in (("Esc", self.step_out), ("Backspace", self.go_up)):
            QShortcut(QKeySequence(key), self).activated.connect(slot)
        for place, id_ in enumerate((id_ for id_ in pages.ORDER if id_ not in pages.UNDER), start=1):
            QShortcut(QKeySequence(f"Ctrl+{place}"), self).activated.connect(lambda id_=id_: self.go(id_))

    def _forget_warning(self, _busy: bool) -> None:
        self._may_close = False

    def _add_page(self, id_: str) -> None:
        page = self.pages[id_] = pages.make_page(id_)
        page.command_requested.connect(self.desk.trigger)
        page.evidence_requested.connect(lambda mark: self.desk.trigger("evidence.open", {"mark": mark}))
        page.selected.connect(self.session.select)
        page.went.connect(self.go)
        self.stack.addWidget(page)

    def _study_changed(self, study: Study, fields: frozenset[str]) -> None:
        self.banner.setVisible(study.synthetic)
        self._describe_study()
        self.error.dismiss()
        self.actions_.follow(self.session)
        self.outdate({id_ for id_ in pages.ORDER if id_ not in self.pages or self.pages[id_].needs & fields})

    def _show_view(self, id_: str, view: Any) -> None:
        self._stale.discard(id_)
        self.pages[id_].display(view, self.session.texts, self.session.palette)

    def _resources_ready(self) -> None:
        self.actions_.follow(self.session)
        self.restyle()

    def _describe_study(self) -> None:
        study, texts = self.session.store.study, self.session.texts
        self.setWindowTitle(study.name if study is not None else texts("gui.brand.claim"))
        self.strip.show_study(first_page.study_line(study, self.session.store.path, texts))

    def _light(self, over: bool) -> None:
        for page in self.pages.values():
            if hasattr(page, "drop"):
                page.drop.light(over)
