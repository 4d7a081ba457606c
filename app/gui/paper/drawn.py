"""What is drawn in a line: a picture from the file's bytes, or a chart from its own numbers."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from app.domain.paper import Picture, Placed
from app.gui.paper.chart import paint_chart
from app.gui.paper.letters import Faces, pen, rectangle

LACKING = "#9aa5a4"


def paint_drawn(painter: QPainter, drawn: Picture | Placed, place: tuple[float, float], faces: Faces) -> None:
    """Paint a picture or chart with its top left at `place`, in points."""
    box = rectangle(*place, drawn.width, drawn.height)
    if isinstance(drawn, Placed):
        paint_chart(painter, drawn.chart, box, faces)
    elif drawn.content.lstrip()[:5] in (b"<?xml", b"<svg "):
        QSvgRenderer(QByteArray(drawn.content)).render(painter, box)
    else:
        image = _image(drawn.content)
        if image.isNull():  # a kind of picture that Qt cannot read: its place is shown
            painter.setPen(pen(LACKING, 0.5))
            painter.drawRect(box)
            painter.setPen(QColor(LACKING))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, drawn.alt)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, image)


@lru_cache(maxsize=16)
def _image(content: bytes) -> QImage:
    return QImage.fromData(content)
