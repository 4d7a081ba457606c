"""Commands as Qt actions: menus, shortcuts and the palette are made from the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from app.commands.catalog import command
from app.commands.menus import MENUS
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui import icons
from app.gui.session import Session
from app.gui.widgets.palette_box import Entry

Trigger = Callable[[str, dict[str, Any]], None]

FREE = ("app.quit", "view.language", "view.theme", "palette.open", "help.method")  # work before anything is loaded
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
                if id_:
                    menu.addAction(self._action(id_, window, trigger))
                else:
                    menu.addSeparator()

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
        loaded = session.resources is not None
        for id_, action in self.by_id.items():
            action.setEnabled(id_ in FREE or (loaded and command(id_).is_ready(session.store.study)))
        self.by_id["edit.undo"].setEnabled(bool(session.store.undo_label))
        self.by_id["edit.redo"].setEnabled(bool(session.store.redo_label))

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
        action.setShortcut(QKeySequence(command(id_).keys))
        action.triggered.connect(lambda _checked=False, id_=id_: trigger(id_, {}))
        return action
