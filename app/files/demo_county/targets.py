"""What the county enters about its goals, as the commands that enter it, in the order of resources/demo/targets.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from app.files.resources import resources_folder

Entry = tuple[str, Mapping[str, Any]]
_TABLES = ("proof", "reported", "scenario")


def entered() -> tuple[Entry, ...]:
    """Return (command, parameters) pairs: the layer of goals, then evidence, figures and scenarios."""
    folder = resources_folder() / "demo"
    tables = tomllib.loads((folder / "targets.toml").read_text(encoding="utf-8"))
    who = tables["who"]
    layer: Entry = ("goalbook", {"from": folder / tables["layer"], "who": who, "why": tables["why"]})
    return (layer, *((name, _parameters(row, who)) for name in _TABLES for row in tables[name]))


def _parameters(row: Mapping[str, Any], who: str) -> Mapping[str, Any]:
    renamed = {"id": "entry", "levers": "lever"}
    return {renamed.get(name, name): value for name, value in row.items()} | {"who": who}
