"""File names as people read them: an archive packed on Chinese Windows unpacks to names that are no UTF-8."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_ENCODINGS: Final = ("utf-8", "gb18030")


def shown_name(path: Path) -> str:
    """Return the name of `path` as text that can be stored and printed, whatever bytes the disk has for it."""
    raw = os.fsencode(path.name)
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="backslashreplace")
