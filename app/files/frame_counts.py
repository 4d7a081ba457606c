"""The frame of a wave: how many firms there are by sector, from a two-column table."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.files.small_text import read_small_text

_BYTES = 1 << 20  # twenty sectors fill a page, not a megabyte
_LARGEST = 100_000_000


def read_frame_counts(path: Path, known: Mapping[str, str]) -> dict[str, int]:
    """Return firms by sector from a CSV with the columns sector and count.

    `known` maps every accepted way of writing a sector to its code. UserError `frame.*` names the row that is wrong.
    """
    rows = _rows(path)
    if not rows or not {"sector", "count"} <= {(name or "").strip() for name in rows[0]}:
        raise UserError("frame.columns", file=path.name)
    counts: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        sector, count = ((row.get(name) or "").strip() for name in ("sector", "count"))
        if sector not in known:
            raise UserError("frame.unknown_sector", file=path.name, row=number, value=sector)
        if known[sector] in counts:
            raise UserError("frame.repeated_sector", file=path.name, row=number, value=sector)
        if not count.isascii() or not count.isdigit() or len(count) > len(str(_LARGEST)) or int(count) > _LARGEST:
            raise UserError("frame.count", file=path.name, row=number, value=count)
        counts[known[sector]] = int(count)
    return counts


def _rows(path: Path) -> list[dict[str | Any, str | Any]]:
    try:
        return list(csv.DictReader(read_small_text(path, _BYTES, "frame.columns").splitlines()))
    except csv.Error as error:  # some other file: a field without end
        raise UserError("frame.columns", file=path.name) from error
