"""Copying a figure: its picture or its table onto the clipboard, as they may leave the program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QGuiApplication, QImage

from app.domain.selection import Selection
from app.domain.study import Study
from app.domain.task import Task
from app.gui import work
from app.gui.charts.canvas import DrawingCanvas

if TYPE_CHECKING:
    from app.gui.main_window import MainWindow
    from app.present.released_brief import Settled
    from app.workflows.copy_figure import CopiedFigure

Parameters = dict[str, Any]
SVG = "image/svg+xml"


class Clipping:
    """Copies the figure named in the parameters, else the one that has the focus, else the first on the page."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._session = window, window.session
        self._held: tuple[Study, Selection, Settled] | None = None
        self.flows: dict[str, Callable[[Parameters], object]] = {
            "figure.copy_picture": lambda parameters: self._copy(parameters, picture_of, "picture"),
            "figure.copy_table": lambda parameters: self._copy(parameters, table_of, "table"),
        }

    def _copy(self, parameters: Parameters, form: Callable[[CopiedFigure], QMimeData], name: str) -> None:
        texts, asked = self._session.texts, self._session.asked()
        figure = parameters.get("figure") or self._figure()
        if asked is None or not figure:
            self._window.error.tell(texts("gui.copy.none"))
            return

        def done(found: tuple[CopiedFigure, Settled]) -> None:
            copied, settled = found
            self._held = (asked.study, asked.selection, settled)
            QGuiApplication.clipboard().setMimeData(form(copied))
            self._window.error.tell(texts(f"gui.copy.{name}", title=copied.title), done=True)

        self._session.run(f"figure.copy_{name}", copied_figure(asked, figure, self._settled(asked)), done)

    def _settled(self, asked: work.Asked) -> Settled | None:
        """Return what was settled when something was copied last, where neither study nor selection has changed since."""
        if self._held is None or self._held[0] is not asked.study or self._held[1] != asked.selection:
            return None
        return self._held[2]

    def _figure(self) -> str:
        """Return the figure that has the focus, else the uppermost one on the page, "" where there is none."""
        focused = self._window.focusWidget()
        if isinstance(focused, DrawingCanvas) and focused.figure:
            return focused.figure
        page = self._window.pages.get(self._window.page)
        if page is None:
            return ""
        shown = [canvas for canvas in page.findChildren(DrawingCanvas) if canvas.figure and canvas.isVisible()]
        shown.sort(key=lambda canvas: (canvas.mapTo(page, QPoint()).y(), canvas.mapTo(page, QPoint()).x()))
        return shown[0].figure if shown else ""


def copied_figure(asked: work.Asked, figure: str, held: Settled | None) -> Task[tuple[CopiedFigure, Settled]]:
    """Return a figure in the forms that other programs paste."""
    from app.workflows.context import Context
    from app.workflows.copy_figure import copy_figure

    context = Context(asked.resources, work.now())
    return (yield from copy_figure(asked.study, figure, asked.selection, asked.texts.lang, context, held))


def picture_of(copied: CopiedFigure) -> QMimeData:
    """Return a picture for the clipboard: pixels, vectors, and the sentence for who cannot see it."""
    data = QMimeData()
    data.setImageData(QImage.fromData(copied.png))
    data.setData("image/png", copied.png)
    data.setData(SVG, copied.svg.encode())
    data.setText(copied.alt)
    return data


def table_of(copied: CopiedFigure) -> QMimeData:
    """Return a table for the clipboard: lines of cells, and a table as pages have it."""
    data = QMimeData()
    data.setText(copied.cells)
    data.setHtml(copied.html)
    return data
