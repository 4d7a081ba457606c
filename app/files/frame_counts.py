"""The frame of a wave: how many firms there are by sector, from a two-column table."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from app.domain.errors import UserError

_ENCODINGS = ("utf-8-sig", "gb18030")


def read_frame_counts(path: Path, known: Mapping[str, str]) -> dict[str, int]:
    """Return firms by sector from a CSV with the columns sector and count.

    `known` maps every accepted way of writing a sector to its code. UserError `frame.*` names the row that is wrong.
    """
    rows = list(csv.DictReader(_text(path).splitlines()))
    if not rows or not {"sector", "count"} <= {(name or "").strip() for name in rows[0]}:
        raise UserError("frame.columns", file=path.name)
    counts: dict[str, int] = {}
    for number, row in enumerate(rows, 2):
        sector, count = ((row.get(name) or "").strip() for name in ("sector", "count"))
        if sector not in known:
            raise UserError("frame.unknown_sector", file=path.name, row=number, value=sector)
        if known[sector] in counts:
            raise UserError("frame.repeated_sector", file=path.name, row=number, value=sector)
        if not count.isascii() or not count.isdigit():
            raise UserError("frame.count", file=path.name, row=number, value=count)
        counts[known[sector]] = int(count)
    return counts


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("file.missing", file=path.name) from error
    except OSError as error:
        raise UserError("frame.unreadable", file=path.name, reason=error.strerror or error) from error
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("frame.columns", file=path.name)
