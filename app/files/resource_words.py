"""Wording from resources/locale and the kinds of findings from resources/findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.domain.findings import FindingKind, Severity
from app.domain.words import Words
from app.files.resource_rows import ResourceError, Row, read_toml

_PAIR = {"zh", "en"}


def read_words(paths: Sequence[Path]) -> dict[str, Words]:
    """Return wording by dotted key over all files; ResourceError (a ValueError) when two files name the same key."""
    words: dict[str, Words] = {}
    for path in paths:
        for key, pair in _flatten("", read_toml(path).fields, path.name):
            if key in words:
                raise ResourceError("duplicate", path.name, key, field=key)
            words[key] = pair
    return words


def _flatten(prefix: str, table: Mapping[str, Any], file: str) -> Iterator[tuple[str, Words]]:
    if set(table) == _PAIR and all(isinstance(text, str) and text.strip() for text in table.values()):
        yield prefix, Words(table["zh"], table["en"])
        return
    for name, value in table.items():
        key = f"{prefix}.{name}".lstrip(".")
        if not isinstance(value, dict):
            raise ResourceError("pair", file, prefix, field=name)
        yield from _flatten(key, value, file)


def read_finding_kinds(paths: Sequence[Path]) -> dict[str, FindingKind]:
    """Return the kinds of findings by code over all files; ResourceError for a bad or repeated one."""
    kinds: dict[str, FindingKind] = {}
    for path in paths:
        root = read_toml(path)
        for code in tuple(root.fields):
            if code in kinds:
                raise root.error("duplicate", field=code)
            kinds[code] = _kind(code, root.child(code))
    return kinds


def _kind(code: str, row: Row) -> FindingKind:
    severity = row.text("severity")
    if severity not in tuple(Severity):
        raise row.error("kind", field="severity", value=severity)
    kind = FindingKind(code, Severity(severity), row.words("title"), row.words("message"), row.words("remedy"))
    row.close()
    return kind
