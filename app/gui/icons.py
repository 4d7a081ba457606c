"""Line icons in the colour of the moment, drawn from our own SVG files at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.files.resources import resources_folder

SCALES = (1.0, 1.5, 2.0, 3.0)


@lru_cache(maxsize=256)
def renderer(name: str, colour: str) -> QSvgRenderer:
    """Return the drawing of icon `name` with its strokes in `colour`."""
    source = (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(source.replace("currentColor", colour).encode())


def pixmap(name: str, colour: str, size: int, scale: float = 1.0) -> QPixmap:
    """Return icon `name` as a picture of `size` logical pixels for a screen of `scale`."""
    picture = QPixmap(QSize(round(size * scale), round(size * scale)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer(name, colour).render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    picture.setDevicePixelRatio(scale)
    return picture


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return icon `name` for buttons and menus, sharp from 100 % to 300 %."""
    result = QIcon()
    for scale in SCALES:
        result.addPixmap(pixmap(name, colour, size, scale))
    return result
