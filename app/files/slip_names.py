"""File names of slips: the sender's own with a mark, safe on every system, no two alike."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_LONGEST = 180  # bytes; systems take 255, and whoever sends it on may add to it
_UNSAFE = re.compile(r"[<>:\"|?*\\\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # the last ones turn letters around
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_OWN_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")


def slip_name(source: str, mark: str, ending: str, taken: set[str]) -> str:
    """Return a name for the slip of `source` with `mark` and `ending`, none of `taken` (case-folded), which it joins.

    A source out of an archive (archive.zip/form.xlsx) is called by its own name.
    """
    stem = _UNSAFE.sub("_", PurePosixPath(source).name.removesuffix(PurePosixPath(source).suffix)).strip(" .") or "-"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    for number in range(1, 100_000):
        tail = f"{mark}{f'-{number}' if number > 1 else ''}{ending}"
        name = _cut(stem, _LONGEST - len(tail.encode())) + tail
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
    raise AssertionError("no free name")


def own_ending(source: str, *, macros: bool) -> str:
    """Return the ending of a workbook that stays in its format, by what it is where its name tells otherwise."""
    ending = PurePosixPath(source).suffix.lower()
    return ending if ending in _OWN_ENDINGS else ".xlsm" if macros else ".xlsx"


def _cut(text: str, size: int) -> str:
    """Return the longest beginning of `text` within `size` bytes of UTF-8."""
    return text.encode()[:size].decode(errors="ignore").rstrip(" .")
