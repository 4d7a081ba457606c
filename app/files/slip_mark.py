"""The mark by which a slip that comes back is known: the hash of the source it was made from, in a cell of its summary."""

from __future__ import annotations

import re

from app.domain.sheet import RawWorkbook

_MARK = "zhiheng-slip:"
_PATTERN = re.compile(_MARK + r"\s*([0-9a-f]{64})(?![0-9a-f])")


def mark_text(sha256: str) -> str:
    """Return the text that stands in the summary of a slip made from the source with this hash."""
    return f"{_MARK}{sha256}"


def slip_mark(workbook: RawWorkbook) -> str:
    """Return the sha256 of the source that a returned slip belongs to, "" for a workbook that is no slip.

    The newest summary counts where a slip was made from a slip; its sheet stands last.
    """
    for sheet in reversed(workbook.sheets):
        for column in sheet.columns[:3]:
            found = (match for text in column.texts if _MARK in text and (match := _PATTERN.search(text)))
            if (mark := next(found, None)) is not None:
                return mark[1]
    return ""
