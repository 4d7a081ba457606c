"""Printed tick boxes inside a cell: ☑是 □否."""

from __future__ import annotations

import re

TICKS = frozenset("☑■√✓✔●☒")
EMPTY_BOX = frozenset("□☐○◯▢")
_BOXES = re.compile(r"([☑■√✓✔●☒□☐○◯▢])")
_LEAD = re.compile(r"[:：?？.．、)）]\s*$")  # 答： 1. （2） before the first box: no answer's own text
_NEXT_LABEL = re.compile(r"\s*[(（]?(?:[A-Za-z]|\d{1,2})[.．、)）]\s*$")  # the 2. of "1.□是 2.☑否"
_NOTE = re.compile(r"\s*[(（]")  # a remark after the last box: 是☑ 否□（单选）


def ticked_part(text: str) -> str | None:
    """Return the texts behind the ticked boxes joined by ；, "" when none is ticked, None when the text prints no empty box.

    The box may stand before its text (☑是 □否, also after a lead-in: 答：□是 ☑否) or behind it (是☑ 否□).
    """
    if not any(mark in text for mark in EMPTY_BOX) or len(text.strip()) == 1:
        return None
    parts = [part for part in _BOXES.split(text) if part.strip()]
    if len(parts) < 2:
        return None
    marks = TICKS | EMPTY_BOX
    led = parts[0] not in marks and parts[-1] not in marks and bool(_LEAD.search(parts[0])) and not _NOTE.match(parts[-1])
    if led:
        parts = parts[1:]
    before = parts[0] in marks
    pairs = zip(parts[::2], parts[1::2], strict=False)
    chosen = [(label if before else mark) for mark, label in pairs if (mark if before else label) in TICKS]
    return "；".join((_NEXT_LABEL.sub("", part) if led else part).strip() for part in chosen)
