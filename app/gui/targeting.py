"""What people enter about goals: edits, layers, evidence, reported figures, breaks; and the layers and statuses that go out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.study import Study
from app.domain.task import Task
from app.gui import work
from app.gui.dialogs.files import Question, ask_open, ask_save

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

Parameters = dict[str, Any]
PAGES = {"goal": "goals", "proof": "goals", "reported": "goal", "break": "goal"}
PAGE = "goals"


class Targeting:
    """Carries out the commands on goals for the main window. Without parameters they open the page where things are entered."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self.flows: dict[str, Callable[[Parameters], object]] = {
            **{f"study.{name}": self._entered(name, page) for name, page in PAGES.items()},
            "study.goalbook": self.goalbook,
            "goalbook.import": self.take_in,
            "goalbook.export": self.export_layer,
            "goals.export": self.export_progress,
        }

    def goalbook(self, parameters: Parameters) -> None:
        """Take in a layer (`from`, `add`), write one (`export`, `layer`), or show the page."""
        if "export" in parameters:
            self.export_layer({"out": parameters["export"], "layer": parameters.get("layer", "")})
        elif parameters:
            self._change("goalbook", parameters)
        else:
            self._window.go(PAGE)

    def take_in(self, parameters: Parameters) -> None:
        """Take in a layer file, asked for unless it is said."""
        if "from" in parameters:
            self._change("goalbook", parameters)
            return
        texts = self._session.texts
        question = Question(texts("gui.file.layer"), texts("gui.file.save_layer"))
        ask_open(self._window, question, lambda paths: self._change("goalbook", {"from": paths[0]}))

    def export_layer(self, parameters: Parameters) -> None:
        """Write a layer (`layer`; unsaid the lowest that has goals) to a file."""
        study = self._session.store.study
        if study is None:
            return
        layer = parameters.get("layer") or _lowest(study)
        name = self._session.texts("gui.file.layer_name", study=study.name, layer=self._session.texts(f"term.layer.{layer}"))
        self._save(parameters, ("layer", name, "toml"), "goalbook.export", lambda asked, path: write_layer(asked, layer, path))

    def export_progress(self, parameters: Parameters) -> None:
        """Write the status components of every goal to a file."""
        study = self._session.store.study
        if study is not None:
            name = self._session.texts("gui.file.progress_name", study=study.name)
            self._save(parameters, ("progress", name, "csv"), "goals.export", write_progress)

    def _save(
        self, parameters: Parameters, kind: tuple[str, str, str], id_: str, make: Callable[[work.Asked, Path], Task[Path]]
    ) -> None:
        name, suggested, ending = kind

        def chosen(path: Path) -> None:
            asked = self._session.asked()
            if asked is not None:
                self._session.run(id_, make(asked, path), self._window.say_written)

        if "out" in parameters:
            chosen(Path(parameters["out"]))
            return
        texts, store = self._session.texts, self._session.store
        folder = store.path.parent if store.path is not None else None
        question = Question(texts("gui.file.save"), texts(f"gui.file.save_{name}"), folder, f"{suggested}.{ending}", ending)
        ask_save(self._window, question, lambda paths: chosen(paths[0]))

    def _entered(self, command: str, page: str) -> Callable[[Parameters], object]:
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
                self._window.error.tell(texts("gui.target.unchanged"), done=True)
            elif command == "goalbook" and before is not None and after is not None:
                n = len(after.targets.goals) - len(before.targets.goals)
                self._window.error.tell(texts("gui.target.taken", n=f"{n:,}"), done=True)
            elif command == "goal" and not (parameters.get("withdraw") or parameters.get("forget")):
                self._window.desk.trigger("goal.show", {"goal": parameters["goal"]})

        self._session.change(command, parameters, texts(f"gui.command.study.{command}"), done)


def write_layer(asked: work.Asked, layer: str, path: Path) -> Task[Path]:
    """Write a layer of the study's goal book."""
    from app.domain.task import Progress
    from app.workflows.context import Context
    from app.workflows.layers import export_layer

    yield Progress("progress.layer_out", detail=path.name)
    return export_layer(asked.study, layer, path, Context(asked.resources, work.now()))


def write_progress(asked: work.Asked, path: Path) -> Task[Path]:
    """Write the status components of the study's goals as they were computed."""
    from app.workflows.context import Context
    from app.workflows.progress_out import export_progress

    return (yield from export_progress(asked.study, path, asked.texts.lang, Context(asked.resources, work.now())))


def _lowest(study: Study) -> str:
    """Return the lowest layer that people entered goals of, the county's where there are none."""
    from app.domain.goals import Layer

    entered = {edit.goal.layer for edit in study.targets.goals if edit.goal is not None}
    return next((layer for layer in reversed(Layer) if layer in entered), Layer.COUNTY).value
