"""How many lines a text takes and how tall a row is, reckoned before any program has laid a document out."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.files.column_widths import POINT_MM
from app.files.docx_xml import TextLook

HALF = 0.53  # width of a Latin letter or digit in ems, on average, in Chinese fonts and those that stand in for them
LATIN = {"Times New Roman": 0.41, "Calibri": 0.415, "Arial": 0.455}  # the same in running English text
AUTO = {"Times New Roman": 1.265, "Calibri": 1.343, "Arial": 1.265}  # their own pitch at 1.1 lines, in sizes of the type
HANGING = 0.5  # of an em: what a line of Chinese leaves free on average, since none begins with a full stop
WORD = 1.2  # ems that a line of English leaves free on average, for words stay whole
WIDE = 0x2E80  # letters from here on take a whole em
AUTO_LINE = 1.29  # Word's own pitch at 1.1 lines, in sizes of the type


def line_count(text: str, look: TextLook, width: float, indent: float = 0) -> int:
    """Return the lines that `text` takes on `width` mm, its first indented by so many characters."""
    room = max(1.0, width / (look.size * POINT_MM))
    half = LATIN.get(look.latin, HALF)
    free = WORD if look.latin in LATIN else HANGING if max(map(ord, text), default=0) > WIDE else 0.0
    free = min(free, room - 1.0)  # of every line but the last
    lengths = (_ems(part, half) + max(indent, 0) for part in text.split("\n"))
    return sum(max(1, math.ceil((length - free) / (room - free) - 1e-6)) for length in lengths)


def pitch_mm(look: TextLook) -> float:
    """Return the pitch of lines in mm."""
    return (look.line or look.size * AUTO.get(look.latin, AUTO_LINE)) * POINT_MM


def text_height(text: str, look: TextLook, width: float) -> float:
    """Return the height of a paragraph in mm."""
    return line_count(text, look, width, look.first) * pitch_mm(look) + (look.before + look.after) * POINT_MM


def row_height(texts: Sequence[str], widths: Sequence[float], look: TextLook, above: float, beside: float) -> float:
    """Return the height in mm of a row; `above` and `beside` are what both edges of a cell take."""
    lines = max(line_count(text, look, width - beside) for text, width in zip(texts, widths, strict=True))
    return lines * pitch_mm(look) + above


def _ems(text: str, half: float) -> float:
    return sum(1.0 if ord(letter) > WIDE or letter in "“”‘’…—■□" else half for letter in text)
