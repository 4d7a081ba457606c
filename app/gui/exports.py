"""The commands that write files for others: the brief and the figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain.study import JournalEntry
from app.gui import brief_work, work
from app.gui.dialogs.files import Question, ask_folder, ask_save

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow

Parameters = dict[str, Any]


class Exports:
    """Asks where to write what `parameters` leaves open, writes beside the window, says where it went."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._session = window.session

    def brief(self, parameters: Parameters) -> None:
        """Write the brief in one format."""
        drafting, texts = self._window.desk.drafting, self._session.texts
        kind = parameters.get("kind") or drafting.formats[0].removeprefix(".")
        lang = parameters.get("lang") or drafting.draft.lang

        def chosen(path: Path) -> None:
            draft = drafting.draft_for(path.suffix.lower(), lang)
            self._write(
                "study.brief", lambda asked: brief_work.brief(asked, path, draft, drafting.proofs.settled_for(asked.study))
            )

        if "out" in parameters:
            chosen(Path(parameters["out"]))
            return
        plan, said = drafting.plan, texts.switched(lang)
        place = plan.township or plan.sector
        name = said("gui.file.brief_of_name" if place else "gui.file.brief_name", study=self._name(), place=place)
        question = Question(texts("gui.file.save"), texts(f"gui.file.save_{kind}"), self._folder(), f"{name}.{kind}", kind)
        ask_save(self._window, question, lambda paths: chosen(paths[0]))

    def figures(self, parameters: Parameters) -> None:
        """Write every figure as SVG and PNG into a folder."""
        lang = parameters.get("lang") or self._window.desk.draft.lang

        def chosen(folder: Path) -> None:
            self._write("study.figure", lambda asked: work.figures(asked, folder, lang))

        self._folder_of(parameters, chosen)

    def slips(self, parameters: Parameters) -> None:
        """Write each sender a copy of their own workbook with what is wrong marked, into a folder."""
        self._folder_of(parameters, lambda folder: self._carry_out("study.slips", folder))

    def form(self, parameters: Parameters) -> None:
        """Write the clean form of the study's questions, with the firms of its register filled in."""
        study = self._session.store.study
        given: Parameters = {}
        if study is not None:
            given["instrument"] = study.instrument.id
            given["register"] = self._session.store.path if study.register is not None else None
        self._file_of(parameters, ("form", "xlsx"), "study.form", given)

    def responses(self, parameters: Parameters) -> None:
        """Write the cleaned firm table."""
        self._file_of(parameters, ("responses", "csv"), "study.responses", {})

    def decisions(self, parameters: Parameters) -> None:
        """Write the decisions into a file that colleagues may take over."""
        self._file_of(parameters, ("decisions", "json"), "study.decisions", {})

    def visits(self, parameters: Parameters) -> None:
        """Write a visit list of the study (`list` its id, "" the newest) as a workbook for the road."""
        self._file_of(parameters, ("visits", "xlsx"), "study.visits", {"list": parameters.get("list", "")})

    def model(self, parameters: Parameters) -> None:
        """Write the classifier, to be used on another study of the same instrument."""
        self._file_of(parameters, ("model", "skops"), "study.model", {})

    def agents(self, parameters: Parameters) -> None:
        """Write the register of agents in use in a wave (`wave` its id, "" the newest): it names firms."""
        self._file_of(parameters, ("agents", "xlsx"), "study.agents", {"wave": parameters.get("wave", "")})

    def _file_of(self, parameters: Parameters, kind: tuple[str, str], id_: str, given: Parameters) -> None:
        """Ask for the file that a command of the catalogue is to write, unless it is said; then run it."""
        name, ending = kind
        texts = self._session.texts

        def chosen(path: Path) -> None:
            self._carry_out(id_, path, given)

        if "out" in parameters:
            chosen(Path(parameters["out"]))
            return
        suggested = f"{texts(f'gui.file.{name}_name', study=self._name())}.{ending}"
        question = Question(texts("gui.file.save"), texts(f"gui.file.save_{name}"), self._folder(), suggested, ending)
        ask_save(self._window, question, lambda paths: chosen(paths[0]))

    def _folder_of(self, parameters: Parameters, chosen: Callable[[Path], None]) -> None:
        if "out" in parameters:
            chosen(Path(parameters["out"]))
        else:
            question = Question(self._session.texts("gui.file.folder"), folder=self._folder())
            ask_folder(self._window, question, lambda paths: chosen(paths[0]))

    def _carry_out(self, id_: str, out: Path, given: Parameters | None = None) -> None:
        """Run a command of the catalogue that writes to `out`, then say where it wrote."""
        session = self._session
        if session.store.path is None or session.resources is None:
            return
        parameters = {**(given or {}), "out": out}
        task = work.written(id_, session.store.path, session.resources, session.texts.lang, parameters)

        def done(journal: tuple[JournalEntry, ...]) -> None:
            session.store.adopt(journal)
            self._window.say_written(out)

        session.run(id_, task, done)

    def _write(self, id_: str, make: Callable[[work.Asked], Any]) -> None:
        asked = self._session.asked()
        if asked is not None:
            self._session.run(id_, make(asked), self._window.say_written)

    def _name(self) -> str:
        return self._session.store.study.name if self._session.store.study is not None else ""

    def _folder(self) -> Path | None:
        return self._session.store.path.parent if self._session.store.path is not None else None
