"""收表: which files, as which wave; the matrix while they are read; what came of it; passwords of locked ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from app.domain.study import Study
from app.domain.task import FileProgress, Progress
from app.gui import work
from app.gui.dialogs.files import Question, ask_folder, ask_open
from app.gui.locks import Locks

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

Parameters = dict[str, Any]


class Gathering:
    """Carries out `study.collect` for the main window."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self._locks = Locks(window)
        self._then: tuple[Path, ...] = ()
        self._collecting = False
        self._base: Study | None = None
        self._session.runner.progressed.connect(self._follow)
        self._session.runner.busy.connect(self._rest)
        self._session.failed.connect(self._failed)

    def collect(self, parameters: Parameters) -> None:
        """Ask for files, then for the wave, then collect; with everything given, collect at once."""
        texts = self._session.texts
        if "wave" in parameters:
            self._begin(parameters)
        elif "offer" in parameters:
            self.offer(tuple(parameters["offer"]))
        elif parameters.get("ask") == "files":
            question = Question(texts("gui.file.choose"), texts("gui.file.workbooks"))
            ask_open(self._window, question, self.offer, many=True)
        else:
            ask_folder(self._window, Question(texts("gui.file.folder")), self.offer)

    def offer(self, paths: tuple[Path, ...]) -> None:
        """Ask how to take in `paths`; without a study one is made first."""
        study = self._session.store.study
        if study is None:
            self._then = paths
            self._window.desk.trigger("study.new", {})
            return
        last = study.waves[-1] if study.waves else None
        design = last.design.value if last is not None else ""
        self._window.offer(paths, work.now()[:4], work.now()[:10], design)

    def go_on(self) -> None:
        """A study has been made: offer what waits for it."""
        if self._then:
            paths, self._then = self._then, ()
            self.offer(paths)

    def _begin(self, parameters: Parameters) -> None:
        base = self._base = self._session.store.study
        self._window.offer(())
        self._window.go("collect")
        self._locks.begin(parameters)
        self._window.pages["collect"].begin(parameters["wave"])
        self._collecting = True

        def done(_result: object) -> None:
            study = self._session.store.study
            if study is None or base is None:
                return
            self._window.go("collect")
            self._say(base, study)
            self._locks.ask(study.findings)

        self._session.change("collect", parameters, self._session.texts("gui.command.study.collect"), done)

    def _say(self, before: Study, after: Study) -> None:
        """Say what a collection added, for files taken in twice change next to nothing on the page."""
        files, refused = (_with_status(after, status) - _with_status(before, status) for status in ("read", "refused"))
        answers = _answers(after) - _answers(before)
        key = "added_but" if files and refused > 0 else "added" if files else "only_refused" if refused > 0 else "nothing_new"
        told = {"files": files, "answers": f"{answers:,}", "refused": refused}
        self._window.error.tell(self._session.texts(f"gui.collect.{key}", **told), done=True)

    def _follow(self, progress: Progress) -> None:
        page = self._window.pages.get("collect")
        if self._collecting and isinstance(progress, FileProgress) and progress.file and page is not None:
            page.follow((progress,))

    def _rest(self, busy: bool) -> None:
        if not busy and self._collecting:
            self._collecting = False
            QTimer.singleShot(0, self._settle)  # after the result, if one comes, has been taken in

    def _settle(self) -> None:
        """Without a new study (cancelled, failed, nothing new) the matrix goes back to what it was."""
        page = self._window.pages.get("collect")
        if page is not None and self._session.store.study is self._base:
            page.end()

    def _failed(self, error: object) -> None:
        """When nothing could be read because everything is locked, the passwords are asked for all the same."""
        self._locks.ask(getattr(error, "findings", ()))


def _with_status(study: Study, status: str) -> int:
    return sum(source.status == status for source in study.sources)


def _answers(study: Study) -> int:
    return len(study.responses) if study.responses is not None else 0
