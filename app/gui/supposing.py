"""Scenarios in the window: tried beside it, saved and deleted as commands that undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.domain.targets import Lever
from app.domain.task import Progress, Task
from app.gui.work import Asked
from app.present.pages.scenarios_values import Supposed

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

Parameters = dict[str, Any]
PAGE = "scenarios"


class Supposing:
    """Carries out the commands on scenarios for the main window."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self.flows: dict[str, Callable[[Parameters], object]] = {
            "study.scenario": self.save,
            "study.change": lambda _parameters: window.go("goals"),
            "scenario.forget": self.forget,
            "scenario.try": self.attempt,
        }

    def save(self, parameters: Parameters) -> None:
        """Save or delete a scenario; without parameters show the page where they are written."""
        if not parameters:
            self._window.go(PAGE)
            return
        texts, before = self._session.texts, self._session.store.study

        def done(_study: object) -> None:
            same = self._session.store.study is before
            key = "gui.target.unchanged" if same else "gui.scenario.gone" if parameters.get("forget") else "gui.scenario.kept"
            self._window.error.tell(texts(key, **({} if same else {"name": parameters["name"]})), done=True)

        self._session.change("scenario", parameters, texts("gui.command.study.scenario"), done)

    def forget(self, parameters: Parameters) -> None:
        """Ask whether a scenario is to be deleted, and delete it."""
        from PySide6.QtWidgets import QMessageBox

        texts, name = self._session.texts, parameters["name"]
        box = QMessageBox(self._window)
        box.setObjectName("dialog.forget")
        box.setWindowTitle(texts("gui.scenario.delete"))
        box.setText(texts("gui.scenario.delete_ask", name=name))
        go = box.addButton(texts("gui.scenario.delete"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(texts("gui.intake.cancel"), QMessageBox.ButtonRole.RejectRole))
        go.clicked.connect(lambda _checked=False: self.save({"name": name, "forget": True}))
        box.open()

    def attempt(self, parameters: Parameters) -> None:
        """Work out beside the window where the levers on screen lead, and hand it to `show`; nothing is changed."""
        asked = self._session.asked()
        if asked is not None:
            task = supposed(asked, parameters["goal"], parameters["levers"], parameters["name"])
            self._session.glance(task, parameters["show"])


def supposed(asked: Asked, goal: str, levers: tuple[Lever, ...], name: str) -> Task[Supposed]:
    """Work out where the levers on screen lead, beside the scenarios that were saved."""
    from app.present.pages.scenarios import suppose
    from app.present.view import View

    yield Progress("gui.progress.page")
    return suppose(View(asked.study, asked.resources, asked.texts, asked.selection), goal, levers, name)
