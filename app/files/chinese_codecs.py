"""Which Chinese encoding bytes without a mark are in: simplified GB18030 or traditional Big5. Standard library only."""

from __future__ import annotations

import re
from typing import Final

_PAIR: Final = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_SIMPLIFIED: Final = ("gb18030", "big5", "cp950")
_TRADITIONAL: Final = ("big5", "cp950", "gb18030")


def chinese_codecs(sample: bytes) -> tuple[str, ...]:
    """Return the codecs to try strictly, likeliest first.

    Either decodes most texts of the other into rare characters, so the common ones decide: level 1 of GB/T 2312 (first
    bytes B0–D7, second from A1) against level 1 of Big5 (first bytes A4–C6). Signs, which both keep below, do not count,
    and Big5 has no first bytes under A1.
    """
    pairs = _PAIR.findall(sample)
    if any(pair[0] < 0xA1 for pair in pairs):
        return _SIMPLIFIED
    simplified = sum(0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1 for pair in pairs)
    traditional = sum(0xA4 <= pair[0] <= 0xC6 for pair in pairs)
    return _TRADITIONAL if traditional > simplified else _SIMPLIFIED
