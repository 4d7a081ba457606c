"""How the width of a table is shared among its columns, the same in Word and on slides."""

from __future__ import annotations

POINT_MM = 0.3528
CELL_PADDING_MM = 4.5  # both sides of a cell, with a little room for wider fonts
HEAD_EMS = 6.0


def column_widths(rows: list[list[str]], total: float, size: float) -> list[float]:
    """Return widths in mm that fill `total`: each gets what its longest text wants at `size` points, up to a common cap."""
    em = size * POINT_MM
    wanted = [_longest([row[column] for row in rows]) * em + CELL_PADDING_MM for column in range(len(rows[0]))]
    if sum(wanted) <= total:
        return [width * total / sum(wanted) for width in wanted]
    left, cap = total, 0.0
    for rank, width in enumerate(sorted(wanted)):
        cap = left / (len(wanted) - rank)
        if width > cap:
            break
        left -= width
    return [min(width, cap) for width in wanted]


def _longest(texts: list[str]) -> float:
    """Return the length of the longest text; a heading may wrap, so it asks for six characters at most."""
    head, *body = texts
    return max(min(_ems(head), HEAD_EMS), *map(_ems, body), 0.0)


def _ems(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2E80 else 0.55 for character in text)
