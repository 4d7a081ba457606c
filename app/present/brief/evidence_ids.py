"""Identifiers as an annex lists them: those that follow each other as a range."""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.domain.words import Texts

_LAST = re.compile(r"(.*?)(\d+)$")


def ranges(texts: Texts, ids: Iterable[str]) -> str:
    """Return identifiers in one line: B2.1–3, B6.4, B12.T1."""
    runs: list[tuple[str, int, int]] = []
    for id_ in ids:
        found = _LAST.match(id_)
        if found is None:
            continue
        head, k = found[1], int(found[2])
        if runs and runs[-1][0] == head and runs[-1][2] + 1 == k:
            runs[-1] = (head, runs[-1][1], k)
        else:
            runs.append((head, k, k))
    told = (texts("brief.evidence.range", first=f"{head}{a}", last=b) if a != b else f"{head}{a}" for head, a, b in runs)
    return texts("brief.evidence.separator").join(told)
