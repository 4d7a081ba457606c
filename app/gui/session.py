"""What the window works on: the study, the wording, the selection; commands go in, values come out by signals."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.errors import UserError
from app.domain.resources import Resources
from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.task import Task
from app.domain.theme import Palette
from app.domain.words import Lang, Texts, Words
from app.files.resource_words import read_words
from app.files.resources import load_palette, resources_folder
from app.gui import work
from app.gui.draft import Draft
from app.gui.preferences import Preferences
from app.gui.runner import Runner
from app.gui.store import Store


class Session(QObject):
    """One run of the window. Document work is serial in `runner`; page values come through `viewer`, panels through `looker`,
    the pages of the brief through `printer`.

    `ready()` when the resources are loaded · `restyled()` after language or theme changed · `viewed(page id, value)` ·
    `failed(error)` · `selected(Selection)` · `finished(command id, result)`.
    """

    ready = Signal()
    restyled = Signal()
    viewed = Signal(str, object)
    failed = Signal(object)
    selected = Signal(object)
    finished = Signal(str, object)

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.store = Store(self)
        self.runner, self.viewer, self.looker, self.glancer, self.printer = (Runner(self) for _ in range(5))
        self.doing = ""
        self.resources: Resources | None = None
        self.selection = Selection()
        self.saved_at = ""
        self.texts = Texts(preferences.language, self._first_words())
        self.palette: Palette = load_palette(preferences.theme)

    def load(self, path: Path | None) -> None:
        """Load the resources and everything heavy behind the first page, then open `path`."""

        def done(resources: Resources) -> None:
            self.resources = resources
            self.texts = Texts(self.texts.lang, resources.words)
            self.ready.emit()
            if path is not None:
                self.open(path)

        self.runner.start(work.load(), done, self.failed.emit)

    def set_language(self, lang: Lang) -> None:
        """Speak `lang` from now on."""
        self.preferences.language = lang
        self.texts = self.texts.switched(lang)
        self.restyled.emit()

    def set_theme(self, name: str) -> None:
        """Take the colours of theme `name`."""
        self.preferences.theme = name
        self.palette = load_palette("dark" if name == "dark" else "light")
        self.restyled.emit()

    def select(self, selection: Selection) -> None:
        """Narrow or widen every view."""
        if selection != self.selection:
            self.selection = selection
            self.selected.emit(selection)

    def open(self, path: Path) -> None:
        """Open the study at `path`."""
        self.run("study.open", work.open_file(path), lambda study: self.take(study, path))

    def take(self, study: Study, path: Path) -> None:
        """Work on `study` from now on."""
        self.preferences.remember(path)
        self.selection = Selection()
        self.store.open(study, path)

    def change(self, command: str, parameters: dict[str, Any], label: str, done: Callable[[object], None]) -> None:
        """Run a command of the catalogue that changes the study, and save it in the study's file."""
        base, path = self.store.study, self.store.path
        if base is None or path is None or self.resources is None:
            return

        def put(study: Study) -> None:
            if study is not base and not self.store.put(study, base, label):
                self.failed.emit(UserError("study.changed_elsewhere", file=path.name))
            done(study)

        self.run(f"study.{command}", work.change(path, base, command, parameters, self.resources), put)

    def undo(self) -> None:
        """Take back the last change; the journal keeps both."""
        self._turn("undo", self.store.earlier(), self.store.step_back)

    def redo(self) -> None:
        """Bring the last change back."""
        self._turn("redo", self.store.later(), self.store.step_forward)

    def run(self, id_: str, task: Task[Any], done: Callable[[Any], None]) -> None:
        """Run any long work of command `id_`; its result goes to `done`, then `finished` is told."""

        def finish(result: Any) -> None:
            done(result)
            self.finished.emit(id_, result)

        self.doing = id_
        self.runner.start(task, finish, self.failed.emit)

    def asked(self, draft: Draft | None = None, goal: str = "") -> work.Asked | None:
        """Return what values are computed from, as it stands; None while there is no study."""
        if self.store.study is None or self.resources is None:
            return None
        recent = tuple((str(path), path.stem) for path in self.preferences.recent)
        return work.Asked(self.store.study, self.resources, self.texts, self.selection, draft or Draft(), goal, recent)

    def view(self, page: str, draft: Draft, goal: str) -> None:
        """Compute the value of a page; `viewed` tells when it is there."""
        asked = self.asked(draft, goal)
        if asked is not None:
            self.viewer.start(work.page(page, asked), partial(self.viewed.emit, page), self.failed.emit)

    def look(self, task: Task[Any], done: Callable[[Any], None]) -> None:
        """Compute something to look at beside the page; only the newest is shown."""
        self.looker.start(task, done, self.failed.emit)

    def glance(self, task: Task[Any], done: Callable[[Any], None]) -> None:
        """Compute a small addition to what is on screen; only the newest comes, and a failure of it is told like any other."""
        self.glancer.start(task, done, self.failed.emit)

    def close(self) -> None:
        """Stop the workers and wait for them."""
        for runner in (self.printer, self.glancer, self.looker, self.viewer, self.runner):
            runner.close()

    def _turn(self, command: str, target: Study | None, step: Callable[[Study], None]) -> None:
        base, path = self.store.study, self.store.path
        if target is not None and base is not None and path is not None:
            self.run(f"edit.{command}", work.restore(path, base, target, command), step)

    def _first_words(self) -> dict[str, Words]:
        folder = resources_folder() / "locale"
        return read_words([folder / "gui.toml", folder / "assess_gui.toml"])
