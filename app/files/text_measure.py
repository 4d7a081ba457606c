"""How wide a text is and where it breaks, by the bundled font; an Office program will set it in its own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from app.files.resources import resources_folder

POINT_MM = 0.3528
WIDER = 1.06  # of the fonts that may stand in for the bundled one
LINE = 1.3  # baseline to baseline, in sizes
_UNITS = 100  # size at which letters are measured
_CLOSING = "，。；：、）》」』】”’！？,.;:)]}%…·"
_OPENING = "（《「『【“‘([{"
_PIECES = re.compile(r"\s+|[!-~–−†‡]+|.", re.DOTALL)


@lru_cache(maxsize=2)
def _font(bold: bool) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(resources_folder() / "fonts" / f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf"), _UNITS)


@lru_cache(maxsize=4096)
def _ems(text: str, bold: bool) -> float:
    return float(_font(bold).getlength(text)) / _UNITS


def width_mm(text: str, size: float, bold: bool = False) -> float:
    """Return the width in mm of one line of `text` at `size` points, with room for a wider font."""
    return _ems(text, bold) * size * POINT_MM * WIDER


def height_mm(lines: int, size: float) -> float:
    """Return the height in mm of so many lines at `size` points."""
    return lines * size * POINT_MM * LINE


def wrapped(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Break `text` into lines of at most `width` mm: Latin words stay whole, no line begins with closing punctuation."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line.strip() and width_mm((line + piece).rstrip(), size, bold) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def wrapped_all(texts: list[str] | tuple[str, ...], width: float, size: float, bold: bool = False) -> int:
    """Return how many lines several paragraphs take."""
    return sum(len(wrapped(text, width, size, bold)) for text in texts)


def _pieces(text: str) -> list[str]:
    """Return the pieces of a text that stay whole, closing punctuation with what it closes."""
    pieces: list[str] = []
    for token in _PIECES.findall(text):
        if pieces and not pieces[-1].isspace() and (token[0] in _CLOSING or pieces[-1][-1] in _OPENING):
            pieces[-1] += token
        else:
            pieces.append(token)
    return pieces
