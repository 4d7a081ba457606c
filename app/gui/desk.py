"""Where a command is asked for whatever it lacks, then handed to the session; one method a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from app.domain.resources import Resources
from app.domain.study import Study
from app.domain.words import Lang
from app.gui import work
from app.gui.aiming import Aiming
from app.gui.clipping import Clipping
from app.gui.deciding import Deciding
from app.gui.dialogs.files import Question, ask_open, ask_save
from app.gui.draft import Draft
from app.gui.drafting import Drafting
from app.gui.exports import Exports
from app.gui.gathering import Gathering
from app.gui.handing import Handing
from app.gui.judging import Judging
from app.gui.sending import Sending
from app.gui.supposing import Supposing
from app.gui.targeting import Targeting

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

LONG = ("study.", "edit.", "demo.", "goals.", "goalbook.", "figure.")  # commands that run as tasks, one at a time
Parameters = dict[str, Any]


class Desk:
    """Carries out commands by id for the main window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.session = window.session
        self.goal = ""
        self._exports, self.gathering, self._deciding = Exports(window), Gathering(window), Deciding(window)
        judging, aiming, self.drafting = Judging(window), Aiming(window), Drafting(window)
        self._flows: dict[str, Callable[[Parameters], object]] = {
            "study.new": self.new,
            "study.open": self.open,
            "study.check": self.check,
            "study.collect": self.gathering.collect,
            "study.assess": lambda _parameters: self._change("study.assess", "assess", {}, "readiness"),
            "study.goals": lambda _parameters: self._change("study.goals", "goals", {}, "goals"),
            "study.brief": self._exports.brief,
            "study.figure": self._exports.figures,
            "study.form": self._exports.form,
            "study.slips": self._exports.slips,
            "study.responses": self._exports.responses,
            "study.agents": self._exports.agents,
            "decisions.export": self._exports.decisions,
            "visits.export": self._exports.visits,
            "study.model": self._exports.model,
            "demo.open": self.demo,
            "edit.undo": lambda _parameters: self.session.undo(),
            "edit.redo": lambda _parameters: self.session.redo(),
            "view.language": self.language,
            "view.theme": self.theme,
            "palette.open": self.palette,
            "help.method": self.help,
            "app.quit": lambda _parameters: window.close(),
            "evidence.open": lambda parameters: window.looker.evidence(parameters["mark"]),
            "firm.open": lambda parameters: window.looker.firm(int(parameters["position"])),
            "finding.open": lambda parameters: window.looker.finding(int(parameters["finding"])),
            "source.open": lambda parameters: window.looker.source(parameters["source"]),
            "cell.open": lambda parameters: window.looker.cell(parameters["place"]),
            "goal.show": self.show_goal,
            "proof.show": self.show_proof,
            **self._deciding.flows,
            **judging.flows,
            **aiming.flows,
            **Targeting(window).flows,
            **Supposing(window).flows,
            **self.drafting.flows,
            **Handing(window).flows,
            **Sending(window).flows,
            **Clipping(window).flows,
        }

    @property
    def draft(self) -> Draft:
        """The brief as it is being drafted."""
        return self.drafting.draft

    def trigger(self, id_: str, parameters: Parameters | None = None) -> None:
        """Carry out command `id_`; while a task is under way another one is refused in words."""
        if self.session.resources is None and not id_.startswith(("view.", "palette.", "app.")):
            self.session.ready.connect(lambda: self.trigger(id_, parameters), Qt.ConnectionType.SingleShotConnection)
            return
        waits = id_ == "study.decide" and self._deciding.is_deciding
        if self.session.runner.is_busy and id_.startswith(LONG) and not waits:
            self._window.error.tell(self.session.texts("gui.error.busy"))  # a new task would silently end the one under way
            return
        self._flows[id_](parameters or {})

    def drop(self, paths: tuple[Path, ...]) -> None:
        """Take files that were dropped: a study is opened, anything else collected."""
        if len(paths) == 1 and paths[0].suffix == ".zhiheng":
            self.trigger("study.open", {"study": paths[0]})
        elif paths:
            self.trigger("study.collect", {"offer": paths})

    def new(self, parameters: Parameters) -> None:
        """Make a study file, then go on to collecting."""
        texts = self.session.texts
        question = Question(texts("gui.file.new"), texts("gui.file.studies"), None, texts("gui.file.new_name"), "zhiheng")

        def made(path: Path) -> None:
            self.session.run("study.new", work.new(path, self._resources), lambda study: self._begin(study, path))

        if "study" in parameters:
            made(Path(parameters["study"]))
        else:
            ask_save(self._window, question, lambda paths: made(paths[0]))

    def open(self, parameters: Parameters) -> None:
        """Open a study file."""
        if "study" in parameters:
            self.session.open(Path(parameters["study"]))
            return
        texts = self.session.texts
        question = Question(texts("gui.file.open"), texts("gui.file.studies"))
        ask_open(self._window, question, lambda paths: self.session.open(paths[0]))

    def check(self, parameters: Parameters) -> None:
        """Read and check workbooks without a study."""
        texts = self.session.texts

        def chosen(paths: tuple[Path, ...]) -> None:
            task = work.check(paths, self._resources, texts)
            self.session.run("study.check", task, self._window.looker.checked)

        if "paths" in parameters:
            chosen(tuple(parameters["paths"]))
        else:
            ask_open(self._window, Question(texts("gui.file.choose"), texts("gui.file.workbooks")), chosen, many=True)

    def demo(self, parameters: Parameters) -> None:
        """Open the demonstration county, made on the first time."""
        from platformdirs import user_documents_path

        folder = Path(parameters.get("out") or user_documents_path() / self.session.texts("gui.file.demo_folder"))
        study = folder / "demo.zhiheng"
        if study.is_file():
            self.session.open(study)
        else:
            self.session.run("demo.open", work.demo(folder, self._resources, self.session.texts.lang), self.session.open)

    def language(self, parameters: Parameters) -> None:
        """Switch the window between Chinese and English."""
        other: Lang = "en" if self.session.texts.lang == "zh" else "zh"
        self.session.set_language(parameters.get("lang", other))

    def theme(self, parameters: Parameters) -> None:
        """Switch between light and dark."""
        other = "light" if self.session.palette.name == "dark" else "dark"
        self.session.set_theme(parameters.get("theme", other))

    def palette(self, _parameters: Parameters) -> None:
        """Open the command palette."""
        self._window.command_box.open(self._window.actions_.entries(), self.session.texts)

    def help(self, _parameters: Parameters) -> None:
        """Say how the page on screen works."""
        self._window.looker.help(self._window.page)

    def show_goal(self, parameters: Parameters) -> None:
        """Show one goal in depth."""
        self.goal = parameters["goal"]
        self._window.outdate({"goal"})
        self._window.go("goal")

    def show_proof(self, parameters: Parameters) -> None:
        """Open the checklist of evidence at one entry."""
        self._window.go("goals")
        self._window.pages["goals"].show_entry(parameters["goal"])

    def _change(self, id_: str, command: str, parameters: Parameters, page: str) -> None:
        base = self.session.store.study
        label = self.session.texts(f"gui.command.{id_}")

        def done(_result: object) -> None:
            if self.session.store.study is not base:
                self._window.go(page)

        self.session.change(command, parameters, label, done)

    def _begin(self, study: Study, path: Path) -> None:
        self.session.take(study, path)
        self._window.go("collect")
        self.gathering.go_on()

    @property
    def _resources(self) -> Resources:
        """Loaded whenever a command runs: `trigger` waits for them."""
        if self.session.resources is None:
            raise RuntimeError("a command ran before the resources were loaded")
        return self.session.resources
