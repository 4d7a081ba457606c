"""What people judge: labels, rulings, overrides, weights, visits; each a command that the study remembers and undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

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
        }

    def labels(self, parameters: Parameters) -> None:
        """Take in a file of on-site assessments."""
        texts = self._session.texts
        if parameters:
            self._change("labels", parameters)
        else:
            question = Question(texts("gui.file.labels"), texts("gui.file.workbooks"))
            ask_open(self._window, question, lambda paths: self._change("labels", {"file": paths[0]}))

    def _plain(self, command: str, page: str) -> Callable[[Parameters], object]:
        def run(parameters: Parameters) -> None:
            if parameters:
                self._change(command, parameters)
            else:
                self._window.go(page)

        return run

    def _change(self, command: str, parameters: Parameters) -> None:
        label = self._session.texts(f"gui.command.study.{command}")
        self._session.change(command, parameters, label, lambda _study: None)
