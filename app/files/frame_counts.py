"""The frame of a wave: how many firms there are by sector, and by size and township where the table says."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.files.small_text import read_small_text

_BYTES = 1 << 22  # twenty sectors of a hundred townships and four sizes fill less than a megabyte
_LARGEST = 100_000_000
_COLUMNS = {
    "sector": ("sector", "行业", "行业门类"),
    "size": ("size", "规模", "企业规模"),
    "township": ("township", "乡镇", "乡镇街道", "乡镇（街道）"),
    "count": ("count", "企业数", "企业数量"),
}
_NAMES = {name: column for column, names in _COLUMNS.items() for name in names}


@dataclass(frozen=True, slots=True)
class FrameCounts:
    """Firms by sector; where the table has more columns, `strata` names them (sector first) and `cells` counts their values,
    joined by a bar."""

    sectors: Mapping[str, int]
    strata: tuple[str, ...] = ()
    cells: Mapping[str, int] = field(default_factory=dict)


def read_frame_counts(path: Path, known: Mapping[str, str], sizes: Mapping[str, str] | None = None) -> FrameCounts:
    """Return the firms in a CSV with the columns sector and count, and size or township or both.

    `known` maps every accepted way of writing a sector to its code, `sizes` likewise; the columns may be named in Chinese. A
    blank size or township stands for firms of which it is not known. UserError `frame.*` names the row that is wrong.
    """
    rows = _rows(path)
    strata = tuple(column for column in ("sector", "size", "township") if column in (rows[0] if rows else {}))
    if not rows or "sector" not in strata or "count" not in rows[0]:
        raise UserError("frame.columns", file=path.name)
    accepted = {"sector": known, "size": {"": "", **(sizes or {})}}
    sectors: dict[str, int] = {}
    cells: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        parts = [_part(path, number, column, row[column], accepted) for column in strata]
        if "|".join(parts) in cells:
            raise _repeated(path, number, [row[column] for column in strata])
        cells["|".join(parts)] = count = _count(path, number, row["count"])
        sectors[parts[0]] = sectors.get(parts[0], 0) + count
    return FrameCounts(sectors) if len(strata) == 1 else FrameCounts(sectors, strata, cells)


def _repeated(path: Path, number: int, values: Sequence[str]) -> UserError:
    if len(values) == 1:
        return UserError("frame.repeated_sector", file=path.name, row=number, value=values[0])
    return UserError("frame.repeated_row", file=path.name, row=number, value="、".join(values))


def _part(path: Path, number: int, column: str, value: str, accepted: Mapping[str, Mapping[str, str]]) -> str:
    if column == "township":
        return value
    if value not in accepted[column] and column == "size":
        raise UserError("frame.unknown_size", file=path.name, row=number, value=value)
    if value not in accepted[column]:
        raise UserError("frame.unknown_sector", file=path.name, row=number, value=value)
    return accepted[column][value]


def _count(path: Path, number: int, count: str) -> int:
    if not count.isascii() or not count.isdigit() or len(count) > len(str(_LARGEST)) or int(count) > _LARGEST:
        raise UserError("frame.count", file=path.name, row=number, value=count)
    return int(count)


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows with their columns under the names used here; columns of other names are left aside."""
    try:
        rows: list[dict[str | Any, str | Any]] = list(csv.DictReader(read_small_text(path, _BYTES, "frame.columns").splitlines()))
    except csv.Error as error:  # some other file: a field without end
        raise UserError("frame.columns", file=path.name) from error
    return [
        {_NAMES[str(name).strip()]: (text or "").strip() for name, text in row.items() if str(name).strip() in _NAMES}
        for row in rows
    ]
