"""How wide a text will be and where it breaks, without a font at hand: estimates that err on the wide side."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LINE = 1.3  # baseline to baseline, in sizes
ASCENT, DESCENT = 0.88, 0.22  # of a line's box above and below its baseline, in sizes
ELLIPSIS = "…"
_BOLD = 1.06
# Advance widths of Noto Sans SC in hundredths of the size, U+0020 … U+007E.
_NARROW = (
    22, 32, 47, 56, 56, 92, 68, 28, 34, 34, 47, 56, 28, 35, 28, 39, 56, 56, 56, 56, 56, 56, 56, 56,
    56, 56, 28, 28, 56, 56, 56, 47, 95, 61, 66, 64, 69, 59, 55, 69, 73, 29, 54, 65, 54, 81, 72, 74,
    63, 74, 64, 60, 60, 72, 58, 88, 57, 53, 60, 34, 39, 34, 56, 56, 61, 56, 62, 51, 62, 55, 32, 56,
    61, 28, 28, 55, 28, 93, 61, 61, 62, 62, 39, 47, 38, 61, 52, 80, 50, 52, 48, 34, 27, 34, 56,
)  # fmt: skip
_CLOSING = "，。；：、）》」』】”’！？,.;:)]}%…·"
_OPENING = "（《「『【“‘([{"
KEPT = 8192  # measured texts that are remembered: a figure laid out anew has mostly the same words
_TOKENS = re.compile(r"\s+|[!-~–−†‡]+|.", re.DOTALL)


@lru_cache(maxsize=4096)
def _em(character: str) -> float:
    code = ord(character)
    if 32 <= code < 127:
        return _NARROW[code - 32] / 100
    if unicodedata.combining(character):
        return 0.0
    if character in "–−":
        return 0.56
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" or code > 0x2000 else 0.68


@lru_cache(maxsize=KEPT)
def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line in the unit of `size`."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1.0)


@lru_cache(maxsize=KEPT)
def wrap(text: str, width: float, size: float, most: int = 0, bold: bool = False) -> tuple[str, ...]:
    """Break `text` into lines of at most `width`; past `most` lines (0: no limit) the last one ends in an ellipsis.

    Chinese may break anywhere but before closing and after opening punctuation; Latin words and numbers stay whole
    unless one alone is too wide.
    """
    lines, line = [], ""
    for piece in _pieces(text, width, size, bold):
        if text_width((line + piece).rstrip(), size, bold) <= width or not line.strip():
            line = line + piece if line.strip() else piece.lstrip()
            continue
        lines.append(line)
        line = piece.lstrip()
    lines.append(line)
    kept = [found for found in lines if found.strip()] or [""]
    if most and len(kept) > most:
        kept = [*kept[: most - 1], shorten("".join(kept[most - 1 :]).rstrip(), width, size, bold)]
    return tuple(found.rstrip() for found in kept)


@lru_cache(maxsize=KEPT)
def balanced(text: str, width: float, size: float, most: int = 0, bold: bool = False) -> tuple[str, ...]:
    """Break `text` like `wrap` into as few lines, then as evenly as can be: no last line of a single character."""
    lines = wrap(text, width, size, most, bold)
    if len(lines) < 2 or lines[-1].endswith(ELLIPSIS):
        return lines
    step = size / 2
    narrower = width - step
    whole = max((text_width(word, size, bold) for word in text.split() if word.isascii()), default=0.0)
    while narrower > max(size, whole):  # never so narrow that a word is torn apart
        tried = wrap(text, narrower, size, 0, bold)
        if len(tried) > len(lines):
            break
        lines, narrower = tried, narrower - step
    return lines


@lru_cache(maxsize=KEPT)
def shorten(text: str, width: float, size: float, bold: bool = False) -> str:
    """Return `text` cut with an ellipsis so that it fits; it always gets at least one character."""
    if text_width(text, size, bold) <= width:
        return text
    while len(text) > 1 and text_width(text + ELLIPSIS, size, bold) > width:
        text = text[:-1].rstrip()
    return text + ELLIPSIS


def _pieces(text: str, width: float, size: float, bold: bool) -> list[str]:
    """Return the unbreakable pieces of `text`, in order."""
    pieces: list[str] = []
    for token in _TOKENS.findall(text):
        glued = pieces and (token[0] in _CLOSING or pieces[-1][-1] in _OPENING) and not pieces[-1].isspace()
        if glued and text_width(pieces[-1] + token, size, bold) <= width:
            pieces[-1] += token
        elif text_width(token, size, bold) > width and len(token) > 1:
            pieces.extend(_split(token, width, size, bold))
        else:
            pieces.append(token)
    return pieces


def _split(word: str, width: float, size: float, bold: bool) -> list[str]:
    parts, part = [], ""
    for character in word:
        if part and text_width(part + character, size, bold) > width:
            parts.append(part)
            part = ""
        part += character
    return [*parts, part]
