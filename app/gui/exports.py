"""The commands that write files for others: the brief and the figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.gui import work
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
        texts, kind = self._session.texts, parameters.get("kind", "docx")
        lang = parameters.get("lang") or self._window.desk.brief_lang

        def chosen(path: Path) -> None:
            self._write("study.brief", lambda asked: work.brief(asked, path, lang))

        if "out" in parameters:
            chosen(Path(parameters["out"]))
            return
        name = texts.switched(lang)("gui.file.brief_name", study=self._name())
        question = Question(texts("gui.file.save"), texts(f"gui.file.save_{kind}"), self._folder(), f"{name}.{kind}", kind)
        ask_save(self._window, question, lambda paths: chosen(paths[0]))

    def figures(self, parameters: Parameters) -> None:
        """Write every figure as SVG and PNG into a folder."""
        lang = parameters.get("lang") or self._window.desk.brief_lang

        def chosen(folder: Path) -> None:
            self._write("study.figure", lambda asked: work.figures(asked, folder, lang))

        if "out" in parameters:
            chosen(Path(parameters["out"]))
        else:
            question = Question(self._session.texts("gui.file.folder"), folder=self._folder())
            ask_folder(self._window, question, lambda paths: chosen(paths[0]))

    def _write(self, id_: str, make: Callable[[work.Asked], Any]) -> None:
        asked = self._session.asked()
        if asked is not None:
            self._session.run(id_, make(asked), self._window.say_written)

    def _name(self) -> str:
        return self._session.store.study.name if self._session.store.study is not None else ""

    def _folder(self) -> Path | None:
        return self._session.store.path.parent if self._session.store.path is not None else None
