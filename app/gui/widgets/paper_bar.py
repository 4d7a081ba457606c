"""The bar under a document: which page is in sight, how large it is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui import icons
from app.gui.paper.shelf import FIT
from app.gui.paper.view import PaperView
from app.gui.widgets.parts import Elided, button, label, row

HEIGHT, TURNING = 40, 200
SIGN = 16
NOTED = 620  # pixels of the bar from which its note has its place
LEAST = {"fit": 420, "whole": 520}  # pixels of the bar from which a word has its place


class PaperBar(QWidget):
    """Turns the pages of `view` and zooms it; a note at the left says which fonts are stood in for."""

    def __init__(self, view: PaperView) -> None:
        super().__init__()
        self._view, self._fonts = view, tuple[str, ...]()
        self._texts: Texts | None = None
        self.setFixedHeight(HEIGHT)
        self._note = Elided("")
        self._where, self._percent = label("note", wrap=False), label("note", wrap=False)
        self._buttons: dict[str, QPushButton] = {}
        turns: tuple[tuple[str, Callable[[], object]], ...] = (
            ("earlier", lambda: view.show_page(max(0, view.page - 1))),
            ("later", lambda: view.show_page(min(len(view.pages) - 1, view.page + 1))),
            ("smaller", lambda: view.step_zoom(False)),
            ("larger", lambda: view.step_zoom(True)),
            ("fit", lambda: view.set_zoom(FIT)),
            ("whole", lambda: view.set_zoom(1.0)),
        )
        for name, act in turns:
            part = self._buttons[name] = button(f"paper.{name}", "quiet")
            part.clicked.connect(lambda _checked=False, act=act: act())
        self._lay_out()
        view.turned.connect(lambda _page: self.follow())
        view.ready.connect(lambda _pages: self.follow())
        view.zoomed.connect(self.follow)

    def _lay_out(self) -> None:
        layout = row(self, (8, 0, 8, 0), 4)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # what does not fit steps aside instead
        layout.addWidget(self._note, 1)
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent.setMinimumWidth(40)
        for part in (self._buttons["earlier"], self._where, self._buttons["later"]):
            layout.addWidget(part)
        layout.addSpacing(16)
        for part in (
            self._buttons["smaller"],
            self._percent,
            self._buttons["larger"],
            self._buttons["fit"],
            self._buttons["whole"],
        ):
            layout.addWidget(part)

    def minimumSizeHint(self) -> QSize:
        """Return room for the ways to turn pages."""
        return QSize(TURNING, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words give way where there is no room for them."""
        super().resizeEvent(event)
        for name, least in LEAST.items():
            self._buttons[name].setVisible(self.width() >= least)
        self.follow()

    def restyle(self, texts: Texts, palette: Palette) -> None:
        """Show the words of `texts` in the colours of `palette`."""
        self._texts = texts
        signs = {"earlier": "left", "later": "right", "smaller": "smaller", "larger": "larger"}
        for name, part in self._buttons.items():
            words = texts(f"gui.paper.{name}")
            part.setToolTip(words)
            part.setAccessibleName(words)
            if name in signs:
                part.setIcon(icons.icon(signs[name], palette.muted, SIGN))
            else:
                part.setText(words)
        self.follow()

    def note_fonts(self, fonts: tuple[str, ...]) -> None:
        """Say which fonts the computer lacks."""
        self._fonts = fonts
        self.follow()

    def follow(self) -> None:
        """Show where the view is."""
        texts, view = self._texts, self._view
        if texts is None:
            return
        total = len(view.pages)
        self._where.setText(texts("gui.paper.page", n=view.page + 1, total=total) if total else "")
        self._percent.setText(f"{view.percent}%" if total else "")
        for part in (self._where, self._percent):
            part.setVisible(bool(total))
        self._buttons["earlier"].setEnabled(view.page > 0)
        self._buttons["later"].setEnabled(view.page + 1 < total)
        for name in ("smaller", "larger", "fit", "whole"):
            self._buttons[name].setEnabled(bool(total))
        names = texts("wording.list_separator").join(self._fonts)
        has_room = self.width() >= NOTED
        self._note.say(texts("gui.paper.stand_in", n=len(self._fonts)) if names and has_room else "")
        self._note.setToolTip(texts("gui.paper.lacking", fonts=names) if names else "")
        view.setAccessibleName(
            texts("gui.brief.preview_page", n=view.page + 1, total=total) if total else texts("gui.brief.preview")
        )
        view.setAccessibleDescription(view.pages[view.page].text if view.page < total else "")
