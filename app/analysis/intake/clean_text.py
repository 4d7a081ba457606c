"""Free text and codes: kept as received but for invisible characters; codes in one width and case."""

from __future__ import annotations

import numpy as np

from app.analysis.intake.clean_missing import missing_code
from app.analysis.intake.distinct import Cleaned, Distinct, Issue
from app.analysis.intake.tidy import tidy, visible
from app.domain.sheet import CellKind

_DITTO = frozenset({"同上", "同前", "〃", "″"})  # which line is meant, only a person can tell
_NO_CODE = frozenset({"无", "没有", "暂无", "无代码", "未办", "未办理", "办理中", "待办", "待补", "同上", "NONE"})
_EXACT_DIGITS = 15  # a spreadsheet number holds no more digits than these


def clean_text(distinct: Distinct) -> Cleaned:
    """Return each distinct value without outer and invisible characters, None for blanks and for marks such as / and 不详."""
    values = np.empty(len(distinct), dtype=object)
    issues = []
    for index, text in enumerate(distinct.texts):
        shown = visible(text)
        if shown and (missing := missing_code(shown) or ("cell.marker" if shown in _DITTO else "")):
            issues.append(Issue(index, missing))
        elif shown:
            values[index] = shown
    return Cleaned(values, tuple(issues))


def clean_code(distinct: Distinct) -> Cleaned:
    """Return each distinct value as a code: normal width, upper case, no spaces, hyphens or leading apostrophe.

    A code kept as a number of more than 15 digits has lost its last digits; it is kept as it stands, with a finding.
    """
    values = np.empty(len(distinct), dtype=object)
    issues = []
    for index, (text, kind) in enumerate(zip(distinct.texts, distinct.kinds, strict=True)):
        code = normal_code(text)
        if not code:
            continue
        if missing := missing_code(text) or ("cell.marker" if code in _NO_CODE else ""):
            issues.append(Issue(index, missing))
            continue
        values[index] = code
        if lost_digits(code, kind):
            issues.append(Issue(index, "code.precision", (("kept", str(kept_digits(code))),)))
    return Cleaned(values, tuple(issues))


def normal_code(text: str) -> str:
    """Return a code in normal width and upper case without spaces, hyphens and quotation marks."""
    code = tidy(text).upper().removeprefix('="')  # ="9135…", as some programs write codes into csv
    if code.isalnum():
        return code
    return code.translate({ord(mark): None for mark in " -‐–—'’‘`\"\t\n\r\u3000"})


def kept_digits(code: str) -> int:
    """Return how many leading digits of a code that went through a number still hold."""
    mantissa = code.partition("E")[0]
    return min(sum(character.isdigit() for character in mantissa), _EXACT_DIGITS)


def lost_digits(code: str, kind: CellKind) -> bool:
    """Return whether a code went through a spreadsheet number: scientific notation, or 16 and more digits in a number cell."""
    scientific = code[:1].isdigit() and "E+" in code
    return scientific or (kind is CellKind.NUMBER and len(code.partition(".")[0]) > _EXACT_DIGITS)
