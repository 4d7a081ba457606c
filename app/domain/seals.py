"""封记: a short mark of the numbers of one line or row, by which it is known again whatever the words around them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence

from app.domain.document import Document, Entry, Line
from app.domain.numerals import numerals

LENGTH = 4  # characters of a mark: 24 bits, so that one in 30,000 changed lines of a long document passes for an old one
_DIGITS = 9  # significant digits of a stored number: every office program keeps them


def seal_of(keys: Sequence[str]) -> str:
    """Return the mark of a line with these numbers (`line_keys`, `row_keys`)."""
    return base64.urlsafe_b64encode(hashlib.sha256("|".join(keys).encode()).digest()[:3]).decode()


def line_keys(text: str) -> tuple[str, ...]:
    """Return the numbers of a text as compared."""
    return tuple(each.key for each in numerals(text))


def row_keys(row: Iterable[Entry]) -> tuple[str, ...]:
    """Return the numbers of a row of cells as compared."""
    return tuple(key for cell in row for key in ((stored_key(cell.value),) if cell.value is not None else line_keys(cell.text)))


def stored_key(value: float) -> str:
    """Return a stored number as compared."""
    return f"{value:.{_DIGITS}g}"


def seals_of(document: Document) -> tuple[str, ...]:
    """Return the marks of all lines and rows that hold a number, each once, in reading order."""
    found = (_keys(item) for item in document.items)
    return tuple(dict.fromkeys(seal_of(keys) for lines in found for keys in lines if keys))


def _keys(item: object) -> Iterable[tuple[str, ...]]:
    if isinstance(item, Line):
        return (line_keys(item.text),)
    return (row_keys(row) for row in getattr(item, "rows", ()))


def sealed_in(text: str) -> frozenset[str]:
    """Return the marks that were written one after the other."""
    return frozenset(text[at : at + LENGTH] for at in range(0, len(text), LENGTH))
