"""A small content of a package, and files that are none."""

from __future__ import annotations

import json

from app.domain.relay import ALL, VERSION, Place, Rank, RelayCell, RelayContent, RelayRow, RelayTable
from app.files.records import encode_record
from app.files.relay_file import FORMAT
from app.files.signed_json import write_signed


def cell(n):
    return RelayCell() if n is None else RelayCell(n, float(n), float(n), 1, 1)


def table(id_="answered", **numbers):
    return RelayTable(id_, "firms", (ALL,), tuple(RelayRow(key.replace("all", ALL), (cell(n),)) for key, n in numbers.items()))


def content(code="990101", name="东河县", **changed):
    tables = (table(A=10, C=20, all=30),)
    made = {
        "place": Place(code, name, Rank.COUNTY),
        "instrument": ("aiplus-2026", "2026.2"),
        "rubric": ("aiplus-2026", "1"),
        "wave": "2026",
        "dates": ("2026-06-30", "2026-06-30"),
        "design": "census",
        "tables": tables,
        "policy": "n<5",
        "journal": "ab",
        "program": "0",
        "created": "2026-09-01T08:00:00+08:00",
    }
    return RelayContent(**{**made, **changed})


def signed_anyhow(path, key, plain=None, version=VERSION, form=FORMAT, **changed):
    """Sign a content that this program would never write."""
    said = json.loads(encode_record(content())) if plain is None else plain
    write_signed(path, (form, version), {**said, **changed} if isinstance(said, dict) else said, key)
    return path
