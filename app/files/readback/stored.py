"""Numbers as office files store them, and what their formats say of how they are shown."""

from __future__ import annotations

import math
import re

ALL = 9  # decimals: as many as there are
_DECIMALS = re.compile(r"0\.(0+)")


def number_of(text: str) -> float | None:
    """Return a stored number, None for what is none or not finite."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def shown_as(code: str) -> tuple[int, bool]:
    """Return how many decimals a number format shows, and whether as a percentage; `General` shows them all (ALL)."""
    if not code or code.casefold() == "general":
        return ALL, False
    found = _DECIMALS.search(code.split(";")[0])
    return (len(found[1]) if found else 0), "%" in code
