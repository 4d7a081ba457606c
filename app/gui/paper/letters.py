"""Letters on paper: which face of this computer stands for a font a document names, and how wide words are.

Text is laid out in tenths of a point, so that the same lines break at the same letters at any zoom.
"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPen, QTextCharFormat

from app.domain.paper import Edge, Ink

UNIT = 10  # parts of a point
BUNDLED = "Noto Sans SC"
BLACK = "#000000"


class Faces:
    """The fonts of this computer, by the names that documents use. Of fonts that it lacks ours stands in."""

    def __init__(self) -> None:
        self._families = frozenset(QFontDatabase.families())
        self._fonts: dict[tuple[object, ...], QFont] = {}
        self._formats: dict[Ink, QTextCharFormat] = {}
        self._metrics: dict[tuple[str, float, bool], QFontMetricsF] = {}

    def lacking(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return those of `names` that this computer has not got."""
        return tuple(name for name in names if not self._has(name))

    def font(self, ink: Ink) -> QFont:
        """Return the font for letters of `ink`, in tenths of a point."""
        key = (ink.font, ink.wide, ink.size, ink.bold, ink.italic, ink.spacing)
        if key not in self._fonts:
            names = (ink.font, ink.wide)
            font = QFont()
            font.setFamilies([*dict.fromkeys(name for name in names if name and self._has(name)), BUNDLED])
            font.setPixelSize(max(1, round(ink.size * UNIT)))
            font.setBold(ink.bold)
            font.setItalic(ink.italic)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            if ink.spacing:
                font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, ink.spacing * UNIT)
            self._fonts[key] = font
        return self._fonts[key]

    def format(self, ink: Ink) -> QTextCharFormat:
        """Return how letters of `ink` are painted in a line; the same object for the same ink."""
        if ink not in self._formats:
            self._formats[ink] = self._format(ink)
        return self._formats[ink]

    def width(self, text: str, ink: Ink) -> float:
        """Return how many points wide `text` is in one line."""
        key = (ink.font or ink.wide, ink.size, ink.bold)
        if key not in self._metrics:
            self._metrics[key] = QFontMetricsF(self.font(ink))
        return self._metrics[key].horizontalAdvance(text) / UNIT

    def _format(self, ink: Ink) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFont(self.font(ink))
        made.setForeground(QBrush(QColor(ink.colour or BLACK)))
        if ink.ground:
            made.setBackground(QBrush(QColor(ink.ground)))
        made.setFontUnderline(ink.underline)
        made.setFontStrikeOut(ink.struck)
        places = QTextCharFormat.VerticalAlignment
        shifts = {"super": places.AlignSuperScript, "sub": places.AlignSubScript}
        if ink.script in shifts:
            made.setVerticalAlignment(shifts[ink.script])
        return made

    def _has(self, name: str) -> bool:
        return name in self._families


def write(painter: QPainter, faces: Faces, place: tuple[float, float], text: str, ink: Ink) -> None:
    """Paint one line of words that begins at `place` on its base line, in points."""
    painter.save()
    painter.translate(QPointF(*place))
    painter.scale(1 / UNIT, 1 / UNIT)
    painter.setFont(faces.font(ink))
    painter.setPen(QColor(ink.colour or BLACK))
    painter.drawText(QPointF(0, 0), text)
    painter.restore()


def pen(colour: str, width: float, dashed: bool = False) -> QPen:
    """Return a pen in points with flat ends; none where there is no colour."""
    if not colour:
        return QPen(Qt.PenStyle.NoPen)
    made = QPen(QColor(colour), width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dashed:
        made.setDashPattern([4, 3])
    return made


def rectangle(x: float, y: float, width: float, height: float) -> QRectF:
    """Return a rectangle, of no negative size."""
    return QRectF(x, y, max(0.0, width), max(0.0, height))


def rule(painter: QPainter, edge: Edge, ends: tuple[float, float, float, float]) -> None:
    """Paint one rule, nothing where it has no width."""
    if not edge.width:
        return
    painter.setPen(pen(edge.colour, edge.width))
    painter.drawLine(QLineF(*ends))
    if edge.doubled:
        x1, y1, x2, y2 = ends
        shift = edge.width * 2
        painter.drawLine(QLineF(x1, y1 + shift, x2, y2 + shift) if y1 == y2 else QLineF(x1 + shift, y1, x2 + shift, y2))
