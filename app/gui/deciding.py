"""What people decide: answers, corrections and accepted rows, each one command that the study remembers and undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from app.gui import work
from app.gui.dialogs.files import Question, ask_open
from app.present.pages.collect_values import RevisionView

if TYPE_CHECKING:
    from app.domain.study import Study
    from app.gui.main_window import MainWindow

Parameters = dict[str, Any]
HEADINGS = ("column", "scale", "unit")  # kinds of questions whose cells are headings


class Deciding:
    """Carries out decisions for the main window. Answers given while the last ones are worked in wait and then go together."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self._waiting: list[tuple[str, str]] = []
        self._base: Study | None = None
        self._session.runner.busy.connect(lambda busy: None if busy else QTimer.singleShot(0, self._settle))
        self.flows: dict[str, Callable[[Parameters], object]] = {
            "study.decide": self.decide,
            "study.correct": lambda parameters: self._change("correct", parameters),
            "study.accept": lambda parameters: self._change("accept", parameters),
            "study.register": self.register,
            "decisions.import": self.decisions,
            "revision.open": lambda parameters: self.revision(parameters["source"]),
            "examples.read": self.examples,
        }

    @property
    def is_deciding(self) -> bool:
        """Whether answers are being worked in, so that more may follow."""
        return self._session.runner.is_busy and self._session.doing == "study.decide"

    def decide(self, parameters: Parameters) -> None:
        """Take an answer, or decisions from the painted preview."""
        if "question" not in parameters:
            self._change("decide", parameters)
            return
        self._waiting.append((parameters["question"], parameters["answer"]))
        if not self.is_deciding:
            self._send()

    def register(self, parameters: Parameters) -> None:
        """Take in a list of the firms that ought to report."""
        texts = self._session.texts
        if "file" in parameters:
            self._change("register", parameters)
        else:
            question = Question(texts("gui.file.register"), texts("gui.file.workbooks"))
            ask_open(self._window, question, lambda paths: self._change("register", {"file": paths[0]}))

    def decisions(self, parameters: Parameters) -> None:
        """Take over the decisions of a colleague."""
        texts = self._session.texts
        if "from" in parameters:
            self._change("decisions", parameters)
        else:
            question = Question(texts("gui.file.decisions_open"), texts("gui.file.save_decisions"))
            ask_open(self._window, question, lambda paths: self._change("decisions", {"from": paths[0]}))

    def revision(self, source: str) -> None:
        """Work out what a file that corrects an earlier one would change, and show it."""
        asked, page = self._session.asked(), self._window.pages.get("collect")

        def shown(view: RevisionView) -> None:
            if page is not None:
                page.show_diff(view)

        if asked is not None:
            self._session.look(work.revision(asked, source), shown)

    def examples(self, parameters: Parameters) -> None:
        """Read the texts of the cells that a question points at, and hand them to its card."""
        asked, path, card = self._session.asked(), self._session.store.path, parameters["card"]
        places = tuple(example.place for example in card.examples if not example.text)
        if asked is not None and path is not None and places:
            below = card.kind in HEADINGS
            self._session.glance(work.cell_texts(asked, path, places, below), parameters["show"])

    def _send(self) -> None:
        """Send everything that waits as one command."""
        answers, self._waiting = tuple(self._waiting), []
        self._change("decide", {"answers": answers})

    def _change(self, command: str, parameters: Parameters) -> None:
        label = self._session.texts(f"gui.command.study.{command}")
        before = self._base = self._session.store.study

        def done(_result: object) -> None:
            self._say(command, before)
            if self._session.store.study is before:
                self._window.looker.rest(self._session.texts("gui.collect.unchanged"))
            if self._waiting:
                self._send()

        self._session.change(command, parameters, label, done)

    def _settle(self) -> None:
        """When a decision has changed nothing (it failed, was stopped, or held already), what it was about is asked again."""
        page, session = self._window.pages.get("collect"), self._session
        if page is not None and not session.runner.is_busy and self._base is not None:
            if session.store.study is self._base:
                self._waiting = []
                page.ask_again()
            self._base = None

    def _say(self, command: str, before: Study | None) -> None:
        """Say what a change that is not seen by itself has done."""
        after, texts = self._session.store.study, self._session.texts
        if command == "register" and after is not None and after.register is not None:
            told = {"file": after.register.name, "n": f"{len(after.register.firms):,}"}
            self._window.error.tell(texts("gui.collect.register_taken", **told), done=True)
        elif after is before:
            self._window.error.tell(texts("gui.collect.unchanged"), done=True)
