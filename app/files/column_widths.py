"""How the width of a table is shared among its columns, the same in Word and on slides."""

from __future__ import annotations

POINT_MM = 0.3528
CELL_PADDING_MM = 4.5  # both sides of a cell, with a little room for wider fonts


def column_widths(rows: list[list[str]], total: float, size: float) -> list[float]:
    """Return widths in mm that fill `total`: each gets what its longest text wants at `size` points, up to a common cap."""
    em = size * POINT_MM
    wanted = [max(_ems(row[column]) for row in rows) * em + CELL_PADDING_MM for column in range(len(rows[0]))]
    if sum(wanted) <= total:
        return [width * total / sum(wanted) for width in wanted]
    left, cap = total, 0.0
    for rank, width in enumerate(sorted(wanted)):
        cap = left / (len(wanted) - rank)
        if width > cap:
            break
        left -= width
    return [min(width, cap) for width in wanted]


def _ems(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2E80 else 0.55 for character in text)
