"""How wide a text is and where it breaks, by the bundled font; an Office program will set it in its own."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from app.files.resources import resources_folder

POINT_MM = 0.3528
WIDER = 1.06  # of the fonts that may stand in for the bundled one
BETWEEN, WIDE = 0.2, "\u2e80"  # ems that programs add where Latin letters meet Chinese ones, which begin here
LINE = 1.3  # baseline to baseline, in sizes
_UNITS = 100  # size at which letters are measured
_CLOSING = "，。；：、）》」』】”’！？,.;:)]}%…·"
_OPENING = "（《「『【“‘([{"
_PIECES = re.compile(r"\s+|[!-~–−†‡]+|.", re.DOTALL)


@lru_cache(maxsize=2)
def _font(bold: bool) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(resources_folder() / "fonts" / f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf"), _UNITS)


@lru_cache(maxsize=8192)
def _letter(letter: str, bold: bool) -> float:
    if letter >= WIDE:
        return WIDER
    return float(_font(bold).getlength(letter)) / _UNITS * WIDER


@lru_cache(maxsize=16384)
def _ems(text: str, bold: bool) -> float:
    between = sum((one < WIDE) != (other < WIDE) for one, other in pairwise(text) if " " not in (one, other))
    return sum(_letter(letter, bold) for letter in text) + between * BETWEEN


def width_mm(text: str, size: float, bold: bool = False) -> float:
    """Return the width in mm of one line of `text` at `size` points, with room for a wider font."""
    return _ems(text, bold) * size * POINT_MM


def height_mm(lines: int, size: float) -> float:
    """Return the height in mm of so many lines at `size` points."""
    return lines * size * POINT_MM * LINE


@lru_cache(maxsize=8192)
def wrapped(text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Break `text` into lines of at most `width` mm: Latin words stay whole, no line begins with closing punctuation."""
    room = width / (size * POINT_MM)
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _pieces(text):
        more = _ems(piece, bold) + (BETWEEN if line and " " not in (line[-1], piece[0]) and _meet(line[-1], piece[0]) else 0.0)
        if line.strip() and used + more > room and not piece.isspace():
            lines.append(line.rstrip())
            line, used = piece, _ems(piece, bold)
        elif line or not piece.isspace():
            line, used = line + piece, used + more
    return (*lines, line.rstrip()) if line.strip() or not lines else tuple(lines)


def _meet(one: str, other: str) -> bool:
    return (one < WIDE) != (other < WIDE)


@lru_cache(maxsize=8192)
def _pieces(text: str) -> tuple[str, ...]:
    """Return the pieces of a text that stay whole, closing punctuation with what it closes."""
    pieces: list[str] = []
    for token in _PIECES.findall(text):
        if pieces and not pieces[-1].isspace() and (token[0] in _CLOSING or pieces[-1][-1] in _OPENING):
            pieces[-1] += token
        else:
            pieces.append(token)
    return tuple(pieces)
