"""How a form is known again: by its headings, wherever they stand and whatever year they name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from app.domain.words import normal_form

_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = 12


def fingerprint(headings: Iterable[str]) -> str:
    """Return twelve hexadecimal digits that are the same for forms with the same headings, "" when there are none.

    Order and repetition of the headings do not matter, nor the years they name: next year's form is the same template.
    """
    forms = sorted({year_free(heading_key(heading)) for heading in headings} - {""})
    return hashlib.sha256("\x1f".join(forms).encode()).hexdigest()[:_DIGITS] if forms else ""


def heading_key(text: str) -> str:
    """Return a heading as decisions about it are compared: its normal form, or the signs alone where it has no letters."""
    return normal_form(text) or text.strip()


def year_free(key: str) -> str:
    """Return a heading's key without the years it names."""
    return _YEAR.sub("", key)


def header_subject(texts: Iterable[str]) -> str:
    """Return the subject of a decision about a header: the normal forms of its cells' texts, in order, joined by a bar."""
    return "|".join(sorted({normal_form(text) for text in texts} - {""}))
