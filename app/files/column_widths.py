"""How the width of a table is shared among its columns, the same in Word and on slides."""

from __future__ import annotations

POINT_MM = 0.3528
CELL_PADDING_MM = 4.5  # both sides of a cell, with a little room for wider fonts
HEAD_EMS = 6.0
SHRINK = 0.4  # 0: all long columns equal; 1: in proportion to their text
LATIN_EM = 0.62  # of the wider fonts that may stand in


def column_widths(rows: list[list[str]], total: float, size: float) -> list[float]:
    """Return widths in mm that fill `total`: each column gets what its longest text wants at `size` points.

    Where that is too much, the long ones share what the short ones leave, by a power of their length.
    """
    em = size * POINT_MM
    wanted = [_longest([row[column] for row in rows]) * em + CELL_PADDING_MM for column in range(len(rows[0]))]
    if sum(wanted) <= total:
        return [width * total / sum(wanted) for width in wanted]
    given: dict[int, float] = {}
    while True:
        left = total - sum(given.values())
        roots = {column: width**SHRINK for column, width in enumerate(wanted) if column not in given}
        shares = {column: left * root / sum(roots.values()) for column, root in roots.items()}
        content = {column: wanted[column] for column, share in shares.items() if wanted[column] <= share}
        if not content:
            return [(given | shares)[column] for column in range(len(wanted))]
        given |= content


def _longest(texts: list[str]) -> float:
    """Return the length of the longest text; a heading may wrap, so it asks for six characters or its longest word."""
    head, *body = texts
    words = [_ems(word) for word in head.split() if word.isascii()]
    return max(min(_ems(head), HEAD_EMS), *words, *map(_ems, body), 0.0)


def _ems(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2E80 else LATIN_EM for character in text)
