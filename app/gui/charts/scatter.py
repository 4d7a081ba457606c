"""The scatter of Explore, where pan and zoom earn pyqtgraph: points while they are few, density when they are many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg  # noqa: TID253 this module itself is loaded on the first visit of the page
from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.domain.rubric import LEVELS
from app.domain.theme import Palette
from app.domain.words import Texts
from app.gui.widgets.level_key import LevelKey
from app.gui.widgets.parts import column, label, row
from app.present.pages.values import Axis, Scatter

MANY = 5000  # above this many firms dots hide one another: draw their density
STEPS = (1, 2, 5)  # ticks of a logarithmic axis within a power of ten


class Scale(pg.AxisItem):
    """An axis that writes plain numbers: 20, 50, 100 on a logarithmic one, never 2·10¹ and never "k"."""

    log = False

    def tickValues(self, low: float, high: float, size: float) -> list:
        """Return ticks at 1, 2 and 5 times powers of ten, thinned when they would crowd."""
        if not self.log:
            return super().tickValues(low, high, size)
        powers = range(int(np.floor(low)), int(np.ceil(high)) + 1)
        steps = STEPS if (high - low) * len(STEPS) * 60 < size else STEPS[:1]
        ticks = [power + float(np.log10(step)) for power in powers for step in steps]
        return [(1.0, [tick for tick in ticks if low <= tick <= high])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the ticks in words."""
        if not self.log:
            return super().tickStrings(values, scale, spacing)
        return [f"{10**value:,.0f}" if value >= 0 else f"{10**value:.2g}" for value in values]


class ScatterPlot(QWidget):
    """`chosen(response position)` on a click on a point."""

    chosen = Signal(int)

    def __init__(self, height: int) -> None:
        super().__init__()
        self.setFixedHeight(height)
        self._scales = {"bottom": Scale("bottom"), "left": Scale("left")}
        self.plot = pg.PlotWidget(axisItems=self._scales)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self._y, self._x = label("note", wrap=False), label("note", wrap=False)
        self._key = LevelKey()
        top = row(margins=(4, 0, 4, 0))
        top.addWidget(self._y)
        top.addStretch()
        top.addWidget(self._key)
        bottom = row(margins=(4, 0, 4, 0))
        bottom.addStretch()
        bottom.addWidget(self._x)
        layout = column(self, 0, 2)
        layout.addLayout(top)
        layout.addWidget(self.plot, 1)
        layout.addLayout(bottom)

    def display(self, scatter: Scatter, texts: Texts, palette: Palette) -> None:
        """Draw the firms in the colours of `palette`."""
        self.plot.clear()
        self.plot.setBackground(palette.surface)
        self.plot.setAccessibleName(texts("gui.explore.plot", x=scatter.x_axis.label, y=scatter.y_axis.label))
        self._y.setText(scatter.y_axis.label)
        self._x.setText(scatter.x_axis.label)
        for side, axis in (("bottom", scatter.x_axis), ("left", scatter.y_axis)):
            self._dress_axis(side, axis, palette)
        many = len(scatter.x) > MANY
        self._key.display(() if many else LEVELS, palette)
        (self._draw_density if many else self._draw_points)(scatter, palette)
        self.plot.autoRange(padding=0.04)

    def _dress_axis(self, side: str, axis: Axis, palette: Palette) -> None:
        item = self._scales[side]
        item.log = axis.log
        item.enableAutoSIPrefix(False)
        item.setPen(QColor(palette.hairline))
        item.setTextPen(QColor(palette.muted))
        item.picture = None

    def _draw_points(self, scatter: Scatter, palette: Palette) -> None:
        known = dict(zip(LEVELS, map(pg.mkBrush, palette.levels), strict=True))
        hollow = pg.mkBrush(None)
        brushes = [known.get(level, hollow) for level in scatter.levels]
        ring = QColor(palette.accent)
        ring.setAlpha(150)
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
