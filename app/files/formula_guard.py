"""Texts that a spreadsheet would take for a formula: what a firm wrote is never computed, in whatever program it is opened."""

from __future__ import annotations

_FORMULA = frozenset("=+-@\t\r\n")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before one that it would."""
    return f"'{text}" if text[:1] in _FORMULA else text
