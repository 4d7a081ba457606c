"""The signs of lights and of evidence: ● ▲ ■ ◇ and ☑ ◐ ☐ ?, drawn as shapes so that none depends on a font."""

from __future__ import annotations

from dataclasses import replace

from app.domain.drawing import Box, Dot, Label, Mark, Path, Shape
from app.domain.theme import Palette
from app.present.draw.style import Rect
from app.present.draw.text import ASCENT, DESCENT

_CORNERS = {
    "at_risk": ((0.0, -1.0), (1.0, 0.85), (-1.0, 0.85)),
    "cannot_tell": ((0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)),
}
LINE = 0.11  # of the side: how thick a sign's outline is


def sign_colour(palette: Palette, sign: str) -> str:
    """Return the colour of a sign: lights have theirs; of evidence only what is done or under way stands out."""
    if sign in ("on_track", "at_risk", "off_track", "cannot_tell"):
        return str(getattr(palette, sign))
    return {"done": palette.on_track, "under_way": palette.accent}.get(sign, palette.cannot_tell)


def sign_shapes(palette: Palette, sign: str, area: Rect, mark: Mark | None = None) -> list[Shape]:
    """Return the shapes of a sign inside the square `area`."""
    colour, side, middle = sign_colour(palette, sign), area.width, (area.x + area.width / 2, area.y + area.height / 2)
    reach, line = side / 2 * 0.88, side * LINE
    if sign in _CORNERS:
        points = tuple((middle[0] + x * reach, middle[1] + y * reach) for x, y in _CORNERS[sign])
        fill = colour if sign == "at_risk" else palette.surface
        return [Path(points, stroke=colour, line=line, fill=fill, closed=True, mark=mark)]
    if sign == "on_track":
        return [Dot(*middle, reach, colour, colour, line, mark)]
    square = Box(middle[0] - reach * 0.85, middle[1] - reach * 0.85, reach * 1.7, reach * 1.7, mark=mark)
    if sign == "off_track":
        return [replace(square, fill=colour)]
    return _evidence(palette, sign, square, colour)


def _evidence(palette: Palette, sign: str, box: Box, colour: str) -> list[Shape]:
    """Return a box that is ticked (done), half full (under way), empty (not begun) or holds a question (nobody knows)."""
    line = box.width * LINE
    frame = replace(box, fill=colour if sign == "done" else palette.surface, stroke=colour, line=line, radius=box.width * 0.12)
    if sign == "done":
        points = ((0.22, 0.52), (0.42, 0.72), (0.8, 0.28))
        at = tuple((box.x + x * box.width, box.y + y * box.height) for x, y in points)
        return [frame, Path(at, stroke=palette.surface, line=line * 1.4)]
    if sign == "under_way":
        return [frame, Box(box.x, box.y + box.height / 2, box.width, box.height / 2, fill=colour)]
    if sign == "none":
        return [frame]
    size = box.height * 0.82
    base = box.y + box.height / 2 + size * (ASCENT - DESCENT) / 2 - size * 0.03
    return [frame, Label(box.x + box.width / 2, base, "?", size, colour, "middle", True)]
