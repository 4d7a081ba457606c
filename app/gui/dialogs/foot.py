"""The end of a dialog: what is still missing, the way out, and the button that waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout

from app.domain.words import Texts
from app.gui.widgets.parts import button, label, row


class Foot:
    """`line` to be laid out; `go` calls `take` and is named `<name>.go`, the other button `<name>.leave` closes the dialog."""

    def __init__(self, dialog: QDialog, name: str, words: str, texts: Texts, take: Callable[[], object]) -> None:
        self._texts = texts
        self.needs, self.go, leave = label("note"), button(f"{name}.go", "primary"), button(f"{name}.leave")
        self.go.setText(words)
        self.go.setDefault(True)
        leave.setText(texts("gui.intake.cancel"))
        leave.setAutoDefault(False)
        self.go.clicked.connect(lambda _checked=False: take())
        leave.clicked.connect(lambda _checked=False: dialog.close())
        self.line: QHBoxLayout = row(spacing=8)
        self.line.addWidget(self.needs, 1)
        self.line.addWidget(leave)
        self.line.addWidget(self.go)

    def wait_for(self, missing: Sequence[str], key: str) -> None:
        """Hold the button back while something is missing, and name it in the sentence `key`."""
        self.go.setEnabled(not missing)
        names = self._texts("wording.list_separator").join(missing)
        self.needs.setText(self._texts(key, names=names) if missing else "")
