"""What people judge: labels, rulings, overrides, weights, visits; each a command that the study remembers and undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.gui import weighing
from app.gui.dialogs.files import Question, ask_open

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

Parameters = dict[str, Any]
PAGES = {"label": "visits", "ruling": "visits", "override": "visits", "confirm": "readiness", "weights": "weights"}


class Judging:
    """Carries out judgements for the main window. A command without parameters opens the page where they are given."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self.flows: dict[str, Callable[[Parameters], object]] = {
            **{f"study.{name}": self._plain(name, page) for name, page in PAGES.items()},
            "study.visits": self._plain("visits", "visits"),
            "study.labels": self.labels,
            "judge.ask": self.ask,
            "weights.try": self.try_weights,
        }

    def labels(self, parameters: Parameters) -> None:
        """Take in a file of on-site assessments."""
        texts = self._session.texts
        if parameters:
            self._change("labels", parameters)
        else:
            question = Question(texts("gui.file.labels"), texts("gui.file.workbooks"))
            ask_open(self._window, question, lambda paths: self._change("labels", {"file": paths[0]}))

    def ask(self, parameters: Parameters) -> None:
        """Ask for the level an assessor gave (`kind` label), or one to stand beside the computed one (override)."""
        from app.gui.dialogs.judgement import Asked, JudgementDialog
        from app.present.pages.visits import level_choices
        from app.present.view import View

        study, resources, texts = self._session.store.study, self._session.resources, self._session.texts
        if study is None or resources is None:
            return
        levels = level_choices(View(study, resources, texts))
        command = f"study.{parameters['kind']}"
        asked = Asked(**parameters)
        JudgementDialog(self._window, asked, levels, texts, lambda given: self._window.desk.trigger(command, given)).open()

    def try_weights(self, parameters: Parameters) -> None:
        """Work out beside the window what other weights do to the ranks, and hand it to `show`; nothing is changed."""
        asked = self._session.asked()
        if asked is not None:
            task = weighing.moves(asked, parameters["weights"], parameters["aggregation"])
            self._session.glance(task, parameters["show"])

    def _plain(self, command: str, page: str) -> Callable[[Parameters], object]:
        def run(parameters: Parameters) -> None:
            if parameters:
                self._change(command, parameters)
            else:
                self._window.go(page)

        return run

    def _change(self, command: str, parameters: Parameters) -> None:
        texts, before = self._session.texts, self._session.store.study

        def done(_study: object) -> None:
            after = self._session.store.study
            if after is before:
                self._window.error.tell(texts("gui.collect.unchanged"), done=True)
            elif command == "weights" and before is not None and before.assessments:
                self._assess_with(after)
            elif command == "labels" and after is not None and before is not None:
                n = len(after.judgements.labels) - len(before.judgements.labels)
                self._window.error.tell(texts("gui.judge.taken", n=f"{n:,}"), done=True)

        self._session.change(command, parameters, texts(f"gui.command.study.{command}"), done)

    def _assess_with(self, weighted: object) -> None:
        """Assess anew under other weights, so that the page stays full; one undo then takes back both."""

        def done(_study: object) -> None:
            if self._session.store.study is not weighted:
                self._session.store.join()

        self._session.change("assess", {}, self._session.texts("gui.command.study.assess"), done)
