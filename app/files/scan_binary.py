"""What the binary formats (.xls, .xlsb) share: error values of cells, and the formulas behind drop-down lists."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.files.scan_marks import ENTRIES, Area, DropDown

ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Error values of cells, [MS-XLS] 2.5.10 BErr."""

LIST_TYPE: Final = 3  # valType of a validation that is a list
_TEXT, _NAME, _REF, _AREA, _REF_N, _AREA_N, _REF_3D, _AREA_3D = 0x17, 0x03, 0x04, 0x05, 0x0C, 0x0D, 0x1A, 0x1B
_PLAIN: Final = 0x3FFF  # bits of a column number; those above say that a reference is relative


@dataclass(slots=True)
class Links:
    """What a formula's numbers mean: sheet names in order, the sheet of each external index ("" elsewhere), defined names."""

    sheets: list[str] = field(default_factory=list)
    externals: list[str] = field(default_factory=list)
    names: list[bytes] = field(default_factory=list)


def read_list_tokens(tokens: bytes, wide: bool, sheet: str, links: Links) -> DropDown | None:
    """Return the entries of a list formula in tokens (`wide`: those of [MS-XLSB]), None for what must be calculated.

    A text holds the entries, divided by NUL in .xls and by commas in .xlsb; a name stands for the tokens of its own.
    """
    token = tokens[0] if tokens[0] == _TEXT else tokens[0] & 0x1F
    if token == _TEXT:
        return DropDown([], _entries(_text(tokens, wide), "," if wide else "\0"))
    if token == _NAME and len(tokens) == 5:
        (number,) = struct.unpack_from("<I", tokens, 1)
        named = links.names[number - 1] if 0 < number <= len(links.names) else b""
        inner = Links(links.sheets, links.externals)  # a name for a name is not followed
        return read_list_tokens(named, wide, sheet, inner) if named else None
    area = _area(token, tokens, wide)
    if token in (_REF_3D, _AREA_3D) and area:
        (external,) = struct.unpack_from("<H", tokens, 1)
        sheet = links.externals[external] if external < len(links.externals) else ""
    return DropDown([], [], sheet, area) if area and sheet else None


def _entries(text: str, divider: str) -> list[str]:
    return [entry.strip() for entry in text.split(divider) if entry.strip()][:ENTRIES]


def _text(tokens: bytes, wide: bool) -> str:
    if wide:
        (length,) = struct.unpack_from("<H", tokens, 1)
        return tokens[3 : 3 + 2 * length].decode("utf-16-le", "replace")
    length = tokens[1]
    return (
        tokens[3 : 3 + 2 * length].decode("utf-16-le", "replace") if tokens[2] & 1 else tokens[3 : 3 + length].decode("latin-1")
    )


_LAYOUTS: Final[Mapping[tuple[bool, bool], str]] = {
    (False, False): "<HH",
    (False, True): "<HHHH",
    (True, False): "<IH",
    (True, True): "<IIHH",
}


def _area(token: int, tokens: bytes, wide: bool) -> Area | None:
    """Return the area that one token refers to, None when there is another token or a part of it is relative."""
    if token not in (_REF, _AREA, _REF_N, _AREA_N, _REF_3D, _AREA_3D):
        return None
    is_area = token in (_AREA, _AREA_N, _AREA_3D)
    at = 3 if token in (_REF_3D, _AREA_3D) else 1
    layout = _LAYOUTS[wide, is_area]
    if len(tokens) != at + struct.calcsize(layout):
        return None
    numbers: Sequence[int] = struct.unpack_from(layout, tokens, at)
    row0, row1, column0, column1 = numbers if is_area else (numbers[0], numbers[0], numbers[1], numbers[1])
    if column0 > _PLAIN or column1 > _PLAIN or row0 > row1 or column0 > column1:
        return None
    return row0, column0, row1, column1
