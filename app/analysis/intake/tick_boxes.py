"""Printed tick boxes inside a cell: ☑是 □否."""

from __future__ import annotations

import re

TICKS = frozenset("☑■√✓✔●☒")
EMPTY_BOX = frozenset("□☐○◯▢")
_BOXES = re.compile(r"([☑■√✓✔●☒□☐○◯▢])")


def ticked_part(text: str) -> str | None:
    """Return the texts behind the ticked boxes joined by ；, "" when none is ticked, None when the text prints no empty box.

    The box may stand before its text (☑是 □否) or behind it (是☑ 否□): the first mark of the text decides.
    """
    if not any(mark in text for mark in EMPTY_BOX) or len(text.strip()) == 1:
        return None
    parts = [part for part in _BOXES.split(text) if part.strip()]
    if len(parts) < 2:
        return None
    before = parts[0] in TICKS | EMPTY_BOX
    pairs = zip(parts[::2], parts[1::2], strict=False)
    chosen = [(label if before else mark) for mark, label in pairs if (mark if before else label) in TICKS]
    return "；".join(part.strip() for part in chosen)
