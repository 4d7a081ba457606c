"""The buttons at the top of the collect page: take files in, and what can be sent out or taken over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.domain.words import Texts
from app.gui.widgets.parts import button, row

MORE = ("study.register", "study.form", "study.slips", "study.responses", "decisions.export", "decisions.import")


class CollectTools(QWidget):
    """`asked(command id, parameters)`."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._more, self._files, self._folder = QToolButton(), button("collect.files"), button("collect.folder", "primary")
        self._more.setObjectName("collect.more")
        self._more.setProperty("role", "chip")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        for part, way in ((self._files, "files"), (self._folder, "folder")):
            part.clicked.connect(lambda _checked=False, way=way: self.asked.emit("study.collect", {"ask": way}))
        layout = row(self, 0, 8)
        layout.addWidget(self._more)
        layout.addWidget(self._files)
        layout.addWidget(self._folder)

    def restyle(self, texts: Texts) -> None:
        """Show the words of `texts`."""
        self._folder.setText(texts("gui.drop.folder"))
        self._files.setText(texts("gui.drop.files"))
        self._more.setText(texts("collect.more"))
        self._more.setAccessibleName(texts("collect.more"))
        menu = self._more.menu()
        menu.clear()
        for id_ in MORE:
            action = menu.addAction(texts(f"gui.command.{id_}"))
            action.setObjectName(f"more.{id_}")
            action.triggered.connect(lambda _checked=False, id_=id_: self.asked.emit(id_, {}))
