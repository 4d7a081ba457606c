"""Commands as Qt actions: menus, shortcuts and the palette are made from one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui import icons
from app.gui.session import Session
from app.gui.widgets.palette_box import Entry

Trigger = Callable[[str, dict[str, Any]], None]

SEPARATOR = ""
MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("file", ("study.new", "study.open", SEPARATOR, "study.check", "demo.open", SEPARATOR, "app.quit")),
    ("edit", ("edit.undo", "edit.redo", SEPARATOR, "palette.open")),
    ("work", ("study.collect", "study.assess", "study.goals", SEPARATOR, "study.brief", "study.figure")),
    ("view", ("view.language", "view.theme")),
    ("help", ("help.method",)),
)
KEYS = {
    "study.new": "Ctrl+N",
    "study.open": "Ctrl+O",
    "study.collect": "Ctrl+I",
    "study.assess": "F5",
    "study.goals": "F6",
    "study.brief": "Ctrl+P",
    "edit.undo": "Ctrl+Z",
    "edit.redo": "Ctrl+Y",
    "palette.open": "Ctrl+K",
    "view.language": "Ctrl+L",
    "help.method": "F1",
    "app.quit": "Ctrl+Q",
}
ICONS = {
    "study.new": "new",
    "study.open": "open",
    "study.check": "check",
    "study.collect": "collect",
    "study.assess": "readiness",
    "study.goals": "goals",
    "study.brief": "brief",
    "study.figure": "image",
    "demo.open": "demo",
    "edit.undo": "undo",
    "edit.redo": "redo",
    "palette.open": "search",
    "view.language": "language",
    "view.theme": "theme",
    "help.method": "note",
}
# What must be there before a command makes sense; the action is greyed until then.
NEEDS_STUDY = {"study.collect"}
NEEDS_ANSWERS = {"study.assess", "study.goals"}
NEEDS_LEVELS = {"study.brief", "study.figure"}


class Actions:
    """The window's actions by command id."""

    def __init__(self, window: QMainWindow, trigger: Trigger) -> None:
        self._menus: dict[str, QMenu] = {}
        self.by_id: dict[str, QAction] = {}
        self._other: Texts | None = None
        for name, ids in MENUS:
            menu = self._menus[name] = window.menuBar().addMenu("")
            menu.setObjectName(f"menu.{name}")
            for id_ in ids:
                menu.addAction(self._action(id_, window, trigger)) if id_ else menu.addSeparator()

    def restyle(self, texts: Texts, palette: Palette) -> None:
        """Show the words of `texts` in the colours of `palette`."""
        self._other = texts.switched("en" if texts.lang == "zh" else "zh")
        for name, menu in self._menus.items():
            menu.setTitle(texts(f"gui.menu.{name}"))
        for id_, action in self.by_id.items():
            action.setText(texts(f"gui.command.{id_}"))
            if id_ in ICONS:
                action.setIcon(icons.icon(ICONS[id_], palette.text))

    def follow(self, session: Session) -> None:
        """Grey what cannot be done with the study as it stands."""
        study, loaded = session.store.study, session.resources is not None
        for id_, action in self.by_id.items():
            action.setEnabled(loaded)
            if id_ in NEEDS_ANSWERS:
                action.setEnabled(loaded and study is not None and study.responses is not None)
            elif id_ in NEEDS_LEVELS:
                action.setEnabled(loaded and study is not None and bool(study.assessments))
            elif id_ in NEEDS_STUDY:
                action.setEnabled(loaded)
        self.by_id["edit.undo"].setEnabled(bool(session.store.undo_label))
        self.by_id["edit.redo"].setEnabled(bool(session.store.redo_label))
        for id_ in ("app.quit", "view.language", "view.theme", "palette.open", "help.method"):
            self.by_id[id_].setEnabled(True)

    def entries(self) -> tuple[Entry, ...]:
        """Return the commands that can be run now, for the palette."""
        found = []
        for id_, action in self.by_id.items():
            if action.isEnabled() and id_ != "palette.open":
                other = self._other(f"gui.command.{id_}") if self._other is not None else ""
                found.append(Entry(id_, action.text(), other, action.shortcut().toString()))
        return tuple(found)

    def _action(self, id_: str, window: QMainWindow, trigger: Trigger) -> QAction:
        action = self.by_id[id_] = QAction(window)
        action.setObjectName(id_)
        action.setShortcut(QKeySequence(KEYS.get(id_, "")))
        action.triggered.connect(lambda _checked=False, id_=id_: trigger(id_, {}))
        return action
