"""上报包 as a file: written signed, and read back only when all of it is what it must be."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.domain.errors import UserError
from app.domain.relay import ALL, VERSION, RelayContent, RelayPackage, RelayTable
from app.files.records import decode_record, encode_record
from app.files.signed_json import read_signed, write_signed

FORMAT = "zhiheng-relay"
ENDING = ".zhrelay"
_TEXT = 400  # characters of any text: a name, a code, a label
_MOST = {"tables": 200, "rows": 2000, "columns": 200, "members": 4000, "rounded": 1000}
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # Unicode's general categories
_CODE = re.compile(r"[0-9]{6,12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def write_relay(path: Path, content: RelayContent, key: Path) -> str:
    """Write `content` signed to `path`; return its hash. UserError `relay.key`, or why the disk will not have it.

    TypeError for anything but a RelayContent: no other value ever becomes a package.
    """
    wrong = type(content).__name__ if type(content) is not RelayContent else wrong_in(content)
    if wrong:
        raise TypeError(f"this is no content of a package: {wrong}")
    return write_signed(path, (FORMAT, VERSION), json.loads(encode_record(content)), key)


def read_relay(path: Path) -> RelayPackage:
    """Return the package at `path`; UserError `relay.*` in one plain sentence for anything that is none, whole and unaltered."""
    plain, seal = read_signed(path, (FORMAT, VERSION))
    try:
        content = decode_record(RelayContent, json.dumps(plain))
    except (ValueError, RecursionError) as error:
        raise UserError("relay.content", file=path.name, part="JSON") from error
    wrong = wrong_in(content)
    if wrong:
        raise UserError("relay.content", file=path.name, part=wrong)
    return RelayPackage(content, seal.key, seal.fingerprint, seal.content_hash)


def wrong_in(content: RelayContent) -> str:
    """Return what of a content cannot be, "" where all can."""
    if any(_is_odd(text) for text in _texts(json.loads(encode_record(content)))):
        return "text"
    if not _CODE.fullmatch(content.place.code) or not content.place.name.strip():
        return "place"
    if not content.tables or not all(_DAY.fullmatch(day) for day in content.dates):
        return "tables" if not content.tables else "dates"
    if len(content.members) > _MOST["members"] or len(content.tables) > _MOST["tables"]:
        return "members"
    if len({table.id for table in content.tables}) < len(content.tables):
        return "tables"
    return next((table.id for table in content.tables if not _is_table(table, content.places)), "")


def _is_table(table: RelayTable, places: int) -> bool:
    keys, columns = [row.key for row in table.rows], set(table.columns)
    return (
        0 < len(keys) <= _MOST["rows"]
        and 0 < len(table.columns) <= _MOST["columns"]
        and len(set(keys)) == len(keys)
        and len(columns) == len(table.columns)
        and keys[-1] == ALL
        and all(len(row.cells) == len(table.columns) for row in table.rows)
        and all(cell.of == places for row in table.rows for cell in row.cells)
        and all({whole, *parts} <= columns for whole, parts in table.sums)
        and _is_rounded(table, places)
    )


def _is_rounded(table: RelayTable, places: int) -> bool:
    """Whether the numbers of a table are rounded as it says, which a sum of several places need not be."""
    if not table.rounded or places > 1:
        return 0 <= table.rounded <= _MOST["rounded"]
    cells = (cell for row in table.rows for cell in row.cells)
    return (
        table.unit == "firms"
        and 0 < table.rounded <= _MOST["rounded"]
        and not any((cell.n or 0) % table.rounded for cell in cells)
    )


def _texts(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for name, value in plain.items():
            yield name
            yield from _texts(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts(value)


def plain_text(text: str) -> str:
    """Return a text as a package may hold it: of a name's length, without characters that are not seen."""
    return "".join(character for character in text if unicodedata.category(character) not in _UNSEEN)[:_TEXT]


def _is_odd(text: str) -> bool:
    """Whether a text is longer than any name, or would move the cursor of a terminal."""
    return plain_text(text) != text
