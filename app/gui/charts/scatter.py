"""The scatter of Explore, where pan and zoom earn pyqtgraph: points while they are few, density when they are many."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg  # noqa: TID253 this module itself is loaded on the first visit of the page
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.rubric import LEVELS
from app.domain.theme import Palette
from app.domain.words import Texts
from app.present.pages.values import Axis, Scatter

MANY = 5000  # above this many firms dots hide one another: draw their density


class ScatterPlot(QWidget):
    """`chosen(response position)` on a click on a point."""

    chosen = Signal(int)

    def __init__(self, height: int) -> None:
        super().__init__()
        self.setFixedHeight(height)
        self.plot = pg.PlotWidget()
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.plot)

    def display(self, scatter: Scatter, texts: Texts, palette: Palette) -> None:
        """Draw the firms in the colours of `palette`."""
        self.plot.clear()
        self.plot.setBackground(palette.surface)
        self.plot.setAccessibleName(texts("gui.explore.plot", x=scatter.x_axis.label, y=scatter.y_axis.label))
        for side, axis in (("bottom", scatter.x_axis), ("left", scatter.y_axis)):
            self._dress_axis(side, axis, palette)
        if len(scatter.x) > MANY:
            self._draw_density(scatter, palette)
        else:
            self._draw_points(scatter, palette)
        self.plot.autoRange(padding=0.04)

    def _dress_axis(self, side: str, axis: Axis, palette: Palette) -> None:
        item = self.plot.getAxis(side)
        item.enableAutoSIPrefix(False)  # else pyqtgraph writes "k元"
        item.setLogMode(y=axis.log) if side == "left" else item.setLogMode(x=axis.log)
        item.setPen(QColor(palette.hairline))
        item.setTextPen(QColor(palette.muted))
        item.setLabel(axis.label, color=palette.muted)

    def _draw_points(self, scatter: Scatter, palette: Palette) -> None:
        colours = [QColor(colour) for colour in palette.levels]
        for colour in colours:
            colour.setAlpha(200)
        brushes = [pg.mkBrush(colours[LEVELS.index(level)] if level in LEVELS else None) for level in scatter.levels]
        ring = QColor(palette.accent)
        ring.setAlpha(110)
        points = pg.ScatterPlotItem(
            x=scatter.x, y=scatter.y, data=scatter.positions, brush=brushes, pen=pg.mkPen(ring), size=7, hoverable=True
        )
        points.sigClicked.connect(self._tell)
        self.plot.addItem(points)

    def _draw_density(self, scatter: Scatter, palette: Palette) -> None:
        ground, ink = np.array(_rgb(palette.surface)), np.array(_rgb(palette.heat[1]))
        share = np.log1p(scatter.density) / max(1.0, float(np.log1p(scatter.density).max()))
        picture = (ground + share[..., None] * (ink - ground)).astype(np.ubyte)
        x0, x1, y0, y1 = scatter.x_edges[0], scatter.x_edges[-1], scatter.y_edges[0], scatter.y_edges[-1]
        image = pg.ImageItem(picture)
        image.setRect(QRectF(x0, y0, x1 - x0, y1 - y0))
        self.plot.addItem(image)

    def _tell(self, _item: object, points: list, *_event: object) -> None:
        if len(points):
            self.chosen.emit(int(points[0].data()))


def _rgb(colour: str) -> tuple[int, int, int]:
    return QColor(colour).red(), QColor(colour).green(), QColor(colour).blue()
