"""Words broken into lines of a width, without a layout of their own: labels of charts."""

from __future__ import annotations

import re

from app.domain.paper import Ink
from app.gui.paper.letters import Faces

_PARTS = re.compile(r"[!-~\u00a1-\u024f]+[,.;:!?)]*\s*|[\u2e80-\uffee][，。、；：）”]*|\s+|.")
MORE = "…"


def wrapped(text: str, width: float, ink: Ink, faces: Faces, most: int = 0) -> tuple[str, ...]:
    """Return `text` in lines at most `width` points wide, cut to `most` of them (0: as many as it takes)."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _broken(line, width, ink, faces)
    if most and len(lines) > most:
        last = lines[most - 1]
        while last and faces.width(last + MORE, ink) > width:
            last = last[:-1]
        lines = [*lines[: most - 1], last + MORE]
    return tuple(lines)


def _broken(text: str, width: float, ink: Ink, faces: Faces) -> list[str]:
    if faces.width(text, ink) <= width:
        return [text]
    lines, line = [], ""
    for part in _PARTS.findall(text):
        if line and faces.width((line + part).rstrip(), ink) > width:
            lines.append(line.rstrip())
            line = part.lstrip()
        else:
            line += part
    return [*lines, line.rstrip()] if line else lines
