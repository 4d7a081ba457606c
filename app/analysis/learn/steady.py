"""The same model as the same bytes: skops numbers what it writes by where it lay in memory, and stamps the hour on it."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

_SCHEMA, _ID, _FILE = "schema.json", "__id__", "file"


def steady(body: bytes) -> bytes:
    """Return a skops body whose parts are numbered in order of appearance and bear no time."""
    packed, known = io.BytesIO(), dict[int, int]()
    with zipfile.ZipFile(io.BytesIO(body)) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        schema = _renumbered(json.loads(archive.read(_SCHEMA)), known)
        names = {name: _file_name(name, known) for name in archive.namelist() if name != _SCHEMA}
        for name in sorted(names, key=names.__getitem__):
            written.writestr(zipfile.ZipInfo(names[name]), archive.read(name))
        written.writestr(zipfile.ZipInfo(_SCHEMA), json.dumps(schema, separators=(",", ":")))
    return packed.getvalue()


def _renumbered(node: Any, known: dict[int, int]) -> Any:
    if isinstance(node, list):
        return [_renumbered(each, known) for each in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get(_ID), int):
        known.setdefault(node[_ID], len(known) + 1)
    made = {name: _renumbered(each, known) for name, each in node.items()}
    if _ID in made:
        made[_ID] = known[node[_ID]]
    if isinstance(made.get(_FILE), str):
        made[_FILE] = _file_name(made[_FILE], known)
    return made


def _file_name(name: str, known: dict[int, int]) -> str:
    """Return a part's name with the number that its id became; a name without id stays."""
    stem, dot, ending = name.partition(".")
    number = known.get(int(stem)) if stem.isdigit() else None
    return name if number is None else f"{number:06}{dot}{ending}"
