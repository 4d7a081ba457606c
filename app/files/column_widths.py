"""How the width of a table is shared among its columns, the same in Word and on slides."""

from __future__ import annotations

import re
from collections.abc import Sequence

POINT_MM = 0.3528
CELL_PADDING_MM = 4.5  # both sides of a cell, with a little room for wider fonts
HEAD_EMS = 6.0
LEAST_EMS = 5.0  # of a column of Chinese text: narrower, it reads downwards
MOST_EMS = 24.0  # what cannot be broken is given no more than this
MOST_LEAST = 0.85  # of the width, what words and numbers that cannot be broken may take
STEPS, ROWS_WEIGHED = 60, 80  # in which what is left is shared, looking at the first rows of a long table
LATIN_EM, FIGURE_EM = 0.62, 0.56  # of a letter and of a figure, in the wider fonts that may stand in
FIGURES = frozenset("0123456789.,%()<>+-–−† ")
_BOUNDS = r"[(（][<>]?[\d,.]+%?[–—-][<>]?[\d,.]+%?[)）]"  # of an interval, which reads as nothing when its line breaks
_NUMBER = rf"[<>≤≥]?[+−-]?\d[\d,.]*(?:–\d[\d,.]*)?%?†?(?: ?{_BOUNDS})?"
_WHOLE = re.compile(rf"{_NUMBER}|〔\d+〕\d+号|[!-~À-ɏ]+")  # a number with its interval, a document's number, a Latin word
BOLD, LATIN_BOLD = 1.08, 1.2  # numbers stand in bold rows too; the fonts that stand in for Latin ones run wide
SPACES_EM = 0.5
WASTE = 0.4  # of its longest word, what a line of several words leaves empty


def column_widths(rows: Sequence[Sequence[str]], total: float, size: float, padding: float = CELL_PADDING_MM) -> list[float]:
    """Return widths in mm that fill `total`: each column gets what its longest text wants at `size` points.

    Where that is too much, none becomes too narrow for its longest word or number while there is room elsewhere, and long ones
    share the rest so that rows become as low as they can. `padding` is what both sides of a cell take.
    """
    em = size * POINT_MM
    columns = [[row[column] for row in rows] for column in range(len(rows[0]))]
    wanted = [_longest(texts) * em + padding for texts in columns]
    if sum(wanted) <= total:
        return [width * total / sum(wanted) for width in wanted]
    least = least_widths(rows, size, padding)
    if sum(least) > MOST_LEAST * total:  # in a crowded table words of its text may break in the widest fonts: better than a tower
        narrow, firm = MOST_LEAST * total / sum(least), least_widths(rows, size, padding, words=False)
        least = [max(hard, need * narrow) for hard, need in zip(firm, least, strict=True)]
    wanted = [max(pair) for pair in zip(wanted, least, strict=True)]
    if sum(least) >= total:
        return [width * total / sum(least) for width in least]
    return _levelled(rows, (wanted, least, total), em, padding)


def least_widths(rows: Sequence[Sequence[str]], size: float, padding: float = CELL_PADDING_MM, words: bool = True) -> list[float]:
    """Return in mm how wide each column must be for no number or word of its head to break, nor any of its `words`."""
    bold = LATIN_BOLD if "".join(rows[0]).isascii() else BOLD
    widths = []
    for head, *body in zip(*rows, strict=True):
        longest = max((_unbroken(head, bold), *(_unbroken(text, bold, words) for text in body)))
        widths.append(longest * size * POINT_MM + padding)
    return widths


def _levelled(
    rows: Sequence[Sequence[str]], room: tuple[list[float], list[float], float], em: float, padding: float
) -> list[float]:
    """Widen columns from what they need, step by step, each time the one that makes the most rows tall; `room` is what they want,
    what they need, and what there is."""
    wanted, least, total = room
    widths = list(least)
    lengths = [[ems(text) * em for text in row] for row in rows[:ROWS_WEIGHED]]
    wastes = [WASTE * (need - padding) for need in least]
    step = (total - sum(least)) / STEPS
    for _ in range(STEPS):
        weights = [0.0] * len(widths)
        rooms = [width - padding for width in widths]
        for row in lengths:
            lines = [
                length / max(room - waste, 1.0) if length > room else 1.0
                for length, room, waste in zip(row, rooms, wastes, strict=True)
            ]
            tallest = max(lines)
            if tallest > 1:
                weights[lines.index(tallest)] += tallest
        if not any(weights):
            weights = [want - width for want, width in zip(wanted, widths, strict=True)]
        widths[weights.index(max(weights))] += step
    return widths


def _longest(texts: Sequence[str]) -> float:
    """Return the length of the longest text; a heading may wrap, so it asks for six characters or its longest word."""
    head, *body = texts
    words = [ems(word) for word in head.split() if word.isascii()]
    return max(min(ems(head), HEAD_EMS), *words, *map(ems, body), 0.0)


def _unbroken(text: str, bold: float, words: bool = True) -> float:
    """Return the length of what cannot be broken in a text: its longest number or word, some characters of Chinese."""
    found = [each.group() for each in _WHOLE.finditer(text)]
    longest = [_word(each, bold) for each in found if words or any(map(str.isdigit, each))]
    return min(max((*longest, min(ems(text), LEAST_EMS if words else 0.0))), MOST_EMS)


def _word(text: str, bold: float) -> float:
    """Return the length of a word or number; between Chinese and Latin letters a program leaves a little space."""
    return ems(text) * bold if text[-1] in "%)）†" else ems(text) + (SPACES_EM if text[-1] == "号" else 0.0)


def ems(text: str) -> float:
    """Return the length of a text in its own type size."""
    return sum(map(_em, text))


def _em(sign: str) -> float:
    if ord(sign) > 0x2E80 or sign in "“”‘’…—":
        return 1.0
    return FIGURE_EM if sign in FIGURES else LATIN_EM
