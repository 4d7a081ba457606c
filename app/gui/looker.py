"""Walks a number back: evidence, the firm behind it, the cell behind an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain.findings import CellReference
from app.gui import work
from app.gui.errors import sentence_of
from app.gui.panels import help_panel, place_of
from app.gui.widgets.side_panel import Panel

if TYPE_CHECKING:
    from app.gui.dialogs.source_viewer import SourceViewer
    from app.gui.main_window import MainWindow
    from app.present.preview import Painted


class Looker:
    """Opens the side panel and the source viewer for the main window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session
        self._session.store.changed.connect(lambda _study, _fields: self.repaint())
        self._session.failed.connect(lambda error: self.rest(sentence_of(error, self._session.texts)))

    def evidence(self, mark: str) -> None:
        """Show what is behind the number named by `mark`."""
        asked = self._session.asked()
        if asked is not None:
            self._session.look(work.evidence(asked, mark), self._show)

    def firm(self, position: int) -> None:
        """Show every answer of a firm."""
        asked = self._session.asked()
        if asked is not None:
            self._session.look(work.firm(asked, position), self._show)

    def finding(self, number: int) -> None:
        """Show the cell a finding is about."""
        study = self._session.store.study
        if study is not None:
            self._open(study.findings[number].place)

    def source(self, sha256: str) -> None:
        """Show a workbook as received."""
        study = self._session.store.study
        found = [source for source in study.sources if source.sha256 == sha256] if study is not None else []
        kept = next((source for source in found if source.status == "read"), None)
        if kept is not None:
            self._open(CellReference(kept.name))
        elif found:
            self._tell_refused(found[0].name)

    def cell(self, place: str) -> None:
        """Show one cell, its place written as `place_text` does."""
        self._open(place_of(place))

    def help(self, page: str) -> None:
        """Show how a page works."""
        self._show(help_panel(page, self._session.texts))

    def checked(self, panel: Panel) -> None:
        """Show what a check without a study found."""
        from app.gui.dialogs.report import ReportDialog

        ReportDialog(panel, self._session.texts, self._session.palette, self._window).open()

    def _show(self, panel: Panel) -> None:
        self._window.side.display(panel, self._session.palette)

    def repaint(self) -> None:
        """Paint the sheet on screen anew: the study has moved on."""
        viewer = self._viewer()
        if viewer is not None:
            self._open(CellReference(viewer.view.file, viewer.view.sheet.name))

    def rest(self, sentence: str = "") -> None:
        """Say in the sheet on screen that nothing is being read any more, and why where it failed."""
        viewer = self._viewer()
        if viewer is not None:
            viewer.rest(sentence)

    def _tell_refused(self, file: str) -> None:
        """A workbook that could not be read has nothing to show but why."""
        page = self._window.pages.get("collect")
        if page is not None:
            page.show_findings(file)
        self._window.error.tell(self._session.texts("gui.source.refused", file=file))

    def _open(self, place: CellReference) -> None:
        asked = self._session.asked()
        held = {source.status for source in asked.study.sources if source.name == place.source} if asked is not None else set()
        if held and "read" not in held:
            self._tell_refused(place.source)
        elif asked is not None and self._session.store.path is not None:
            self._session.look(work.source(asked, self._session.store.path, place), self._show_source)

    def _viewer(self) -> SourceViewer | None:
        from app.gui.dialogs.source_viewer import SourceViewer

        return next((each for each in self._window.findChildren(SourceViewer) if each.isVisible()), None)

    def _show_source(self, view: Painted) -> None:
        from app.gui.dialogs.source_viewer import SourceViewer

        session, viewer = self._session, self._viewer()
        if viewer is not None:
            viewer.display(view, session.palette)
            return
        viewer = SourceViewer(view, session.texts, session.palette, self._window)
        viewer.requested.connect(self._window.desk.trigger)
        viewer.sheet_asked.connect(lambda sheet: self._open(CellReference(viewer.view.file, sheet)))
        viewer.open()
